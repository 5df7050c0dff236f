"""Letters of other scripts that stand in for Latin ones, told from those that write a language.

A word with Latin letters in it is read as Latin when each other letter looks like a Latin one, or
when it has as many different Latin letters as others. A word without is read as Latin only when
all its letters look Latin and most words of the text are Latin: Russian stays Russian.
"""

import re
import unicodedata

from breakwater.domain.scoring.characters import READ, SAME

_MARKS = frozenset(
    one for one in map(chr, range(0x0900, 0x1100)) if unicodedata.category(one) == "Mn"
)
"""They spell in Hindi or Thai, and decorate anywhere else."""
_STAND_INS = _MARKS.union(READ)
WORD = re.compile(r"[^\s!-/:-@\[-`{-~]+")
"""A run without white space and punctuation of ASCII."""


def has_stand_ins(text: str) -> bool:
    """Whether anything in `text` might stand in for a Latin letter, or decorate one."""
    return not _STAND_INS.isdisjoint(text)


def unmixed(word: str) -> str:
    """`word`, with Latin letters for others if it has both."""
    if word.isascii():
        return word
    low = word.lower()
    latin = {one for one in low if one.isascii() and one.isalpha()}
    others = {one for one in low if not one.isascii() and one.isalpha()}
    if latin and (len(latin) >= len(others) or _looks_latin(word)):
        return "".join(map(_read, word))
    return word


def disguised(word: str) -> str:
    """`word` in Latin letters, if all of its own look like some."""
    if word.isascii() or not any(map(str.isalpha, word)) or not _looks_latin(word):
        return word
    return "".join(map(_read, word))


def mostly_latin(text: str) -> bool:
    """Whether more words have Latin letters than have others alone."""
    latin = others = 0
    for word in WORD.findall(text):
        if any(one.isascii() and one.isalpha() for one in word):
            latin += 1
        elif any(map(str.isalpha, word)):
            others += 1
    return latin > others


def _looks_latin(word: str) -> bool:
    return all(
        one.isascii() or not one.isalpha() or one in SAME or one.lower() in SAME for one in word
    )


def _read(one: str) -> str:
    if one.isascii():
        return one
    if one in _MARKS:
        return ""
    return READ.get(one) or READ.get(one.lower()) or one
