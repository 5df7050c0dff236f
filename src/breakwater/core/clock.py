"""The one clock that decides: the database's. Read at the edges, passed in everywhere else."""

import os
import socket
import time
from datetime import UTC, datetime
from pathlib import Path

from django.db import connection

from breakwater.domain.clockwatch import Reading

_BOOT_ID = Path("/proc/sys/kernel/random/boot_id")
_SINCE_BOOT = getattr(time, "CLOCK_BOOTTIME", time.CLOCK_MONOTONIC)
_SHARP_US = 500_000
_TRIES = 3


def now() -> datetime:
    """The present, aware, UTC: PostgreSQL's clock, or this machine's on SQLite (same machine)."""
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("SELECT clock_timestamp()")
            (moment,) = cursor.fetchone() or (None,)
        if isinstance(moment, datetime):
            return moment.astimezone(UTC)
    return datetime.now(UTC)  # noqa: TID251 - the one place


def here() -> datetime:
    """This machine's own clock, without a question to the database: for what no two machines have
    to agree on."""
    return datetime.now(UTC)  # noqa: TID251 - the one place


def of_this_age(moment: datetime) -> bool:
    """Whether it is of a year from 1990 to 2199: near enough to be converted to any zone."""
    return 1990 <= moment.year < 2200


def read() -> Reading:
    """The deciding clock and this machine's beside the time since boot, as sharp as three tries
    give it (a process can be stopped between two looks)."""
    readings: list[Reading] = []
    while len(readings) < _TRIES and not any(one.spread_us <= _SHARP_US for one in readings):
        readings.append(_read())
    return min(readings, key=lambda one: one.spread_us)


def since_boot_us() -> int:
    """Microseconds since this machine's boot, suspends included; nobody can set it."""
    return time.clock_gettime_ns(_SINCE_BOOT) // 1000


def boot() -> str:
    """What tells this boot of this machine, as this process sees it, from all others."""
    try:
        return f"{_BOOT_ID.read_text().strip()} {os.readlink('/proc/self/ns/time')}"[:120]
    except OSError:  # no Linux: a name is the best there is
        return f"host {socket.gethostname()}"[:120]


def _read() -> Reading:
    before = since_boot_us()
    decides = now()
    here = datetime.now(UTC) if connection.vendor == "postgresql" else decides  # noqa: TID251
    after = since_boot_us()
    return Reading(decides, here, (before + after) // 2, after - before)
