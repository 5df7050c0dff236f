"""A WebSocket is heard through the guard: checked address, bounded messages, no silence for ever."""

import asyncio
from collections.abc import Awaitable, Callable
from contextlib import aclosing, asynccontextmanager
from typing import Any, TypeVar

import pytest
from pytest_django import Settings
from websockets.asyncio.server import ServerConnection, serve

from breakwater.core import http
from breakwater.core.egress.streams import MAX_BYTES, texts
from breakwater.core.tests.servers import Always, names, ok, serving
from breakwater.domain.errors import Refused, TryLater

T = TypeVar("T")
PUBLIC = "93.184.216.34"
Talk = Callable[[ServerConnection], Awaitable[None]]


@asynccontextmanager
async def talking(talk: Talk) -> Any:
    """The port of a server that does this to each connection, then closes it."""
    async with serve(talk, "127.0.0.1", 0) as server:
        (socket,) = server.sockets
        yield socket.getsockname()[1]


async def heard(url: str, **more: Any) -> list[str]:
    async with aclosing(texts(url, **more)) as stream:
        return [one async for one in stream]


def test_texts_come_whole_and_in_order_until_the_end(settings: Settings) -> None:
    async def talk(to: ServerConnection) -> None:
        assert to.request is not None
        await to.send(to.request.path)
        await to.send(b"bytes are not for us")
        await to.send(["in ", "three ", "parts 👋🏽"])
        await to.send("last")

    async def listen() -> list[str]:
        async with talking(talk) as port:
            settings.ALLOWED_ORIGINS = frozenset({f"http://127.0.0.1:{port}"})
            stream = http.listen(f"http://127.0.0.1:{port}/subscribe?wanted=a.b&wanted=c")
            return [one async for one in stream]

    assert asyncio.run(listen()) == [
        "/subscribe?wanted=a.b&wanted=c",
        "in three parts 👋🏽",
        "last",
    ]


def test_it_connects_to_the_address_that_was_checked() -> None:
    async def talk(to: ServerConnection) -> None:
        assert to.request is not None
        await to.send(to.request.headers["Host"])

    async def listen() -> tuple[list[str], list[str]]:
        async with talking(talk) as port:
            dial = Always(port)
            known = names({"sea.test": [PUBLIC]})
            said = await heard("http://sea.test/x", resolve=known, allowed=frozenset(), dial=dial)
            return said, dial.dialled

    assert asyncio.run(listen()) == (["sea.test"], [f"{PUBLIC}:80"])


@pytest.mark.parametrize(
    "url",
    ["http://inner.test/", "http://127.0.0.1:8080/", "ws://sea.test/", "http://a:b@sea.test/"],
)
def test_an_inner_address_sees_nobody(url: str) -> None:
    async def listen() -> int:
        async with serving(ok(b"inner")) as server:
            dial = Always(server.port)
            known = names({"inner.test": ["10.0.0.7"], "sea.test": [PUBLIC]})
            with pytest.raises(Refused) as no:
                await heard(url, resolve=known, allowed=frozenset(), dial=dial)
            assert no.value.reason == "address_refused"
            return server.connections

    assert asyncio.run(listen()) == 0


def test_what_is_no_stream_is_tried_later() -> None:
    async def listen() -> None:
        async with serving(ok(b"hello")) as server:
            origin = f"http://127.0.0.1:{server.port}"
            with pytest.raises(TryLater, match="try_later") as later:
                await heard(origin, resolve=names({}), allowed=frozenset({origin}))
            assert "200" in later.value.detail

    asyncio.run(listen())


def test_nobody_at_home_is_tried_later() -> None:
    async def listen() -> None:
        async with serving(ok(b"")) as server:
            gone = f"http://127.0.0.1:{server.port}"
        with pytest.raises(TryLater):
            await heard(gone, resolve=names({}), allowed=frozenset({gone}))

    asyncio.run(listen())


def test_a_message_that_swells_ends_the_stream() -> None:
    async def talk(to: ServerConnection) -> None:
        await to.send("x" * (MAX_BYTES + 1))
        await to.wait_closed()

    async def listen() -> None:
        async with talking(talk) as port:
            origin = f"http://127.0.0.1:{port}"
            with pytest.raises(TryLater):
                await heard(origin, resolve=names({}), allowed=frozenset({origin}))

    asyncio.run(listen())


@pytest.mark.parametrize("answers", [True, False], ids=["alive", "dead"])
def test_silence_is_asked_for_a_sign_of_life(answers: bool) -> None:
    async def talk(to: ServerConnection) -> None:
        if not answers:
            to.transport.pause_reading()
        await asyncio.sleep(0.5)
        await to.send("here")
        if not answers:
            await asyncio.sleep(0.5)

    async def listen() -> list[str]:
        async with talking(talk) as port:
            origin = f"http://127.0.0.1:{port}"
            return await heard(origin, resolve=names({}), allowed=frozenset({origin}), silent_s=0.2)

    if answers:
        assert asyncio.run(listen()) == ["here"]
        return
    with pytest.raises(TryLater) as later:
        asyncio.run(listen())
    assert "silent" in later.value.detail


def test_who_stops_listening_hangs_up() -> None:
    async def listen() -> None:
        gone = asyncio.Event()

        async def talk(to: ServerConnection) -> None:
            await to.send("one")
            await to.wait_closed()
            gone.set()

        async with talking(talk) as port:
            origin = f"http://127.0.0.1:{port}"
            stream = texts(origin, resolve=names({}), allowed=frozenset({origin}))
            async with aclosing(stream):
                assert await anext(stream) == "one"
            await asyncio.wait_for(gone.wait(), 2)

    asyncio.run(listen())
