"""Our connector and our door, ready to be called from a plain test function."""

import asyncio
import hashlib
from collections.abc import Awaitable, Callable
from datetime import UTC, datetime
from typing import Any, TypeVar

import httpx

from breakwater.networks.base import Account, Handle, Kit, Medium, Parcel
from breakwater.networks.mastodon.auth import MastodonAuth
from breakwater.networks.mastodon.outbound import MastodonConnector
from tests.standins.mastodon.standin import SCOPES, MastodonStandin

T = TypeVar("T")

PNG = bytes.fromhex(
    "89504e470d0a1a0a0000000d4948445200000001000000010806000000"
    "1f15c4890000000d49444154789c6360000002000001e221bc330000000049454e44ae426082"
)
MP4 = b"\x00\x00\x00\x18ftypmp42\x00\x00\x00\x00mp42isom" + bytes(range(256)) * 8200
JPEG = b"\xff\xd8\xff\xe0 a cover"
DIGEST = hashlib.sha256(PNG).hexdigest()
BLOBS = {hashlib.sha256(data).hexdigest(): data for data in (PNG, MP4, JPEG)}
PICTURE = Medium(DIGEST, "image/png", len(PNG), 1, 1, alt="A grey dot")
VIDEO = Medium(
    hashlib.sha256(MP4).hexdigest(), "video/mp4", len(MP4), 720, 1280, alt="The quay at dawn",
    length_ms=9_000, cover=hashlib.sha256(JPEG).hexdigest(), focus="0.0,-0.5",
)  # fmt: skip


def parcel(text: str = "Fresh mussels tonight", **changes: Any) -> Parcel:
    """What ann planned. Its key is the same each time."""
    facts: dict[str, Any] = {
        "key": "delivery-1",
        "record_key": "3lbq2xnh5zc2a",
        "created_at": datetime.now(UTC),
        "text": text,
        "language": "en",
    }
    return Parcel(**{**facts, **changes})


def sent(what: Parcel) -> Parcel:
    """The same parcel after a first commit call."""
    return Parcel(**{**vars(what), "first_sent_at": what.created_at})


class Calling:
    """One account behind one transport. `kept` is the last handle that prepare kept."""

    def __init__(self, account: Account, transport: httpx.AsyncBaseTransport | None = None) -> None:
        self.account = account
        self.kept: Handle = {}
        self._transport = transport

    def run(self, use: Callable[[MastodonConnector], Awaitable[T]]) -> T:
        """What `use` gives, with a fresh client and connector."""

        async def go() -> T:
            async with httpx.AsyncClient(transport=self._transport, timeout=5) as client:
                return await use(MastodonConnector(client, self.account, Kit(_blob)))

        return asyncio.run(go())

    def door(self, use: Callable[[MastodonAuth], Awaitable[T]]) -> T:
        async def go() -> T:
            async with httpx.AsyncClient(transport=self._transport, timeout=5) as client:
                return await use(MastodonAuth(client))

        return asyncio.run(go())

    def prepare(self, what: Parcel, handle: Handle | None = None) -> Handle:
        return self.run(
            lambda c: c.prepare(what, self.kept if handle is None else handle, self._keep)
        )

    def publish(self, what: Parcel) -> str:
        """The remote id: prepare, then commit."""
        handle = self.prepare(what)
        return self.run(lambda c: c.commit(what, handle)).remote_id

    async def _keep(self, handle: Handle) -> None:
        self.kept = handle


async def _blob(sha256: str) -> bytes:
    return BLOBS[sha256]


def in_process(standin: MastodonStandin, scopes: tuple[str, ...] = SCOPES) -> Calling:
    """The harbour's account on a stand-in without a socket."""
    person = standin.person("harbour")
    secrets = standin.connected(scopes=scopes)
    return Calling(
        Account(person.id, "@harbour@mastodon.test", standin.origin, secrets), standin.transport()
    )


def connected(standin: MastodonStandin) -> Calling:
    """The harbour's account on a stand-in with a socket, as after the walk through the door."""
    person = standin.person("harbour")
    return Calling(Account(person.id, "@harbour@x", standin.origin, standin.connected()))
