"""What of a stranger's words a reader is shown unasked. Fewer exposures, not blurrier ones: what
is veiled is not in the page at all."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import IntEnum

from breakwater.domain.scoring.scores import ABUSE, Band, Head

SWEARS = 0.5
"""Chance of swearing from which a careful reader is spared it."""
PERHAPS = 1 / 7
"""Chance of any abuse from which a careful reader is spared it: to them one abusive text that they are shown costs as
much as six harmless ones that stand there as a summary until a key is pressed."""


class Level(IntEnum):
    """How much a reader is spared; each one what the one before is, and more."""

    HELD = 0
    """Only what nobody needs to read."""
    ABUSE = 1
    """What is abusive, and what may be a threat: the default."""
    CAREFUL = 2
    """Swearing, and what may be abusive."""
    EVERYTHING = 3
    """All that strangers wrote: categories and summaries alone are left."""


USUAL = Level.ABUSE


@dataclass(frozen=True, slots=True)
class Shield:
    """A person's, in one workspace. unscored: whether a text that nobody could score is veiled.
    media: whether pictures and films of strangers are."""

    level: Level = USUAL
    unscored: bool = True
    media: bool = True

    def veils(self, rank: int | None) -> bool:
        """rank: of `rank_of`."""
        if self.level is Level.EVERYTHING:
            return True
        return self.unscored if rank is None else rank <= self.level

    @property
    def veils_threats(self) -> bool:
        """What is announced as a threat, however sure the scorer is: it is passed on, not read."""
        return self.level >= Level.ABUSE

    @property
    def veils_media(self) -> bool:
        """Pictures are words, too, for who wants to see none of a stranger's."""
        return self.media or self.level is Level.EVERYTHING


def rank_of(
    band: Band | None, reasons: Sequence[Head], chances: Mapping[Head, float]
) -> Level | None:
    """The mildest level at which a text is veiled; None where it was not scored."""
    if band is None:
        return None
    if band is Band.HELD:
        return Level.HELD
    if band is Band.VEILED or reasons:
        return Level.ABUSE
    worst = max((chances.get(head, 0.0) for head in ABUSE), default=0.0)
    if worst >= PERHAPS or chances.get(Head.PROFANITY, 0.0) >= SWEARS:
        return Level.CAREFUL
    return Level.EVERYTHING


def effective(
    default: Shield, loosest: Level, own_level: Level | None, own: Mapping[str, bool | None]
) -> Shield:
    """A person's own shield in a workspace: stricter always, looser within the workspace's bound.

    own: "unscored" and "media", None where the person has not chosen; veiling is always theirs to
    choose, not veiling only where the workspace does not veil or its bound is `Level.HELD`.
    """
    level = max(default.level if own_level is None else own_level, loosest)
    loose = loosest is Level.HELD
    return Shield(
        Level(level),
        _chosen(default.unscored, own.get("unscored"), loose=loose),
        _chosen(default.media, own.get("media"), loose=loose),
    )


def _chosen(default: bool, own: bool | None, *, loose: bool) -> bool:
    if own is None:
        return default
    return own or (default and not loose)
