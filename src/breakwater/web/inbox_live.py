"""News of a workspace's inbox as it comes: server-sent events that say only that something changed.

What changed is asked for by the page itself, through the same views and the same veil. A lost
connection loses nothing: the browser says the last number that it saw, and hears at once of a later
one. One question to the database a second for all who listen on this process.
"""

import asyncio
import time
from collections.abc import AsyncGenerator
from contextlib import suppress
from uuid import UUID

from django.db import Error, close_old_connections
from django.http import HttpRequest, StreamingHttpResponse
from django.urls import path

from breakwater.inbox.selectors import pulses_of
from breakwater.people.roles import Right
from breakwater.people.selectors import Access
from breakwater.web.numbers import number
from breakwater.web.page import page

ROUND_S = 1.0
STILL_HERE_S = 15.0
LONGEST_S = 300.0
"""Then the browser comes again by itself, and is asked again who it is."""
_CLOSING_S = 2.0


class Watch:
    """Of one process: the numbers of the workspaces that somebody listens to."""

    def __init__(self, round_s: float = ROUND_S) -> None:
        self._round_s = round_s
        self._listeners: dict[UUID, int] = {}
        self._numbers: dict[UUID, int] = {}
        self._news = asyncio.Condition()
        self._looking: asyncio.Task[None] | None = None
        self.closing = False

    async def changed(self, workspace_id: UUID, seen: int, within_s: float) -> int:
        """The workspace's number once it is another one than `seen`; or `seen` after that time."""
        async with self._news:
            try:
                async with asyncio.timeout(within_s):
                    await self._news.wait_for(
                        lambda: self.closing or self._numbers.get(workspace_id, seen) != seen
                    )
            except TimeoutError:
                return seen
            return self._numbers.get(workspace_id, seen)

    async def close(self) -> None:
        """Who listens is let go: a server that stops waits for its answers to end."""
        self.closing = True
        async with self._news:
            self._news.notify_all()
        async with asyncio.timeout(_CLOSING_S), self._news:
            await self._news.wait_for(lambda: not self._listeners)

    def join(self, workspace_id: UUID) -> None:
        self._listeners[workspace_id] = self._listeners.get(workspace_id, 0) + 1
        if self._looking is None or self._looking.done():
            self._looking = asyncio.get_running_loop().create_task(self._look())

    async def leave(self, workspace_id: UUID) -> None:
        self._listeners[workspace_id] -= 1
        if not self._listeners[workspace_id]:
            del self._listeners[workspace_id]
            self._numbers.pop(workspace_id, None)
        async with self._news:
            self._news.notify_all()

    async def _look(self) -> None:
        while self._listeners:
            try:
                found = await asyncio.to_thread(_pulses, list(self._listeners))
            except Error:  # the database is away: listeners wait, as everybody does
                found = {}
            async with self._news:
                self._numbers.update({k: v for k, v in found.items() if k in self._listeners})
                self._news.notify_all()
            await asyncio.sleep(self._round_s)


_watches: dict[asyncio.AbstractEventLoop, Watch] = {}


def watch() -> Watch:
    """Of the running event loop; a server has one."""
    loop = asyncio.get_running_loop()
    for gone in [one for one in _watches if one.is_closed()]:
        del _watches[gone]
    return _watches.setdefault(loop, Watch())


async def hang_up() -> None:
    """The server stops: browsers come again once it is back, and miss nothing."""
    for one in list(_watches.values()):
        with suppress(TimeoutError):
            await one.close()


@page(right=Right.SEE)
def live(request: HttpRequest, access: Access) -> StreamingHttpResponse:
    """`event: changed` with the number as its id, whenever it is another one."""
    last = request.headers.get("Last-Event-ID") or request.GET.get("seen", "")
    seen = number(last)
    return StreamingHttpResponse(
        events(access.workspace.pk, -1 if seen is None else seen),
        content_type="text/event-stream",
        headers={"Cache-Control": "no-store", "X-Accel-Buffering": "no"},
    )


async def events(
    workspace_id: UUID, seen: int, shared: Watch | None = None
) -> AsyncGenerator[bytes, None]:
    """Until the listener leaves, or LONGEST_S are over."""
    shared, begun = shared or watch(), time.monotonic()
    shared.join(workspace_id)
    try:
        yield b"retry: 2000\n\n"
        while time.monotonic() - begun < LONGEST_S:
            number = await shared.changed(workspace_id, seen, STILL_HERE_S)
            if shared.closing:
                return
            if number == seen:
                yield b": still here\n\n"
            else:
                seen = number
                yield f"id: {number}\nevent: changed\ndata: {number}\n\n".encode()
    finally:
        await shared.leave(workspace_id)


def _pulses(workspace_ids: list[UUID]) -> dict[UUID, int]:
    close_old_connections()
    try:
        return pulses_of(workspace_ids)
    finally:
        close_old_connections()


urlpatterns = [path("live/", live, name="inbox-live")]
