"""A TCP proxy that breaks what passes through it, in the ways that wires and middle boxes do."""

import asyncio
import socket
import struct
import threading
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass
from enum import StrEnum
from random import Random

_CHUNK = 65_536
Streams = tuple[asyncio.StreamReader, asyncio.StreamWriter]
Dial = Callable[[], Awaitable[Streams]]


class Mood(StrEnum):
    """What the proxy does to connections, to those that are open too."""

    CLEAN = "clean"
    DELAY = "delay"
    RESET = "reset after some bytes"
    BLACK_HOLE = "black hole"
    HALF_CLOSE = "half-close"
    DRIP = "slow drip"


BAD = tuple(mood for mood in Mood if mood is not Mood.CLEAN)


@dataclass
class _Way:
    """One direction of one connection. allowance: bytes until a reset."""

    reader: asyncio.StreamReader
    writer: asyncio.StreamWriter
    back: bool
    allowance: int


class Proxy:
    """Listens from construction on, in a thread of its own. port: where, on all its hosts."""

    def __init__(self, dial: Dial, random: Random, hosts: Sequence[str] = ("127.0.0.1",)) -> None:
        self._dial = dial
        self._random = random
        self._hosts = hosts
        self._mood = Mood.CLEAN
        self._writers: set[asyncio.StreamWriter] = set()
        self._loop = asyncio.new_event_loop()
        threading.Thread(target=self._loop.run_forever, name="proxy", daemon=True).start()
        started = asyncio.run_coroutine_threadsafe(self._listen(), self._loop)
        self.port: int = started.result(10)

    def become(self, mood: Mood) -> None:
        """Connections that a black hole swallowed are reset when it ends: nothing is left in it."""
        if self._mood is Mood.BLACK_HOLE:
            self._loop.call_soon_threadsafe(self._cut)
        self._mood = mood

    def close(self) -> None:
        self._loop.call_soon_threadsafe(self._loop.stop)

    async def _listen(self) -> int:
        first = await asyncio.start_server(self._visit, self._hosts[0], 0)
        port: int = first.sockets[0].getsockname()[1]
        for host in self._hosts[1:]:
            await asyncio.start_server(self._visit, host, port)
        return port

    async def _visit(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        try:
            far_reader, far_writer = await self._dial()
        except OSError:
            _reset(writer)
            return
        self._writers |= {writer, far_writer}
        allowance = self._random.randrange(1, 2000)
        ways = (
            _Way(reader, far_writer, False, allowance),
            _Way(far_reader, writer, True, allowance),
        )
        await asyncio.gather(*(self._carry(way, (writer, far_writer)) for way in ways))
        for one in (writer, far_writer):
            self._writers.discard(one)
            one.close()

    async def _carry(self, way: _Way, both: tuple[asyncio.StreamWriter, ...]) -> None:
        """Until one side hangs up, or the mood breaks it."""
        try:
            while data := await way.reader.read(_CHUNK):
                if not await self._pass(way, data, both):
                    return
            way.writer.write_eof()
        except (OSError, RuntimeError):
            for one in both:
                _reset(one)

    async def _pass(self, way: _Way, data: bytes, both: tuple[asyncio.StreamWriter, ...]) -> bool:
        """Whether the connection lives on after these bytes."""
        mood = self._mood
        if mood is Mood.BLACK_HOLE:
            return True
        way.allowance -= len(data)
        if mood is Mood.RESET and way.allowance < 0:
            for one in both:
                _reset(one)
            return False
        if mood is Mood.HALF_CLOSE and way.back:
            way.writer.write(data[: len(data) // 2])
            way.writer.write_eof()
            return False
        if mood is Mood.DELAY:
            await asyncio.sleep(self._random.uniform(0.05, 0.6))
        for piece in _pieces(data, drip=mood is Mood.DRIP):
            way.writer.write(piece)
            await way.writer.drain()
            if mood is Mood.DRIP:
                await asyncio.sleep(0.01)
        return True

    def _cut(self) -> None:
        for writer in list(self._writers):
            _reset(writer)


def _pieces(data: bytes, *, drip: bool) -> list[bytes]:
    size = 16 if drip else max(1, len(data))
    return [data[at : at + size] for at in range(0, len(data), size)]


def _reset(writer: asyncio.StreamWriter) -> None:
    """An RST leaves instead of a FIN."""
    raw = writer.get_extra_info("socket")
    if raw is not None and raw.family == socket.AF_INET and raw.fileno() >= 0:
        raw.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
    writer.transport.abort()
