"""MentionHour: how much was said to a channel in one hour. It knows no persons."""

from typing import ClassVar

from django.db import models

from breakwater.channels.models import Channel


class MentionHour(models.Model):
    """What others said on one channel in the hour that began at `hour` (UTC).

    about: remote id of our post that it was said below; "" of what has none. total: messages;
    scored: of those that the scorer read; negative: of those that are displeased; abusive: that
    were veiled or put aside. authors: different people among the total. settled: counted for the
    last time: an erasure later changes nothing here, because nobody is in it.
    """

    channel = models.ForeignKey(Channel, models.CASCADE, related_name="+")
    about = models.CharField(max_length=500, blank=True)
    hour = models.DateTimeField()
    total = models.PositiveIntegerField(default=0)
    scored = models.PositiveIntegerField(default=0)
    negative = models.PositiveIntegerField(default=0)
    abusive = models.PositiveIntegerField(default=0)
    authors = models.PositiveIntegerField(default=0)
    settled = models.BooleanField(default=False)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["channel", "hour", "about"], name="insights_one_hour"),
        ]


class Rollup(models.Model):
    """How far hours were counted for the last time: all before `settled_to` are. One row."""

    name = models.CharField(max_length=20, primary_key=True)
    settled_to = models.DateTimeField()
    counted_at = models.DateTimeField()
