"""A pause of a workspace, and what was leaving when it began."""

from typing import Any

from django.conf import settings
from django.db import models
from django.db.models import Q

from breakwater.core.models import Row
from breakwater.delivery.models import Delivery
from breakwater.people.models import Workspace


class Pause(Row):
    """Nothing leaves by itself while this has not ended: `delivery.Hold`s whose `of` it is stand.

    mode: "all", or "daily": what a person confirmed that day leaves. via: "page", "api", "command"
    or "link". scope: {"channels": [id], "labels": [name], "countries": [code]}; empty: everything.
    closed: what is held besides: "replies", "deeds", "rules".
    reevaluate_at: when people said that they would look again. two_persons: whether each decision
    needs a second person. held, out_day: as the answer said them.
    began_told, ended_told: whether people were told. incident: a plain id.
    """

    workspace = models.ForeignKey(Workspace, models.PROTECT, related_name="pauses")
    mode = models.CharField(max_length=8, default="all")
    why = models.CharField(max_length=500)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    via = models.CharField(max_length=8)
    scope: "models.JSONField[Any]" = models.JSONField(default=dict)
    closed: "models.JSONField[Any]" = models.JSONField(default=list)
    reevaluate_at = models.DateTimeField()
    reevaluated_at = models.DateTimeField(null=True)
    two_persons = models.BooleanField(default=False)
    held = models.PositiveIntegerField(default=0)
    out_day = models.PositiveIntegerField(default=0)
    state = models.CharField(max_length=8, default="open")
    state_at = models.DateTimeField()
    ended_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+"
    )
    ended_at = models.DateTimeField(null=True)
    began_told = models.BooleanField(default=False)
    ended_told = models.BooleanField(default=False)
    incident = models.UUIDField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["workspace"], name="pauses_one_open", condition=~Q(state="ended")
            ),
        ]
        indexes = [
            models.Index(fields=["workspace", "-created_at"], name="pauses_list"),
        ]

    @property
    def over(self) -> bool:
        return self.state == "ended"


class Leaving(Row):
    """What a pause's answer said was leaving; what became of it is read from the delivery.

    The database is not asked whether the delivery is there: it would lock its row, behind the
    worker that is about to say what became of it, who waits for the pause's chain."""

    pause = models.ForeignKey(Pause, models.CASCADE, related_name="leaving")
    delivery = models.ForeignKey(Delivery, models.PROTECT, related_name="+", db_constraint=False)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["pause", "delivery"], name="pauses_one_leaving"),
        ]
