"""What an incident did to what people say of us: held against the same hours of the weeks before it.

Correlation over what we can see, no more: what was said elsewhere, and what would have been said
anyhow, is not in it. Pure.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from breakwater.domain.spread import (
    DAY,
    HOUR,
    LOOKS_BACK,
    WEEK,
    expected,
    hour_of,
    hours_between,
    usual,
)

DAYS_ENOUGH = 7
"""With fewer days of before, nothing is said in percent."""
_DAY_HOURS = DAY // HOUR


@dataclass(frozen=True)
class Counted:
    """What was said in the hour from `at` on. scored: of those that the scorer read."""

    at: datetime
    total: int
    scored: int
    negative: int


@dataclass(frozen=True)
class Volume:
    """What was said from the hour of the beginning up to `until`, and what usually is.

    days: full days of before that are known, at most 28. expected: messages that hours like these had;
    excess: those above it, never below 0; times: total as a multiple of expected. None: not known,
    or not from `DAYS_ENOUGH` days. negative, negative_before: shares of what was scored, 0 to 1; None
    where nothing was. peak, peak_at: the loudest hour. calm_at: the beginning of the first 24 hours
    since then with no more than a usual day and one standard deviation; None: not yet, or not known.
    """

    since: datetime
    until: datetime
    days: int
    total: int
    expected: float | None
    excess: int | None
    times: float | None
    negative: float | None
    negative_before: float | None
    peak: int
    peak_at: datetime | None
    calm_at: datetime | None

    @property
    def enough(self) -> bool:
        return self.days >= DAYS_ENOUGH


def volume(
    hours: Sequence[Counted],
    *,
    began_at: datetime,
    until: datetime,
    now: datetime,
    known_since: datetime,
) -> Volume:
    """hours: all that have something in them, from 28 days before `began_at` up to `now`. until: the end of
    the window, not after now. known_since: from then on an hour without a row had nothing in it."""
    begin, end = hour_of(began_at), until
    by_hour = {one.at: one for one in hours}
    counts = {one.at: float(one.total) for one in hours}
    first = max(known_since, begin - LOOKS_BACK)
    days = max(0, (begin - first) // DAY)
    inside = [by_hour[at] for at in hours_between(begin, end) if at in by_hour]
    before = [one for one in hours if first <= one.at < begin]
    total = sum(one.total for one in inside)
    usual_total = _expected(counts, begin, end, first) if days >= DAYS_ENOUGH else None
    loudest = max(inside, key=lambda one: (one.total, -one.at.timestamp()), default=None)
    return Volume(
        since=begin,
        until=end,
        days=days,
        total=total,
        expected=usual_total,
        excess=None if usual_total is None else max(0, round(total - usual_total)),
        times=round(total / usual_total, 1) if usual_total else None,
        negative=_share(inside),
        negative_before=_share(before) if days >= DAYS_ENOUGH else None,
        peak=loudest.total if loudest else 0,
        peak_at=loudest.at if loudest else None,
        calm_at=_calm(counts, loudest.at if loudest else begin, begin, days, now),
    )


def usual_of(
    counts: Mapping[datetime, float], hour: datetime, *, began_at: datetime, known_since: datetime
) -> float | None:
    """What hours like this one had before it began; None where none is known."""
    begin = hour_of(began_at)
    return expected(counts, hour, until=begin, since=max(known_since, begin - LOOKS_BACK))


def _expected(
    counts: Mapping[datetime, float], begin: datetime, end: datetime, since: datetime
) -> float | None:
    """Hours that no hour like them was known for count as the mean of the others."""
    found = [expected(counts, at, until=begin, since=since) for at in hours_between(begin, end)]
    known = [one for one in found if one is not None]
    if not known:
        return None
    return sum(known) * len(found) / len(known)


def _share(rows: Sequence[Counted]) -> float | None:
    scored = sum(one.scored for one in rows)
    return round(sum(one.negative for one in rows) / scored, 3) if scored else None


def _calm(
    counts: Mapping[datetime, float], peak: datetime, begin: datetime, days: int, now: datetime
) -> datetime | None:
    if days < DAYS_ENOUGH:
        return None
    sums = [_sum(counts, begin - n * DAY) for n in range(1, days + 1)]
    before = usual(sums)
    line = before.mean + before.spread
    last = hour_of(now) - DAY
    running = _sum(counts, peak)
    at = peak
    while at <= last:
        if running <= line:
            return at
        running += counts.get(at + DAY, 0.0) - counts.get(at, 0.0)
        at += HOUR
    return None


def _sum(counts: Mapping[datetime, float], since: datetime) -> float:
    return sum(counts.get(since + n * HOUR, 0.0) for n in range(_DAY_HOURS))


WINDOWS: Mapping[int, timedelta] = {24: DAY, 72: 3 * DAY, 168: WEEK, 672: LOOKS_BACK}
"""How long after the beginning is looked at, by hours."""
