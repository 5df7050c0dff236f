"""What a pause asks people to look at, what they decided, and the new times for what was held."""

from typing import Any

from django.conf import settings
from django.db import models
from django.db.models import F, Q

from breakwater.channels.models import Channel
from breakwater.core.models import Row
from breakwater.pauses.models.pause import Pause
from breakwater.people.models import Workspace


class ReviewLine(Row):
    """One planned or current thing, to be kept, modified, paused or cancelled by a person.

    what: pauses.lines.What. subject: the version (planned), the delivery (out) or the rule; ref: the
    same as text, or what has no id of ours (a pinned post, an account, a network's ads). shown: text, title, when,
    channels: as it was when the line was made. hints: [{category, word, start, end, why, source}].
    categories: those of the hints, each between bars ("|death|news|").
    rank, stands_at: its place in the list, the most urgent first. alike: the same for lines with
    equal `what` and hints, which one decision may take together.
    decision: "" while undecided; why, by, at belong to it. second_by: who confirmed it, where the
    pause asks for two. outcome: "" while it is still to be carried out, "done", "by_hand", or the
    code of why it could not be. released_at: when it was let pass before the pause ended.
    """

    pause = models.ForeignKey(Pause, models.CASCADE, related_name="lines")
    what = models.CharField(max_length=8)
    subject = models.UUIDField(null=True)
    channel = models.ForeignKey(Channel, models.CASCADE, null=True, related_name="+")
    ref = models.CharField(max_length=500, blank=True)
    shown: "models.JSONField[Any]" = models.JSONField(default=dict)
    hints: "models.JSONField[Any]" = models.JSONField(default=list)
    rank = models.PositiveSmallIntegerField()
    stands_at = models.DateTimeField()
    categories = models.CharField(max_length=120, blank=True)
    alike = models.CharField(max_length=32)
    decision = models.CharField(max_length=8, blank=True)
    why = models.CharField(max_length=500, blank=True)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    at = models.DateTimeField(null=True)
    second_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+"
    )
    second_at = models.DateTimeField(null=True)
    released_at = models.DateTimeField(null=True)
    outcome = models.CharField(max_length=40, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["pause", "what", "ref"], name="pauses_one_line"
            ),
            models.CheckConstraint(
                condition=Q(decision="") | (Q(by__isnull=False, at__isnull=False) & ~Q(why="")),
                name="pauses_decided_by_name",
            ),
            models.CheckConstraint(
                condition=Q(second_by__isnull=True) | ~Q(second_by=F("by")),
                name="pauses_two_are_two",
            ),
        ]  # fmt: skip
        indexes = [
            models.Index(fields=["pause", "rank", "stands_at", "id"], name="pauses_ranked"),
            models.Index(fields=["pause", "subject"], name="pauses_subject"),
            models.Index(fields=["pause", "alike"], name="pauses_alike"),
            models.Index(fields=["pause", "decision"], name="pauses_decided"),
        ]


class Slot(Row):
    """A new time that was proposed for what the pause held. state: proposed, accepted, refused."""

    pause = models.ForeignKey(Pause, models.CASCADE, related_name="slots")
    version = models.UUIDField()
    was_at = models.DateTimeField()
    to_at = models.DateTimeField()
    state = models.CharField(max_length=8, default="proposed")
    state_at = models.DateTimeField()
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["pause", "version"], name="pauses_one_slot"),
        ]
        indexes = [models.Index(fields=["pause", "state", "to_at"], name="pauses_slots")]

    @property
    def workspace_id(self) -> Any:
        return self.pause.workspace_id


class ReviewManner(models.Model):
    """How a workspace reviews. two_persons: each decision is confirmed by a second person."""

    workspace = models.OneToOneField(
        Workspace, models.CASCADE, primary_key=True, related_name="review_manner"
    )
    two_persons = models.BooleanField(default=False)
