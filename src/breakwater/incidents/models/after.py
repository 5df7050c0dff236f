"""Measure, Review, Action: what an incident did to us, what we learned, what changes."""

from typing import Any, ClassVar

from django.conf import settings
from django.db import models
from django.db.models import Q

from breakwater.core.models import Row
from breakwater.incidents.models.case import Incident
from breakwater.people.models import Workspace


class Measure(Row):
    """The figures of an incident as they were shown at a moment, frozen. window: in hours."""

    incident = models.ForeignKey(Incident, models.CASCADE, related_name="measures")
    window = models.PositiveIntegerField()
    numbers: "models.JSONField[Any]" = models.JSONField()
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+")

    class Meta:
        indexes: ClassVar = [models.Index(fields=["incident", "created_at"], name="incidents_then")]


class Review(Row):
    """What happened and why, without anybody's fault. A later one replaces none; the last counts."""

    incident = models.ForeignKey(Incident, models.CASCADE, related_name="reviews")
    text = models.CharField(max_length=5000)
    causes: "models.JSONField[Any]" = models.JSONField(default=list)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+")


class Action(Row):
    """What is to change after a review. state: lifecycle.ACTION.

    kind: guideline, approval, access, drill or other. reason: why it was dropped, or how it ended. ref: what came of it (an id or an address).
    nag_at: when its owner is reminded next, for as long as it is open.
    """

    workspace = models.ForeignKey(Workspace, models.CASCADE, related_name="+")
    incident = models.ForeignKey(Incident, models.CASCADE, related_name="actions")
    text = models.CharField(max_length=500)
    kind = models.CharField(max_length=10)
    owner = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+"
    )
    due_at = models.DateTimeField()
    state = models.CharField(max_length=8, default="open")
    state_at = models.DateTimeField()
    reason = models.CharField(max_length=500, blank=True)
    ref = models.CharField(max_length=200, blank=True)
    nags = models.PositiveSmallIntegerField(default=0)
    nag_at = models.DateTimeField()

    class Meta:
        indexes: ClassVar = [
            models.Index(fields=["nag_at"], name="incidents_open", condition=Q(state="open")),
        ]
