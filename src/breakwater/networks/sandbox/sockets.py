"""An ASGI application behind a real socket, HTTP/1.1: a server that can also hang up.

Ordinary servers answer 500 when an application raises; a practice network has to be able
to close (replies.Dropped) or to reset (replies.Reset) the connection instead.
"""

import asyncio
import logging
import socket
import struct
from typing import Any

import h11

from breakwater.networks.base import ASGIApp
from breakwater.networks.sandbox.replies import Dropped, Reset

_READ_BYTES = 65_536
log = logging.getLogger(__name__)


async def listen(app: ASGIApp, host: str, port: int) -> asyncio.Server:
    """A server that accepts connections from now on. port 0: a free one."""

    async def serve(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        await _Visit(app, reader, writer).run()

    return await asyncio.start_server(serve, host, port)


class _Visit:
    """One connection: requests one after another until somebody hangs up."""

    def __init__(
        self, app: ASGIApp, reader: asyncio.StreamReader, writer: asyncio.StreamWriter
    ) -> None:
        self._app = app
        self._reader = reader
        self._writer = writer
        self._http = h11.Connection(h11.SERVER)

    async def run(self) -> None:
        try:
            while await self._answer_one():
                self._http.start_next_cycle()
        except Reset:
            self._reset()
        except Dropped:
            log.debug("harbour.dropped")
        except (h11.ProtocolError, OSError) as error:
            log.debug("harbour.broken error=%s", error)
        finally:
            self._writer.close()

    async def _answer_one(self) -> bool:
        """One request is answered; True if another may follow on this connection."""
        request = await self._next()
        if not isinstance(request, h11.Request):
            return False
        body = bytearray()
        while isinstance(event := await self._next(), h11.Data):
            body += event.data
        messages = [{"type": "http.request", "body": bytes(body), "more_body": False}]

        async def receive() -> dict[str, Any]:
            return messages.pop() if messages else {"type": "http.disconnect"}

        await self._app(_scope(request), receive, self._send)
        return self._http.our_state is h11.DONE and self._http.their_state is h11.DONE

    async def _next(self) -> Any:
        while (event := self._http.next_event()) is h11.NEED_DATA:
            if self._http.they_are_waiting_for_100_continue:
                await self._write(h11.InformationalResponse(status_code=100, headers=[]))
            self._http.receive_data(await self._reader.read(_READ_BYTES))
        return event

    async def _send(self, message: dict[str, Any]) -> None:
        if message["type"] == "http.response.start":
            await self._write(
                h11.Response(status_code=message["status"], headers=message["headers"])
            )
            return
        if message.get("body"):
            await self._write(h11.Data(data=message["body"]))
        if not message.get("more_body", False):
            await self._write(h11.EndOfMessage())

    async def _write(self, event: h11.Event) -> None:
        self._writer.write(self._http.send(event) or b"")
        await self._writer.drain()

    def _reset(self) -> None:
        """An RST leaves instead of a FIN."""
        raw = self._writer.get_extra_info("socket")
        raw.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
        self._writer.transport.abort()


def _scope(request: h11.Request) -> dict[str, Any]:
    raw_path, _, query = request.target.partition(b"?")
    return {
        "type": "http",
        "asgi": {"version": "3.0"},
        "http_version": "1.1",
        "method": request.method.decode(),
        "headers": list(request.headers),
        "scheme": "http",
        "path": raw_path.decode("ascii", "replace"),
        "raw_path": raw_path,
        "query_string": query,
        "root_path": "",
    }
