"""Containment: stop, seal, remove and prove, once for an incident."""

from typing import Any, ClassVar

from django.conf import settings
from django.db import models
from django.db.models import Q

from breakwater.core.models import Row
from breakwater.incidents.models.case import Incident
from breakwater.people.models import Workspace


class Containment(Row):
    """How far the containing of an incident is. state: lifecycle.CONTAINMENT.

    sign_partial: the reason with which a person signed beforehand that posts are deleted even if
    their evidence is partial; "" where nobody did. keep_channels: the channels stay connected
    afterwards. marks: step -> moment (ISO). left: [{"channel", "what", "why"}], what could not be
    done. before: the state that a stuck one goes back to. due_at: when the worker looks at it next.
    """

    workspace = models.ForeignKey(Workspace, models.CASCADE, related_name="+")
    incident = models.OneToOneField(Incident, models.CASCADE, related_name="containment")
    asked_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+"
    )
    via = models.CharField(max_length=10, default="page")
    sign_partial = models.CharField(max_length=500, blank=True)
    keep_channels = models.BooleanField(default=False)
    state = models.CharField(max_length=8, default="asked")
    state_at = models.DateTimeField()
    before = models.CharField(max_length=8, blank=True)
    marks: "models.JSONField[Any]" = models.JSONField(default=dict)
    left: "models.JSONField[Any]" = models.JSONField(default=list)
    due_at = models.DateTimeField()
    lease_id = models.UUIDField(null=True)
    lease_until = models.DateTimeField(null=True)

    class Meta:
        indexes: ClassVar = [
            models.Index(
                fields=["due_at"], name="incidents_contains", condition=~Q(state="done")
            ),
        ]  # fmt: skip
