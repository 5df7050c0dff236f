"""Tuning, Term, Correction, KeptText, Move, Learnt, OpinionSetup, OpinionDay, SecondOpinion."""

from typing import Any, ClassVar

from django.conf import settings
from django.db import models

from breakwater.core.ids import new_id
from breakwater.core.models import Row
from breakwater.people.models import Workspace


class Tuning(Row):
    """What a workspace changed about scoring. revision: another one after each change, so that
    what was computed from it (`rules.rules_of`) is known to be old. learnt: number of its last Learnt."""

    workspace = models.OneToOneField(Workspace, models.CASCADE, related_name="+")
    revision = models.UUIDField(default=new_id)
    learnt = models.PositiveIntegerField(default=0)


class Term(Row):
    """Words of the workspace. allowed: they count for nothing in a score; else a text that has
    them is veiled. typed: as a person wrote them; words: as they are compared, with spaces between.
    """

    workspace = models.ForeignKey(Workspace, models.CASCADE, related_name="+")
    typed = models.CharField(max_length=100)
    words = models.CharField(max_length=400)
    allowed = models.BooleanField()
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+")

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["workspace", "words"], name="scoring_one_term"),
        ]


class Correction(Row):
    """What a person said is wrong about one kind of abuse in one text. Rows are only ever added;
    one that was taken back (withdrawn_at) counts for nothing.

    text_hash: of the text (`texts.hash_of`), which is not here. said: the chance that the head had.
    veiled: whether the text was veiled for it. should: whether it should be. consent: whether
    that person let the text be kept and given away. lesson: what it teaches the model that is named
    (`adapters.packed_lesson`); None where it teaches nothing, or the text had to go.
    """

    workspace = models.ForeignKey(Workspace, models.CASCADE, related_name="+")
    text_hash = models.CharField(max_length=64)
    language = models.CharField(max_length=8)
    head = models.CharField(max_length=16)
    said = models.FloatField()
    veiled = models.BooleanField()
    should = models.BooleanField()
    model = models.CharField(max_length=64)
    consent = models.BooleanField()
    lesson = models.BinaryField(null=True)
    withdrawn_at = models.DateTimeField(null=True)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+")

    class Meta:
        indexes: ClassVar = [
            models.Index(fields=["workspace", "head", "created_at"], name="scoring_corrected"),
        ]


class KeptText(Row):
    """The text of a correction whose maker consented: sealed, and gone once they take that back."""

    correction = models.OneToOneField(Correction, models.CASCADE, related_name="kept")
    sealed = models.BinaryField()


class Move(Row):
    """From then on a head's limits are `to` higher than the model's, until its next move.

    before: what they were until then. corrections: how many it was computed from; 0 for one that
    takes another back.
    """

    workspace = models.ForeignKey(Workspace, models.CASCADE, related_name="+")
    head = models.CharField(max_length=16)
    before = models.FloatField()
    to = models.FloatField()
    corrections = models.PositiveIntegerField()
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+")

    class Meta:
        indexes: ClassVar = [
            models.Index(fields=["workspace", "head", "created_at"], name="scoring_moved"),
        ]


class Learnt(Row):
    """From then on a head adds this to what the model says of it, until its next. Rows are only ever added.

    number: of the workspace, from 1. model: whose hidden layer it is for. weights: an Adapter, packed. lessons:
    how many corrections it was learnt from; 0, and no weights, for one that takes another back. seen: which ones.
    of, right, before: of the newest corrections, how many it had right, and how many were right without it.
    """

    workspace = models.ForeignKey(Workspace, models.CASCADE, related_name="+")
    number = models.PositiveIntegerField()
    head = models.CharField(max_length=16)
    model = models.CharField(max_length=64)
    weights = models.BinaryField(null=True)
    lessons = models.PositiveIntegerField(default=0)
    seen = models.CharField(max_length=32, blank=True)
    of = models.PositiveIntegerField(default=0)
    right = models.PositiveIntegerField(default=0)
    before = models.PositiveIntegerField(default=0)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+")

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["workspace", "number"], name="scoring_one_learnt"),
        ]


class OpinionSetup(Row):
    """Whom a workspace asks for a second opinion, if `on`. scorer: id of the plug-in.

    sealed: the values of its fields. low, high: the chances between which it is asked. daily:
    calls a day at most. micros: what 1,000 texts cost, in millionths of a dollar, as people said.
    trouble, failures, next_at: how asking goes; not asked before next_at.
    """

    workspace = models.OneToOneField(Workspace, models.CASCADE, related_name="+")
    on = models.BooleanField(default=False)
    scorer = models.CharField(max_length=64)
    sealed = models.BinaryField()
    low = models.FloatField()
    high = models.FloatField()
    daily = models.PositiveIntegerField()
    micros = models.PositiveBigIntegerField(default=0)
    most = models.PositiveSmallIntegerField(default=1)
    trouble = models.CharField(max_length=64, default="")
    failures = models.PositiveSmallIntegerField(default=0)
    next_at = models.DateTimeField()


class OpinionDay(Row):
    """What was asked for a workspace on one day (UTC): calls, counted before they are made."""

    workspace = models.ForeignKey(Workspace, models.CASCADE, related_name="+")
    day = models.DateField()
    calls = models.PositiveIntegerField(default=0)
    texts = models.PositiveIntegerField(default=0)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["workspace", "day"], name="scoring_one_day"),
        ]


class SecondOpinion(Row):
    """What a plug-in says of one text. state: lifecycle.OPINION.

    sealed: the text, only while it waits. answer: head -> chance, when given. lease_id, lease_until:
    who asks at the moment. tries: calls that it was in.
    """

    workspace = models.ForeignKey(Workspace, models.CASCADE, related_name="+")
    text_hash = models.CharField(max_length=64)
    scorer = models.CharField(max_length=64)
    version = models.CharField(max_length=32)
    language = models.CharField(max_length=8)
    state = models.CharField(max_length=8, default="waiting")
    state_at = models.DateTimeField()
    sealed = models.BinaryField(null=True)
    answer: "models.JSONField[Any]" = models.JSONField(null=True)
    asked_at = models.DateTimeField(null=True)
    next_at = models.DateTimeField()
    tries = models.PositiveSmallIntegerField(default=0)
    lease_id = models.UUIDField(null=True)
    lease_until = models.DateTimeField(null=True)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["workspace", "text_hash", "scorer", "version"],
                name="scoring_one_opinion",
            ),
        ]
        indexes: ClassVar = [
            models.Index(
                fields=["workspace", "next_at"],
                condition=models.Q(state="waiting"),
                name="scoring_waiting",
            ),
            models.Index(fields=["state", "state_at"], name="scoring_kept_until"),
        ]
