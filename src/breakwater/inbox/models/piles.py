"""Pile, PileState: many messages that are one thing."""

from typing import Any, ClassVar

from django.db import models

from breakwater.core.models import Row
from breakwater.people.models import Workspace


class Pile(Row):
    """A group of messages about the same thing (domain.grouping), and what was last known of it.

    key: its id there. labels: language -> its neutral name. counts: head or band -> messages.
    signs: of copies and coordination. open: whether anything in it still waits for us.
    """

    workspace = models.ForeignKey(Workspace, models.CASCADE, related_name="+")
    key = models.CharField(max_length=200)
    open = models.BooleanField(default=True)
    labels: "models.JSONField[Any]" = models.JSONField(default=dict)
    people = models.PositiveIntegerField(default=0)
    messages = models.PositiveIntegerField(default=0)
    counts: "models.JSONField[Any]" = models.JSONField(default=dict)
    signs: "models.JSONField[Any]" = models.JSONField(default=list)
    first_at = models.DateTimeField(null=True)
    last_at = models.DateTimeField(null=True)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["workspace", "key"], name="inbox_one_pile"),
        ]
        indexes: ClassVar = [
            models.Index(fields=["workspace", "open", "-people"], name="inbox_piles"),
        ]


class PileState(models.Model):
    """The groups of a workspace as plain values (domain.grouping.state), as they were once all
    items up to `mark` were in them."""

    workspace = models.OneToOneField(Workspace, models.CASCADE, primary_key=True, related_name="+")
    mark = models.BigIntegerField(default=0)
    packed = models.BinaryField(default=bytes)
    saved_at = models.DateTimeField(null=True)
