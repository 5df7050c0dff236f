"""Simulated time for the real code: one thread, no sleeping, and workers that can be dropped.

The loop's clock and the wall clock are one. When nothing can run, time goes to the next timer.
What would run in another thread runs at once, so that a run is the same each time.
"""

import asyncio
import selectors
from collections.abc import Callable, Coroutine, Iterator
from concurrent.futures import Executor
from contextlib import contextmanager
from datetime import datetime, timedelta
from typing import Any, TypeVar

import time_machine
from django.db import connection

from breakwater.core import clock

T = TypeVar("T")


class Killed(BaseException):
    """What a dropped worker's code meets if it goes on. Nothing of ours catches it."""


class Clock:
    """The one clock of a simulation. `seconds`: since its start, never backwards.

    The time since boot goes with it, or the watch over the clock would not believe it.
    """

    def __init__(self, start: datetime) -> None:
        self.start = start
        self.seconds = 0.0
        self._travel = time_machine.travel(start, tick=False)
        self._wall = self._travel.start()
        self._since_boot = clock.since_boot_us
        clock.since_boot_us = lambda: round(self.now.timestamp() * 1_000_000)
        _tell_database(start)

    @property
    def now(self) -> datetime:
        return self.start + timedelta(seconds=self.seconds)

    def advance(self, by: timedelta | float) -> None:
        self.seconds += by.total_seconds() if isinstance(by, timedelta) else by
        self._wall.move_to(self.now)
        _tell_database(self.now)

    def go_to(self, moment: datetime) -> None:
        """Not backwards: a moment that is over changes nothing."""
        self.advance(max(timedelta(0), moment - self.now))

    def stop(self) -> None:
        self._travel.stop()
        clock.since_boot_us = self._since_boot


class Life:
    """One process of workers: a loop of its own, until `kill` drops everything it was doing."""

    def __init__(self, clock: Clock) -> None:
        self.clock = clock
        self.dead = False
        self._opened: _Loop | None = None

    @property
    def _loop(self) -> "_Loop":
        self._opened = self._opened or _Loop(self)
        return self._opened

    def run(self, work: Coroutine[Any, Any, T]) -> T | None:
        """What the work gives; None when it was killed on its way."""
        task = self._loop.create_task(work)
        task.add_done_callback(lambda _: self._loop.stop())
        self._loop.run_forever()
        if not self.dead:
            return task.result()
        self._loop.set_exception_handler(lambda _loop, _context: None)  # it is meant to die
        self.bury()
        return None

    def kill(self) -> None:
        """Called from within: not another line of this process has an effect."""
        self.dead = True
        self._loop.stop()
        raise Killed

    def bury(self) -> None:
        """Tasks that are left end, without effect; the loop is closed."""
        self.dead = True
        if self._opened is None or self._opened.is_closed():
            return
        self._loop.set_exception_handler(lambda _loop, _context: None)  # it is meant to die
        left = asyncio.all_tasks(self._loop)
        for task in left:
            task.cancel()
        if left:
            self._loop.run_until_complete(asyncio.gather(*left, return_exceptions=True))
        self._loop.close()


class _Loop(asyncio.SelectorEventLoop):
    def __init__(self, life: Life) -> None:
        self._life = life
        self._began = life.clock.seconds
        super().__init__(_Idle(life.clock))
        self._clock_resolution = 1e-6  # what a timer may be early: one that never is would spin

    def time(self) -> float:
        """From its own beginning: after half a year of seconds, microseconds would be lost."""
        return self._life.clock.seconds - self._began

    def run_in_executor(  # type: ignore[override]
        self, executor: Executor | None, func: Callable[..., T], *args: Any
    ) -> "asyncio.Future[T]":
        if self._life.dead:
            raise Killed
        future: asyncio.Future[T] = self.create_future()
        asyncio._set_running_loop(None)  # as in a thread of its own: with this thread's connection
        try:
            future.set_result(func(*args))
        except Exception as error:
            future.set_exception(error)
        finally:
            asyncio._set_running_loop(self)
        return future


class _Idle(selectors.SelectSelector):
    """Waiting costs no time: the clock is moved instead."""

    def __init__(self, clock: Clock) -> None:
        super().__init__()
        self._clock = clock

    def select(self, timeout: float | None = None) -> list[Any]:
        ready = super().select(0)
        if not ready and timeout is None:
            raise RuntimeError("nothing will ever happen again in this simulation")
        if not ready and timeout:
            self._clock.advance(timeout)
        return ready


def _tell_database(now: datetime) -> None:
    """PostgreSQL answers the simulated time, through a function that stands before its own."""
    if connection.vendor != "postgresql":
        return
    running = asyncio._get_running_loop()
    asyncio._set_running_loop(None)
    try:
        with connection.cursor() as cursor:
            cursor.execute("SELECT set_config('sim.now', %s, false)", [now.isoformat()])
    finally:
        asyncio._set_running_loop(running)


@contextmanager
def clock_from(start: datetime) -> Iterator[Clock]:
    """Simulated time, from `start` on."""
    made = Clock(start)
    try:
        yield made
    finally:
        made.stop()


@contextmanager
def database() -> Iterator[None]:
    """The connection of this thread keeps simulated time, and is not opened again for each deed."""
    kept = connection.settings_dict
    connection.close()
    connection.settings_dict = {**kept, "CONN_MAX_AGE": None}
    if connection.vendor == "postgresql":
        _shadow_the_clock()
    else:  # no power cut is simulated
        options = kept["OPTIONS"]
        command = f"{options['init_command']}PRAGMA synchronous=OFF;"
        connection.settings_dict["OPTIONS"] = {**options, "init_command": command}
    try:
        yield
    finally:
        if connection.vendor == "postgresql":
            with connection.cursor() as cursor:
                cursor.execute("DROP SCHEMA sim CASCADE")
        connection.close()
        connection.settings_dict = kept


def _shadow_the_clock() -> None:
    with connection.cursor() as cursor:
        cursor.execute("SET synchronous_commit = off")
        cursor.execute("CREATE SCHEMA sim")
        cursor.execute(
            "CREATE FUNCTION sim.clock_timestamp() RETURNS timestamptz LANGUAGE sql AS"
            " $$ SELECT current_setting('sim.now')::timestamptz $$"
        )
        cursor.execute("SET search_path = sim, pg_catalog, public")
