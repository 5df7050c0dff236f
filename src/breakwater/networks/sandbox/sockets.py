"""An ASGI application behind a real socket, HTTP/1.1: a server that can also hang up.

Ordinary servers answer 500 when an application raises; a practice network has to be able
to close (replies.Dropped) or to reset (replies.Reset) the connection instead. It reads what
clients really send (bodies with a length) and nothing more, so that under load the time goes
into the product and not into this.
"""

import asyncio
import logging
import socket
import struct
from http import HTTPStatus
from typing import Any, NamedTuple

from breakwater.networks.base import ASGIApp
from breakwater.networks.sandbox.replies import Dropped, Reset
from breakwater.networks.sandbox.server import ALONE, BODY_BYTES

_HEAD_BYTES = 65_536
_DIGITS = 9
_REASONS = {int(one): one.phrase.encode() for one in HTTPStatus}
log = logging.getLogger(__name__)


class _Broken(Exception):
    """What came is no request that is understood here; the status says so."""

    def __init__(self, status: int) -> None:
        self.status = status
        super().__init__(status)


class _Head(NamedTuple):
    method: str
    target: bytes
    version: bytes
    headers: list[tuple[bytes, bytes]]


async def listen(app: ASGIApp, host: str, port: int) -> asyncio.Server:
    """A server that accepts connections from now on. port 0: a free one."""

    async def serve(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        await _Visit(app, reader, writer).run()

    return await asyncio.start_server(serve, host, port, limit=_HEAD_BYTES, backlog=1024)


class _Visit:
    """One connection: requests one after another until somebody hangs up."""

    def __init__(
        self, app: ASGIApp, reader: asyncio.StreamReader, writer: asyncio.StreamWriter
    ) -> None:
        self._app = app
        self._reader = reader
        self._writer = writer
        self._head = b""
        self._chunked = False

    async def run(self) -> None:
        try:
            while await self._answer_one():
                pass
        except Reset:
            self._reset()
        except Dropped:
            log.debug("harbour.dropped")
        except _Broken as broken:
            self._writer.write(_start_line(broken.status) + b"content-length: 0\r\n\r\n")
        except (asyncio.IncompleteReadError, asyncio.LimitOverrunError, OSError) as error:
            log.debug("harbour.broken error=%s", error)
        finally:
            self._writer.close()

    async def _answer_one(self) -> bool:
        """One request is answered; True if another may follow on this connection."""
        raw = await self._reader.readuntil(b"\r\n\r\n")
        head = _parsed(raw)
        headers = dict(head.headers)
        messages = [{"type": "http.request", "body": await self._body(headers), "more_body": False}]

        async def receive() -> dict[str, Any]:
            return messages.pop() if messages else {"type": "http.disconnect"}

        await self._app(_scope(head), receive, self._send)
        wish = headers.get(b"connection", b"").lower()
        return wish == b"keep-alive" or (head.version == b"HTTP/1.1" and wish != b"close")

    async def _body(self, headers: dict[bytes, bytes]) -> bytes:
        if b"transfer-encoding" in headers:
            raise _Broken(HTTPStatus.LENGTH_REQUIRED)
        length = headers.get(b"content-length", b"0")
        if not length.isdigit():
            raise _Broken(HTTPStatus.BAD_REQUEST)
        if len(length) > _DIGITS or int(length) > BODY_BYTES:
            raise _Broken(HTTPStatus.REQUEST_ENTITY_TOO_LARGE)
        if headers.get(b"expect", b"").lower() == b"100-continue":
            self._writer.write(_start_line(HTTPStatus.CONTINUE) + b"\r\n")
        return await self._reader.readexactly(int(length))

    async def _send(self, message: dict[str, Any]) -> None:
        """The head waits for the first part of the body, so that both leave at once."""
        if message["type"] == "http.response.start":
            lines = [name + b": " + value + b"\r\n" for name, value in message["headers"]]
            self._head = b"".join([_start_line(message["status"]), *lines, b"\r\n"])
            return
        part, self._head = self._head + message.get("body", b""), b""
        if part:
            self._writer.write(part)
            await self._writer.drain()

    def _reset(self) -> None:
        """An RST leaves instead of a FIN."""
        raw = self._writer.get_extra_info("socket")
        raw.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
        self._writer.transport.abort()


def _start_line(status: int) -> bytes:
    return b"HTTP/1.1 %d %s\r\n" % (status, _REASONS.get(status, b""))


def _parsed(raw: bytes) -> _Head:
    first, *lines = raw[:-4].split(b"\r\n")
    try:
        method, target, version = first.split(b" ")
        pairs = [line.split(b":", 1) for line in lines]
        headers = [(name.lower(), value.strip()) for name, value in pairs]
        return _Head(method.decode("ascii"), target, version, headers)
    except ValueError as error:  # UnicodeDecodeError is one
        raise _Broken(HTTPStatus.BAD_REQUEST) from error


def _scope(head: _Head) -> dict[str, Any]:
    raw_path, _, query = head.target.partition(b"?")
    return {
        "type": "http",
        "asgi": {"version": "3.0"},
        "http_version": "1.1",
        "method": head.method,
        "headers": head.headers,
        "scheme": "http",
        "path": raw_path.decode("ascii", "replace"),
        "raw_path": raw_path,
        "query_string": query,
        "root_path": "",
        "extensions": {ALONE: {}},
    }
