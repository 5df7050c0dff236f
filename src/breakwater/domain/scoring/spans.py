"""Which words speak for what a text is veiled for: those without which the chance falls."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from math import log
from unicodedata import category

from breakwater.domain.scoring.normal import Traced, traced
from breakwater.domain.scoring.scores import Head, Span
from breakwater.domain.scoring.spelling import Part, Reading, Words
from breakwater.domain.scoring.together import places_together, together
from breakwater.domain.scoring.words import windows, words

SPEAKS = 0.1
"""A word speaks when it has a tenth of what all speak."""
SURE = 1e-6
"""No chance is nearer to 0 or 1 than this: beyond, it says nothing of the words."""
_ON_TOP = frozenset(("Mn", "Me"))
_TONES = range(0x1F3FB, 0x1F400)

Chances = Callable[[Sequence[Words]], Sequence[float]]
"""The head's chance for each list of words."""
Read = Callable[[Words, Words], Reading]
"""How a text is read, by the words of its plain view and of its bare one."""
Places = Sequence[int]
"""Where the characters of a word stood in the text as it came."""


def spans(text: str, head: Head, read: Read, chances: Chances) -> tuple[Span, ...]:
    """Of the raw text, in order, neighbours joined; at least one where the head has a chance. Of a
    long text they are in the window that is worst, which is the one that its chance is of."""
    parts = [
        (found[here], at[here])
        for found, at in _views(traced(text), read)
        for here in windows(found)
    ]
    whole = chances([some for some, _ in parts])
    worst = max(range(len(parts)), key=lambda n: (whole[n], -n))
    some, at = parts[worst]
    full = whole[worst]
    if not some or full <= 0:
        return ()
    left = chances([[*some[:n], *some[n + 1 :]] for n in range(len(some))])
    weights = _shares(full, left)
    least = min(SPEAKS, max(weights))
    spoken = [
        _span(stood, head, weight)
        for stood, weight in zip(at, weights, strict=True)
        if weight >= least and weight > 0
    ]
    return _joined([replace(one, end=_end(text, one.end)) for one in spoken], text)


def _shares(full: float, left: Sequence[float]) -> list[float]:
    """What each word has of all that speaks, by the odds that go with it: where a text is insult
    upon insult, the chance hardly falls without one of them."""
    gains = [max(_odds(full) - _odds(chance), 0.0) for chance in left]
    whole = sum(gains) or 1.0
    return [gain / whole for gain in gains]


def _odds(chance: float) -> float:
    """Their logarithm."""
    bounded = min(max(chance, SURE), 1 - SURE)
    return log(bounded / (1 - bounded))


def _views(seen: Traced, read: Read) -> Iterator[tuple[Words, Sequence[Places]]]:
    """The readings that count: their words, and where each stood."""
    plain = together(words(seen.plain))
    bare = plain if seen.bare == seen.plain else together(words(seen.bare)) or plain
    reading = read(plain, bare)
    if reading.plain:
        yield plain, [seen.plain_at[start:end] for start, end in places_together(seen.plain)]
    if reading.parts:
        at = places_together(seen.bare)
        yield (
            [part.word for part in reading.parts],
            [
                seen.bare_at[at[part.first][0] + part.start : _end_of(part, bare, at)]
                for part in reading.parts
            ],
        )


def _end_of(part: Part, bare: Words, at: Sequence[tuple[int, int]]) -> int:
    """A form of several words may be longer in the text than it is as a word."""
    start, end = at[part.last]
    return end if part.end == len(bare[part.last]) else start + part.end


def _span(at: Places, head: Head, weight: float) -> Span:
    """Of a word whose characters stood at these places, which fall where it was written backwards."""
    return Span(min(at), max(at) + 1, head, round(weight, 3))


def _end(text: str, end: int) -> int:
    """Behind accents and skin tones that belong to the last character."""
    while end < len(text) and (category(text[end]) in _ON_TOP or ord(text[end]) in _TONES):
        end += 1
    return end


def _joined(spoken: Sequence[Span], text: str) -> tuple[Span, ...]:
    """Spans with nothing but white space between them become one, and speak together."""
    joined: list[Span] = []
    for span in sorted(spoken, key=lambda one: one.start):
        last = joined[-1] if joined else None
        if last and not text[last.end : span.start].strip():
            weight = round(min(last.weight + span.weight, 1.0), 3)
            joined[-1] = Span(last.start, max(last.end, span.end), span.head, weight)
        else:
            joined.append(span)
    return tuple(joined)
