"""Statement: what we say about an incident. Its state is its post's."""

from typing import Any, ClassVar

from django.conf import settings
from django.db import models

from breakwater.core.models import Row
from breakwater.incidents.models.case import Incident
from breakwater.publishing.models import Post


class Statement(Row):
    """One text in one language; `of` is the one that it translates.

    kind: domain.statements.KINDS. parts: part -> text, as typed. signer: in whose name it speaks;
    signer_named: whether that name stands in it. author_willing: what whoever made the mistake said,
    None if not asked. claims_hack: it says that somebody broke in; proof: ids of captures, and what
    else shows it. pinned: [{"of": the delivery of a post of it,
    "pin": the delivery that pins that, "unpin": that takes it back, "asked": a task asks a person
    instead}]. reply: id of the saved answer that derives from it, once it is out; a person may have
    removed that.
    """

    incident = models.ForeignKey(Incident, models.CASCADE, related_name="statements")
    kind = models.CharField(max_length=12)
    post = models.OneToOneField(Post, models.CASCADE, related_name="+")
    language = models.CharField(max_length=8)
    of = models.ForeignKey("self", models.CASCADE, null=True, related_name="translations")
    parts: "models.JSONField[Any]" = models.JSONField()
    signer = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+"
    )
    signer_named = models.BooleanField(default=False)
    author_willing = models.BooleanField(null=True)
    claims_hack = models.BooleanField(default=False)
    proof: "models.JSONField[Any]" = models.JSONField(default=list)
    pinned: "models.JSONField[Any]" = models.JSONField(default=list)
    reply = models.UUIDField(null=True)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+")

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["of", "language"], name="incidents_one_translation"),
        ]
