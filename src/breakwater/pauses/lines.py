"""What a line of a review can be about, what can be decided of it, and where it stands."""

from collections.abc import Iterable, Mapping
from datetime import datetime, timedelta
from enum import StrEnum
from hashlib import blake2b
from typing import Any

from breakwater.domain.jarring import Hint


class What(StrEnum):
    PLANNED = "planned"  # a version that has not left
    OUT = "out"  # out within the last 48 hours, or pinned
    PROFILE = "profile"  # name, words and link of an account
    RULE = "rule"  # answers or acts by itself
    ADS = "ads"  # boosted posts and ads, which no interface shows us
    HAND = "hand"  # what is planned in other tools


class Choice(StrEnum):
    KEEP = "keep"
    MODIFY = "modify"
    PAUSE = "pause"
    CANCEL = "cancel"


CHOICES: Mapping[str, tuple[Choice, ...]] = {
    What.PLANNED: (Choice.KEEP, Choice.MODIFY, Choice.PAUSE, Choice.CANCEL),
    What.OUT: (Choice.KEEP, Choice.MODIFY, Choice.CANCEL),
    What.PROFILE: (Choice.KEEP, Choice.MODIFY),
    What.RULE: (Choice.KEEP, Choice.CANCEL),
    What.ADS: (Choice.KEEP, Choice.PAUSE, Choice.CANCEL),
    What.HAND: (Choice.KEEP, Choice.PAUSE, Choice.CANCEL),
}

ASIDE = "aside:"
"""How the tag begins of what a review keeps back beyond the end of its pause."""

PLANNED_STATES = ("queued", "retry_wait", "claimed", "prepared", "held")
"""Of what has not begun and may leave by itself, or as soon as the pause ends."""

BY_HAND = (What.PROFILE, What.ADS, What.HAND)
"""What no interface does for us: whoever decides says that they did it, or see to it, by hand."""

PINNED, RECENT, BOOSTED, STANDING, SOON, LATER = range(6)
"""Ranks, the most urgent first."""

RECENT_WITHIN = timedelta(hours=48)
SOON_WITHIN = timedelta(hours=24)
JOINT = "\n\n"
"""Between the texts of one thing, in what is shown."""
SHOWN_CHARACTERS = 5_000


def rank_of(due_at: datetime, now: datetime) -> int:
    return SOON if due_at <= now + SOON_WITHIN else LATER


def alike(what: str, hints: Iterable[Mapping[str, Any]]) -> str:
    """The same for lines of one kind whose hints say the same: one decision may take them
    together."""
    said = sorted({f"{one['category']}:{str(one['word']).casefold()}" for one in hints})
    return blake2b("|".join([what, *said]).encode(), digest_size=16).hexdigest()


def hint_json(hint: Hint) -> dict[str, Any]:
    return {
        "category": hint.category, "word": hint.word, "start": hint.span[0], "end": hint.span[1],
        "why": hint.why, "source": hint.source,
    }  # fmt: skip


def text_of(content: dict[str, Any]) -> str:
    """All that a reader of the post would see, as one text."""
    own = [str(one.get("text") or "") for one in content.get("targets", {}).values()]
    alts = [str(one.get("alt", "")) for one in content.get("media", [])]
    card = content.get("card") or {}
    texts = [
        content.get("text", ""), *own, *content.get("thread", []), content.get("comment", ""),
        card.get("title", ""), *alts,
    ]  # fmt: skip
    return JOINT.join(dict.fromkeys(str(one) for one in texts if one))[:SHOWN_CHARACTERS]
