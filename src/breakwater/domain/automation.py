"""On which messages a rule of an inbox acts: conditions, all of which must hold.

Stored as JSON, a list; read back by `conditions_of`, which refuses all that it does not know. Whether
a condition holds is asked of a `Case`. What is done then: domain.automation_deeds.
"""

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import cached_property, lru_cache
from typing import Any

from breakwater.domain.business_hours import Hours, clock_of, is_open
from breakwater.domain.errors import Invalid
from breakwater.domain.matching.analyser import words
from breakwater.domain.matching.grammar import parse
from breakwater.domain.matching.query import Document, Query, has
from breakwater.domain.scoring.normal import LINK, plain
from breakwater.domain.scoring.scores import Head
from breakwater.domain.shield import Level
from breakwater.domain.triage import Category
from breakwater.domain.walltime import local

MOST = 1_000
"""The greatest number that a count is compared with."""
KINDS = ("comment", "mention", "quote", "tag", "message", "review", "post")
"""What may arrive, by the names of networks.base.What."""
NAMES = (
    "network", "kind", "words", "score", "category", "veiled", "author", "author_veiled", "link",
    "language", "time", "hours", "equal",
)  # fmt: skip
NEEDLESS = frozenset({Category.ABUSE, Category.SPAM, Category.THREAT})
"""What is no criticism: a rule that reaches nothing else silences nobody who complains."""
_LONGEST = 40
_WEEK = range(7)


@dataclass(frozen=True)
class Case:
    """One message of somebody else. chances: head -> 0 to 1, empty where nobody scored it. rank: of
    domain.shield. so_far: messages of its author up to it, itself among them; veiled: how many of
    those were abusive. equal: messages of the same words in the hour up to it, itself among them."""

    network: str
    kind: str
    text: str
    category: str
    at: datetime
    chances: Mapping[str, float]
    rank: int | None = None
    language: str = ""
    so_far: int = 1
    veiled: int = 0
    equal: int = 1

    @cached_property
    def document(self) -> Document:
        return Document(tuple(words(self.text)))

    @cached_property
    def link(self) -> bool:
        return ("/" in self.text or "." in self.text) and LINK in plain(self.text)


@dataclass(frozen=True)
class OneOf:
    """name: network, kind, category or language. of: any of these."""

    name: str
    of: frozenset[str]

    def holds(self, case: Case, hours: Hours) -> bool:
        return str(getattr(case, self.name)) in self.of

    def stored(self) -> dict[str, Any]:
        return {"what": self.name, "of": sorted(self.of)}


@dataclass(frozen=True)
class Words:
    """query: of domain.matching.grammar."""

    query: str
    name = "words"

    def holds(self, case: Case, hours: Hours) -> bool:
        return has(case.document, _query(self.query))

    def stored(self) -> dict[str, Any]:
        return {"what": self.name, "query": self.query}


@dataclass(frozen=True)
class Score:
    """least: hundredths of the chance."""

    head: Head
    least: int
    name = "score"

    def holds(self, case: Case, hours: Hours) -> bool:
        return round(100 * case.chances.get(self.head, 0.0), 6) >= self.least

    def stored(self) -> dict[str, Any]:
        return {"what": self.name, "head": self.head.value, "least": self.least}


@dataclass(frozen=True)
class Veiled:
    """A reader of this level is spared it. What was not scored is not known to be."""

    level: Level
    name = "veiled"

    def holds(self, case: Case, hours: Hours) -> bool:
        return case.rank is not None and case.rank <= self.level

    def stored(self) -> dict[str, Any]:
        return {"what": self.name, "level": int(self.level)}


@dataclass(frozen=True)
class Count:
    """name: author (messages of theirs so far), author_veiled or equal. most: None for no end."""

    name: str
    least: int
    most: int | None = None

    def holds(self, case: Case, hours: Hours) -> bool:
        said = {"author": case.so_far, "author_veiled": case.veiled, "equal": case.equal}
        return self.least <= said[self.name] and (self.most is None or said[self.name] <= self.most)

    def stored(self) -> dict[str, Any]:
        return {"what": self.name, "least": self.least, "most": self.most}


@dataclass(frozen=True)
class Link:
    there: bool
    name = "link"

    def holds(self, case: Case, hours: Hours) -> bool:
        return case.link is self.there

    def stored(self) -> dict[str, Any]:
        return {"what": self.name, "there": self.there}


@dataclass(frozen=True)
class Clock:
    """On the wall of the workspace, from `begin` until just before `end` ("HH:MM"), over midnight
    where that is earlier, the whole day where it is the same; days: weekdays (0: Monday) on which the message came."""

    begin: str
    end: str
    days: frozenset[int]
    name = "time"

    def holds(self, case: Case, hours: Hours) -> bool:
        wall = local(case.at, hours.zone)
        at = wall.strftime("%H:%M")
        if self.begin < self.end:
            within = self.begin <= at < self.end
        else:
            within = at >= self.begin or at < self.end
        return within and wall.weekday() in self.days

    def stored(self) -> dict[str, Any]:
        return {"what": self.name, "from": self.begin, "to": self.end, "days": sorted(self.days)}


@dataclass(frozen=True)
class Open:
    """While the team works, or while it does not."""

    open: bool
    name = "hours"

    def holds(self, case: Case, hours: Hours) -> bool:
        return is_open(case.at, hours) is self.open

    def stored(self) -> dict[str, Any]:
        return {"what": self.name, "open": self.open}


Condition = OneOf | Words | Score | Veiled | Count | Link | Clock | Open


def matches(case: Case, conditions: Sequence[Condition], hours: Hours) -> bool:
    """Whether all of them hold; never without any."""
    return bool(conditions) and all(one.holds(case, hours) for one in conditions)


def conditions_of(stored: object, *, networks: Collection[str] | None = None) -> list[Condition]:
    """networks: those that may be named; None: any, for what was checked when it was written.

    Raises: Invalid "rule_shape", "rule_condition" (a name that nobody knows), "rule_twice",
    "rule_value" with `field` naming the condition, "rule_no_condition", and those of the grammar.
    """
    found = [_condition(one) for one in rows_of(stored, "conditions")]
    if not found:
        raise Invalid(code="rule_no_condition", field="conditions")
    names = [one.name for one in found]
    for name in names:
        if names.count(name) > 1:
            raise Invalid(code="rule_twice", field=name)
    for one in found:
        named = one.of if isinstance(one, OneOf) and one.name == "network" else frozenset()
        if networks is not None and not named <= set(networks):
            raise _bad(one.name)
    return found


def spares_criticism(conditions: Sequence[Condition]) -> bool:
    """Whether it can reach nothing but abuse, advertising and threats."""
    return any(
        isinstance(one, OneOf) and one.name == "category" and one.of <= NEEDLESS
        for one in conditions
    )


def rows_of(stored: object, field: str) -> list[Mapping[str, Any]]:
    """A short list of JSON objects. Raises: Invalid("rule_shape")."""
    if not isinstance(stored, list) or len(stored) > _LONGEST:
        raise Invalid(code="rule_shape", field=field)
    if not all(isinstance(one, Mapping) for one in stored):
        raise Invalid(code="rule_shape", field=field)
    return list(stored)


def _condition(row: Mapping[str, Any]) -> Condition:
    name = row.get("what")
    if not isinstance(name, str) or name not in NAMES:
        raise Invalid(code="rule_condition", field="conditions", name=str(name)[:_LONGEST])
    return _READERS[name](name, row)


def _one_of(name: str, row: Mapping[str, Any]) -> Condition:
    of, allowed = row.get("of"), _KNOWN.get(name)
    if not isinstance(of, list) or not of or len(of) > _LONGEST:
        raise _bad(name)
    if not all(isinstance(one, str) and 0 < len(one) <= _LONGEST for one in of):
        raise _bad(name)
    if allowed is not None and not set(of) <= set(allowed):
        raise _bad(name)
    return OneOf(name, frozenset(of))


@lru_cache(maxsize=256)
def _query(text: str) -> Query:
    return parse(text)


def _words(name: str, row: Mapping[str, Any]) -> Condition:
    query = row.get("query")
    if not isinstance(query, str):
        raise _bad(name)
    try:
        parse(query)
    except Invalid as error:
        raise Invalid(**{**error.data, "code": error.code, "field": name}) from error
    return Words(query.strip())


def _score(name: str, row: Mapping[str, Any]) -> Condition:
    if row.get("head") not in {one.value for one in Head}:
        raise _bad(name)
    return Score(Head(row["head"]), _number(row.get("least"), name, 1, 100))


def _veiled(name: str, row: Mapping[str, Any]) -> Condition:
    return Veiled(Level(_number(row.get("level"), name, 0, max(Level))))


def _count(name: str, row: Mapping[str, Any]) -> Condition:
    least = _number(row.get("least"), name, 0, MOST)
    most = row.get("most")
    return Count(name, least, None if most is None else _number(most, name, max(least, 1), MOST))


def _link(name: str, row: Mapping[str, Any]) -> Condition:
    return Link(_truth(row.get("there"), name))


def _clock(name: str, row: Mapping[str, Any]) -> Condition:
    days = row.get("days")
    if not isinstance(days, list) or not days or not all(_is_number(one) for one in days):
        raise _bad(name)
    if not set(days) <= set(_WEEK):
        raise _bad(name)
    begin, end = _time(row.get("from"), name), _time(row.get("to"), name)
    return Clock(begin, end, frozenset(days))


def _open(name: str, row: Mapping[str, Any]) -> Condition:
    return Open(_truth(row.get("open"), name))


def _time(said: object, name: str) -> str:
    if not isinstance(said, str):
        raise _bad(name)
    try:
        return clock_of(said).strftime("%H:%M")
    except Invalid as error:
        raise _bad(name) from error


def _number(said: object, name: str, least: int, most: int) -> int:
    if not isinstance(said, int) or not _is_number(said) or not least <= said <= most:
        raise _bad(name)
    return said


def _is_number(said: object) -> bool:
    return isinstance(said, int) and not isinstance(said, bool)


def _truth(said: object, name: str) -> bool:
    if not isinstance(said, bool):
        raise _bad(name)
    return said


def _bad(name: str) -> Invalid:
    return Invalid(code="rule_value", field=name)


_KNOWN: Mapping[str, Collection[str]] = {
    "kind": KINDS,
    "category": [one.value for one in Category],
}
_Reader = Callable[[str, Mapping[str, Any]], Condition]
_READERS: Mapping[str, _Reader] = {
    "network": _one_of, "kind": _one_of, "category": _one_of, "language": _one_of,
    "words": _words, "score": _score, "veiled": _veiled, "author": _count,
    "author_veiled": _count, "equal": _count, "link": _link, "time": _clock, "hours": _open,
}  # fmt: skip
