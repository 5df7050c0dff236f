"""How an answer leaves the harbour: as it should, or spoiled by a fault."""

import asyncio
import json
from collections.abc import Awaitable, Callable, Mapping, MutableMapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from email.utils import format_datetime
from typing import Any

import httpx

from breakwater.networks.base import Fault
from breakwater.networks.sandbox import faults
from breakwater.networks.sandbox.faults import Reply
from breakwater.networks.sandbox.posts import Done

Send = Callable[[MutableMapping[str, Any]], Awaitable[None]]
Pause = Callable[[float], Awaitable[None]]

FLOOD_BYTES = 5 * 1024 * 1024
_TRICKLE_S = "120"
_SILENT_S = "120"
_RETRY_AFTER_S = "30"
_TEN_DAYS_S = 864_000
_AN_HOUR = timedelta(hours=1)


class Dropped(httpx.RemoteProtocolError):
    """The connection ends here. In process it is what the client sees; a socket is closed."""

    def __init__(self) -> None:
        super().__init__("Server disconnected without sending a response.")


class Reset(httpx.ReadError):
    """The connection is reset. In process it is what the client sees; a socket gets an RST."""

    def __init__(self) -> None:
        super().__init__("Connection reset by peer")


@dataclass(frozen=True)
class Door:
    """Where an answer goes. pause: waits that many seconds (asyncio.sleep)."""

    send: Send
    now: datetime
    pause: Pause = asyncio.sleep


async def usual(door: Door, done: Done, headers: Mapping[str, str] | None = None) -> None:
    """The answer as it should be."""
    content = _bytes(done)
    more = {**done.headers, **headers} if headers else done.headers
    await _start(door, done.status, done.mime, len(content), more)
    await door.send({"type": "http.response.body", "body": content})


async def spoiled(door: Door, done: Done | None, fault: Fault) -> None:
    """The answer as the fault leaves it. done None: nothing took place."""
    await _Spoiled(door, done or Done(), fault).leave()


class _Spoiled:
    """One answer and what is wrong with it: a method for each `Reply`."""

    def __init__(self, door: Door, done: Done, fault: Fault) -> None:
        self._door = door
        self._done = done
        self._fault = fault
        # A spoiled answer has a body, so it cannot be a 204.
        self._status = 200 if done.status == httpx.codes.NO_CONTENT else done.status

    async def leave(self) -> None:
        ways: Mapping[Reply, Callable[[], Awaitable[None]]] = {
            Reply.USUAL: self._usual,
            Reply.DROP: self._drop,
            Reply.RESET: self._reset,
            Reply.STATUS: self._other_status,
            Reply.HALF: self._half,
            Reply.NONSENSE: self._nonsense,
            Reply.HTML: self._html,
            Reply.NO_ID: self._no_id,
            Reply.TRICKLE: self._trickle,
            Reply.FLOOD: self._flood,
            Reply.SILENT: self._silent,
        }
        await ways[faults.effect(self._fault).reply]()

    async def _usual(self) -> None:
        await usual(self._door, self._done)

    async def _drop(self) -> None:
        raise Dropped

    async def _reset(self) -> None:
        raise Reset

    async def _other_status(self) -> None:
        throttled = self._fault.kind == "throttled"
        headers = _retry_after(self._fault, self._door.now) if throttled else {}
        everybody = throttled and self._fault.detail.get("scope") == "app"
        error = {"error": "slow_down_all" if everybody else faults.effect(self._fault).error}
        await usual(self._door, Done(faults.status(self._fault), error), headers)

    async def _half(self) -> None:
        content = _bytes(self._done) or b"{}"
        await _start(self._door, self._status, self._done.mime, len(content))
        await self._part(content[: len(content) // 2])
        raise Dropped

    async def _nonsense(self) -> None:
        await usual(self._door, Done(self._status, b'{"id": [}'))

    async def _html(self) -> None:
        page = b"<!doctype html><title>Harbour</title><p>Please come back after the tide."
        await usual(self._door, Done(200, page, "text/html; charset=utf-8"))

    async def _no_id(self) -> None:
        await usual(self._door, Done(faults.status(self._fault), {"ok": True}))

    async def _trickle(self) -> None:
        """One byte a second, at most `seconds` of them, then the connection ends."""
        content = _bytes(self._done)
        await _start(self._door, self._done.status, self._done.mime, len(content))
        for at in range(int(float(self._fault.detail.get("seconds", _TRICKLE_S)))):
            if at == len(content):
                return await self._door.send({"type": "http.response.body", "body": b""})
            await self._part(content[at : at + 1])
            await self._door.pause(1.0)
        raise Dropped

    async def _flood(self) -> None:
        content = self._done.content
        known = content if isinstance(content, dict) else {"rows": content}
        await usual(self._door, Done(self._status, {**known, "padding": "x" * FLOOD_BYTES}))

    async def _silent(self) -> None:
        """Not a byte for `seconds`, then the connection ends."""
        await self._door.pause(float(self._fault.detail.get("seconds", _SILENT_S)))
        raise Dropped

    async def _part(self, content: bytes) -> None:
        await self._door.send({"type": "http.response.body", "body": content, "more_body": True})


def _retry_after(fault: Fault, now: datetime) -> dict[str, str]:
    """The header that says when to come back, in the form that was wished for."""
    wish = fault.detail.get("retry_after", _RETRY_AFTER_S)
    later = now + timedelta(seconds=int(_RETRY_AFTER_S))
    forms: Mapping[str, Mapping[str, str]] = {
        "absent": {},
        "date": {"retry-after": format_datetime(later, usegmt=True)},
        "past": {"retry-after": format_datetime(now - _AN_HOUR, usegmt=True)},
        "negative": {"retry-after": f"-{_RETRY_AFTER_S}"},
        "fractional": {"retry-after": "1.5"},
        "garbage": {"retry-after": "after the tide"},
        "ten_days": {"retry-after": str(_TEN_DAYS_S)},
        "reset": {"x-ratelimit-reset": later.isoformat().replace("+00:00", "Z")},
    }
    return dict(forms.get(wish, {"retry-after": wish}))


async def _start(
    door: Door, status: int, mime: str, length: int, more: Mapping[str, str] | None = None
) -> None:
    headers = {
        "content-type": mime,
        "date": format_datetime(door.now, usegmt=True),
        "x-content-type-options": "nosniff",
        "content-security-policy": "default-src 'none'; img-src 'self'",
        **(more or {}),
    }
    if status != httpx.codes.NO_CONTENT:
        headers["content-length"] = str(length)
    raw = [(name.encode(), value.encode()) for name, value in headers.items()]
    await door.send({"type": "http.response.start", "status": status, "headers": raw})


def _bytes(done: Done) -> bytes:
    if done.status == httpx.codes.NO_CONTENT:
        return b""
    if isinstance(done.content, bytes):
        return done.content
    return json.dumps(done.content).encode()
