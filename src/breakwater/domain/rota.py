"""Who answers when: turns that come every week on the wall of one zone, as people agreed on them."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from uuid import UUID

from breakwater.domain.walltime import instant, local

_WEEK = 7
_DAY = timedelta(days=1)


@dataclass(frozen=True)
class Turn:
    """A person answers on one weekday (0: Monday) from `starts` until just before `ends`, which is on
    the next day where it is not later than `starts`. languages: none means any. duty: threats and
    people in danger are told to them."""

    person: UUID
    weekday: int
    starts: time
    ends: time
    languages: frozenset[str] = frozenset()
    duty: bool = False

    def speaks(self, language: str) -> bool:
        return not self.languages or not language or language in self.languages


def on(turns: Iterable[Turn], at: datetime, zone: str) -> list[Turn]:
    """The turns that have begun and not ended at this instant."""
    today = local(at, zone).date()
    days = (today - _DAY, today)
    return [
        turn
        for turn in turns
        if any(_starts(turn, day, zone) <= at < _ends(turn, day, zone) for day in _of(turn, days))
    ]


def coming(turns: Sequence[Turn], at: datetime, zone: str) -> list[Turn]:
    """Those who are on, or else whoever begins next; several where they begin together."""
    now = on(turns, at, zone)
    if now:
        return now
    begins = {turn: next(_later(turn, at, zone)) for turn in turns}
    first = min(begins.values(), default=at)
    return [turn for turn, begin in begins.items() if begin == first]


def _later(turn: Turn, at: datetime, zone: str) -> Iterator[datetime]:
    """When it begins after this instant, week after week."""
    day = local(at, zone).date()
    day += timedelta(days=(turn.weekday - day.weekday()) % _WEEK)
    while True:
        begin = _starts(turn, day, zone)
        if begin > at:
            yield begin
        day += timedelta(days=_WEEK)


def _of(turn: Turn, days: Iterable[date]) -> list[date]:
    return [day for day in days if day.weekday() == turn.weekday]


def _starts(turn: Turn, day: date, zone: str) -> datetime:
    return instant(day, turn.starts, zone)


def _ends(turn: Turn, day: date, zone: str) -> datetime:
    last = day if turn.ends > turn.starts else day + _DAY
    return instant(last, turn.ends, zone)
