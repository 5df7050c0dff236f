"""A text that is too long to be looked at at once, in pieces that are."""

from collections.abc import Sequence

from breakwater.domain.scoring.normal import HEAD, TAIL

LONGEST = HEAD + TAIL
"""Characters of a text that are looked at at once."""
_WIDE = 2_000
_SHARED = 200
"""Characters that two pieces share, so that no sentence is between them."""
MOST = 10
REACH = LONGEST + MOST * (_WIDE - _SHARED) - _SHARED
"""Characters of the longest text that is looked at whole: more than people write, and than most
networks take."""


def windows(text: str) -> Sequence[str]:
    """What is between the beginning and the end that are looked at anyway, and some of both; at most
    MOST pieces. Nothing of a text up to LONGEST; of one beyond REACH, what comes first."""
    if len(text) <= LONGEST:
        return ()
    start, end = HEAD - _SHARED, len(text) - TAIL + _SHARED
    begins = range(start, max(end - _SHARED, start + 1), _WIDE - _SHARED)
    return [text[at : min(at + _WIDE, end)] for at in begins[:MOST]]
