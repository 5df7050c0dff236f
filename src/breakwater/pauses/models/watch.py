"""What is listened to for grave events, the days that are kept free, and what was proposed."""

from typing import Any

from django.conf import settings
from django.db import models
from django.db.models import Q

from breakwater.core.models import Row
from breakwater.pauses.models.pause import Pause
from breakwater.people.models import Workspace


class Feed(Row):
    """One news feed (RSS, Atom). etag, modified: for the next conditional request. next_at: when it
    is asked again; lease_until: somebody is asking. trouble: code of why the last look failed.
    handed: its items are handed in, by a drill, and no address is asked."""

    workspace = models.ForeignKey(Workspace, models.CASCADE, related_name="feeds")
    url = models.CharField(max_length=1000)
    name = models.CharField(max_length=100)
    on = models.BooleanField(default=True)
    handed = models.BooleanField(default=False)
    etag = models.CharField(max_length=300, blank=True)
    modified = models.CharField(max_length=100, blank=True)
    next_at = models.DateTimeField()
    lease_until = models.DateTimeField(null=True)
    read_at = models.DateTimeField(null=True)
    failures = models.PositiveIntegerField(default=0)
    trouble = models.CharField(max_length=40, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["workspace", "url"], name="pauses_one_feed"),
        ]
        indexes = [models.Index(fields=["next_at"], name="pauses_feeds_due")]


class Heard(Row):
    """One headline; kept for seven days. at: when the feed says that it was, or when it was read."""

    feed = models.ForeignKey(Feed, models.CASCADE, related_name="heard")
    key = models.CharField(max_length=64)
    title = models.CharField(max_length=300)
    url = models.CharField(max_length=1000, blank=True)
    at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["feed", "key"], name="pauses_heard_once"),
        ]
        indexes = [models.Index(fields=["feed", "-at"], name="pauses_heard_at")]


class Day(Row):
    """A day of mourning or remembrance. year: null means every year. key: of a shipped one; "" of
    one's own. on: whether it is watched."""

    workspace = models.ForeignKey(Workspace, models.CASCADE, related_name="mourning_days")
    key = models.CharField(max_length=60, blank=True)
    month = models.PositiveSmallIntegerField()
    day = models.PositiveSmallIntegerField()
    year = models.PositiveSmallIntegerField(null=True)
    name_en = models.CharField(max_length=120)
    name_fr = models.CharField(max_length=120)
    country = models.CharField(max_length=2, blank=True)
    source = models.CharField(max_length=500, blank=True)
    on = models.BooleanField(default=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["workspace", "key"], name="pauses_one_day", condition=~Q(key="")
            ),
            models.CheckConstraint(
                condition=Q(month__gte=1, month__lte=12, day__gte=1, day__lte=31),
                name="pauses_a_day_of_the_year",
            ),
        ]
        indexes = [models.Index(fields=["workspace", "month", "day"], name="pauses_days")]


class Signal(Row):
    """Something proposes to look at what is planned. It never pauses.

    why: "feeds", "mentions", "day" or "person". key: what it is about, so that it is said once.
    facts: plain values (words, headlines with their addresses, figures, the person's words). hits:
    [{version, title, when, words}] of planned posts that would jar. state: open, dismissed, paused.
    """

    workspace = models.ForeignKey(Workspace, models.CASCADE, related_name="signals")
    why = models.CharField(max_length=8)
    key = models.CharField(max_length=120)
    facts: "models.JSONField[Any]" = models.JSONField(default=dict)
    hits: "models.JSONField[Any]" = models.JSONField(default=list)
    state = models.CharField(max_length=10, default="open")
    state_at = models.DateTimeField()
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    dismissed_why = models.CharField(max_length=500, blank=True)
    pause = models.ForeignKey(Pause, models.SET_NULL, null=True, related_name="signals")

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["workspace", "why", "key"], name="pauses_one_signal",
                condition=Q(state="open"),
            ),
        ]  # fmt: skip
        indexes = [models.Index(fields=["workspace", "-created_at"], name="pauses_signals")]
