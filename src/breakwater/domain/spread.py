"""How many there usually are in an hour like this one, and whether there are far more now. Pure."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from statistics import fmean, pstdev

HOUR = timedelta(hours=1)
DAY = timedelta(days=1)
WEEK = timedelta(days=7)
LOOKS_BACK = timedelta(days=28)
BURST_LEAST = 20
"""Fewer than this in an hour are no burst, however quiet it usually is."""
BURST_SPREADS = 3
"""Standard deviations above the mean from which an hour is one."""


@dataclass(frozen=True)
class Usual:
    """mean and spread (standard deviation) of the hours that were looked at; hours: how many."""

    mean: float
    spread: float
    hours: int


def hour_of(moment: datetime) -> datetime:
    """The full hour that the moment lies in."""
    return moment.replace(minute=0, second=0, microsecond=0)


def hours_between(since: datetime, until: datetime) -> list[datetime]:
    """Each full hour that begins in [since, until)."""
    first = hour_of(since)
    first = first if first == since else first + HOUR
    return [first + n * HOUR for n in range(max(0, -(-(until - first) // HOUR)))]


def usual(counts: Sequence[float]) -> Usual:
    """Of hours in a row, empty ones among them; all nought where there are none."""
    if not counts:
        return Usual(0.0, 0.0, 0)
    return Usual(fmean(counts), pstdev(counts), len(counts))


def is_burst(last: float, before: Usual) -> bool:
    """Whether an hour with `last` stands out of the hours before it. Nothing does before there is a
    whole day to hold it against."""
    if before.hours < DAY // HOUR:
        return False
    return last >= BURST_LEAST and last > before.mean + BURST_SPREADS * before.spread


def like(hour: datetime, *, until: datetime, since: datetime) -> list[datetime]:
    """The same hour of the same weekday in the 28 days before `until`, not before `since`, the latest
    first. In UTC, so that around a change of clocks it is one hour off."""
    first = max(since, until - LOOKS_BACK)
    weeks = range(1, 1 + (hour - first) // WEEK if hour > first else 1)
    return [at for at in (hour - n * WEEK for n in weeks) if first <= at < until]


def expected(
    counts: Mapping[datetime, float], hour: datetime, *, until: datetime, since: datetime
) -> float | None:
    """The mean of the hours like this one; an hour that is not in `counts` had none. None where there
    was no such hour yet."""
    hours = like(hour, until=until, since=since)
    return fmean(counts.get(at, 0.0) for at in hours) if hours else None
