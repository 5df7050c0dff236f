"""New times for what was held: in its old order, never all at once, by day, and not on a day that
is kept free."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from itertools import pairwise
from statistics import median
from uuid import UUID

from breakwater.domain.walltime import instant, local

LEAST_GAP = timedelta(minutes=30)
MOST_GAP = timedelta(days=1)
OPENS = time(8)
CLOSES = time(20)
"""On the wall of the workspace; the last slot begins before it."""
HORIZON_DAYS = 3650
"""A slot later than this is not looked for: such a row of free days is a mistake."""


@dataclass(frozen=True)
class Waiting:
    """Something that asks for a new time. channels: where it goes; was_at: when it should have."""

    id: UUID
    channels: frozenset[UUID]
    was_at: datetime


@dataclass(frozen=True)
class Proposal:
    id: UUID
    was_at: datetime
    to_at: datetime


def usual_gap(times: Iterable[datetime]) -> timedelta:
    """The median time between posts of a channel, at least LEAST_GAP and at most MOST_GAP; LEAST_GAP
    where fewer than two are known."""
    ordered = sorted(times)
    gaps = [(later - one).total_seconds() for one, later in pairwise(ordered)]
    if not gaps:
        return LEAST_GAP
    return min(max(timedelta(seconds=round(median(gaps))), LEAST_GAP), MOST_GAP)


def propose(
    waiting: Sequence[Waiting],
    *,
    start: datetime,
    zone: str,
    gaps: Mapping[UUID, timedelta],
    taken: Mapping[UUID, Sequence[datetime]],
    free: Callable[[date], bool] = lambda _day: False,
) -> list[Proposal]:
    """A time for each, from `start` on, in the order of their old times.

    gaps: of a channel, LEAST_GAP where it is not named. taken: what is planned there already; no
    slot comes nearer to it than the gap. free: whether nothing goes out on that day of the wall.
    What finds no time within HORIZON_DAYS is left out.
    """
    paces = {
        one: _Pace(gaps.get(one, LEAST_GAP), list(taken.get(one, ())))
        for one in {channel for item in waiting for channel in item.channels}
    }
    found: list[Proposal] = []
    for item in sorted(waiting, key=lambda one: (one.was_at, str(one.id))):
        own = [paces[channel] for channel in item.channels]
        at = _slot(start, own, zone, free)
        if at is None:
            continue
        for pace in own:
            pace.take(at)
        found.append(Proposal(item.id, item.was_at, at))
    return found


class _Pace:
    """What one channel has already, and how far apart its posts are kept."""

    def __init__(self, gap: timedelta, taken: list[datetime]) -> None:
        self.gap = max(gap, LEAST_GAP)
        self.taken = sorted(taken)
        self.last: datetime | None = None
        self._passed = 0

    def next_free(self, at: datetime) -> datetime:
        """The first moment from `at` on that is as far as the gap from all that is there."""
        if self.last is not None:
            at = max(at, self.last + self.gap)
        while self._passed < len(self.taken) and self.taken[self._passed] + self.gap <= at:
            self._passed += 1
        for other in self.taken[self._passed :]:
            if other - at >= self.gap:
                break
            at = max(at, other + self.gap)
        return at

    def take(self, at: datetime) -> None:
        self.last = at


def _slot(
    start: datetime, paces: list[_Pace], zone: str, free: Callable[[date], bool]
) -> datetime | None:
    at = _whole_minute(start)
    limit = start + timedelta(days=HORIZON_DAYS)
    while at <= limit:
        later = at
        for pace in paces:
            later = pace.next_free(later)
        later = _by_day(_whole_minute(later), zone, free, limit)
        if later == at:
            return at
        at = later
    return None


def _by_day(at: datetime, zone: str, free: Callable[[date], bool], limit: datetime) -> datetime:
    """`at`, or else the next opening of a day that is not kept free."""
    day, clock = local(at, zone).date(), local(at, zone).time()
    if clock >= CLOSES:
        day += timedelta(days=1)
    elif clock >= OPENS and not free(day):
        return at
    while free(day) and instant(day, OPENS, zone) <= limit:
        day += timedelta(days=1)
    return instant(day, OPENS, zone)


def _whole_minute(at: datetime) -> datetime:
    """The next full minute: calendars have no seconds."""
    cut = at.replace(second=0, microsecond=0)
    return cut if cut == at else cut + timedelta(minutes=1)
