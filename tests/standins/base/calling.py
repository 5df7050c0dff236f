"""A connector or a door, ready to be called from a plain test function."""

import asyncio
import hashlib
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any, TypeVar

import httpx

from breakwater.networks.base import (
    Account,
    Auth,
    Connector,
    Handle,
    Kit,
    Medium,
    Network,
    Parcel,
    Secrets,
)

T = TypeVar("T")

PNG = bytes.fromhex(
    "89504e470d0a1a0a0000000d4948445200000001000000010806000000"
    "1f15c4890000000d49444154789c6360000002000001e221bc330000000049454e44ae426082"
)
MP4 = b"\x00\x00\x00\x18ftypmp42\x00\x00\x00\x00mp42isom" + bytes(range(256)) * 64
PDF = b"%PDF-1.4\n1 0 obj<<>>endobj\ntrailer<<>>\n%%EOF\n"
BLOBS: Mapping[str, bytes] = {hashlib.sha256(one).hexdigest(): one for one in (PNG, MP4, PDF)}


def _medium(data: bytes, mime: str, **facts: Any) -> Medium:
    return Medium(hashlib.sha256(data).hexdigest(), mime, len(data), **facts)


PICTURE = _medium(PNG, "image/png", width=1, height=1, alt="A grey dot")
VIDEO = _medium(MP4, "video/mp4", width=720, height=1280, length_ms=9_000, alt="The quay")
DOCUMENT = _medium(PDF, "application/pdf", width=0, height=0, name="Tides.pdf")


def parcel(text: str = "Fresh mussels tonight", **changes: Any) -> Parcel:
    """What ann planned. Its key is the same each time."""
    facts: dict[str, Any] = {
        "key": "5f0c2c1e9d7b4c3a8e6f0a1b2c3d4e5f",
        "record_key": "3lbq2xnh5zc2a",
        "created_at": datetime.now(UTC),
        "text": text,
        "language": "en",
    }
    return Parcel(**{**facts, **changes})


def sent(what: Parcel) -> Parcel:
    """The same parcel after a first commit call."""
    return Parcel(**{**vars(what), "first_sent_at": what.created_at})


@dataclass
class Calling:
    """One account behind one transport (None: real sockets). kept: the handles that prepare kept,
    in their order. app: the administrator's keys. taken: the calls that were counted."""

    network: Network
    account: Account
    transport: httpx.AsyncBaseTransport | None = None
    app: Secrets = field(default_factory=dict)
    kept: list[Handle] = field(default_factory=list)
    taken: list[str] = field(default_factory=list)

    def run(self, use: Callable[[Connector], Awaitable[T]]) -> T:
        """What `use` gives, with a fresh client and connector."""

        async def go() -> T:
            async with httpx.AsyncClient(transport=self.transport, timeout=5) as client:
                return await use(self.network.connector(client, self.account, self._kit()))

        return asyncio.run(go())

    def door(self, use: Callable[[Auth], Awaitable[T]]) -> T:
        async def go() -> T:
            async with httpx.AsyncClient(transport=self.transport, timeout=5) as client:
                return await use(self.network.auth(client, self.app))

        return asyncio.run(go())

    def prepare(self, what: Parcel, handle: Handle | None = None) -> Handle:
        """From where the last try ended, unless a handle is given."""
        last = self.kept[-1] if self.kept else {}
        return self.run(lambda c: c.prepare(what, last if handle is None else handle, self._keep))

    def publish(self, what: Parcel) -> str:
        """The remote id: prepare, then commit."""
        handle = self.prepare(what, {})
        return self.run(lambda c: c.commit(what, handle)).remote_id

    def _kit(self) -> Kit:
        return Kit(read=_read, address=_address, take=self._take, paid=self._paid, app=self.app)

    async def _keep(self, handle: Handle) -> None:
        self.kept.append(handle)

    async def _take(self, call: str) -> None:
        self.taken.append(call)

    async def _paid(self, call: str, pieces: int) -> None:
        self.taken += [call] * pieces


async def _read(sha256: str) -> bytes:
    return BLOBS[sha256]


def _address(sha256: str, mime: str) -> str:
    """What a network that fetches media is told. A stand-in knows it again by its digest."""
    return f"https://desk.example/m/{sha256}.{mime.partition('/')[2]}?sig=test"
