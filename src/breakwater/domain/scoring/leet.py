"""Digits and signs that stand for letters in a word, told from those that count something."""

import re
from itertools import product

LEET = {
    "4": "a", "3": "e", "0": "o", "5": "s", "7": "t", "9": "g",
    "@": "a", "$": "s", "€": "e", "£": "l", "¢": "c", "¥": "y", "§": "s",
}  # fmt: skip
STROKES = "1!|"
"""An i or an l: what stands around tells which."""
TOKEN = re.compile(r"[\w@$€£¢¥§!|]+")
SIGNS = frozenset("@$€£¢¥§|")
"""Those that a sentence does not end in."""

_MONEY = re.compile(r"[a-z]{0,3}[$€£¥]\d+[a-z]{0,3}|\d+[$€£¥][a-z]{0,4}")
_COUNTED = re.compile(
    r"\d+(?:st|nd|rd|th|ers?|eres?|re|i?emes?|nde?|e?s?|x|k|m|g|go|mo|ko|to|gb|mb|kb|tb|kg|mg|cm|mm|km|"
    r"ml|cl|dl|h|hz|mn|min|mins|sec|am|pm|ans?|jours?|mois|fois|semaines?|heures?|minutes?|secondes?|"
    r"euros?|dollars?|bucks|pers|personnes?|people|persons?|days?|weeks?|months?|years?|hours?|times|"
    r"stars?|etoiles?|points?|pts|places?|pieces?|pages?|p|c|d|v|w|a|b|f|l|t)"
)
_NUMBERED = re.compile(
    r"[^\W\d_]+\d{2,}|[^\W\d_]{1,3}\d+|\d{2,}[^\W\d_]+|.*\d{3}.*|.*[268].*|"
    r"[^\W\d_]+(?!10)(\d)(?!\1)\d[^\W\d_]+"
)
"""A code, a model, an order: never a word."""
_FIRST = re.compile(
    r"(?:1[dmngsaeou]|3[nslmxc]|4[^\W\d_aeiou]|5[aeiouhktpl]|7[aeiouhrw]|0[^\W\d_aeiou]|"
    r"![dmng]|[@$€£|][^\W\d_])[^\W\d_]{2,}"
)
_LAST = re.compile(r"[^\W\d_]{3,}[bcdfglmprsv]3|[^\W\d_]{2,}[$€£]")
_VOWELS = frozenset("aeiouy")
_BEFORE_L = frozenset("bcfgkps")
_DIGITS = "".join(filter(str.isdigit, (*LEET, *STROKES)))
_GUESSED = re.compile(rf"(?=\d*[a-z])(?=[a-z]*\d)[a-z{_DIGITS}]{{4,}}")
"""What may be a word, for all that its shape says."""
_MEASURED = re.compile(r"\d{2,}[a-z]{1,3}|\d{1,2}h\d{2}")
"""A figure and its unit; an hour."""
_MOST_STROKES = 3
_LONG = 12
"""A longer word with "!" in it is two, with the space left out."""


def read(token: str) -> str:
    """`token` with letters for digits and signs if it is a word written so; else itself."""
    core = token.rstrip("!|")
    if token.isalpha() or not _is_word(core):
        return token
    return "".join(_letter(core, at) for at in range(len(core))) + token[len(core) :]


def guesses(token: str) -> list[str]:
    """What a token that `read` leaves alone may be, for whoever knows words: each stroke as an i and as an l. At
    most eight; [] for what counts or measures something."""
    strokes = token.count("1")
    counts = _COUNTED.fullmatch(token) or _MEASURED.fullmatch(token)
    if strokes > _MOST_STROKES or counts or not _GUESSED.fullmatch(token):
        return []
    letters = [("i", "l") if one == "1" else (_read(one),) for one in token]
    return ["".join(some) for some in product(*letters)]


def _is_word(core: str) -> bool:
    letters = sum(map(str.isalpha, core))
    signs = sum(one in "@$€!|" for one in core)
    if letters == 0 or letters + signs < 2 or "_" in core:
        return False
    if "!" in core and (len(core) > _LONG or "!!" in core):
        return False
    if _MONEY.fullmatch(core) or _COUNTED.fullmatch(core) or _NUMBERED.fullmatch(core):
        return False
    others = [at for at, one in enumerate(core) if not one.isalpha()]
    if len(others) > letters + signs:
        return False
    if others == [0]:
        return _FIRST.fullmatch(core) is not None
    if others == [len(core) - 1]:
        return _LAST.fullmatch(core) is not None
    return True


def _letter(core: str, at: int) -> str:
    one = core[at]
    if one not in STROKES:
        return LEET.get(one, one)
    before = _read(core[at - 1]) if at else ""
    after = _read(core[at + 1]) if at + 1 < len(core) else ""
    return "l" if _is_l(at, before, after) else "i"


def _read(one: str) -> str:
    return LEET.get(one, one)


def _is_l(at: int, before: str, after: str) -> bool:
    """After a vowel or at the start, before a vowel; beside another l; after "b" at the start."""
    if before == "":
        return after in _VOWELS
    if before in _VOWELS:
        return after in _VOWELS or after == "" or before == "i"
    if before == "l":
        return after in _VOWELS or after == ""
    return at == 1 and before in _BEFORE_L and after in _VOWELS
