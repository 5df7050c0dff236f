"""What a password is made of once its decoration is off: known words, or something of its own."""

from collections.abc import Iterable
from functools import cache
from importlib.resources import files

from zxcvbn.frequency_lists import FREQUENCY_LISTS

from breakwater.domain.text import unaccented

WORD, SMALL_WORD = 3, 1
_LONGEST_WORD = 24  # letters
_LOOKED_AT = 128  # characters of a password that are looked at

_LEET = str.maketrans("0134578@$!€|", "oieastbasiel")
_SMALL_WORDS = (
    "i you he she we it a an the my your our his her their me us is are am was be of to in on at"
    " for and or not no so love like want this that with"
    " je tu il elle on nous vous ils elles le la les un une des de du mon ma mes ton ta tes son sa"
    " ses notre nos votre vos leur et ou a au aux en dans sur pour par avec est suis es sont ai as"
    " ne pas plus me te se ce cette que qui j l d c n s m t qu aime"
)
_SMALL = frozenset(_SMALL_WORDS.split())
_ROWS = (
    "azertyuiop",
    "qsdfghjklm",
    "wxcvbn",
    "qwertyuiop",
    "asdfghjkl",
    "zxcvbnm",
    "qwertzuiop",
    "yxcvbnm",
    "abcdefghijklmnopqrstuvwxyz",
)


def letters(text: str) -> str:
    """The letters a-z of the text without its accents, nothing else."""
    return "".join(char for char in unaccented(text) if "a" <= char <= "z")


def weight(password: str, context: Iterable[str] = ()) -> int | None:
    """How little the known words weigh that make up the whole stem; None: it is not made of such.

    A word weighs 3, a small one like "the" weighs 1; the lightest way to read it counts.
    The stem: digits and punctuation taken off both ends, "p4$$w0rd" read as letters, the
    rest's digits and punctuation dropped. context: further words, as plain letters.
    O(length x longest word).
    """
    core = _stripped(unaccented(password[:_LOOKED_AT]))
    readings = {letters(core.translate(_LEET)), letters(core)} - {""}
    weights = [_lightest(reading, frozenset(context)) for reading in readings]
    return min((one for one in weights if one is not None), default=None)


def decoration(password: str) -> str:
    """What is not a letter: its digits, and each other sign once; no spaces."""
    digits = "".join(char for char in password if char.isdigit())
    signs = (char for char in password if not char.isalnum() and not char.isspace())
    return digits + "".join(dict.fromkeys(signs))


@cache
def french() -> tuple[str, ...]:
    """Frequent French words, most frequent first (see the licence at the head of the file)."""
    text = files("breakwater.people").joinpath("data/french_words.txt").read_text("utf-8")
    return tuple(line for line in text.split("\n") if line and not line.startswith("#"))


@cache
def _known() -> frozenset[str]:
    english = (letters(word) for words in FREQUENCY_LISTS.values() for word in words)
    runs = {run for row in _ROWS for line in (row, row[::-1]) for run in _runs(line)}
    whole = {word for word in english if len(word) > 2}
    return frozenset(whole | runs | _SMALL | {word for word in french() if len(word) > 2})


def _runs(row: str) -> set[str]:
    """Every piece of at least four keys."""
    ends = range(4, len(row) + 1)
    return {row[start:end] for end in ends for start in range(end - 3)}


def _stripped(text: str) -> str:
    start, end = 0, len(text)
    while start < end and not text[start].isalpha():
        start += 1
    while end > start and not text[end - 1].isalpha():
        end -= 1
    return text[start:end]


def _lightest(stem: str, context: frozenset[str]) -> int | None:
    """The least weight of words that cover the stem without a gap (shortest path)."""
    known = _known()
    best: list[int | None] = [0, *[None] * len(stem)]
    for end in range(1, len(stem) + 1):
        for start in range(max(0, end - _LONGEST_WORD), end):
            before, piece = best[start], stem[start:end]
            if before is None or not (piece in known or piece in context):
                continue
            total = before + (SMALL_WORD if piece in _SMALL else WORD)
            now = best[end]
            best[end] = total if now is None else min(now, total)
    return best[-1]
