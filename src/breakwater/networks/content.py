"""What leaves for a network and what it shows: media, parcels, posts as they are seen."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from typing import Any


class Kind(StrEnum):
    PICTURE = "picture"
    VIDEO = "video"
    DOCUMENT = "document"


@dataclass(frozen=True)
class Medium:
    """One picture, video or document of a parcel. The bytes are fetched by `sha256`.

    size: bytes. length_ms: of a video, in milliseconds. cover: SHA-256 of the JPEG that stands for a video, or "".
    name: what a document is called. focus: the point that crops keep, "x,y" from -1.0 to 1.0, or "".
    """

    sha256: str
    mime: str
    size: int
    width: int
    height: int
    alt: str = ""
    length_ms: int = 0
    cover: str = ""
    name: str = ""
    focus: str = ""

    @property
    def kind(self) -> Kind:
        main, _, _ = self.mime.partition("/")
        return {"image": Kind.PICTURE, "video": Kind.VIDEO}.get(main, Kind.DOCUMENT)


@dataclass(frozen=True)
class Card:
    """A link shown as a card, as a person approved it. picture: SHA-256 of a JPEG, or ""."""

    url: str
    title: str
    description: str = ""
    picture: str = ""


@dataclass(frozen=True)
class Parcel:
    """What leaves, frozen. The same parcel gives the same bytes on each try.

    key: our idempotency key, one per delivery for life. record_key: a TID (13
    characters), chosen once. created_at: frozen too. first_sent_at: when the first
    commit call began, None before it; read-backs look from two minutes earlier.
    form: of the manifest's forms ("" where it has none). reply_to: remote id of the post, comment
    or review that this answers; root: of the post that its conversation began with. to: remote id
    of the conversation or person, for a direct message. All three are "" for a post of its own.
    """

    key: str
    record_key: str
    created_at: datetime
    text: str
    media: tuple[Medium, ...] = ()
    language: str = ""
    options: Mapping[str, Any] = field(default_factory=dict)
    first_sent_at: datetime | None = None
    form: str = ""
    card: Card | None = None
    reply_to: str = ""
    root: str = ""
    to: str = ""


@dataclass(frozen=True)
class Sent:
    """The network took it and said under which id. detail: its answer, for the ledger."""

    remote_id: str
    url: str = ""
    detail: str = ""


@dataclass(frozen=True)
class SeenMedium:
    url: str
    alt: str = ""
    sha256: str = ""


@dataclass(frozen=True)
class Seen:
    """A post as the network shows it. text: plain, links in full; created_at: UTC.

    spellings: words that the network writes anew -> how `text` has them (domain.text.says).
    bare: the network says that it is out, and shows neither its text nor its media: there is
    nothing to compare.
    """

    remote_id: str
    url: str
    text: str
    created_at: datetime
    media: tuple[SeenMedium, ...] = ()
    spellings: Mapping[str, str] = field(default_factory=dict)
    bare: bool = False


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


class Deed(StrEnum):
    """What is done to something or somebody on a network. All but REPORT can be repeated at will.

    Of a post of our own: WITHDRAW takes it out of everybody's sight without deleting it, RESTORE shows
    it again; PIN keeps it at the top of the account, UNPIN lets it go down.
    """

    LIKE = "like"
    UNLIKE = "unlike"
    HIDE = "hide"
    UNHIDE = "unhide"
    REMOVE = "remove"
    MUTE = "mute"
    UNMUTE = "unmute"
    BLOCK = "block"
    UNBLOCK = "unblock"
    UNFOLLOW = "unfollow"
    REPORT = "report"
    WITHDRAW = "withdraw"
    RESTORE = "restore"
    PIN = "pin"
    UNPIN = "unpin"


@dataclass(frozen=True)
class Act:
    """One deed. target: remote id of the comment (like, hide, remove, report), of our own post
    (withdraw, restore, pin, unpin) or of the person
    (mute, block, unfollow, report). about: remote id of the own post that it happens under, where
    the network asks for it. detail: of the deed, as text: `reason` (spam, violation …) and `text`
    of a report, `seconds` of a mute, `comment` that a block is for."""

    deed: Deed
    target: str
    about: str = ""
    detail: Mapping[str, str] = field(default_factory=dict)
