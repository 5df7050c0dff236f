"""Drill, Beat."""

from typing import Any

from django.conf import settings
from django.db import models

from breakwater.core.models import Row
from breakwater.people.models import Workspace


class Drill(Row):
    """A scripted crisis in a workspace of its own. home: where it was begun from.

    speed: how many seconds of the scenario pass in one real second. began_at: when its clock read
    0:00; None while it is prepared.
    """

    workspace = models.OneToOneField(Workspace, models.CASCADE, related_name="drill_of")
    home = models.ForeignKey(Workspace, models.SET_NULL, null=True, related_name="drills")
    scenario = models.CharField(max_length=40)
    language = models.CharField(max_length=5)
    speed = models.PositiveSmallIntegerField()
    policy = models.CharField(max_length=8)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    state = models.CharField(max_length=12)
    state_at = models.DateTimeField()
    began_at = models.DateTimeField(null=True)
    ended_at = models.DateTimeField(null=True)

    class Meta:
        indexes = [models.Index(fields=["state"], name="drills_state")]


class Beat(Row):
    """One thing that happens in a drill. after_s: seconds of the scenario's clock; None: before it
    starts. due_at: the real moment, once the clock goes. data: what `services` needs to do it, and
    what came of it. Beats of a drill happen one after the other, by `number`."""

    drill = models.ForeignKey(Drill, models.CASCADE, related_name="beats")
    number = models.PositiveSmallIntegerField()
    after_s = models.PositiveIntegerField(null=True)
    what = models.CharField(max_length=10)
    data: "models.JSONField[Any]" = models.JSONField(default=dict)
    due_at = models.DateTimeField(null=True)
    state = models.CharField(max_length=8)
    state_at = models.DateTimeField()
    lease_until = models.DateTimeField(null=True)
    tries = models.PositiveSmallIntegerField(default=0)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["drill", "number"], name="drills_one_beat"),
        ]

    @property
    def key(self) -> str:
        """What makes a replay harmless: the same again for the same beat."""
        return f"{self.drill_id}:{self.number}"
