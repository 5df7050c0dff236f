"""Writing outcomes, whatever the database does: group, else spool, then try until it takes them."""

import asyncio
import logging
from collections.abc import Sequence
from pathlib import Path

from django.db import DatabaseError, InterfaceError

from breakwater.core import clock, incarnations
from breakwater.delivery.services.outcomes import Result, settle
from breakwater.workers.desk import Desk
from breakwater.workers.grouping import Grouper
from breakwater.workers.spool import Spool, left_behind

log = logging.getLogger(__name__)
AGAIN_S = 1.0


class Ledger:
    """`await write(result)` returns once the result is durable in the database.

    The log line with the remote id is the second witness, before anything is stored.
    """

    def __init__(self, desk: Desk, spool: Spool, *, wait_s: float, most: int) -> None:
        self._desk = desk
        self._spool = spool
        self._grouper = Grouper(self._write, wait_s=wait_s, most=most)

    async def write(self, result: Result) -> None:
        log.info(
            "delivery.outcome delivery=%s step=%s outcome=%s remote_id=%s",
            result.delivery_id,
            result.step,
            result.outcome.value,
            result.remote_id,
        )
        await self._grouper.put(result)

    async def _write(self, group: Sequence[Result]) -> Sequence[None]:
        spooled = False
        while True:
            try:
                await self._desk(_settle_now, group)
            except (DatabaseError, InterfaceError, OSError) as error:
                log.warning("ledger.database_refused results=%d why=%s", len(group), error)
                spooled = spooled or self._spool.keep(group)
                await asyncio.sleep(AGAIN_S)
                continue
            if spooled:
                self._spool.clear()
            return [None] * len(group)


def take_in(folder: Path, locks: Path) -> int:
    """The outcomes that dead workers left in their spools are in the database; how many."""
    taken = 0
    for path, results in left_behind(folder, lambda key: incarnations.gone(locks, key)):
        if results:
            settle(results, now=clock.now())
        path.unlink(missing_ok=True)
        taken += len(results)
    return taken


def _settle_now(group: Sequence[Result]) -> None:
    settle(group, now=clock.now())
