"""Asset: one cleaned picture, video or document of a workspace. The bytes live in core.blobs under `sha256`."""

from django.conf import settings
from django.db import models

from breakwater.core.models import Row
from breakwater.people.models import Workspace


class Asset(Row):
    """A picture, video or document after cleaning (re-encoded or packed anew, no metadata).

    size: bytes. width, height: pixels, 0 for a document. length_ms: of a video; cover_sha256: the
    JPEG that stands for it. thumb_sha256: a small copy, "" where there is nothing to show.
    """

    workspace = models.ForeignKey(Workspace, models.PROTECT, related_name="assets")
    sha256 = models.CharField(max_length=64)
    mime = models.CharField(max_length=40)
    size = models.PositiveBigIntegerField()
    width = models.PositiveIntegerField()
    height = models.PositiveIntegerField()
    thumb_sha256 = models.CharField(max_length=64, blank=True)
    length_ms = models.PositiveIntegerField(default=0)
    cover_sha256 = models.CharField(max_length=64, blank=True)
    file_name = models.CharField(max_length=255, blank=True)
    added_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["workspace", "sha256"], name="media_one_content"),
        ]


class Derivative(Row):
    """An asset made smaller for a network's limit. `rule`: the limit it was made for."""

    asset = models.ForeignKey(Asset, models.CASCADE, related_name="derivatives")
    rule = models.CharField(max_length=64)
    sha256 = models.CharField(max_length=64)
    mime = models.CharField(max_length=40)
    size = models.PositiveBigIntegerField()
    width = models.PositiveIntegerField()
    height = models.PositiveIntegerField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["asset", "rule"], name="media_one_derivative"),
        ]
