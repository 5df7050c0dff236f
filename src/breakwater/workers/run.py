"""All loops in one process. A loop that dies is started again, with back-off, and said so."""

import asyncio
import gc
import logging
import signal
import sys
from collections.abc import Awaitable, Callable
from typing import Protocol

from django.conf import settings

from breakwater.workers.deliver import DeliverLoop
from breakwater.workers.inbox import InboxLoop
from breakwater.workers.ingest import IngestLoop
from breakwater.workers.opinions import OpinionLoop
from breakwater.workers.piles import PileLoop
from breakwater.workers.respond import RespondLoop
from breakwater.workers.ring import RingLoop
from breakwater.workers.rounds import wait
from breakwater.workers.stamping import StampLoop
from breakwater.workers.tend import TendLoop
from breakwater.workers.watch import WatchLoop

log = logging.getLogger(__name__)
_COLLECT_AFTER = 20_000  # new objects; Python's 700 costs a loop that makes rows all day a tenth
_SWITCH_S = 0.001
"""Each way to the database ends with waiting for the interpreter where another loop computes: Python's
5 ms a way are seconds for a batch that goes to the database a hundred times."""
_AGAIN_S = (1.0, 2.0, 5.0, 10.0, 30.0)
Pause = Callable[[asyncio.Event, float], Awaitable[None]]


class Loop(Protocol):
    async def run(self) -> None: ...

    def stop(self) -> None: ...


def work() -> None:
    """Runs until SIGTERM or SIGINT; what is under way ends first."""
    gc.freeze()  # what is imported stays: looking through it again and again finds nothing
    gc.set_threshold(_COLLECT_AFTER)
    sys.setswitchinterval(_SWITCH_S)
    asyncio.run(_work())


async def _work() -> None:
    stopping = asyncio.Event()
    for name in (signal.SIGTERM, signal.SIGINT):
        asyncio.get_running_loop().add_signal_handler(name, stopping.set)
    await asyncio.gather(
        _keep_running("deliver", _deliver, stopping),
        _keep_running("tend", _tend, stopping),
        _keep_running("ingest", _ingest, stopping),
        _keep_running("inbox", _inbox, stopping),
        _keep_running("piles", _piles, stopping),
        _keep_running("opinions", _opinions, stopping),
        _keep_running("ring", _ring, stopping),
        _keep_running("respond", _respond, stopping),
        _keep_running("stamp", _stamp, stopping),
        _keep_running("watch", _watch, stopping),
    )


async def _keep_running(
    name: str, make: Callable[[], Loop], stopping: asyncio.Event, pause: Pause = wait
) -> None:
    """A loop that ends by itself (its lock went with the database) has not fallen: the pauses
    begin from the first again, so that a database that restarts for the fiftieth time is no
    longer waited for than the first time."""
    falls = 0
    while not stopping.is_set():
        loop = make()
        running = asyncio.create_task(loop.run())
        asked = asyncio.create_task(stopping.wait())
        await asyncio.wait({running, asked}, return_when=asyncio.FIRST_COMPLETED)
        loop.stop()
        asked.cancel()
        try:
            await running
            falls = 0
        except Exception:
            log.exception("loop.fell name=%s", name)
        if not stopping.is_set():
            await pause(stopping, _AGAIN_S[min(falls, len(_AGAIN_S) - 1)])
            falls += 1


def _deliver() -> Loop:
    return DeliverLoop(
        timings=settings.TIMINGS,
        slots=settings.SEND_SLOTS,
        locks=settings.LOCKS,
        spool=settings.SPOOL,
    )


def _ingest() -> Loop:
    return IngestLoop(timings=settings.TIMINGS)


def _inbox() -> Loop:
    return InboxLoop(timings=settings.TIMINGS)


def _piles() -> Loop:
    return PileLoop(timings=settings.TIMINGS)


def _opinions() -> Loop:
    return OpinionLoop(timings=settings.TIMINGS)


def _ring() -> Loop:
    return RingLoop(timings=settings.TIMINGS)


def _respond() -> Loop:
    return RespondLoop(timings=settings.TIMINGS)


def _stamp() -> Loop:
    return StampLoop(timings=settings.TIMINGS)


def _watch() -> Loop:
    return WatchLoop(timings=settings.TIMINGS)


def _tend() -> Loop:
    return TendLoop(timings=settings.TIMINGS, locks=settings.LOCKS, spool=settings.SPOOL)
