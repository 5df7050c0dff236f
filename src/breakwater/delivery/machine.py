"""What an installation lives on: workers, the clock, room on the disk, results still to be stored."""

import shutil
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path

from django.conf import settings
from django.db.models import Count, Max, Q

from breakwater.delivery.models import ClockMark, Worker
from breakwater.delivery.selectors import ALIVE_WITHIN
from breakwater.delivery.standing import held_clocks

LEAST_FREE_BYTES = 200_000_000
LAST_BACKUP = "last-backup"
"""The file in the data folder that says when the last backup was made from here."""

_SPOOLED_LONG = timedelta(minutes=1)
"""A worker writes a result to its spool and takes it away again within a moment."""


@dataclass(frozen=True)
class Machine:
    """workers: alive now. seen_at: when the last one was; None: never one here. clocks: machines
    whose clock holds all their sends. free_bytes: None when it cannot be told. spooled: files of
    results that the database does not have yet, since spooled_at; refused: files that it did not
    take. backup_at: the last backup made from here, as far as is known."""

    workers: int
    seen_at: datetime | None
    clocks: tuple[ClockMark, ...]
    free_bytes: int | None
    spooled: int
    spooled_at: datetime | None
    refused: int
    backup_at: datetime | None


def machine(now: datetime) -> Machine:
    """Two queries, and a look at the data folder of this machine."""
    clocks = held_clocks()
    beats = Worker.objects.aggregate(
        alive=Count("pk", filter=Q(seen_at__gte=_alive_since(clocks, now))), last=Max("seen_at")
    )
    waiting, refused = _spool(Path(settings.SPOOL), now)
    return Machine(
        workers=beats["alive"],
        seen_at=beats["last"],
        clocks=tuple(clocks),
        free_bytes=_free(Path(settings.DATA)),
        spooled=len(waiting),
        spooled_at=min(waiting, default=None),
        refused=refused,
        backup_at=last_backup(),
    )


def last_backup() -> datetime | None:
    """What `breakwater backup` wrote down here; None when nothing is known."""
    try:
        return datetime.fromisoformat(
            (Path(settings.DATA) / LAST_BACKUP).read_text("ascii").strip()
        )
    except (OSError, ValueError):
        return None


def _alive_since(clocks: Sequence[ClockMark], now: datetime) -> datetime:
    """Workers whose clock jumped ahead write the time that it should be."""
    return now - ALIVE_WITHIN - timedelta(seconds=max([0.0, *(one.ahead_s for one in clocks)]))


def _free(folder: Path) -> int | None:
    try:
        return shutil.disk_usage(folder).free
    except OSError:
        return None


def _spool(folder: Path, now: datetime) -> tuple[list[datetime], int]:
    """When each result that waits for long was written, and how many were refused."""
    written = []
    for path in folder.glob("outcomes-*.jsonl"):
        try:
            moment = datetime.fromtimestamp(path.stat().st_mtime, UTC)
        except OSError:  # taken in at this moment
            continue
        if moment <= now - _SPOOLED_LONG:
            written.append(moment)
    return written, sum(1 for _ in folder.glob("outcomes-*.refused"))
