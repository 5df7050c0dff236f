"""What a network is to the rest of Breakwater: a manifest, a way to sign in, a connector.

A network folder has five files (docs/contributing/connectors.md): manifest, auth,
outbound, inbound, errors. All calls are async, go through the `httpx.AsyncClient`
that is handed in, and raise nothing but `NetworkError`s. No retries, no sleeps.

This is the one module to import from; the words it uses are defined in `manifest`, `content`,
`arrivals` and `practice` beside it.
"""

from collections.abc import AsyncGenerator, AsyncIterator, Awaitable, Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, Protocol

import httpx

from breakwater.domain.errors import Refused, Unsupported
from breakwater.domain.guarantees import Guarantee
from breakwater.networks.arrivals import (
    Arrived,
    Author,
    Batch,
    Comment,
    Figure,
    Metric,
    People,
    Profile,
    Pushed,
    Source,
    What,
)
from breakwater.networks.content import (
    Act,
    Card,
    Deed,
    Kind,
    Look,
    Medium,
    Parcel,
    Seen,
    SeenMedium,
    Sent,
)
from breakwater.networks.manifest import (
    Answer,
    AppKeys,
    Ask,
    AuthKind,
    Budget,
    Can,
    Capability,
    Field,
    Form,
    Limits,
    Manifest,
    Option,
    Pays,
    Price,
    Proof,
    Purpose,
    Review,
    Step,
    VideoLimits,
)
from breakwater.networks.practice import Fault, Practice

__all__ = [
    "Account", "Act", "Answer", "AppKeys", "Arrived", "Ask", "Auth", "AuthKind", "Author", "Batch",
    "Budget", "Can", "Candidate", "Capability", "Card", "Choice", "Comment", "Connector", "Deed",
    "Echo", "Fault", "Field", "Figure", "Form", "Handle", "Hooks", "KeepHandle", "Kind", "Kit",
    "Limits", "Listen", "ListenToAll", "Look", "Manifest", "Medium", "Metric", "Network", "Option", "Parcel", "Pays", "People",
    "Practice", "Price", "Profile", "Proof", "Purpose", "Pushed", "ReadBlob", "Review", "Secrets", "Seen",
    "SeenMedium", "Sent", "Source", "Step", "VideoLimits", "What", "Who",
]  # fmt: skip

Secrets = Mapping[str, str]
"""What opens an account: tokens and their expiry (`expires_at`, ISO 8601 UTC), sealed at rest."""

Handle = Mapping[str, Any]
"""What `prepare` made on the network (media ids, a container): JSON, kept before the commit call."""

KeepHandle = Callable[[Handle], Awaitable[None]]
ReadBlob = Callable[[str], Awaitable[bytes]]
"""SHA-256 (hexadecimal) -> the bytes."""

ReadPart = Callable[[str, int, int], Awaitable[bytes]]
"""SHA-256, offset, length -> those bytes (fewer at the end), so that no video is in memory whole."""

AddressOf = Callable[[str, str], str]
"""SHA-256, MIME type -> a short-lived public address, for networks that fetch media themselves.
Raises: Refused("media_unreachable") where this installation cannot be reached from outside."""

Take = Callable[[str], Awaitable[None]]
"""Called with a call's name (`manifest.costs`, `manifest.prices`) before it is made; counts it for
all workers. Raises: TryLater(code="budget_used") when a budget is used up, Refused("over_cap")
when the workspace does not want to spend more."""

Paid = Callable[[str, int], Awaitable[None]]
"""Called with the name of a price by the piece (`Pays.PIECE`) and how many pieces an answer
brought. They are paid already, so they are counted and nothing is refused."""

Listen = Callable[[str], AsyncGenerator[str, None]]
"""https address of a stream (WebSocket) -> its texts as they come, until either side ends it.
Raises: TryLater when it cannot be opened or breaks; Refused("address_refused")."""

ListenToAll = Callable[[str], AsyncGenerator[str | bytes, None]]
"""The same with messages that are bytes among them."""

ASGIApp = Callable[..., Awaitable[None]]


@dataclass(frozen=True)
class Account:
    """A connected account, as a connector sees it. origin: scheme://host[:port], no path."""

    remote_id: str
    handle: str
    origin: str
    secrets: Secrets = field(default_factory=dict, repr=False)
    options: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class Who:
    """Who a credential belongs to, and the limits the network told us (None: the manifest's)."""

    remote_id: str
    handle: str
    name: str
    url: str = ""
    limits: Limits | None = None


@dataclass(frozen=True)
class Candidate:
    """One of the accounts that a sign-in opens (a Page, an organisation). kind: a msgid."""

    who: Who
    secrets: Secrets = field(repr=False)
    kind: str = ""


@dataclass(frozen=True)
class Choice:
    """One value that an option can have on this account, in the account's own words."""

    value: str
    label: str


def _no_address(sha256: str, mime: str) -> str:
    raise Refused("media_unreachable", f"{mime} {sha256[:8]}: this kit has no public address")


async def _nothing(call: str) -> None:
    del call


async def _nothing_paid(call: str, pieces: int) -> None:
    del call, pieces


def _no_stream(address: str) -> AsyncGenerator[str, None]:
    raise Unsupported(f"this kit opens no streams: {address[:100]}")


def _no_stream_of_all(address: str) -> AsyncGenerator[str | bytes, None]:
    raise Unsupported(f"this kit opens no streams: {address[:100]}")


@dataclass(frozen=True)
class Kit:
    """What a connector is handed beside its client and account. app: the administrator's keys."""

    read: ReadBlob
    part: ReadPart | None = None
    address: AddressOf = _no_address
    take: Take = _nothing
    paid: Paid = _nothing_paid
    app: Secrets = field(default_factory=dict, repr=False)
    listen: Listen = _no_stream
    listen_to_all: ListenToAll = _no_stream_of_all

    async def piece(self, sha256: str, offset: int, length: int) -> bytes:
        """`length` bytes from `offset` on, fewer at the end."""
        if self.part is not None:
            return await self.part(sha256, offset, length)
        return (await self.read(sha256))[offset : offset + length]


class Auth(Protocol):
    """Signing in. Stores nothing: what comes back is sealed by the caller."""

    async def register(self, origin: str, redirect_uri: str) -> Secrets:
        """OAuth: our own app at this origin (client id and secret): made there, or the
        administrator's keys. Raises: Unsupported; Refused("app_keys_missing")."""
        ...

    def authorise_url(
        self, origin: str, app: Secrets, *, redirect_uri: str, state: str, challenge: str,
        scopes: tuple[str, ...] = (),
    ) -> str:  # fmt: skip
        """Where the person's browser goes. challenge: PKCE S256. scopes: none means all."""
        ...

    async def exchange(
        self, origin: str, app: Secrets, *, code: str, verifier: str, redirect_uri: str
    ) -> Secrets: ...

    async def sign_in(self, origin: str, fields: Mapping[str, str]) -> Secrets:
        """Password networks: what was typed -> tokens; the password itself is not kept
        unless the network has no other way to sign in again."""
        ...

    async def accounts(self, origin: str, secrets: Secrets) -> tuple[Candidate, ...]:
        """The accounts that the sign-in opens, each with the secrets to keep for it."""
        ...

    async def who(self, account: Account) -> Who: ...

    async def refresh(self, account: Account) -> Secrets:
        """New secrets (refresh tokens rotate: the old ones are dead). Reconnect if refused."""
        ...

    async def revoke(self, account: Account) -> None: ...

    async def check_app(self, origin: str) -> None:
        """The administrator's keys are the network's. Raises: Refused("app_keys_refused")."""
        ...


class Connector(Protocol):
    """One account on one network. Any method may raise any `NetworkError`; what a network does not
    have raises `Unsupported` (`networks.unable` does that for all that is not overridden)."""

    @property
    def guarantee(self) -> Guarantee: ...

    def guards(self, parcel: Parcel) -> Guarantee:
        """What protects this very parcel from being there twice."""
        ...

    async def prepare(self, parcel: Parcel, handle: Handle, keep: KeepHandle) -> Handle:
        """Harmless and repeatable: uploads, containers. Goes on from `handle`; calls `keep`
        with each thing made, before the next step uses it."""
        ...

    async def commit(self, parcel: Parcel, handle: Handle) -> Sent:
        """The one call that makes it public. Exactly one request."""
        ...

    async def look(self, parcel: Parcel, handle: Handle) -> Look:
        """Read only: did this parcel get out?"""
        ...

    async def read(self, remote_id: str) -> Seen | None:
        """Read only: the post (comment, message) as the network shows it now; None: proved
        absent."""
        ...

    async def edit(self, remote_id: str, parcel: Parcel) -> Sent:
        """The post says what the parcel says; under which id from now on. Nothing is prepared."""
        ...

    async def delete(self, remote_id: str) -> None:
        """Gone, or already gone: both return."""
        ...

    async def act(self, act: Act) -> Sent:
        """It is done, or was already. remote_id: what it is known by there ("" for nothing), such
        as a report's reference."""
        ...

    async def acted(self, act: Act) -> bool:
        """Read only: whether it is so now. Raises: Unsupported where nobody can see it."""
        ...

    async def timeline(self, limit: int) -> tuple[Seen, ...]:
        """Own posts, newest first."""
        ...

    async def comments(self, remote_id: str) -> tuple[Comment, ...]: ...

    async def poll(self, source: Source, cursor: str) -> Batch:
        """What came since `cursor` ("" for the beginning: the newest page is enough)."""
        ...

    def stream(self) -> AsyncIterator[Arrived]:
        """What comes, as it comes, until the network ends it or the caller does."""
        ...

    async def subscribe(self, address: str) -> datetime | None:
        """Pushes for this account go to `address` from now on; until when (None: for good)."""
        ...

    async def unsubscribe(self, address: str) -> None:
        """No more pushes for this account go to `address`; or none went: both return."""
        ...

    async def insights(self, remote_id: str = "") -> tuple[Figure, ...]:
        """Figures of one post; without an id, of the account."""
        ...

    async def profile(self) -> Profile:
        """Read only: how the account shows itself now."""
        ...

    async def following(self, cursor: str = "") -> People: ...

    async def choices(self, option: str) -> tuple[Choice, ...]:
        """What this account offers for an option that is `of_account`."""
        ...


@dataclass(frozen=True)
class Echo:
    """What to answer a network that asks whether an address is really ours.

    about: remote id of the account, where the question is about the pushes of one; it is answered
    only for a channel of ours that has just asked for them.
    """

    text: str
    mime: str = "text/plain"
    about: str = ""


class Hooks(Protocol):
    """What a network pushes to us. Pure: no call, nothing stored.

    app: the administrator's keys. Bodies are at most 1 MB; a stranger may have sent them.
    """

    def challenge(self, query: Mapping[str, str], app: Secrets) -> Echo:
        """Raises: Refused("hook_refused") for anything that is not a question of the network's."""
        ...

    def verify(self, headers: Mapping[str, str], body: bytes, app: Secrets, now: datetime) -> None:
        """It is the network's, compared in constant time, and (where it carries a time) at most
        five minutes old. headers: names in lower case. Raises: Refused("hook_refused")."""
        ...

    def parse(self, headers: Mapping[str, str], body: bytes) -> tuple[Pushed, ...]:
        """Only after `verify`. What is of no interest gives nothing. Raises: Refused."""
        ...


@dataclass(frozen=True)
class Network:
    """What an entry point's `build(home)` returns. home: a folder of its own for the network.

    app: an ASGI application for a network that lives inside Breakwater (practice); calls
    to `manifest.default_origin` are then answered by it, in process. auth: gets the
    administrator's keys too ({} where there are none).
    """

    manifest: Manifest
    auth: Callable[[httpx.AsyncClient, Secrets], Auth]
    connector: Callable[[httpx.AsyncClient, Account, Kit], Connector]
    hooks: Hooks | None = None
    app: ASGIApp | None = None
