"""What the stand-in remembers: people, publishings, videos."""

import itertools
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

PUBLIC = "PUBLIC_TO_EVERYONE"
ADDRESS_LASTS = timedelta(hours=1)


@dataclass
class Person:
    """options: the audiences that the account offers. off: interactions it has switched off."""

    open_id: str
    username: str
    name: str
    options: tuple[str, ...] = (PUBLIC, "MUTUAL_FOLLOW_FRIENDS", "SELF_ONLY")
    off: frozenset[str] = frozenset()
    longest_s: int = 300
    banned: bool = False
    followers: int = 41
    bio: str = "At the quay"


@dataclass
class Publishing:
    """One post on its way. token: opens its upload. done_at: when all of it was there."""

    publish_id: str
    person: Person
    info: dict[str, Any]
    made_at: datetime
    token: str = ""
    size: int = 0
    chunk: int = 0
    number: int = 0
    data: bytearray = field(default_factory=bytearray)
    photos: tuple[str, ...] = ()
    done_at: datetime | None = None
    fails: str = ""
    video_id: str = ""


@dataclass
class Video:
    id: str
    person: Person
    text: str
    created_at: datetime
    privacy: str
    photos: int = 0
    counts: dict[str, int] = field(
        default_factory=lambda: {
            "view_count": 0, "like_count": 0, "comment_count": 0, "share_count": 0,
        }
    )  # fmt: skip


@dataclass
class State:
    """processing_s, moderation_s: how long a post takes until it is complete, and until its own id
    is told. fail_next: fail_reason of the next post. audited: the app's audit. verified: prefixes
    of addresses that pictures are fetched from. posts_a_day: of one account."""

    people: dict[str, Person] = field(default_factory=dict)
    publishings: dict[str, Publishing] = field(default_factory=dict)
    videos: dict[str, Video] = field(default_factory=dict)
    calls: dict[tuple[str, str], list[datetime]] = field(default_factory=dict)
    processing_s: float = 0.0
    moderation_s: float = 0.0
    fail_next: str = ""
    audited: bool = True
    posts_a_day: int = 15
    verified: tuple[str, ...] = ("https://desk.example/",)
    ids: "itertools.count[int]" = field(
        default_factory=lambda: itertools.count(7_345_678_901_234_567_000)
    )

    def own(self, person: Person) -> list[Video]:
        """The person's public videos, newest first."""
        mine = [
            one
            for one in self.videos.values()
            if one.person is person and one.privacy == PUBLIC and not one.photos
        ]
        return sorted(mine, key=lambda one: (one.created_at, int(one.id)), reverse=True)

    def posts_today(self, person: Person, now: datetime) -> int:
        day = now - timedelta(days=1)
        made = (p for p in self.publishings.values() if p.person is person and p.done_at)
        return sum(p.done_at > day for p in made if p.done_at)

    def too_often(self, person: Person, path: str, most: int, now: datetime) -> bool:
        """Counts the call; whether it is one too many within a minute."""
        recent = self.calls.setdefault((person.open_id, path), [])
        recent[:] = [at for at in recent if at > now - timedelta(minutes=1)]
        recent.append(now)
        return len(recent) > most
