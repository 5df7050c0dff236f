"""A query as databases' own indexes are asked: SQLite's FTS5, and PostgreSQL's tsquery.

Words are letters and figures (analyser), and quoted one by one, so that nothing that somebody typed is ever an operator. A document's marks
are words that no text has: they begin with two underscores.
"""

import re
from collections.abc import Mapping

from breakwater.domain.matching.query import All, Document, Either, Mark, Not, Phrase, Query

_PLAIN = re.compile(r"[^0-9a-z]+")
_KNOWN = re.compile(r"[0-9a-z_\u00df-\u024f\u0370-\u03ff\u0400-\u04ff\u3041-\u30ff\u4e00-\u9fff]+")
"""Letters that every index takes for letters. Others stand as their numbers, each as long as the
next, so that a beginning stays a beginning."""
_LONGEST = 64
"""Characters of a fact that count. PostgreSQL takes no word of more than 2,046 bytes."""
_POSITIONS = 16_383
"""The last place of a word that PostgreSQL keeps."""


def mark(name: str, value: str) -> str:
    """The word that stands for a fact. Of other letters than ASCII's, their numbers; of a long value,
    its beginning."""
    safe = "".join(one if one.isascii() else f"u{ord(one):x}" for one in value[:_LONGEST])
    return f"__{name}_{_PLAIN.sub('_', safe)}"


def indexed(document: Document) -> str:
    """For FTS5, tokenised by spaces and underscores kept: words, then marks."""
    return " ".join([*map(_word, document.words), *_marks(document.marks)])


def vector(document: Document) -> str:
    """A tsvector literal: each word with its places."""
    places: dict[str, list[int]] = {}
    for at, word in enumerate(document.words, 1):
        places.setdefault(word, []).append(min(at, _POSITIONS))
    said = [f"'{_word(word)}':{','.join(map(str, at[:255]))}" for word, at in places.items()]
    return " ".join([*said, *(f"'{one}'" for one in _marks(document.marks))])


def fts5(query: Query, every: Query) -> str:
    """What MATCH is given. every: what all documents have that are asked (phrases and marks only): FTS5
    has no NOT without something before it."""
    match query:
        case Phrase(words, open_end):
            said = " + ".join(f'"{_word(word)}"' for word in words)
            return f"({said}{' *' if open_end else ''})"
        case Mark(name, value):
            return f'"{mark(name, value)}"'
        case Either(parts):
            return "(" + " OR ".join(fts5(part, every) for part in parts) + ")"
        case All(parts):
            with_: list[Query] = [part for part in parts if not isinstance(part, Not)]
            said = "(" + " AND ".join(fts5(part, every) for part in with_ or [every]) + ")"
            for part in parts:
                if isinstance(part, Not):
                    said = f"({said} NOT {fts5(part.part, every)})"
            return said
        case Not(part):
            return f"({fts5(every, every)} NOT {fts5(part, every)})"


def tsquery(query: Query) -> str:
    """A tsquery literal."""
    match query:
        case Phrase(words, open_end):
            said = [f"'{_word(word)}'" for word in words]
            return "(" + " <-> ".join(said) + (":*" if open_end else "") + ")"
        case Mark(name, value):
            return f"'{mark(name, value)}'"
        case Either(parts):
            return "(" + " | ".join(tsquery(part) for part in parts) + ")"
        case All(parts):
            return "(" + " & ".join(tsquery(part) for part in parts) + ")"
        case Not(part):
            return f"!{tsquery(part)}"


def _marks(marks: Mapping[str, frozenset[str]]) -> list[str]:
    return sorted(mark(name, value) for name, values in marks.items() for value in values)


def _word(word: str) -> str:
    if _KNOWN.fullmatch(word):
        return word
    return "".join(one if one.isascii() else f"u{ord(one):06x}" for one in word)
