"""What the loops of a worker have in common: they look again and again, until they are told to stop."""

import asyncio
import logging
from abc import ABC, abstractmethod
from typing import ClassVar

from django.db import DatabaseError, InterfaceError

from breakwater.domain.errors import StaleState
from breakwater.domain.timings import Timings
from breakwater.workers.clockwatch import ClockWatch
from breakwater.workers.desk import Desk

log = logging.getLogger(__name__)


class Rounds(ABC):
    """A loop with a database thread of its own. Whatever a turn meets, there is a next one.

    name: of the loop, in logs and of its thread. rest_s: between two turns, unless `rest` says
    otherwise.
    """

    name: ClassVar[str]
    rest_s: ClassVar[float]

    def __init__(self, *, timings: Timings, watch: ClockWatch | None = None) -> None:
        self.timings = timings
        self._desk = Desk(self.name)
        self._watch = watch or ClockWatch(timings)
        self._stopping = asyncio.Event()

    def stop(self) -> None:
        self._stopping.set()

    async def run(self) -> None:
        """Until `stop` was called and what is in hand has come to its end."""
        try:
            while not self._stopping.is_set():
                await wait(self._stopping, self.rest(await self.guarded_turn()))
        finally:
            await self.leave()

    @abstractmethod
    async def turn(self) -> int:
        """One look; how much was done, or whether anything was."""

    def rest(self, _made: int) -> float:
        """Seconds until the next turn, given what the last one made."""
        return self.rest_s

    async def leave(self) -> None:
        """What is in hand comes to its end, or is left for others; then the thread ends."""
        await self._desk.close()

    async def guarded_turn(self) -> int:
        """A turn. A database that is away is waited for, not died of; what breaks is in the log."""
        made = 0
        try:
            made = await self.turn()
        except* StaleState:
            log.info("%s.somebody_else_was_at_it", self.name)
        except* (DatabaseError, InterfaceError, OSError) as errors:
            log.warning("%s.database_away why=%s", self.name, errors.exceptions[0])
        except* Exception:
            log.exception("%s.turn_broke", self.name)
        return made


async def wait(stopping: asyncio.Event, seconds: float) -> None:
    """So long, or until somebody says to stop."""
    if seconds <= 0:
        return
    try:
        async with asyncio.timeout(seconds):
            await stopping.wait()
    except TimeoutError:
        return
