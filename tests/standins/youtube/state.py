"""What the stand-in knows: videos (events are videos too), sessions, comments, chats, people."""

import itertools
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

OWN = "UCharbour0000000000000AA"
SOMEBODY = "UCsomebody000000000000AA"
NAMES = {OWN: "Harbour Café", SOMEBODY: "Eve"}


@dataclass
class Video:
    """event: the facts of a live broadcast, {} for a film. polls: questions until it is processed."""

    id: str
    snippet: dict[str, Any]
    status: dict[str, Any]
    uploaded_at: datetime
    published_at: datetime
    data: bytes = b""
    polls: int = 0
    upload_status: str = "processed"
    thumbnail: bytes = b""
    captions: list[tuple[str, str]] = field(default_factory=list)
    event: dict[str, Any] = field(default_factory=dict)
    views: int = 0


@dataclass
class Session:
    """An upload on its way. video: what it made."""

    id: str
    body: dict[str, Any]
    size: int
    opened_at: datetime
    data: bytearray = field(default_factory=bytearray)
    video: str = ""
    gone: bool = False


@dataclass
class Said:
    """A comment, an answer (parent) or a chat message (chat)."""

    id: str
    author: str
    text: str
    at: datetime
    video: str = ""
    parent: str = ""
    chat: str = ""
    status: str = "published"


@dataclass
class State:
    videos: dict[str, Video] = field(default_factory=dict)
    sessions: dict[str, Session] = field(default_factory=dict)
    said: dict[str, Said] = field(default_factory=dict)
    playlists: dict[str, list[str]] = field(default_factory=lambda: {"PLmenus": []})
    subscriptions: dict[str, str] = field(default_factory=dict)
    banned: dict[str, str] = field(default_factory=dict)
    bans: dict[str, dict[str, Any]] = field(default_factory=dict)
    hub: list[dict[str, str]] = field(default_factory=list)
    locks: bool = False
    country: str = "FR"
    long_uploads: str = "allowed"
    comments_off: set[str] = field(default_factory=set)
    numbers: Any = field(default_factory=lambda: itertools.count(1))

    def new_id(self, shape: str) -> str:
        """A fresh id: `shape` with its zeros replaced from the right."""
        number = str(next(self.numbers))
        return shape[: len(shape) - len(number)] + number

    @property
    def public(self) -> list[Video]:
        return [one for one in self.videos.values() if one.status["privacyStatus"] == "public"]


def stamp(at: datetime) -> str:
    """Whole seconds, as YouTube has them."""
    return at.strftime("%Y-%m-%dT%H:%M:%SZ")
