"""Real servers on 127.0.0.1 that misbehave, and a dialler that sends every call to one."""

import asyncio
import ssl
from collections.abc import AsyncIterator, Awaitable, Callable, Iterable
from contextlib import asynccontextmanager
from dataclasses import dataclass, field

import httpcore
import httpx
from httpcore import SOCKET_OPTION, AsyncNetworkStream

from breakwater.core.egress.dialling import Resolve, resolve
from breakwater.core.egress.transport import GuardedTransport
from breakwater.core.http import client_over

Answer = Callable[[asyncio.StreamReader, asyncio.StreamWriter], Awaitable[None]]


@dataclass
class Server:
    """connections: how many were opened. heads: what was asked, request line and headers."""

    port: int = 0
    connections: int = 0
    heads: list[str] = field(default_factory=list)

    @property
    def origin(self) -> str:
        return f"http://127.0.0.1:{self.port}"


@asynccontextmanager
async def serving(
    answer: bytes | Answer, *, tls: ssl.SSLContext | None = None
) -> AsyncIterator[Server]:
    """A server that gives `answer` to each request: bytes as they stand, or what a function writes."""
    server = Server()

    async def serve(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        server.connections += 1
        try:
            while True:
                head = await reader.readuntil(b"\r\n\r\n")
                server.heads.append(head.decode())
                if isinstance(answer, bytes):
                    writer.write(answer)
                    await writer.drain()
                else:
                    await answer(reader, writer)
        except (asyncio.IncompleteReadError, ConnectionError):
            pass
        finally:
            writer.close()

    listener = await asyncio.start_server(serve, "127.0.0.1", 0, ssl=tls)
    server.port = listener.sockets[0].getsockname()[1]
    try:
        yield server
    finally:
        listener.close()
        await listener.wait_closed()


class Always(httpcore.AsyncNetworkBackend):
    """Connects to one local port whatever address is dialled, and keeps what was dialled."""

    def __init__(self, port: int) -> None:
        self.port = port
        self.dialled: list[str] = []

    async def connect_tcp(
        self,
        host: str,
        port: int,
        timeout: float | None = None,
        local_address: str | None = None,
        socket_options: Iterable[SOCKET_OPTION] | None = None,
    ) -> AsyncNetworkStream:
        self.dialled.append(f"{host}:{port}")
        return await httpcore.AnyIOBackend().connect_tcp("127.0.0.1", self.port, timeout)


def names(table: dict[str, list[str]]) -> Resolve:
    """A resolver for the names in `table`; addresses in any spelling go to the machine's own."""

    async def look_up(host: str, port: int) -> list[str]:
        return table[host] if host in table else await resolve(host, port)

    return look_up


def guarded(
    *,
    resolve: Resolve = resolve,
    allowed: Iterable[str] = (),
    dial: httpcore.AsyncNetworkBackend | None = None,
    fresh: bool = False,
    tls: ssl.SSLContext | None = None,
) -> httpx.AsyncClient:
    """The client of core.http over the guarded transport with a world of the test's own."""
    return client_over(
        GuardedTransport(
            resolve=resolve, allowed=frozenset(allowed), apps={}, fresh=fresh, dial=dial, tls=tls
        )
    )


def ok(body: bytes, *headers: str) -> bytes:
    """A whole HTTP/1.1 response."""
    lines = ["HTTP/1.1 200 OK", f"Content-Length: {len(body)}", *headers]
    return "\r\n".join(lines).encode() + b"\r\n\r\n" + body


def moved(to: str, status: int = 302) -> bytes:
    return f"HTTP/1.1 {status} Moved\r\nLocation: {to}\r\nContent-Length: 0\r\n\r\n".encode()
