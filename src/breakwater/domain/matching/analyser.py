"""A text as words to look for: the same for what is indexed, what is looked for, what is marked.

Case, accents and ligatures make no difference. Scripts that leave no spaces between words (Chinese,
Japanese, Thai) are cut into pairs of characters. Word forms are not folded: a search lists or
prefixes them.
"""

import re
from collections.abc import Iterator

from breakwater.domain.text import unaccented

MOST = 2_000
"""Words of a text that are looked at."""
LONGEST = 40
"""Characters of a word that count."""

_UNSPACED = "\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U0003ffff\u0e00-\u0eff\u1780-\u17ff"
_RUN = re.compile(rf"[{_UNSPACED}]+|[^\W{_UNSPACED}]+")
_APART = re.compile(rf"[{_UNSPACED}]")


def words(text: str) -> list[str]:
    """In order, at most MOST."""
    found: list[str] = []
    for run in _RUN.findall(unaccented(text)):
        found.extend(_pairs(run) if _APART.match(run) else _alone(run))
        if len(found) >= MOST:
            break
    return found[:MOST]


def _alone(run: str) -> Iterator[str]:
    """No word begins with an underscore: those are an index's own (indexes.mark)."""
    if word := run.lstrip("_")[:LONGEST]:
        yield word


def _pairs(run: str) -> Iterator[str]:
    if len(run) == 1:
        yield run
    for at in range(len(run) - 1):
        yield run[at : at + 2]
