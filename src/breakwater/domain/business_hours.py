"""When a team works, and how long something takes counted in that time alone."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta

from breakwater.domain.errors import Invalid
from breakwater.domain.walltime import end_of, instant, local

Span = tuple[time, time]
"""From, and until just before; until midnight is time(0, 0)."""
_AHEAD = 400
"""Days that are looked through: more than a year of closing days is no plan but an end."""
_DAY = timedelta(days=1)


@dataclass(frozen=True)
class Hours:
    """weekday (0: Monday) -> spans on the wall of `zone`. None at all: work never stops. closed: days
    without any."""

    zone: str
    week: Mapping[int, Sequence[Span]] = field(default_factory=dict)
    closed: frozenset[date] = frozenset()

    @property
    def always(self) -> bool:
        return not any(self.week.values())


def after(start: datetime, minutes: int, hours: Hours) -> datetime | None:
    """The instant at which `minutes` of work have passed since `start` (aware).

    None where there is not so much work within the next 400 days.
    """
    left = timedelta(minutes=minutes)
    if hours.always and not hours.closed:
        return start + left
    for begin, end in _spans(local(start, hours.zone).date() - _DAY, hours):
        begin = max(begin, start)
        if end <= begin:
            continue
        if left <= end - begin:
            return begin + left
        left -= end - begin
    return None


def worked(start: datetime, end: datetime, hours: Hours) -> timedelta:
    """How much work lies between two instants, at most as far ahead as `after` looks."""
    if hours.always and not hours.closed:
        return max(end - start, timedelta())
    total = timedelta()
    for begin, stop in _spans(local(start, hours.zone).date() - _DAY, hours):
        if begin >= end:
            break
        total += max(min(stop, end) - max(begin, start), timedelta())
    return total


def is_open(at: datetime, hours: Hours) -> bool:
    """Whether the team works at this instant (aware)."""
    if hours.always and not hours.closed:
        return True
    wall = local(at, hours.zone)
    if wall.date() in hours.closed:
        return False
    spans = [(time(0), time(0))] if hours.always else hours.week.get(wall.weekday(), ())
    clock = wall.time()
    return any(begin <= clock and (clock < end or end == time(0)) for begin, end in spans)


def parse(
    week: Mapping[str, Sequence[Sequence[str]]], closing_days: Sequence[str], zone: str
) -> Hours:
    """Hours as they are stored. Raises: Invalid("bad_hours" or "bad_day")."""
    return Hours(
        zone,
        {int(day): [span_of(*span) for span in spans] for day, spans in week.items()},
        frozenset(day_of(one) for one in closing_days),
    )


def span_of(begin: str, end: str) -> Span:
    """From "09:00" to "18:00"; an end of "00:00" is midnight. Raises: Invalid("bad_hours")."""
    span = clock_of(begin), clock_of(end)
    if span[1] <= span[0] and span[1] != time(0):
        raise Invalid(code="bad_hours", field="hours")
    return span


def clock_of(text: str) -> time:
    """ "HH:MM". Raises: Invalid("bad_hours")."""
    try:
        found = datetime.strptime(text, "%H:%M")  # noqa: DTZ007 - a time of a wall
    except ValueError as error:
        raise Invalid(code="bad_hours", field="hours") from error
    return found.time()


def day_of(text: str) -> date:
    """An ISO date. Raises: Invalid("bad_day")."""
    try:
        return date.fromisoformat(text)
    except ValueError as error:
        raise Invalid(code="bad_day", field="closing_days", day=text[:20]) from error


def _spans(first: date, hours: Hours) -> Iterator[tuple[datetime, datetime]]:
    """Instants between which work is done, in order; each is at or after the end of the one before."""
    last: datetime | None = None
    for number in range(_AHEAD):
        day = first + number * _DAY
        if day in hours.closed:
            continue
        spans = [(time(0), time(0))] if hours.always else hours.week.get(day.weekday(), ())
        for begin, end in sorted(spans):
            starts, stops = instant(day, begin, hours.zone), _end(day, end, hours.zone)
            starts = starts if last is None else max(starts, last)
            if starts < stops:
                yield starts, stops
                last = stops


def _end(day: date, end: time, zone: str) -> datetime:
    return end_of(day, zone) if end == time(0) else instant(day, end, zone)
