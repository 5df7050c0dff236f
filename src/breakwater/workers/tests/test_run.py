"""A loop that stops is started again, and how long that is waited for."""

import asyncio
from collections.abc import Callable

from breakwater.workers.run import _keep_running


class _Loop:
    """Falls, or (its lock is gone) ends by itself."""

    def __init__(self, *, falls: bool) -> None:
        self._falls = falls

    async def run(self) -> None:
        if self._falls:
            raise OSError("the database is away")

    def stop(self) -> None:
        return


def _paused(*falls: bool) -> list[float]:
    """The seconds that were waited after each of these runs."""
    stopping, runs, waited = asyncio.Event(), iter(falls), []

    async def pause(_stopping: asyncio.Event, seconds: float) -> None:
        waited.append(seconds)
        if len(waited) == len(falls):
            stopping.set()

    make: Callable[[], _Loop] = lambda: _Loop(falls=next(runs))  # noqa: E731
    asyncio.run(_keep_running("deliver", make, stopping, pause))
    return waited


def test_a_loop_that_falls_again_and_again_is_waited_for_longer() -> None:
    assert _paused(True, True, True, True, True, True) == [1.0, 2.0, 5.0, 10.0, 30.0, 30.0]


def test_a_loop_whose_lock_went_with_the_database_comes_back_at_once_every_time() -> None:
    assert _paused(False, False, False) == [1.0, 1.0, 1.0]


def test_a_loop_that_came_to_work_again_has_its_falls_forgiven() -> None:
    assert _paused(True, True, True, False, True) == [1.0, 2.0, 5.0, 1.0, 2.0]
