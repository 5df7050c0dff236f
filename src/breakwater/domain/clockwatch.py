"""Can the clock that decides be believed? It is compared with the time since this machine's boot.

Nobody can set the time since boot (CLOCK_BOOTTIME), and it goes on through a suspend; so what
moves against it is the wall clock that somebody set. Pure: microseconds in, a verdict out.
"""

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from enum import StrEnum

from breakwater.domain.timings import Timings

_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_MICROSECOND = timedelta(microseconds=1)
_SLEW = 1000
"""The baseline follows one part in so many: twice what NTP slews by, 86 seconds a day."""


class Doubt(StrEnum):
    """Why the clock is not believed."""

    JUMP = "jump"  # it moved against the time since boot
    BEHIND = "behind"  # after a boot it shows a time before our last record
    SKEW = "skew"  # the database's and this machine's differ


@dataclass(frozen=True)
class Reading:
    """Both clocks at one moment. decides: the database's; here: this machine's wall clock.

    boot_us: microseconds since boot, in the middle of the reading; spread_us: how long it
    took, which is how unsure it is.
    """

    decides: datetime
    here: datetime
    boot_us: int
    spread_us: int

    @property
    def offset_us(self) -> int:
        """The deciding clock (microseconds since 1970) minus the time since boot."""
        return (self.decides - _EPOCH) // _MICROSECOND - self.boot_us


def doubt(
    reading: Reading, baseline_us: int, *, last_record: datetime | None, timings: Timings
) -> Doubt | None:
    """Why nothing may be decided by this clock; None when it is to be believed.

    baseline_us: the offset that was right. last_record: the newest moment on record from
    before this boot, when nothing better than that is known.
    """
    unsure = timedelta(microseconds=reading.spread_us)
    if abs(ahead(reading, baseline_us)) - unsure > timings.clock_jump:
        return Doubt.JUMP
    if last_record is not None and last_record - reading.decides > timings.clock_jump:
        return Doubt.BEHIND
    if abs(reading.here - reading.decides) - unsure > timings.clock_skew:
        return Doubt.SKEW
    return None


def set_right(
    reading: Reading, baseline_us: int, *, last_record: datetime, timings: Timings
) -> bool:
    """Whether a clock that was BEHIND when its machine booted was set forward past the last record,
    as by NTP. Time that only passes makes it no truer."""
    moved = ahead(reading, baseline_us) > timings.clock_jump
    return moved and reading.decides >= last_record


def ahead(reading: Reading, baseline_us: int) -> timedelta:
    """How far the deciding clock is ahead of what it should show; negative: behind."""
    return timedelta(microseconds=reading.offset_us - baseline_us)


def believed(boot_us: int, baseline_us: int) -> datetime:
    """What the deciding clock should show at this time since boot."""
    return _EPOCH + timedelta(microseconds=baseline_us + boot_us)


def followed(baseline_us: int, reading: Reading, *, since_us: int) -> int:
    """The baseline after `since_us` more microseconds: clocks drift, so it goes along, slowly."""
    most = max(0, since_us) // _SLEW
    return baseline_us + max(-most, min(most, reading.offset_us - baseline_us))
