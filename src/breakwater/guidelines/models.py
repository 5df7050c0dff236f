"""Guideline: one written rule on what leaves, quoted to whoever writes against it."""

from typing import Any, ClassVar

from django.conf import settings
from django.db import models

from breakwater.core.models import Row
from breakwater.people.models import Workspace


class Guideline(Row):
    """What a workspace has decided about its drafts. kind, value: as domain.guidelines reads them.

    effect: "block" or "warn". clause: the sentence of the brief or of the review that says so.
    incident: the one that it comes from. since, until: it counts from and up to those moments; None:
    without an end. revision: grows whenever what it finds may be another; tried: the revision that
    was tried on past posts (0: none), found: in how many of them; it may not be on before.
    """

    workspace = models.ForeignKey(Workspace, models.CASCADE, related_name="+")
    kind = models.CharField(max_length=8)
    value: "models.JSONField[Any]" = models.JSONField()
    effect = models.CharField(max_length=5)
    clause = models.CharField(max_length=500)
    incident = models.UUIDField(null=True)
    on = models.BooleanField(default=False)
    since = models.DateTimeField(null=True)
    until = models.DateTimeField(null=True)
    revision = models.PositiveIntegerField(default=1)
    tried = models.PositiveIntegerField(default=0)
    tried_at = models.DateTimeField(null=True)
    found = models.PositiveIntegerField(default=0)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+")

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=models.Q(on=False) | models.Q(tried=models.F("revision")),
                name="guidelines_on_was_tried",
            ),
        ]
        indexes: ClassVar = [
            models.Index(fields=["workspace", "created_at"], name="guidelines_of"),
        ]
