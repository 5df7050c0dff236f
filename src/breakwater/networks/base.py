"""What a network is to the rest of Breakwater: a manifest, a way to sign in, a connector.

A network folder has five files (docs/contributing/connectors.md): manifest, auth,
outbound, inbound, errors. All calls are async, go through the `httpx.AsyncClient`
that is handed in, and raise nothing but `NetworkError`s. No retries, no sleeps.
"""

from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from typing import Any, Protocol, runtime_checkable

import httpx

from breakwater.domain.guarantees import Guarantee
from breakwater.domain.text import Counting

Secrets = Mapping[str, str]
"""What opens an account: tokens and their expiry (`expires_at`, ISO 8601 UTC), sealed at rest."""

Handle = Mapping[str, Any]
"""What `prepare` made on the network (media ids, a container): JSON, kept before the commit call."""

KeepHandle = Callable[[Handle], Awaitable[None]]
ReadBlob = Callable[[str], Awaitable[bytes]]
"""SHA-256 (hexadecimal) -> the bytes."""

ASGIApp = Callable[..., Awaitable[None]]


class Can(StrEnum):
    """A capability. Asked by `manifest.can[...]`, so that a page greys out before anybody tries."""

    PUBLISH = "publish"
    DELETE = "delete"
    READ_BACK = "read_back"
    TIMELINE = "timeline"
    COMMENTS = "comments"


class Answer(StrEnum):
    YES = "yes"
    NO = "no"
    PLAN = "plan"  # only on some paid plans
    PROBE = "probe"  # known only by trying on this account


@dataclass(frozen=True)
class Capability:
    """One row of the capability matrix. source: URL; read_on: the day it was read (ISO)."""

    answer: Answer
    source: str
    read_on: str
    note: str = ""


@dataclass(frozen=True)
class Limits:
    """What one account accepts. picture_pixels: width x height; a 0 means "not said".

    posts_per_hour: more than these are a loop that runs away, not a plan; the channel is held.
    """

    text: Counting
    pictures: int
    picture_bytes: int
    picture_pixels: int
    picture_types: tuple[str, ...]
    alt_characters: int
    source: str
    read_on: str
    posts_per_hour: int = 0


class AuthKind(StrEnum):
    PASSWORD = "password"  # noqa: S105 - fields that the person types
    OAUTH = "oauth"
    OPEN = "open"  # nothing to prove (the practice harbour)


@dataclass(frozen=True)
class Field:
    """One thing that the connect page asks. label and help are msgids (gettext_noop)."""

    name: str
    label: str
    help: str = ""
    secret: bool = False
    default: str = ""
    choices: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True)
class Manifest:
    """Everything that is known of a network before anybody signs in. Data only."""

    slug: str
    name: str
    auth: AuthKind
    fields: tuple[Field, ...]
    can: Mapping[Can, Capability]
    guarantee: Guarantee
    limits: Limits
    scopes: Mapping[Can, tuple[str, ...]] = field(default_factory=dict)
    default_origin: str = ""

    def allows(self, what: Can) -> bool:
        capability = self.can.get(what)
        return capability is not None and capability.answer in (Answer.YES, Answer.PROBE)


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
class Picture:
    """One image of a parcel. The bytes are fetched by `sha256` through `ReadBlob`."""

    sha256: str
    mime: str
    size: int
    width: int
    height: int
    alt: str = ""


@dataclass(frozen=True)
class Parcel:
    """What leaves, frozen. The same parcel gives the same bytes on each try.

    key: our idempotency key, one per delivery for life. record_key: a TID (13
    characters), chosen once. created_at: frozen too. first_sent_at: when the first
    commit call began, None before it; read-backs look from two minutes earlier.
    """

    key: str
    record_key: str
    created_at: datetime
    text: str
    pictures: tuple[Picture, ...] = ()
    language: str = ""
    options: Mapping[str, Any] = field(default_factory=dict)
    first_sent_at: datetime | None = None


@dataclass(frozen=True)
class Sent:
    """The network took it and said under which id. detail: its answer, for the ledger."""

    remote_id: str
    url: str = ""
    detail: str = ""


@dataclass(frozen=True)
class SeenPicture:
    url: str
    alt: str = ""
    sha256: str = ""


@dataclass(frozen=True)
class Seen:
    """A post as the network shows it. text: plain, links in full; created_at: UTC.

    spellings: words that the network writes anew -> how `text` has them (domain.text.says).
    """

    remote_id: str
    url: str
    text: str
    created_at: datetime
    pictures: tuple[SeenPicture, ...] = ()
    spellings: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class Comment:
    remote_id: str
    author: str
    text: str
    created_at: datetime


@dataclass(frozen=True)
class Look:
    """What a read-only look for a parcel gave.

    exact: `posts` holds at most one post, and it is this parcel's by key or handle.
    Not exact: `posts` are own posts of the time in question, for the caller to match.
    complete: the look reached back to the first send (False: absence proves nothing).
    """

    exact: bool
    posts: tuple[Seen, ...]
    complete: bool = True


class Auth(Protocol):
    """Signing in. Stores nothing: what comes back is sealed by the caller."""

    async def register(self, origin: str, redirect_uri: str) -> Secrets:
        """OAuth: our own app at this origin (client id and secret). Others: Unsupported."""
        ...

    def authorise_url(
        self, origin: str, app: Secrets, *, redirect_uri: str, state: str, challenge: str
    ) -> str:
        """Where the person's browser goes. challenge: PKCE S256."""
        ...

    async def exchange(
        self, origin: str, app: Secrets, *, code: str, verifier: str, redirect_uri: str
    ) -> Secrets: ...

    async def sign_in(self, origin: str, fields: Mapping[str, str]) -> Secrets:
        """Password networks: what was typed -> tokens; the password itself is not kept
        unless the network has no other way to sign in again."""
        ...

    async def who(self, account: Account) -> Who: ...

    async def refresh(self, account: Account) -> Secrets:
        """New secrets (refresh tokens rotate: the old ones are dead). Reconnect if refused."""
        ...

    async def revoke(self, account: Account) -> None: ...


class Connector(Protocol):
    """One account on one network. Any method may raise any `NetworkError`."""

    @property
    def guarantee(self) -> Guarantee: ...

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
        """Read only: the post as the network shows it now; None: proved absent."""
        ...

    async def delete(self, remote_id: str) -> None:
        """Gone, or already gone: both return."""
        ...

    async def timeline(self, limit: int) -> tuple[Seen, ...]:
        """Own posts, newest first."""
        ...

    async def comments(self, remote_id: str) -> tuple[Comment, ...]: ...


@dataclass(frozen=True)
class Fault:
    """One planned misbehaviour of a practice network.

    kind: one of `Practice.kinds()`. call: which of our calls it waits for ("" for the kind's
    usual one). sticky: stays until cleared; otherwise the next such call uses it up.
    detail: what the kind asks for (seconds, minutes, status …), as text.
    """

    kind: str
    call: str = ""
    sticky: bool = False
    detail: Mapping[str, str] = field(default_factory=dict)


@runtime_checkable
class Practice(Protocol):
    """What a connector to a practice network offers beside `Connector`."""

    def kinds(self) -> Mapping[str, str]:
        """kind of fault -> its label (a msgid)."""
        ...

    async def faults(self) -> tuple[Fault, ...]:
        """Planned and not yet used up, in their order."""
        ...

    async def plan(self, fault: Fault) -> None: ...

    async def clear(self) -> None:
        """No fault is planned any more."""
        ...

    async def say(self, remote_id: str, text: str, author: str = "") -> Comment:
        """A stranger comments on a post."""
        ...

    async def as_class(self, guarantee: Guarantee) -> Secrets:
        """The account behaves like this class from now on; the secrets to keep instead."""
        ...


@dataclass(frozen=True)
class Network:
    """What an entry point's `build(home)` returns. home: a folder of its own for the network.

    app: an ASGI application for a network that lives inside Breakwater (practice); calls
    to `manifest.default_origin` are then answered by it, in process.
    """

    manifest: Manifest
    auth: Callable[[httpx.AsyncClient], Auth]
    connector: Callable[[httpx.AsyncClient, Account, ReadBlob], Connector]
    app: ASGIApp | None = None
