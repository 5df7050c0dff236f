"""Rule, RuleRun: what happens by itself, and what did."""

from typing import Any, ClassVar

from django.conf import settings
from django.db import models

from breakwater.core.models import Row
from breakwater.people.models import Workspace


class Rule(Row):
    """What is done with messages that are so and so, in the order of `position`.

    conditions, actions: domain.automation. why: the written reason, without which nothing that
    hides or locks out may be on. hourly: messages that it may act on in an hour at most.
    tripped_at: when it last reached that, and stopped. by: who changed or switched it on last, in
    whose name it acts. revision grows with each change of what it does; tried: that of the last dry
    run (at tried_at), without which it may not be on. since: id of the newest message when it was switched on:
    later ones are new to it. stopped: why it is off though nobody switched it off: "rate" (it acted
    too often), "author" (nobody may act for it any more), "changed", "broken" (it says what this
    version does not know); "" for a person's will.
    """

    workspace = models.ForeignKey(Workspace, models.CASCADE, related_name="+")
    name = models.CharField(max_length=100)
    position = models.PositiveIntegerField()
    on = models.BooleanField(default=False)
    conditions: "models.JSONField[Any]" = models.JSONField(default=list)
    actions: "models.JSONField[Any]" = models.JSONField(default=list)
    why = models.CharField(max_length=500, blank=True)
    hourly = models.PositiveIntegerField(default=60)
    tripped_at = models.DateTimeField(null=True)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+")
    revision = models.PositiveIntegerField(default=1)
    tried = models.PositiveIntegerField(default=0)
    tried_at = models.DateTimeField(null=True)
    since = models.BigIntegerField(default=0)
    stopped = models.CharField(max_length=8, blank=True)

    class Meta:
        ordering: ClassVar = ["position", "created_at"]


class RuleRun(Row):
    """A rule has acted on one item, once. done: what it did, as codes."""

    workspace = models.ForeignKey(Workspace, models.CASCADE, related_name="+")
    rule = models.ForeignKey(Rule, models.CASCADE, related_name="runs")
    item = models.ForeignKey("inbox.Item", models.CASCADE, related_name="runs")
    done: "models.JSONField[Any]" = models.JSONField(default=list)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["rule", "item"], name="inbox_one_run"),
        ]
        indexes: ClassVar = [
            models.Index(fields=["rule", "created_at"], name="inbox_runs"),
        ]
