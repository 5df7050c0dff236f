"""Database work of an async loop: one thread, one connection, so that the loop never blocks."""

import asyncio
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import ParamSpec, TypeVar

from django.db import close_old_connections, connections

P = ParamSpec("P")
T = TypeVar("T")


class Desk:
    """`await desk(service, …)` runs the service in the loop's database thread, in turn."""

    def __init__(self, name: str) -> None:
        self._pool = ThreadPoolExecutor(max_workers=1, thread_name_prefix=name)

    async def __call__(self, deed: Callable[P, T], *args: P.args, **kwargs: P.kwargs) -> T:
        def run() -> T:
            close_old_connections()
            return deed(*args, **kwargs)

        return await asyncio.get_running_loop().run_in_executor(self._pool, run)

    async def close(self) -> None:
        await asyncio.get_running_loop().run_in_executor(self._pool, _hang_up)
        self._pool.shutdown(wait=False)


def _hang_up() -> None:
    connections.close_all()
