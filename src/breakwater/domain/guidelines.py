"""What a workspace has written down about its drafts, and where a draft goes against it. Pure.

value of a rule, by its kind:
words: {"words": [text, …]}: one of them stands in the text, whole, whatever case and accents.
pattern: {"pattern": text}: of the package `regex`, found in the text with a limit on its time.
domain: {"domains": [host, …]}: a host or one below it is named.
hours: {"from": "HH:MM", "to": "HH:MM", "weekdays": [0 Monday, …]}: it would leave then; past midnight
when "to" is not after "from", and then of the weekday on which it began. No weekdays: all.
day: {"days": ["MM-DD" or "YYYY-MM-DD", …]}: it would leave on that day.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, time, timedelta
from enum import StrEnum
from functools import lru_cache
from time import thread_time
from typing import Any
from uuid import UUID

import regex

from breakwater.domain.errors import Invalid
from breakwater.domain.matching.analyser import words as words_of

TIMEOUT_S = 0.04
"""Of the processor, for one pattern in one text: with what is around it, 50 ms at most."""
BUDGET_S = 0.5
"""Of the processor, for all rules together, for one thing that is about to leave."""
PATTERN_CHARACTERS = 200
MOST_WORDS = 200
MOST_DAYS = 100
_REPEATS = 100
"""The highest count that a pattern may name: `a{1000}{1000}` alone would take all memory."""
_SHOWN = 60
_TRIED_CHARACTERS = 10_000

_HOST = regex.compile(r"[\w-]+(?:\.[\w-]+)+")
_COUNT = regex.compile(r"\{\s*(\d*)\s*,?\s*(\d*)\s*\}")
_STRANGE = regex.compile(r"\(\?(?:R|\d|&|P>|V|[+-]\d)|(?<!\\p)\{[^}]*[a-z<]", regex.IGNORECASE)
"""Recursion, other dialects and what is only nearly so: nobody needs them here, and they are costly."""
_DAY = regex.compile(r"(?:(\d{4})-)?(\d{2})-(\d{2})")
_LEAP_YEAR = 2028
_Pattern = regex.Pattern[str]


class Kind(StrEnum):
    WORDS = "words"
    PATTERN = "pattern"
    DOMAIN = "domain"
    HOURS = "hours"
    DAY = "day"


class Effect(StrEnum):
    BLOCK = "block"
    WARN = "warn"


@dataclass(frozen=True)
class Rule:
    """One guideline that is on. since, until: it counts for what leaves from and up to then."""

    id: UUID
    kind: Kind
    value: Mapping[str, Any]
    effect: Effect
    clause: str
    since: datetime | None = None
    until: datetime | None = None


@dataclass(frozen=True)
class Draft:
    """texts: all that would be read. leaves: when, on the wall of the workspace (aware); None: no
    time yet."""

    texts: tuple[str, ...]
    leaves: datetime | None = None


@dataclass(frozen=True)
class Hit:
    """A draft goes against `rule`. found: what of it does, as it is written there; "" for a text that
    a pattern could not be looked for in within its time, which counts as found."""

    rule: Rule
    found: str


def findings(draft: Draft, rules: Iterable[Rule], *, now: datetime) -> list[Hit]:
    """Each rule that the draft goes against, once, in the order of `rules`. now: stands for the time
    at which it leaves where that is not planned yet."""
    found = []
    for rule in rules:
        if not _counts(rule, draft.leaves or now):
            continue
        if (what := _against(rule, draft)) is not None:
            found.append(Hit(rule, what[:_SHOWN]))
    return found


def blocked(
    draft: Draft, rules: Iterable[Rule], *, now: datetime, budget_s: float = BUDGET_S
) -> bool:
    """Whether one of `rules` stands against the draft, and no more than that: the first ends the look.
    Past `budget_s` of the processor it counts as blocked: others wait for whoever asks this."""
    end = thread_time() + budget_s
    for rule in rules:
        if not _counts(rule, draft.leaves or now):
            continue
        for text in draft.texts or ("",):
            if thread_time() >= end or _against(rule, replace(draft, texts=(text,))) is not None:
                return True
    return False


def checked(kind: str, value: Mapping[str, Any]) -> dict[str, Any]:
    """The value as it is kept. Raises: Invalid with `field` for what is no rule of that kind."""
    read = {
        Kind.WORDS: _words,
        Kind.PATTERN: _pattern,
        Kind.DOMAIN: _domains,
        Kind.HOURS: _hours,
        Kind.DAY: _days,
    }
    if kind not in set(Kind):
        raise Invalid(code="guideline_kind", field="kind")
    return read[Kind(kind)](value)


def _counts(rule: Rule, at: datetime) -> bool:
    return (rule.since is None or rule.since <= at) and (rule.until is None or at < rule.until)


def _against(rule: Rule, draft: Draft) -> str | None:
    """What goes against the rule; None where nothing does."""
    if rule.kind is Kind.HOURS:
        return _in_hours(rule.value, draft.leaves)
    if rule.kind is Kind.DAY:
        return _on_day(rule.value, draft.leaves)
    look = {Kind.WORDS: _has_words, Kind.PATTERN: _matches, Kind.DOMAIN: _names_host}[rule.kind]
    seen = (look(rule.value, text) for text in dict.fromkeys(draft.texts) if text)
    return next((found for found in seen if found is not None), None)


def _has_words(value: Mapping[str, Any], text: str) -> str | None:
    there = f" {' '.join(words_of(text))} "
    return next((one for one in value["words"] if f" {' '.join(words_of(one))} " in there), None)


def _matches(value: Mapping[str, Any], text: str) -> str | None:
    try:
        found = compiled(value["pattern"]).search(text, timeout=TIMEOUT_S)
    except TimeoutError:
        return ""
    return found[0] if found else None


def _names_host(value: Mapping[str, Any], text: str) -> str | None:
    wanted = set(value["domains"])
    for host in _HOST.findall(text.casefold()):
        if any(parent in wanted for parent in _above(host)):
            return str(host)
    return None


def _above(host: str) -> Iterator[str]:
    parts = host.split(".")
    return (".".join(parts[at:]) for at in range(len(parts) - 1))


def _in_hours(value: Mapping[str, Any], leaves: datetime | None) -> str | None:
    if leaves is None:
        return None
    begin, end = time.fromisoformat(value["from"]), time.fromisoformat(value["to"])
    at, on = leaves.time(), set(value.get("weekdays", ()))
    evening = begin <= at and (at < end or begin >= end)
    morning = begin >= end and at < end
    night_of = leaves.weekday() if evening else (leaves - timedelta(days=1)).weekday()
    if not (evening or morning) or (on and night_of not in on):
        return None
    return at.isoformat(timespec="minutes")


def _on_day(value: Mapping[str, Any], leaves: datetime | None) -> str | None:
    if leaves is None:
        return None
    day = leaves.date().isoformat()
    return day if day in value["days"] or day[5:] in value["days"] else None


@lru_cache(maxsize=1000)
def compiled(pattern: str) -> "_Pattern":
    """The pattern, whatever the case of letters. Raises: Invalid: pattern_empty, pattern_too_long,
    pattern_counts, pattern_strange, pattern_broken."""
    if not pattern.strip():
        raise Invalid(code="pattern_empty", field="pattern")
    if len(pattern) > PATTERN_CHARACTERS:
        raise Invalid(code="pattern_too_long", field="pattern", limit=PATTERN_CHARACTERS)
    counts = [int(one) for pair in _COUNT.findall(pattern) for one in pair if one]
    if any(one > _REPEATS for one in counts) or len(counts) > 2 * _FEW_COUNTS:
        raise Invalid(code="pattern_counts", field="pattern", limit=_REPEATS)
    if _STRANGE.search(pattern):
        raise Invalid(code="pattern_strange", field="pattern")
    try:
        return regex.compile(pattern, regex.IGNORECASE | regex.VERSION0)
    except (regex.error, ValueError, RecursionError, OverflowError, MemoryError) as error:
        raise Invalid(code="pattern_broken", field="pattern", why=str(error)[:100]) from error


_FEW_COUNTS = 4


def _pattern(value: Mapping[str, Any]) -> dict[str, Any]:
    """A pattern that is looked for in 10,000 characters of several sorts within its time."""
    pattern = str(value.get("pattern", "")).strip()
    made = compiled(pattern)
    try:
        if made.search("", timeout=TIMEOUT_S):
            raise Invalid(code="pattern_always", field="pattern")
        for text in _hard(pattern):
            made.search(text, timeout=TIMEOUT_S)
    except TimeoutError as error:
        raise Invalid(code="pattern_slow", field="pattern") from error
    return {"pattern": pattern}


def _hard(pattern: str) -> Iterator[str]:
    """Texts that patterns choke on: the same again and again, the pattern's own letters among it, with
    an end that fits nothing."""
    letters = [one for one in dict.fromkeys(pattern) if one.isalnum()][:6]
    own = "".join(one for one in pattern if one.isalnum())[:20]
    for seed in ("a", "0", " ", "a ", "a.", "ab1 ", own, *letters):
        if seed:
            yield (seed * (_TRIED_CHARACTERS // len(seed)))[: _TRIED_CHARACTERS - 1] + "\x01"


def _listed(value: Mapping[str, Any], name: str, most: int) -> list[str]:
    raw = value.get(name, ())
    lines = [str(one).strip() for one in raw] if isinstance(raw, Sequence) else []
    found = list(dict.fromkeys(one for one in lines if one))
    if not found:
        raise Invalid(code=f"guideline_no_{name}", field=name)
    if len(found) > most or any(len(one) > _LONGEST for one in found):
        raise Invalid(code="guideline_too_many", field=name, limit=most)
    return found


_LONGEST = 100


def _words(value: Mapping[str, Any]) -> dict[str, Any]:
    found = _listed(value, "words", MOST_WORDS)
    for one in found:
        if not words_of(one):
            raise Invalid(code="guideline_word_empty", field="words", word=one)
    return {"words": found}


def _domains(value: Mapping[str, Any]) -> dict[str, Any]:
    found = []
    for one in _listed(value, "domains", MOST_WORDS):
        host = one.casefold().removeprefix("https://").removeprefix("http://")
        host = host.partition("/")[0].removeprefix("www.")
        if not _HOST.fullmatch(host):
            raise Invalid(code="guideline_domain", field="domains", domain=one)
        found.append(host)
    return {"domains": list(dict.fromkeys(found))}


def _hours(value: Mapping[str, Any]) -> dict[str, Any]:
    kept: dict[str, Any] = {}
    for name in ("from", "to"):
        try:
            at = time.fromisoformat(str(value.get(name, "")))
        except ValueError as error:
            raise Invalid(code="guideline_time", field=name) from error
        kept[name] = at.replace(tzinfo=None).isoformat(timespec="minutes")
    raw = value.get("weekdays", ())
    days = sorted({int(one) for one in raw if str(one) in "0123456"}) if raw else []
    return {**kept, "weekdays": [] if len(days) == _WHOLE_WEEK else days}


_WHOLE_WEEK = 7


def _days(value: Mapping[str, Any]) -> dict[str, Any]:
    found = _listed(value, "days", MOST_DAYS)
    for one in found:
        read = _DAY.fullmatch(one)
        try:
            if read is None:
                raise ValueError(one)
            date(int(read[1] or _LEAP_YEAR), int(read[2]), int(read[3]))
        except ValueError as error:
            raise Invalid(code="guideline_day", field="days", day=one) from error
    return {"days": found}
