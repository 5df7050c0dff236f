"""What the stand-in holds: people, organisations, uploads, posts, comments, reactions."""

from dataclasses import dataclass, field
from typing import Any

MEMBER = "urn:li:person:AnnB_7x"
HARBOUR = "urn:li:organization:2414183"
BAKERY = "urn:li:organization:5590506"
FOREIGN = "urn:li:organization:777"


@dataclass
class Asset:
    """An upload. parts: etag -> bytes, as they came in. ready_s: POSIX time it is worked through."""

    urn: str
    owner: str
    size: int = 0
    parts: dict[str, bytes] = field(default_factory=dict)
    places: dict[str, tuple[int, int]] = field(default_factory=dict)
    thumbnail: bytes = b""
    finished: bool = False
    failed: bool = False
    ready_s: float = 0.0

    @property
    def data(self) -> bytes:
        return b"".join(self.parts.values())


@dataclass
class Post:
    urn: str
    author: str
    commentary: str
    body: dict[str, Any]
    created_ms: int
    activity: str = ""
    state: str = "PUBLISHED"


@dataclass
class Comment:
    urn: str
    number: str
    about: str
    actor: str
    text: str
    created_ms: int
    parent: str = ""
    image: str = ""


def _shown() -> dict[str, Any]:
    """Of an organisation, for who administers it; the shapes are from memory."""
    logo = "urn:li:digitalmediaAsset:C4D0AAH"
    return {
        "localizedDescription": "At the quay", "localizedWebsite": "https://harbour.example/",
        "logoV2": {"cropped": f"{logo}c", "original": f"{logo}o"},
    }  # fmt: skip


@dataclass
class World:
    """roles: organisation -> the member's role there. shown: what its administrators see of it."""

    shown: dict[str, Any] = field(default_factory=_shown)

    roles: dict[str, str] = field(
        default_factory=lambda: {
            HARBOUR: "ADMINISTRATOR",
            BAKERY: "CONTENT_ADMINISTRATOR",
            FOREIGN: "ANALYST",
        }
    )
    names: dict[str, tuple[str, str]] = field(
        default_factory=lambda: {
            HARBOUR: ("Harbour Café", "harbour-cafe"),
            BAKERY: ("Boulangerie du Port", "boulangerie-du-port"),
            FOREIGN: ("Elsewhere", "elsewhere"),
        }
    )
    assets: dict[str, Asset] = field(default_factory=dict)
    uploads: dict[str, tuple[Asset, str]] = field(default_factory=dict)
    posts: dict[str, Post] = field(default_factory=dict)
    comments: dict[str, Comment] = field(default_factory=dict)
    reactions: set[tuple[str, str]] = field(default_factory=set)
    notifications: list[dict[str, Any]] = field(default_factory=list)
    subscriptions: dict[str, str] = field(default_factory=dict)
    last: int = 7_141_138_937_766_391_808

    def number(self) -> str:
        self.last += 4096
        return str(self.last)
