"""A text as words to look for: the same for what is indexed, what is looked for, what is marked.

Case, accents and ligatures make no difference. Scripts that leave no spaces between words (Chinese,
Japanese, Thai) are cut into pairs of characters. Word forms are not folded: a search lists or
prefixes them.
"""

import re
import unicodedata
from collections.abc import Iterator

MOST = 2_000
"""Words of a text that are looked at."""
LONGEST = 40
"""Characters of a word that count."""

_UNSPACED = "\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U0003ffff\u0e00-\u0eff\u1780-\u17ff"
_RUN = re.compile(rf"[{_UNSPACED}]+|[^\W{_UNSPACED}]+")
_APART = re.compile(rf"[{_UNSPACED}]")
_LIGATURES = str.maketrans({"œ": "oe", "æ": "ae", "ø": "o", "ł": "l", "đ": "d", "ı": "i"})


def folded(text: str) -> str:
    """In lower case, without accents. folded(folded(text)) is folded(text)."""
    if text.isascii():
        return text.lower()
    low = unicodedata.normalize("NFKC", text).casefold().translate(_LIGATURES)
    apart = unicodedata.normalize("NFD", low)
    bare = "".join(one for one in apart if not unicodedata.combining(one))
    return unicodedata.normalize("NFC", bare)


def words(text: str) -> list[str]:
    """In order, at most MOST."""
    found: list[str] = []
    for run in _RUN.findall(folded(text)):
        found.extend(_pairs(run) if _APART.match(run) else [run[:LONGEST]])
        if len(found) >= MOST:
            break
    return found[:MOST]


def _pairs(run: str) -> Iterator[str]:
    if len(run) == 1:
        yield run
    for at in range(len(run) - 1):
        yield run[at : at + 2]
