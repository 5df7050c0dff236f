"""Which words speak for what a text is veiled for: those without which the chance falls."""

from collections.abc import Callable, Sequence
from unicodedata import category

from breakwater.domain.scoring.normal import traced
from breakwater.domain.scoring.scores import Head, Span
from breakwater.domain.scoring.words import WINDOW, places, windows, words

SPEAKS = 0.1
"""A word speaks when a tenth of the chance goes with it."""
_ON_TOP = frozenset(("Mn", "Me"))
_TONES = range(0x1F3FB, 0x1F400)

Chances = Callable[[Sequence[Sequence[str]]], Sequence[float]]
"""The head's chance for each list of words."""


def spans(text: str, head: Head, chances: Chances) -> tuple[Span, ...]:
    """Of the raw text, in order, neighbours joined; at least one where the head has a chance.

    Of a long text the window that speaks loudest is looked at.
    """
    seen = traced(text)
    views = [(seen.plain, seen.plain_at), (seen.bare, seen.bare_at)]
    whole = chances([words(view) for view, _ in views])
    view, at = views[1 if whole[1] > whole[0] else 0]
    found = words(view)
    first = _loudest(found, chances)
    weights = _weights(found[first : first + WINDOW], chances)
    least = min(SPEAKS, max(weights, default=0.0))
    spoken = [
        Span(min(at[start:end]), _end(text, max(at[start:end]) + 1), head, round(weight, 3))
        for (start, end), weight in zip(places(view)[first:], weights, strict=False)
        if weight >= least and weight > 0
    ]
    return _joined(sorted(spoken, key=lambda span: span.start), text)


def _loudest(found: Sequence[str], chances: Chances) -> int:
    """Where the window begins that has the highest chance when it is read alone."""
    firsts = windows(len(found))
    if len(firsts) == 1:
        return 0
    alone = chances([found[first : first + WINDOW] for first in firsts])
    return max(zip(alone, firsts, strict=True), key=lambda one: one[0])[1]


def _weights(found: Sequence[str], chances: Chances) -> list[float]:
    """The share of the chance that goes with each word; none where there is no chance."""
    full, *left = chances([found, *([*found[:n], *found[n + 1 :]] for n in range(len(found)))])
    return [max(full - chance, 0.0) / full for chance in left] if full > 0 else []


def _end(text: str, end: int) -> int:
    """Behind accents and skin tones that belong to the last character."""
    while end < len(text) and (category(text[end]) in _ON_TOP or ord(text[end]) in _TONES):
        end += 1
    return end


def _joined(spoken: Sequence[Span], text: str) -> tuple[Span, ...]:
    """Spans with nothing but white space between them become one, with the higher weight."""
    joined: list[Span] = []
    for span in spoken:
        last = joined[-1] if joined else None
        if last and not text[last.end : span.start].strip():
            weight = max(last.weight, span.weight)
            joined[-1] = Span(last.start, max(last.end, span.end), span.head, weight)
        else:
            joined.append(span)
    return tuple(joined)
