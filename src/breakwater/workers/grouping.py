"""Writing in groups: what arrives within a few milliseconds shares one durable commit."""

import asyncio
from collections.abc import Awaitable, Callable, Sequence
from typing import Generic, TypeVar

In = TypeVar("In")
Out = TypeVar("Out")


class Grouper(Generic[In, Out]):
    """`await put(item)` gives the item's answer once its group is written.

    write: gets the group, in order, and answers one thing per item. A group is written when
    it has `most` items, or `wait_s` after its first. An error of `write` goes to each waiter.
    in_turn: what comes while a group is being written is the next group, however long that
    takes: under load groups grow by themselves. Without, groups are written side by side.
    """

    def __init__(
        self,
        write: Callable[[Sequence[In]], Awaitable[Sequence[Out]]],
        *,
        wait_s: float,
        most: int,
        in_turn: bool = False,
    ) -> None:
        self._in_turn = in_turn
        self._write = write
        self._wait_s = wait_s
        self._most = most
        self._waiting: list[tuple[In, asyncio.Future[Out]]] = []
        self._timer: asyncio.TimerHandle | None = None
        self._writing: set[asyncio.Task[None]] = set()

    async def put(self, item: In) -> Out:
        loop = asyncio.get_running_loop()
        answer: asyncio.Future[Out] = loop.create_future()
        self._waiting.append((item, answer))
        if self._in_turn and self._writing:
            pass  # the group that is being written starts the next
        elif len(self._waiting) >= self._most:
            self._start()
        elif self._timer is None:
            self._timer = loop.call_later(self._wait_s, self._start)
        return await answer

    def _start(self) -> None:
        if self._timer is not None:
            self._timer.cancel()
            self._timer = None
        group, self._waiting = self._waiting, []
        if group:
            task = asyncio.get_running_loop().create_task(self._flush(group))
            self._writing.add(task)
            task.add_done_callback(self._written)

    def _written(self, task: "asyncio.Task[None]") -> None:
        self._writing.discard(task)
        if self._in_turn:
            self._start()

    async def _flush(self, group: list[tuple[In, "asyncio.Future[Out]"]]) -> None:
        try:
            answers = await self._write([item for item, _ in group])
        except Exception as error:  # handed to every waiter, who knows what it means
            for _, future in group:
                if not future.done():
                    future.set_exception(error)
            return
        for (_, future), answer in zip(group, answers, strict=True):
            if not future.done():
                future.set_result(answer)
