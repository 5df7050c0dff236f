"""What people type into a box, read as a query.

delivery late           both words                  "not delivered"    one after the other
late OR tard            either; OU is the same      -refund            without it; NOT, SAUF
deliv*                  a beginning                 (a OR b) c         in groups
lang:fr from:@kim       facts, of the names that the caller knows
"""

import re
from collections.abc import Collection
from dataclasses import dataclass

from breakwater.domain.errors import Invalid
from breakwater.domain.matching.analyser import words
from breakwater.domain.matching.query import All, Either, Mark, Not, Phrase, Query, bounded
from breakwater.domain.text import unaccented

LONGEST = 500
MOST = 40
DEEPEST = 8

_TOKEN = re.compile(
    r'\s*(?:(?P<minus>-)(?=[\w"(@#])|(?P<open>\()|(?P<close>\))|"(?P<quoted>[^"]*)(?P<end>"?)'
    r"|(?P<mark>[A-Za-z_]+):(?P<value>[^\s()\"]+)|(?P<word>[^\s()\"]+))"
)
_OR = frozenset({"OR", "OU", "|"})
_AND = frozenset({"AND", "ET", "&"})
_NOT = frozenset({"NOT", "SAUF"})


@dataclass
class _Reader:
    tokens: list[re.Match[str]]
    marks: Collection[str]
    at: int = 0
    terms: int = 0

    def next(self) -> re.Match[str] | None:
        return self.tokens[self.at] if self.at < len(self.tokens) else None


def parse(text: str, marks: Collection[str] = ()) -> Query:
    """marks: the names that may stand before a colon; a colon after another is punctuation.

    Raises: Invalid("search_empty", "search_too_long", "search_quote", "search_bracket",
    "search_only_without").
    """
    if len(text) > LONGEST:
        raise Invalid(code="search_too_long", field="q", limit=LONGEST)
    reader = _Reader(list(_TOKEN.finditer(text)), marks)
    if any(one["quoted"] is not None and not one["end"] for one in reader.tokens):
        raise Invalid(code="search_quote", field="q")
    query = _either(reader, 0)
    if reader.next() is not None:
        raise Invalid(code="search_bracket", field="q")
    if query is None:
        raise Invalid(code="search_empty", field="q")
    if not bounded(query):
        raise Invalid(code="search_only_without", field="q")
    return query


def _either(reader: _Reader, depth: int) -> Query | None:
    if depth > DEEPEST:
        raise Invalid(code="search_bracket", field="q")
    parts = [_all(reader, depth)]
    while (token := reader.next()) is not None and token["word"] in _OR:
        reader.at += 1
        parts.append(_all(reader, depth))
    said = tuple(part for part in parts if part is not None)
    if len(said) > 1:
        return Either(said)
    return said[0] if said else None


def _all(reader: _Reader, depth: int) -> Query | None:
    parts: list[Query] = []
    while (
        (token := reader.next()) is not None and token["close"] is None and token["word"] not in _OR
    ):
        if token["word"] in _AND:
            reader.at += 1
            continue
        part = _one(reader, depth)
        if part is not None:
            parts.append(part)
    if len(parts) > 1:
        return All(tuple(parts))
    return parts[0] if parts else None


def _one(reader: _Reader, depth: int) -> Query | None:
    token = reader.tokens[reader.at]
    reader.at += 1
    if token["minus"] or token["word"] in _NOT:
        following = reader.next()
        if following is None or following["close"]:
            return None
        part = _one(reader, depth)
        return None if part is None else Not(part)
    if token["open"]:
        inside = _either(reader, depth + 1)
        closing = reader.next()
        if closing is None or closing["close"] is None:
            raise Invalid(code="search_bracket", field="q")
        reader.at += 1
        return inside
    reader.terms += 1
    if reader.terms > MOST:
        raise Invalid(code="search_too_long", field="q", limit=LONGEST)
    return _term(token, reader.marks)


def _term(token: re.Match[str], marks: Collection[str]) -> Query | None:
    if token["mark"] is not None:
        name = token["mark"].lower()
        if name in marks:
            return Mark(name, unaccented(token["value"]))
        return _phrase(f"{token['mark']} {token['value']}")
    if token["quoted"] is not None:
        return _phrase(token["quoted"])
    return _phrase(token["word"])


def _phrase(text: str) -> Phrase | None:
    found = words(text)
    return Phrase(tuple(found), text.endswith("*")) if found else None
