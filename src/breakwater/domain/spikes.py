"""Whether news speak of one grave thing at once: several feeds that share rare words in little time.

It proposes a look, nothing else. How often people speak of us is judged where that is counted.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from itertools import combinations
from uuid import UUID

from breakwater.domain.grouping.words import telling, words

WITHIN = timedelta(hours=2)
FEEDS = 3
SHARED = 2
RARE_DAYS = timedelta(days=7)
RARE = 0.02
"""A word is rare where at most this share of the older headlines, or one of them, had it."""
MOST = 500
"""Headlines of the last two hours that are compared."""


@dataclass(frozen=True)
class Headline:
    feed: UUID
    title: str
    at: datetime


@dataclass(frozen=True)
class Spike:
    """words: those shared, folded, in order of the alphabet. feeds: that have them."""

    words: tuple[str, ...]
    feeds: frozenset[UUID]
    headlines: tuple[Headline, ...]

    @property
    def key(self) -> str:
        """The same for the same event while its words stay."""
        return " ".join(self.words[:SHARED])


def spike(headlines: Sequence[Headline], now: datetime) -> Spike | None:
    """The pair of rare words that most feeds shared within the last two hours; None where fewer than
    FEEDS did. headlines: of the last seven days."""
    fresh = [one for one in headlines if now - WITHIN <= one.at <= now][-MOST:]
    common = _common(one for one in headlines if one.at < now - WITHIN)
    sets = [(one, frozenset(_telling(one.title)) - common) for one in fresh]
    pairs: dict[tuple[str, str], set[UUID]] = {}
    for one, own in sets:
        for first, second in combinations(sorted(own), SHARED):
            pairs.setdefault((first, second), set()).add(one.feed)
    if not pairs:
        return None
    best = min(pairs, key=lambda pair: (-len(pairs[pair]), pair))
    if len(pairs[best]) < FEEDS:
        return None
    shown = tuple(one for one, own in sets if set(best) <= own)
    return Spike(best, frozenset(pairs[best]), shown)


def _telling(title: str) -> set[str]:
    return {word for word in words(title)[:20] if telling(word)}


def _common(older: Iterable[Headline]) -> frozenset[str]:
    """Words that every day has anyway."""
    counted: dict[str, int] = {}
    total = 0
    for one in older:
        total += 1
        for word in _telling(one.title):
            counted[word] = counted.get(word, 0) + 1
    return frozenset(word for word, n in counted.items() if n > max(1, RARE * total))
