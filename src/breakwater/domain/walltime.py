"""Wall times in a zone and the instants they stand for; gaps and overlaps are said, never hidden."""

from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from enum import StrEnum
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from breakwater.domain.errors import Invalid


class Shift(StrEnum):
    """What the clocks do at a wall time."""

    NONE = "none"
    GAP = "gap"  # the clocks go forward: this wall time does not exist that day
    OVERLAP = "overlap"  # the clocks go back: it exists twice; the first is meant


@dataclass(frozen=True)
class Planned:
    """A wall time as asked, the instant it stands for, and what had to be said about it.

    wall: naive, as typed. effective: naive, what the clock on the wall will show
    (differs from `wall` in a gap only). instant: UTC.
    """

    wall: datetime
    zone: str
    effective: datetime
    instant: datetime
    shift: Shift


def zone(name: str) -> ZoneInfo:
    """The zone, or Invalid("unknown_zone")."""
    try:
        return ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError, OSError) as error:
        raise Invalid(code="unknown_zone", field="zone", zone=name) from error


def plan(wall: datetime, zone_name: str) -> Planned:
    """The instant of a wall time. In a gap it moves forward by the gap, in an overlap the first.

    wall: naive. Example: Paris, 28 March 2027 02:30 does not exist -> 03:30, GAP.
    """
    if wall.tzinfo is not None:
        raise TypeError("a wall time is naive")
    tz = zone(zone_name)
    first, second = wall.replace(tzinfo=tz, fold=0), wall.replace(tzinfo=tz, fold=1)
    before, after = _offset(first), _offset(second)
    instant = first.astimezone(UTC)
    effective = instant.astimezone(tz).replace(tzinfo=None)
    return Planned(wall, zone_name, effective, instant, _shift(before, after))


def instant(day: date, at: time, zone_name: str) -> datetime:
    """When the clock on the wall shows that, in UTC; in a gap or an overlap as `plan` has it.
    Raises: Invalid("not_a_time") at an end of the calendar, where the zone has another year."""
    try:
        return plan(datetime.combine(day, at), zone_name).instant
    except OverflowError as error:
        raise Invalid(code="not_a_time", field="wall") from error


def end_of(day: date, zone_name: str) -> datetime:
    """The instant from which on it is the next day. Raises: Invalid("not_a_time")."""
    if day == date.max:
        raise Invalid(code="not_a_time", field="wall")
    return instant(day + timedelta(days=1), time.min, zone_name)


def local(instant: datetime, zone_name: str) -> datetime:
    """The wall time (naive) of an instant in a zone."""
    return instant.astimezone(zone(zone_name)).replace(tzinfo=None)


def _shift(before: timedelta, after: timedelta) -> Shift:
    if before == after:
        return Shift.NONE
    return Shift.OVERLAP if before > after else Shift.GAP


def _offset(moment: datetime) -> timedelta:
    offset = moment.utcoffset()
    if offset is None:  # a ZoneInfo always answers for an aware datetime
        raise TypeError("a zone without an offset")
    return offset
