"""Tuning, Term, Correction, KeptText, Move."""

from typing import ClassVar

from django.conf import settings
from django.db import models

from breakwater.core.ids import new_id
from breakwater.core.models import Row
from breakwater.people.models import Workspace


class Tuning(Row):
    """What a workspace changed about scoring. revision: another one after each change, so that
    what was computed from it (`rules.rules_of`) is known to be old."""

    workspace = models.OneToOneField(Workspace, models.CASCADE, related_name="+")
    revision = models.UUIDField(default=new_id)


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
    """What a person said is wrong about one kind of abuse in one text. Rows are only ever added.

    text_hash: of the text (`texts.hash_of`), which is not here. said: the chance that the head had.
    veiled: whether the text was veiled for it. should: whether it should be. consent: whether
    that person let the text be kept and given away.
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
