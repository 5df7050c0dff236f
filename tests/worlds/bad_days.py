"""The real loops on a bad day: killed, shut out and told to wait, until everything has an end."""

import asyncio
from collections.abc import Callable, Sequence
from contextlib import suppress
from datetime import timedelta
from typing import Any

from breakwater.channels.models import Channel, Meter
from breakwater.core import clock
from breakwater.delivery.models import NOT_YET, Circuit, Delivery, Hold
from breakwater.delivery.services import release
from breakwater.domain.errors import BreakwaterError
from breakwater.workers.desk import Desk as Thread
from tests.worlds.desk import Desk, Loop, ledger

ENDS = ("verified", "taken", "needs_human", "failed", "missed", "cancelled")
_SOON = timedelta(seconds=1)


def run_to_the_end(desk: Desk, rows: Sequence[Delivery], within: float) -> int:
    """Each delivery is out, or in front of a person, or waits for one that is; how many workers
    died. Whoever has to sign in again does so, and what was held for being too many is let go."""
    died, end = 0, within

    def over() -> bool:
        _a_minute_passes(desk)
        left = Delivery.objects.filter(pk__in=[row.pk for row in rows]).exclude(state__in=ENDS)
        return not left.exclude(not_before=NOT_YET).exists()

    started = clock.now()
    while True:
        end = within - (clock.now() - started).total_seconds()
        loops: list[Loop] = [desk.deliver(), desk.tend()]
        try:
            killed = asyncio.run(_until(loops, over, desk.world.gate.kill.is_set, end))
        except TimeoutError as error:
            raise AssertionError(_unfinished(rows)) from error
        desk.world.gate.dead.set()
        if not killed:
            return died
        died += 1
        desk.world.gate.kill.clear()


async def _until(
    loops: Sequence[Loop], over: Callable[[], bool], kill: Callable[[], bool], within: float
) -> bool:
    """Whether they were killed before it was over. A killed loop stores nothing more."""
    running = [asyncio.create_task(loop.run()) for loop in loops]
    thread = Thread("test")
    try:
        async with asyncio.timeout(within):
            while not kill():
                if await thread(over):
                    return False
                await asyncio.sleep(0.05)
        ours = [task for task in asyncio.all_tasks() if _is_ours(task)]
        for task in ours:
            task.cancel()
        await asyncio.gather(*ours, return_exceptions=True)
        return True
    finally:
        for loop in loops:
            loop.stop()
        await asyncio.gather(*running, return_exceptions=True)
        await thread.close()


def _is_ours(task: "asyncio.Task[Any]") -> bool:
    """The product's own: what libraries have begun for it ends with it."""
    code = getattr(task.get_coro(), "cr_code", None)
    return code is not None and "/breakwater/" in code.co_filename


def _a_minute_passes(desk: Desk) -> None:
    """All periods are fractions of a second here, but those that a network names: they are over
    soon, too."""
    now = clock.now()
    desk.world.minute_passes()
    Meter.objects.all().delete()
    Circuit.objects.filter(quiet_until__gt=now + _SOON).update(quiet_until=now)
    Channel.objects.filter(quiet_until__gt=now + _SOON).update(quiet_until=now)
    late = Delivery.objects.filter(not_before__gt=now + _SOON * 10)
    late.exclude(not_before=NOT_YET).update(not_before=now)
    for hold in Hold.objects.filter(released_at=None):
        release(hold, by=desk.bob.pk, now=now)
    for channel in Channel.objects.filter(state="reconnect"):
        with suppress(BreakwaterError):  # the network may be in trouble: asked again
            desk.world.sign_in(desk.workspace, desk.ann, channel)


def _unfinished(rows: Sequence[Delivery]) -> str:
    left = Delivery.objects.filter(pk__in=[row.pk for row in rows]).exclude(state__in=ENDS)
    return "\n".join(ledger(row) for row in left)
