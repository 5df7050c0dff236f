"""Watched, Alarm, Sighting, HandRule, Turn: what our accounts show that nobody here sent."""

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import Q

from breakwater.channels.models import Arrival, Channel
from breakwater.core.models import Row
from breakwater.delivery.models import Delivery
from breakwater.people.models import Workspace
from breakwater.strays.lifecycle import ONGOING


class Watched(Row):
    """How one channel is watched. created_at: since when it is known here.

    began_at: when its account had been read for the first time (None: nothing is judged yet).
    mark: arrivals up to this id came with that first look: they were there before us, whatever
    date they bear, and are not judged. looked_at: of the last nightly comparison. answers: whether
    answers in the account's name are judged too; not by themselves: people answer by hand all day.
    """

    channel = models.OneToOneField(Channel, models.CASCADE, related_name="watched")
    mark = models.BigIntegerField(default=0)
    began_at = models.DateTimeField(null=True)
    looked_at = models.DateTimeField(null=True)
    answers = models.BooleanField(default=False)


class Alarm(Row):
    """Posts on our accounts that nobody here sent: one alarm at a time a workspace.

    created_at: when it was opened. told_at: when the duty person was told. answer: "fine", "wrong"
    or "not_us". via: how it was answered ("page", "link", "api", "command").
    """

    workspace = models.ForeignKey(Workspace, models.CASCADE, related_name="alarms")
    state = models.CharField(max_length=12, default="open")
    state_at = models.DateTimeField()
    told_at = models.DateTimeField(null=True)
    answer = models.CharField(max_length=8, blank=True)
    answered_at = models.DateTimeField(null=True)
    answered_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+"
    )
    via = models.CharField(max_length=8, blank=True)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["workspace"],
                condition=Q(state__in=sorted(ONGOING)),
                name="strays_one_alarm",
            ),
        ]


class Sighting(Row):
    """One thing that an account shows and that has to be understood. created_at: when it was seen.

    kind: "post", "altered", "missing", "duplicate", "profile", "followers" or "answers". ref: the
    remote id, or the field of the profile. fact: digest of what was seen, so that the same is seen
    once. delivery: of ours, that it may be. code: why it is what it is. data: plain values
    for people (never a text). confirmed: whether the account was asked once more and showed it;
    None: not asked, or it did not answer.
    """

    workspace = models.ForeignKey(Workspace, models.CASCADE, related_name="sightings")
    channel = models.ForeignKey(Channel, models.CASCADE, related_name="sightings")
    kind = models.CharField(max_length=10)
    ref = models.CharField(max_length=500)
    fact = models.CharField(max_length=64, blank=True)
    url = models.CharField(max_length=1000, blank=True)
    arrival = models.ForeignKey(Arrival, models.SET_NULL, null=True, related_name="sightings")
    delivery = models.ForeignKey(Delivery, models.SET_NULL, null=True, related_name="sightings")
    state = models.CharField(max_length=10, default="seen")
    state_at = models.DateTimeField()
    code = models.CharField(max_length=40, blank=True)
    data = models.JSONField(default=dict)
    confirmed = models.BooleanField(null=True)
    look_at = models.DateTimeField(null=True)
    alarm = models.ForeignKey(Alarm, models.SET_NULL, null=True, related_name="sightings")
    to_tell = models.BooleanField(default=False)
    answered_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+"
    )
    answered_at = models.DateTimeField(null=True)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["channel", "kind", "ref", "fact"], name="strays_seen_once"
            ),
        ]
        indexes: ClassVar = [
            models.Index(fields=["workspace", "-created_at"], name="strays_latest"),
            models.Index(
                fields=["look_at"], name="strays_to_look_at", condition=Q(look_at__isnull=False)
            ),
            models.Index(fields=["created_at"], name="strays_to_tell", condition=Q(to_tell=True)),
        ]


class HandRule(Row):
    """Posts made by hand on this channel at these hours are nobody's alarm.

    weekdays: 0 (Monday) to 6. begins, ends: times of the workspace's zone; an end that is not later
    than the beginning is on the next day. until: the last day it holds (None: until it is ended).
    """

    channel = models.ForeignKey(Channel, models.CASCADE, related_name="hand_rules")
    weekdays = models.JSONField(default=list)
    begins = models.TimeField()
    ends = models.TimeField()
    until = models.DateField(null=True)
    why = models.CharField(max_length=300)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    ended_at = models.DateTimeField(null=True)


class Turn(models.Model):
    """Who reads arrivals for the watch, and how far: one reader at a time.

    mark: id of the last arrival that was judged. altered_at: changes up to then were judged.
    """

    name = models.CharField(max_length=20, primary_key=True)
    mark = models.BigIntegerField(default=0)
    altered_at = models.DateTimeField(null=True)
    lease_id = models.UUIDField(null=True)
    lease_until = models.DateTimeField(null=True)
