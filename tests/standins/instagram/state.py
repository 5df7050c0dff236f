"""What the stand-in knows: an account, its Page, posts, comments, messages."""

import itertools
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

MESSAGES_FOR = timedelta(hours=24)
STORY_LASTS = timedelta(hours=24)


@dataclass
class Post:
    """kind: as Instagram names it (FEED, REELS, STORY). media: address, alt text, kind of each."""

    id: str
    owner: str
    caption: str
    at: datetime
    product: str = "FEED"
    media: tuple[tuple[str, str, str], ...] = ()
    tagged: tuple[str, ...] = ()
    mentions: tuple[str, ...] = ()


@dataclass
class Comment:
    id: str
    post_id: str
    by: str
    text: str
    at: datetime
    parent: str = ""
    hidden: bool = False


@dataclass
class Message:
    id: str
    person: str
    ours: bool
    text: str
    at: datetime
    media: str = ""


@dataclass
class State:
    """me, page: ids; name: of the account; page_token: what opens it. quota: posts a day."""

    me: str = "17841400000000001"
    name: str = "harbour_cafe"
    page: str = "102030405060708"
    page_token: str = "EAAPage-harbour"
    quota: int = 100
    can_delete: bool = True
    posts: dict[str, Post] = field(default_factory=dict)
    comments: dict[str, Comment] = field(default_factory=dict)
    messages: dict[str, Message] = field(default_factory=dict)
    blocked: set[str] = field(default_factory=set)
    published: list[datetime] = field(default_factory=list)
    subscriptions: list[dict[str, Any]] = field(default_factory=list)
    page_follows: list[str] = field(default_factory=list)
    _ids: "itertools.count[int]" = field(
        default_factory=lambda: itertools.count(17_900_000_000_001)
    )

    def new_id(self) -> str:
        return str(next(self._ids))

    def own(self, now: datetime, *, stories: bool = False) -> list[Post]:
        """Ours, newest first. A story is there for a day."""
        found = [
            post for post in self.posts.values()
            if post.owner == self.me and (post.product == "STORY") is stories
            and not (stories and now - post.at >= STORY_LASTS)
        ]  # fmt: skip
        return sorted(found, key=lambda post: (post.at, post.id), reverse=True)

    def used(self, now: datetime) -> int:
        return sum(now - at < timedelta(hours=24) for at in self.published)

    def may_write(self, person: str, now: datetime) -> bool:
        """Did the person write in the last day?"""
        theirs = [m.at for m in self.messages.values() if m.person == person and not m.ours]
        return bool(theirs) and now - max(theirs) < MESSAGES_FOR
