"""Writing outcomes, whatever the database does: group, else spool, then try until it takes them."""

import asyncio
import logging
from collections.abc import Callable, Sequence
from datetime import datetime
from pathlib import Path

from django.db import DatabaseError, DataError, IntegrityError, InterfaceError

from breakwater.core import clock, incarnations
from breakwater.delivery.services import circuits
from breakwater.delivery.services.outcomes import Result
from breakwater.domain.timings import Timings
from breakwater.publishing.services import settle
from breakwater.workers.desk import Desk
from breakwater.workers.grouping import Grouper
from breakwater.workers.spool import Spool, left_behind, put_aside

log = logging.getLogger(__name__)
AGAIN_S = 1.0
_USUAL = Timings()
_NEVER = (DataError, IntegrityError)
"""Refused for what they are: trying the same again is no use."""


class NotWritten(Exception):
    """The database refuses this result for what it is; it is in the log."""


class Ledger:
    """`await write(result)` returns once the result is durable in the database.

    The log line with the remote id is the second witness, before anything is stored.
    """

    def __init__(
        self,
        desk: Desk,
        spool: Spool,
        *,
        wait_s: float,
        most: int,
        timings: Timings = _USUAL,
        clock_now: Callable[[], datetime] = clock.now,
    ) -> None:
        self._desk = desk
        self._spool = spool
        self._timings = timings
        self._clock_now = clock_now
        self._grouper = Grouper(self._write, wait_s=wait_s, most=most)

    async def write(self, result: Result) -> None:
        """Raises: NotWritten."""
        log.info(
            "delivery.outcome delivery=%s step=%s outcome=%s remote_id=%s",
            result.delivery_id,
            result.step,
            result.outcome.value,
            result.remote_id,
        )
        if not await self._grouper.put(result):
            raise NotWritten(str(result.delivery_id))

    async def _write(self, group: Sequence[Result]) -> Sequence[bool]:
        """Whether each was written. One that cannot be does not cost the others theirs."""
        kept: Path | None = None
        while True:
            try:
                await self._desk(_settle_now, group, self._timings, self._clock_now)
            except _NEVER:
                log.exception("ledger.refused results=%d", len(group))
                written = await self._each(group)
            except (DatabaseError, InterfaceError, OSError) as error:
                log.warning("ledger.database_away results=%d why=%s", len(group), error)
                kept = kept or await asyncio.to_thread(self._spool.keep, group)
                await asyncio.sleep(AGAIN_S)
                continue
            except Exception:
                log.exception("ledger.broke results=%d", len(group))
                written = await self._each(group)
            else:
                written = [True] * len(group)
            self._spool.clear(kept)
            return written

    async def _each(self, group: Sequence[Result]) -> Sequence[bool]:
        if len(group) == 1:
            return [False]
        return [(await self._write([result]))[0] for result in group]


def take_in(
    folder: Path,
    locks: Path,
    timings: Timings = _USUAL,
    clock_now: Callable[[], datetime] = clock.now,
) -> int:
    """The outcomes that dead workers left in their spools are in the database; how many.

    A file that the database refuses for what is in it is put aside, for a person to read.
    """
    taken = 0
    for path, results in left_behind(folder, lambda key: incarnations.gone(locks, key)):
        try:
            _settle_now(results, timings, clock_now)
        except (*_NEVER, ValueError, TypeError):
            log.exception("spool.refused path=%s", path.name)
            put_aside(path)
            continue
        path.unlink(missing_ok=True)
        taken += len(results)
    return taken


def _settle_now(
    group: Sequence[Result], timings: Timings, clock_now: Callable[[], datetime]
) -> None:
    """Outcomes first, for themselves: what they mean for a network costs them nothing."""
    now = clock_now()
    settle(group, now=now)
    try:
        circuits.heed(group, timings=timings, now=now)
    except DatabaseError:
        log.exception("ledger.circuit_not_counted results=%d", len(group))
