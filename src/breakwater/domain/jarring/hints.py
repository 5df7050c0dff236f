"""What in a text could jar, and why it is said."""

import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass

import regex

from breakwater.domain.jarring.events import Event
from breakwater.domain.jarring.lists import CATEGORIES, LANGUAGES, Words, lists
from breakwater.domain.text import links, unaccented

MOST = 5_000
"""Characters of a text that are looked at."""
HINTS = 12
"""Hints of one text: who sees these reads the whole post anyway."""


@dataclass(frozen=True)
class Hint:
    """category: one of CATEGORIES, or "news" for a name that is in the news. word: as written.
    span: where, in code points. why: "list" (a list has it), "event" (and the event is about just
    that) or "news". source: address of what says why such words are looked at, "" for news."""

    category: str
    word: str
    span: tuple[int, int]
    why: str
    source: str


def hints(text: str, event: Event, language: str = "") -> tuple[Hint, ...]:
    """In the order of the text; what the event is about comes first. language: "fr", "en-GB" …;
    where it is none of ours, the lists of both languages are asked."""
    shown = unicodedata.normalize("NFC", text)[:MOST]
    folded, places = _folded(_without_links(shown))
    found: list[Hint] = []
    for words in _asked(language):
        why = "event" if words.category in event.about else "list"
        for start, end in _hits(words, folded, places, shown):
            found.append(Hint(words.category, shown[start:end], (start, end), why, words.source))
    ordered = sorted([*_longest(found), *_news(shown, event)], key=_rank)
    return tuple(ordered[:HINTS])


def _asked(language: str) -> list[Words]:
    own = language[:2].lower()
    return [words for words in lists() if own not in LANGUAGES or words.language == own]


def _rank(hint: Hint) -> tuple[bool, tuple[int, int], str]:
    return hint.why == "list", hint.span, hint.category


def _longest(found: list[Hint]) -> list[Hint]:
    """One hint for a place: the longest, and of equal ones that which the event is about."""
    kept: list[Hint] = []
    order = {category: at for at, category in enumerate(CATEGORIES)}
    for hint in sorted(
        found, key=lambda one: (-_length(one), one.why == "list", order[one.category])
    ):
        if not any(_within(hint.span, other.span) for other in kept):
            kept.append(hint)
    return kept


def _length(hint: Hint) -> int:
    return hint.span[1] - hint.span[0]


def _within(inner: tuple[int, int], outer: tuple[int, int]) -> bool:
    return outer[0] <= inner[0] and inner[1] <= outer[1]


def _hits(words: Words, folded: str, places: list[int], shown: str) -> Iterator[tuple[int, int]]:
    """Start and end in `shown`."""
    spared = [match.span() for match in words.but.finditer(folded)] if words.but else []
    for match in words.folded.finditer(folded):
        if not any(_within(match.span(), span) for span in spared):
            yield places[match.start()], places[match.end() - 1] + 1
    if words.exact:
        for match in words.exact.finditer(_small(shown)):
            yield match.span()


def _news(shown: str, event: Event) -> Iterator[Hint]:
    for name in event.names:
        pattern = regex.compile(rf"(?<!\w){regex.escape(name)}(?!\w)", regex.IGNORECASE)
        for match in pattern.finditer(shown):
            yield Hint("news", match[0], match.span(), "news", "")
            break


def _without_links(text: str) -> str:
    """As long as before; an address says nothing to a reader."""
    for start, end in links(text):
        text = f"{text[:start]}{' ' * (end - start)}{text[end:]}"
    return text


def _folded(text: str) -> tuple[str, list[int]]:
    """`text` without accents and capitals, and for each of its characters where it stood."""
    letters: list[str] = []
    places: list[int] = []
    for at, letter in enumerate(text):
        for one in unaccented(letter):
            letters.append(one)
            places.append(at)
    return "".join(letters), places


def _small(text: str) -> str:
    """In small letters, and as long as before (of a few letters the small one is two)."""
    return "".join(low if len(low := one.lower()) == 1 else one for one in text)
