"""What an event is about, from the words of the person who paused and of headlines."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field

import regex

from breakwater.domain.jarring.lists import lists
from breakwater.domain.text import unaccented

SHARED_BY = 3
"""Headlines that must share a capitalised word for it to be a name in the news."""
NAMES = 20

_NAME = regex.compile(r"(?<![\w'’])\p{Lu}[\w-]{3,40}")
_BEGINNING = regex.compile(r"(?:^|[.:!?«»\"“”-]\s*)$")
_FORCED = frozenset({"party", "deals"})
"""Jar at any grave event, and are never what one is about."""


@dataclass(frozen=True)
class Event:
    """about: the categories that it concerns; hints of these weigh more. names: as in the news."""

    about: frozenset[str] = frozenset()
    names: tuple[str, ...] = field(default=())


def event_of(why: str, headlines: Iterable[str] = ()) -> Event:
    """From the reason of a pause ("Fire in Lyon") and the headlines that led to it. Names are those
    that headlines share, and the capitalised words of the reason that begin no sentence."""
    texts = [why, *headlines]
    said = unaccented("\n".join(texts))
    about = {one.category for one in lists() if one.folded.search(said)} - _FORCED
    own = [match[0] for match in _NAME.finditer(why) if not _begins(why, match.start())]
    names = dict.fromkeys([*own, *names_in_news(texts[1:])])
    return Event(frozenset(about), tuple(names)[:NAMES])


def names_in_news(headlines: Iterable[str]) -> tuple[str, ...]:
    """Capitalised words that at least SHARED_BY headlines share, the most shared first."""
    counted: Counter[str] = Counter()
    for headline in headlines:
        counted.update({match[0] for match in _NAME.finditer(headline)})
    found = [(name, n) for name, n in counted.items() if n >= SHARED_BY]
    return tuple(name for name, _ in sorted(found, key=lambda one: (-one[1], one[0]))[:NAMES])


def _begins(text: str, at: int) -> bool:
    return _BEGINNING.search(text[:at]) is not None
