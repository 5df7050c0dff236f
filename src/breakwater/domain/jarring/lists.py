"""The shipped lists, one file a language and category, each with its source and the day it was
read.

An entry is a word or several. "*" at the end of a word stands for any ending. An entry that begins
with "=" is looked for with its accents ("=tué" is not "tue"); all others without.
"""

import tomllib
from dataclasses import dataclass
from functools import cache
from importlib import resources

import regex

from breakwater.domain.text import unaccented

CATEGORIES = ("death", "fire", "water", "weapons", "flight", "party", "deals", "war")
LANGUAGES = ("en", "fr")


@dataclass(frozen=True)
class Words:
    """The entries of one category in one language. exact: with accents; folded: without.
    but: where the words mean something else. read_on: ISO day."""

    language: str
    category: str
    source: str
    read_on: str
    folded: "regex.Pattern[str]"
    exact: "regex.Pattern[str] | None"
    but: "regex.Pattern[str] | None"


@cache
def lists() -> tuple[Words, ...]:
    return tuple(_read(language, one) for language in LANGUAGES for one in CATEGORIES)


def source_of(category: str, language: str) -> tuple[str, str]:
    """Address and day of reading."""
    for one in lists():
        if (one.category, one.language) == (category, language):
            return one.source, one.read_on
    return "", ""


def _read(language: str, category: str) -> Words:
    text = resources.files(__package__).joinpath(language, f"{category}.toml").read_text("utf-8")
    data = tomllib.loads(text)
    plain = [word for word in data["words"] if not word.startswith("=")]
    exact = [word[1:] for word in data["words"] if word.startswith("=")]
    return Words(
        language,
        category,
        data["source"],
        data["read_on"],
        _pattern([unaccented(word) for word in plain]),
        _pattern([word.casefold() for word in exact]) if exact else None,
        _pattern([unaccented(word) for word in data["but"]]) if data["but"] else None,
    )


def _pattern(entries: list[str]) -> "regex.Pattern[str]":
    """Longer entries first, so that a hit names all that was meant."""
    ways = [_way(entry) for entry in sorted(entries, key=len, reverse=True)]
    return regex.compile(rf"(?<!\w)(?:{'|'.join(ways)})(?!\w)")


def _way(entry: str) -> str:
    words = (regex.escape(word).replace(r"\*", r"\w*") for word in entry.split())
    return r"[\W_]{1,3}".join(words)
