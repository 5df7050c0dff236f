"""Listening to a WebSocket through the same door: the address is checked, and then dialled.

The library only reads and writes frames here (websockets, without its own input and output); the
connection is ours, so nothing is looked up a second time.
"""

import ssl
from collections.abc import AsyncGenerator, AsyncIterator, Set
from contextlib import aclosing, suppress
from typing import Any

import httpcore
import httpx
from websockets.client import ClientProtocol
from websockets.frames import Frame, Opcode
from websockets.protocol import State
from websockets.uri import parse_uri

from breakwater.core.egress.addresses import PORTS, check, denied, not_loopback
from breakwater.core.egress.dialling import CheckedDialler, Resolve
from breakwater.core.egress.transport import trusted
from breakwater.domain.errors import EgressRefused, Refused, TryLater

MAX_BYTES = 1024 * 1024
"""Of one message, as of what is pushed to us."""

CONNECT_S = 10.0
SILENT_S = 60.0
"""A stream that says nothing for so long, not even when it is asked, is broken."""

_READ = 65_536


async def texts(url: str, **how: Any) -> AsyncGenerator[str, None]:
    """The texts that come from an http or https address, until the other side ends them. how, and
    what is raised: as `messages`."""
    async with aclosing(messages(url, **how)) as stream:
        async for message in stream:
            if isinstance(message, str):
                yield message


async def messages(
    url: str,
    *,
    resolve: Resolve,
    allowed: Set[str],
    dial: httpcore.AsyncNetworkBackend | None = None,
    tls: ssl.SSLContext | None = None,
    silent_s: float = SILENT_S,
) -> AsyncGenerator[str | bytes, None]:
    """Texts and bytes that come from an http or https address, until the other side ends them.

    Raises: Refused("address_refused") before a byte leaves; TryLater when it cannot be opened or
    breaks. The connection is shut when the caller stops listening.
    """
    where = httpx.URL(url)
    try:
        stream = await _opened(where, resolve, allowed, dial or httpcore.AnyIOBackend(), tls)
    except EgressRefused as error:
        raise Refused("address_refused", str(error)) from error
    except (httpcore.NetworkError, httpcore.TimeoutException, OSError) as error:
        raise TryLater(f"{type(error).__name__}: {error}") from error
    try:
        async for message in _Conversation(stream, where, silent_s).messages():
            yield message
    finally:
        await stream.aclose()


async def _opened(
    where: httpx.URL,
    resolve: Resolve,
    allowed: Set[str],
    dial: httpcore.AsyncNetworkBackend,
    tls: ssl.SSLContext | None,
) -> httpcore.AsyncNetworkStream:
    against = not_loopback if check(where, allowed) else denied
    host = where.raw_host.decode("ascii")
    port = where.port or PORTS[where.scheme]
    stream = await CheckedDialler(resolve, against, dial).connect_tcp(host, port, CONNECT_S)
    if where.scheme == "http":
        return stream
    return await stream.start_tls(tls or trusted(), server_hostname=host, timeout=CONNECT_S)


class _Conversation:
    """One connection, from the handshake on."""

    def __init__(
        self, stream: httpcore.AsyncNetworkStream, where: httpx.URL, silent_s: float
    ) -> None:
        address = str(where.copy_with(scheme={"http": "ws", "https": "wss"}[where.scheme]))
        self._protocol = ClientProtocol(parse_uri(address), max_size=MAX_BYTES)
        self._stream = stream
        self._silent_s = silent_s
        self._parts: list[bytes] = []
        self._is_text = False

    async def messages(self) -> AsyncIterator[str | bytes]:
        self._protocol.send_request(self._protocol.connect())
        await self._write()
        more = True
        while more and self._protocol.handshake_exc is None:
            more = await self._read()
            for event in self._protocol.events_received():
                if isinstance(event, Frame) and (message := self._message(event)) is not None:
                    yield message
            await self._write()
        if self._protocol.handshake_exc is not None:
            raise TryLater(f"no stream: {self._protocol.handshake_exc}")
        if self._protocol.close_rcvd is None:
            raise TryLater("the stream broke off")

    def _message(self, frame: Frame) -> str | bytes | None:
        """A whole message, once its last part is there."""
        if frame.opcode in (Opcode.TEXT, Opcode.BINARY):
            self._parts, self._is_text = [], frame.opcode is Opcode.TEXT
        elif frame.opcode is not Opcode.CONT:
            return None
        self._parts.append(bytes(frame.data))
        if not frame.fin:
            return None
        whole = b"".join(self._parts)
        return whole.decode(errors="replace") if self._is_text else whole

    async def _read(self) -> bool:
        """Whether there is more: what came is handed to the protocol. It is asked for a sign of
        life once, before it counts as broken."""
        for asked in (False, True):
            try:
                data = await self._stream.read(_READ, timeout=self._silent_s / 2)
            except httpcore.ReadTimeout as error:
                if asked or self._protocol.state is not State.OPEN:
                    raise TryLater("the stream has fallen silent") from error
                self._protocol.send_ping(b"?")
                await self._write()
                continue
            except (httpcore.NetworkError, OSError) as error:
                raise TryLater(f"{type(error).__name__}: {error}") from error
            if data:
                self._protocol.receive_data(data)
            else:
                self._protocol.receive_eof()
            return bool(data)
        return False

    async def _write(self) -> None:
        for data in self._protocol.data_to_send():
            if data:
                with suppress(httpcore.NetworkError, httpcore.WriteTimeout):
                    await self._stream.write(data, timeout=CONNECT_S)
