"""The harbour's JSON API as an ASGI application: bodies and replies. What is where: routes.py.

It runs in process (httpx.ASGITransport) and behind a socket (sockets.py). A lost answer
is an exception (replies.Dropped, replies.Reset) after the deed.
"""

import asyncio
import logging
import sqlite3
from collections.abc import Awaitable, Callable, Mapping, MutableMapping
from typing import Any
from urllib.parse import parse_qsl, unquote

from breakwater.networks.sandbox import replies
from breakwater.networks.sandbox.asked import Asked
from breakwater.networks.sandbox.faults import Refusal
from breakwater.networks.sandbox.harbour import Happened, Harbour
from breakwater.networks.sandbox.posts import Done
from breakwater.networks.sandbox.replies import Door, Pause
from breakwater.networks.sandbox.routes import ROUTES

ALONE = "harbour.alone"
"""ASGI extension of a server that has nothing to do but this application."""

Receive = Callable[[], Awaitable[MutableMapping[str, Any]]]
BODY_BYTES = 9_000_000
log = logging.getLogger(__name__)


class HarbourApp:
    """ASGI 3. Nothing is kept but the harbour.

    A request is one transaction. In process it runs in a thread, as SQLite waits for others;
    behind a socket of its own (`ALONE`) the loop has nobody else to serve meanwhile.
    """

    def __init__(self, harbour: Harbour, pause: Pause = asyncio.sleep) -> None:
        self.harbour = harbour
        self._pause = pause

    async def __call__(
        self, scope: Mapping[str, Any], receive: Receive, send: replies.Send
    ) -> None:
        if scope["type"] != "http":
            raise ValueError(f"not served: {scope['type']}")
        try:
            asked = _asked(scope, await _body(receive))
            if ALONE in scope.get("extensions", {}):
                happened = self._handle(asked)
            else:
                happened = await asyncio.to_thread(self._handle, asked)
        except Refusal as no:
            happened = Happened(Done(no.status, {"error": no.error}))
        except UnicodeError:  # a lone surrogate: rolled back
            happened = Happened(Done(400, {"error": "not_storable"}))
        except (sqlite3.Error, OSError):  # a full disk, say: the caller cannot know what it was
            log.exception("harbour.store")
            happened = Happened(Done(500, {"error": "store"}))
        door = Door(send, self.harbour.clock(), self._pause)
        if happened.fault is not None:
            await replies.spoiled(door, happened.done, happened.fault)
        else:
            await replies.usual(door, happened.done or Done())

    def _handle(self, asked: Asked) -> Happened:
        for method, pattern, handler in ROUTES:
            if asked.method == method and (match := pattern.fullmatch(asked.path)):
                parts = {name: unquote(value) for name, value in match.groupdict().items()}
                return handler(self.harbour, _with_parts(asked, parts))
        raise Refusal(404, "no_such_path")


def _with_parts(asked: Asked, parts: Mapping[str, str]) -> Asked:
    return Asked(asked.method, asked.path, asked.query, asked.headers, asked.body, parts)


def _asked(scope: Mapping[str, Any], body: bytes) -> Asked:
    return Asked(
        scope["method"],
        (scope.get("raw_path") or scope["path"].encode()).decode("ascii", "replace"),
        dict(parse_qsl(scope["query_string"].decode("ascii", "replace"))),
        {
            name.decode("latin-1").lower(): value.decode("latin-1")
            for name, value in scope["headers"]
        },
        body,
    )


async def _body(receive: Receive) -> bytes:
    chunks, size, more = [], 0, True
    while more:
        message = await receive()
        chunk = message.get("body", b"")
        size += len(chunk)
        if size > BODY_BYTES:
            raise Refusal(413, "too_large")
        chunks.append(chunk)
        more = message.get("more_body", False)
    return b"".join(chunks)
