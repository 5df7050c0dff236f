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
