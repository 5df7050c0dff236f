"""WorkspaceShield, OwnShield, Exposure."""

from typing import ClassVar

from django.conf import settings
from django.db import models

from breakwater.core.models import Row
from breakwater.domain.shield import Level
from breakwater.people.models import Workspace

LEVELS = [(int(level), level.name.lower()) for level in Level]


class WorkspaceShield(Row):
    """What readers of a workspace are spared where they chose nothing. loosest: the mildest level
    that somebody may choose for themself."""

    workspace = models.OneToOneField(Workspace, models.CASCADE, related_name="+")
    level = models.PositiveSmallIntegerField(choices=LEVELS, default=Level.ABUSE)
    loosest = models.PositiveSmallIntegerField(choices=LEVELS, default=Level.HELD)
    unscored = models.BooleanField(default=True)
    media = models.BooleanField(default=True)


class OwnShield(Row):
    """What a person chose for themself, in all their workspaces. None: as the workspace says."""

    person = models.OneToOneField(settings.AUTH_USER_MODEL, models.CASCADE, related_name="+")
    level = models.PositiveSmallIntegerField(choices=LEVELS, null=True)
    unscored = models.BooleanField(null=True)
    media = models.BooleanField(null=True)


class Exposure(Row):
    """One veiled thing that a person opened. Theirs alone: nobody else is shown it.

    what: "text", "media" or "name". subject: which (the id of an inbox item). rank: domain.shield.
    on_behalf_of: whose lock-out folder it was opened in, as their helper. request: of the click;
    the same one again is the same exposure.
    """

    person = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="+")
    workspace = models.ForeignKey(Workspace, models.CASCADE, related_name="+")
    what = models.CharField(max_length=8)
    subject = models.CharField(max_length=64)
    rank = models.PositiveSmallIntegerField(null=True)
    on_behalf_of = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+"
    )
    request = models.UUIDField()

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["person", "request"], name="wellbeing_one_exposure"),
        ]
        indexes: ClassVar = [
            models.Index(fields=["person", "created_at"], name="wellbeing_exposures"),
        ]
