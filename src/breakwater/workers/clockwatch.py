"""The watch over the clock: while it cannot be believed, nothing leaves and nothing is decided.

One look costs what `clock.now` costs. What is remembered is in the database, so that a worker
that starts in a wrong hour knows it. docs/adr/0008.
"""

import logging
import socket
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from datetime import UTC, datetime

from django.db import DatabaseError

from breakwater.core import clock
from breakwater.delivery.models import ClockMark
from breakwater.delivery.services import clocks
from breakwater.delivery.services.clocks import Arrival
from breakwater.domain import clockwatch as rules
from breakwater.domain.clockwatch import Doubt, Reading
from breakwater.domain.timings import Timings

log = logging.getLogger(__name__)
_KEEP_US = 10_000_000
_REPORT_US = 1_000_000


@dataclass(frozen=True)
class Moment:
    """now: the time to write down: the deciding clock's, or what it should show after a jump.
    held: why nothing may leave or be decided by it; None when it is believed."""

    now: datetime
    held: Doubt | None = None


class ClockWatch:
    """Of one loop, used in its database thread. read, boot: the clocks of this machine."""

    def __init__(
        self,
        timings: Timings,
        *,
        read: Callable[[], Reading] = clock.read,
        boot: Callable[[], str] = clock.boot,
    ) -> None:
        self._timings = timings
        self._read = read
        self._boot = boot
        self._known: Arrival | None = None
        self._held: Doubt | None = None
        self._kept_us = 0

    def look(self) -> Moment:
        """The present, and whether it can be believed. Blocking; asks the database's clock."""
        reading = self._read()
        known = self._known or self._arrive(reading)
        mark = known.mark
        baseline = rules.followed(
            mark.baseline_us, reading, since_us=reading.boot_us - mark.boot_us
        )
        because = rules.doubt(
            reading, baseline, last_record=known.last_record, timings=self._timings
        )
        if self._held is Doubt.BEHIND and known.last_record:
            if self._set_right(mark, reading, known.last_record):
                return Moment(reading.decides)
            because = Doubt.BEHIND
        if because is None:
            self._believe(mark, baseline, reading)
            return Moment(reading.decides)
        jumped = because is Doubt.JUMP
        now = rules.believed(reading.boot_us, mark.baseline_us) if jumped else reading.decides
        if not self._doubt(known, because, reading, now):
            return self.look()  # a person has confirmed the time
        return Moment(now, because)

    def now(self) -> datetime:
        """The time to write down."""
        return self.look().now

    def estimate(self) -> datetime:
        """The same without the database: since boot, from what is known."""
        if self._known is None:
            return datetime.now(UTC)
        return rules.believed(clock.since_boot_us(), self._known.mark.baseline_us)

    def _arrive(self, reading: Reading) -> Arrival:
        known = clocks.arrive(self._boot(), socket.gethostname(), reading)
        self._held = Doubt(known.mark.reason) if known.mark.held_since else None
        self._known = known
        return known

    def _believe(self, mark: ClockMark, baseline_us: int, reading: Reading) -> None:
        """It goes on, or on again; every ten seconds that is written down."""
        if self._held is not None:
            self._remember(clocks.resume(mark), None)
            self._held, self._kept_us = None, 0
            log.warning("clock.believed_again")
        elif reading.boot_us - self._kept_us >= _KEEP_US:
            self._kept_us = reading.boot_us
            with suppress(DatabaseError):  # a full disk: the clock is none the worse for it
                self._remember(clocks.keep(mark, baseline_us, reading), None)

    def _set_right(self, mark: ClockMark, reading: Reading, last_record: datetime) -> bool:
        """Whether the clock that was behind at the boot is right now; nothing else ends that doubt
        but a person's word."""
        if not rules.set_right(
            reading, mark.baseline_us, last_record=last_record, timings=self._timings
        ):
            return False
        self._remember(clocks.begin_anew(mark, reading), None)
        self._held, self._kept_us = None, 0
        log.warning("clock.set_right")
        return True

    def _doubt(self, known: Arrival, because: Doubt, reading: Reading, now: datetime) -> bool:
        """Whether it is held (once a second that is written down); False when a person has
        confirmed the time meanwhile, and the mark is new."""
        if self._held is because and reading.boot_us - self._kept_us < _REPORT_US:
            return True
        if self._held in (Doubt.JUMP, Doubt.BEHIND):
            mark = clocks.again(known.mark)
            if mark is None or mark.baseline_us != known.mark.baseline_us or not mark.held_since:
                log.warning("clock.confirmed")
                self._remember(mark, None)
                self._held = None
                return False
        if self._held is not because:
            log.error("clock.doubted because=%s", because)
        self._held, self._kept_us = because, reading.boot_us
        self._remember(clocks.hold(known.mark, because, reading, believed=now), known.last_record)
        return True

    def _remember(self, mark: ClockMark | None, last_record: datetime | None) -> None:
        self._known = Arrival(mark, last_record) if mark else None
