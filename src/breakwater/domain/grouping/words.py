"""A text as words that can be compared: folded, links and mentions left out, figures as "#"."""

import re
from functools import lru_cache
from importlib import resources

from breakwater.domain.scoring.normal import LINK, USER, plain
from breakwater.domain.text import unaccented

NUMBER = "#"
MONEY = "money"
"""Stands for the sign of any currency."""
MOST = 400
"""Words of a text that are looked at: the first ones."""

_LONGEST = 60
"""Letters of a word that are looked at: what is kept of a word may not be a whole text."""
_WORD = re.compile(r"[^\W_]+|(?<![^\W\d_]|[€$£])[€$£](?![^\W\d_]|[€$£])")
_DIGITS = re.compile(r"\d+")
_RAW = re.compile(rf"[^\W\d_]{{2,{_LONGEST}}}")
_HUMP = re.compile(r"(?<=[a-zà-ÿ])(?=[A-ZÀ-Þ])")
_TAG = re.compile(r"#\w{2,80}")
_PASSED_ON = re.compile(r"^\s*RT\b[\s@\w.:-]{0,60}?:\s", re.IGNORECASE)
_SHORT = {"tjrs": "toujours", "tjs": "toujours", "tjr": "toujours", "tt": "tout"}
_LEFT_OUT = {LINK, USER, "rt"}
_SHORTEST = 3
_BEGINNING = 6


def words(text: str) -> list[str]:
    """The words of `text` in their order, at most MOST. A hashtag is its words."""
    shown = plain(_unhashed(_PASSED_ON.sub("", text[: MOST * 10])))
    found = (_one(word[:_LONGEST]) for word in _WORD.findall(shown)[:MOST])
    return [word for word in found if word]


def said(text: str) -> dict[str, str]:
    """Word as it is compared -> as it was written first, capitals and accents included."""
    found: dict[str, str] = {}
    for raw in _RAW.findall(_unhashed(text[: MOST * 10])):
        found.setdefault(unaccented(raw), raw)
    return found


def telling(word: str) -> bool:
    """Whether `word` can say what a message is about."""
    return len(word) >= _SHORTEST and NUMBER not in word and word not in _common()


def beginning(word: str) -> str:
    """What words of one family share, mostly in both languages: their first letters."""
    return word[:_BEGINNING]


def singulars(word: str) -> tuple[str, ...]:
    """`word`, and what it may be without the plural of either language; the likeliest last."""
    found = [word]
    if len(word) > _SHORTEST and word.endswith("es"):
        found.append(word[:-2])
    if len(word) > _SHORTEST and word[-1] in "sx" and not word.endswith("ss"):
        found.append(word[:-1])
    return tuple(found)


@lru_cache(maxsize=20_000)
def _one(word: str) -> str:
    if word in _LEFT_OUT:
        return ""
    if word in "€$£":
        return MONEY
    return _SHORT.get(word, _DIGITS.sub(NUMBER, word))


def _unhashed(text: str) -> str:
    if "#" not in text:
        return text
    return _TAG.sub(lambda met: _HUMP.sub(" ", met[0][1:]), text)


@lru_cache(maxsize=1)
def _common() -> frozenset[str]:
    lines = resources.files(__package__).joinpath("common.txt").read_text("utf-8").splitlines()
    return frozenset(word for line in lines if not line.startswith("#") for word in line.split())
