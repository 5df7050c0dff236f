"""Which words speak for what a text is veiled for: those without which the chance falls."""

from collections.abc import Callable, Sequence

from breakwater.domain.scoring.normal import traced
from breakwater.domain.scoring.scores import Head, Span
from breakwater.domain.scoring.words import places, words

MOST = 48
"""Words of a text that are looked at, the others being left as they are."""
SPEAKS = 0.1
"""A word speaks when a tenth of the chance goes with it."""

Chances = Callable[[Sequence[Sequence[str]]], Sequence[float]]
"""The head's chance for each list of words."""


def spans(text: str, head: Head, chances: Chances) -> tuple[Span, ...]:
    """Of the raw text, in order, neighbours joined; at least one where the head has a chance."""
    seen = traced(text)
    views = [(seen.plain, seen.plain_at), (seen.bare, seen.bare_at)]
    whole = chances([words(view) for view, _ in views])
    view, at = views[1 if whole[1] > whole[0] else 0]
    found, around, full = words(view), places(view), max(whole)
    if not found or full <= 0:
        return ()
    left = chances([found[:n] + found[n + 1 :] for n in range(min(len(found), MOST))])
    weights = [max(full - chance, 0.0) / full for chance in left]
    least = min(SPEAKS, max(weights))
    spoken = [
        Span(at[start], at[end - 1] + 1, head, round(weight, 3))
        for (start, end), weight in zip(around, weights, strict=False)
        if weight >= least and weight > 0
    ]
    return _joined(spoken, text)


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
