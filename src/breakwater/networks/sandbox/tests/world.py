"""A harbour with one account, reached in process or over a socket."""

import asyncio
import hashlib
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import httpx

from breakwater.domain.guarantees import Guarantee
from breakwater.networks.base import Account, Fault, Handle, Kit, Medium, Network, Parcel, Sent
from breakwater.networks.conformance import png
from breakwater.networks.sandbox.auth import HarbourAuth
from breakwater.networks.sandbox.harbour import Harbour
from breakwater.networks.sandbox.hooks import HarbourHooks
from breakwater.networks.sandbox.manifest import MANIFEST
from breakwater.networks.sandbox.outbound import HarbourConnector
from breakwater.networks.sandbox.server import HarbourApp
from breakwater.networks.sandbox.sockets import listen

NOON = datetime(2026, 3, 2, 12, 0, tzinfo=UTC)
PICTURE = png(90)
SHA256 = hashlib.sha256(PICTURE).hexdigest()


class Hands:
    """A clock that stands still until it is moved."""

    def __init__(self) -> None:
        self.now = NOON

    def __call__(self) -> datetime:
        return self.now

    def pass_(self, **much: float) -> None:
        self.now += timedelta(**much)


@dataclass
class World:
    harbour: Harbour
    hands: Hands
    client: httpx.AsyncClient
    auth: HarbourAuth
    account: Account
    paused: list[float] = field(default_factory=list)
    """How long answers were held back, in seconds that did not pass unless `slow` is set."""
    slow: asyncio.Event = field(default_factory=asyncio.Event)

    def app_pauses(self) -> None:
        """From now on a second of the harbour takes a second."""
        self.slow.set()

    @property
    def network(self) -> Network:
        return Network(
            MANIFEST, HarbourAuth, HarbourConnector, hooks=HarbourHooks(self.harbour.secret)
        )

    @property
    def connector(self) -> HarbourConnector:
        return HarbourConnector(self.client, self.account, Kit(read_blob))

    def plan(self, kind: str, call: str = "", *, sticky: bool = False, **detail: str) -> None:
        self.harbour.plan(self.account.remote_id, Fault(kind, call, sticky, detail))

    def texts(self) -> list[str]:
        """What is public now."""
        return [post["text"] for post in self.harbour.posts(self.account.remote_id)]

    def calls(self, call: str) -> int:
        return sum(c.call == call for c in self.harbour.calls(self.account.remote_id))

    async def send(self, parcel: Parcel) -> Sent:
        connector = self.connector
        return await connector.commit(parcel, await connector.prepare(parcel, {}, ignore))

    async def refresh(self) -> None:
        self.account = replace(self.account, secrets=await self.auth.refresh(self.account))


def parcel(text: str = "Low tide at six.", **other: Any) -> Parcel:
    number = hashlib.sha256(text.encode()).hexdigest()
    return Parcel(f"key-{number[:8]}", f"3l{number[:11]}", NOON, text, **other)


TEXT = parcel().text
Story = Callable[[World], Awaitable[None]]
Runner = Callable[..., None]
"""Called with a story, and if wished with the class of its account."""


def picture(alt: str = "A boat") -> Medium:
    return Medium(SHA256, "image/png", len(PICTURE), 8, 8, alt)


async def read_blob(sha256: str) -> bytes:
    assert sha256 == SHA256
    return PICTURE


async def ignore(handle: Handle) -> None:
    del handle


@asynccontextmanager
async def world(
    home: Path, kind: str = Guarantee.HOUR_KEY, *, socket: bool = False, timeout_s: float = 5.0
) -> AsyncIterator[World]:
    """The account @ann, behaving as that class. timeout_s: of the client."""
    hands, paused, slow = Hands(), list[float](), asyncio.Event()

    async def pause(seconds: float) -> None:
        paused.append(seconds)
        if slow.is_set():
            await asyncio.sleep(seconds)

    harbour = Harbour(home, hands)
    app = HarbourApp(harbour, pause)
    async with AsyncExitStack() as stack:
        stack.callback(harbour.close)
        if socket:
            server = await listen(app, "127.0.0.1", 0)
            stack.push_async_callback(server.wait_closed)
            stack.callback(server.close)
            origin = f"http://127.0.0.1:{server.sockets[0].getsockname()[1]}"
            transport: httpx.AsyncBaseTransport = httpx.AsyncHTTPTransport()
        else:
            origin, transport = MANIFEST.default_origin, httpx.ASGITransport(app)
        client = await stack.enter_async_context(
            httpx.AsyncClient(transport=transport, timeout=timeout_s, trust_env=False)
        )
        auth = HarbourAuth(client)
        secrets = await auth.sign_in(origin, {"name": "Ann", "class": kind})
        who = await auth.who(Account("", "", origin, secrets))
        yield World(
            harbour,
            hands,
            client,
            auth,
            Account(who.remote_id, who.handle, origin, secrets),
            paused,
            slow,
        )
