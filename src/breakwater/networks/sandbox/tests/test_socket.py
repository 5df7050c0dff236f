"""The harbour's own HTTP server: what it takes, what it refuses, and how fast it is."""

import asyncio
import json
import time
from collections.abc import Awaitable, Callable
from pathlib import Path
from urllib.parse import urlsplit

import pytest

from breakwater.networks.sandbox.tests.world import World, world

Talk = Callable[[World, asyncio.StreamReader, asyncio.StreamWriter], Awaitable[None]]


def run(home: Path, talk: Talk) -> None:
    async def told() -> None:
        async with world(home, "none", socket=True) as w:
            where = urlsplit(w.account.origin)
            reader, writer = await asyncio.open_connection(where.hostname, where.port)
            async with asyncio.timeout(20):
                await talk(w, reader, writer)
            writer.close()
            await writer.wait_closed()

    asyncio.run(told())


def request(w: World, text: str, more: str = "") -> bytes:
    body = json.dumps({"text": text}).encode()
    token = w.account.secrets["token"]
    head = f"POST /api/posts HTTP/1.1\r\nHost: h\r\nAuthorization: Bearer {token}\r\n{more}"
    return f"{head}Content-Length: {len(body)}\r\n\r\n".encode() + body


async def answer(reader: asyncio.StreamReader) -> tuple[int, bytes]:
    head = (await reader.readuntil(b"\r\n\r\n")).decode().lower()
    length = next(
        int(line.split(":")[1]) for line in head.splitlines() if line.startswith("content-length:")
    )
    return int(head.split()[1]), await reader.readexactly(length)


def test_requests_follow_one_another_on_a_connection(tmp_path: Path) -> None:
    async def talk(w: World, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        writer.write(request(w, "One") + request(w, "Two") + request(w, "Three"))

        assert [(await answer(reader))[0] for _ in range(3)] == [201, 201, 201]
        assert w.texts() == ["One", "Two", "Three"]

    run(tmp_path, talk)


def test_a_connection_is_closed_when_that_is_wished(tmp_path: Path) -> None:
    async def talk(w: World, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        writer.write(request(w, "One", "Connection: close\r\n") + request(w, "Two"))

        assert (await answer(reader))[0] == 201
        assert await reader.read() == b""
        assert w.texts() == ["One"]

    run(tmp_path, talk)


def test_a_client_that_asks_first_may_go_on(tmp_path: Path) -> None:
    async def talk(w: World, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        writer.write(request(w, "One", "Expect: 100-continue\r\n"))

        assert await reader.readuntil(b"\r\n\r\n") == b"HTTP/1.1 100 Continue\r\n\r\n"
        assert (await answer(reader))[0] == 201

    run(tmp_path, talk)


@pytest.mark.parametrize(
    ("raw", "status"),
    [
        (b"GET\r\n\r\n", 400),
        (b"GET / HTTP/1.1\r\nno colon\r\n\r\n", 400),
        (b"GET / HTTP/1.1\r\nContent-Length: -1\r\n\r\n", 400),
        (b"POST /api/posts HTTP/1.1\r\nTransfer-Encoding: chunked\r\n\r\n", 411),
        (b"POST /api/posts HTTP/1.1\r\nContent-Length: 9000001\r\n\r\n", 413),
        (b"POST /api/posts HTTP/1.1\r\nContent-Length: 99999999999\r\n\r\n", 413),
        (b"GET /nowhere HTTP/1.1\r\n\r\n", 404),
    ],
)
def test_what_is_no_request_is_told_so(tmp_path: Path, raw: bytes, status: int) -> None:
    async def talk(w: World, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        writer.write(raw)

        assert (await answer(reader))[0] == status
        assert w.texts() == []

    run(tmp_path, talk)


@pytest.mark.parametrize("raw", [b"POST /api/posts HTT", b"x" * 70_000])
def test_who_breaks_off_or_never_ends_gets_no_answer(tmp_path: Path, raw: bytes) -> None:
    async def talk(w: World, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        writer.write(raw)
        writer.write_eof()

        assert await reader.read() == b""
        assert w.texts() == []

    run(tmp_path, talk)


def test_six_hundred_calls_a_second_fit_on_one_core(tmp_path: Path) -> None:
    """Processor time of the harbour and of a plain client together, so that a busy machine
    changes little."""

    async def talk(w: World, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        begun = time.process_time()
        for number in range(300):
            writer.write(request(w, f"Wave {number}"))
            assert (await answer(reader))[0] == 201
        spent = time.process_time() - begun

        assert 300 / spent >= 600
        assert len(w.texts()) == 300

    run(tmp_path, talk)
