"""A mail server on 127.0.0.1 that keeps what it is sent, and can refuse."""

import asyncio
import email
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from email.message import EmailMessage
from email.policy import default


@dataclass
class Sink:
    """mails: what came, oldest first. refuse: an SMTP answer to RCPT, "" to accept."""

    port: int = 0
    refuse: str = ""
    mails: list[EmailMessage] = field(default_factory=list)
    sessions: int = 0

    async def talk(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        self.sessions += 1
        writer.write(b"220 sink\r\n")
        while line := (await reader.readline()).decode().strip():
            word = line.split()[0].upper()
            if word == "RCPT" and self.refuse:
                writer.write(f"{self.refuse}\r\n".encode())
            elif word == "DATA":
                writer.write(b"354 go on\r\n")
                await self._take(await reader.readuntil(b"\r\n.\r\n"))
                writer.write(b"250 kept\r\n")
            else:
                writer.write(b"221 bye\r\n" if word == "QUIT" else b"250 fine\r\n")
            await writer.drain()
            if word == "QUIT":
                break
        writer.close()

    async def _take(self, raw: bytes) -> None:
        message = email.message_from_bytes(raw[:-5].replace(b"\r\n..", b"\r\n."), policy=default)
        self.mails.append(message)


@contextmanager
def listening() -> Iterator[Sink]:
    """A sink that listens for the length of the block."""
    sink, ready = Sink(), threading.Event()
    loop = asyncio.new_event_loop()
    stop = asyncio.Event()

    async def serve() -> None:
        server = await asyncio.start_server(sink.talk, "127.0.0.1", 0)
        sink.port = server.sockets[0].getsockname()[1]
        ready.set()
        async with server:
            await stop.wait()

    thread = threading.Thread(target=lambda: loop.run_until_complete(serve()))
    thread.start()
    assert ready.wait(5)
    try:
        yield sink
    finally:
        loop.call_soon_threadsafe(stop.set)
        thread.join()
        loop.close()
