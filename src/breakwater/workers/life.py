"""One incarnation of a worker: its lock, its row, its heartbeat."""

import asyncio
import logging
import os
import socket
from datetime import datetime
from pathlib import Path

from breakwater.core import incarnations
from breakwater.delivery.models import Worker
from breakwater.delivery.services.incarnations import arrive

log = logging.getLogger(__name__)
_ASK_S = 5.0


class Life:
    """Holds the lock from `begin` until `end`. A worker that lost it makes no commit call."""

    def __init__(self, lock: incarnations.LifeLock, worker: Worker) -> None:
        self.worker = worker
        self._lock = lock
        self._lost = False

    @classmethod
    def begin(cls, folder: Path, now: datetime) -> "Life":
        """Blocking; call in a thread. The row is written after the lock is held."""
        lock = incarnations.take(folder)
        worker = arrive(host=socket.gethostname(), pid=os.getpid(), lock_key=lock.key, now=now)
        return cls(lock, worker)

    @property
    def lost(self) -> bool:
        return self._lost

    async def held(self) -> bool:
        """Whether the lock is still ours; once lost, lost for good."""
        if self._lost:
            return False
        loop = asyncio.get_running_loop()
        try:
            async with asyncio.timeout(_ASK_S):
                held = await loop.run_in_executor(None, self._lock.held)
        except TimeoutError:
            held = False
        if not held:
            self._lost = True
            log.error("worker.lock_lost worker=%s", self.worker.pk)
        return held

    def end(self) -> None:
        self._lock.free()
