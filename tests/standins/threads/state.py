"""What the stand-in knows: an account, posts and replies of everybody."""

import itertools
from dataclasses import dataclass, field
from datetime import datetime, timedelta

DAY = timedelta(hours=24)


@dataclass
class Post:
    """media: address, alt text, kind of each. above: what it replies to; root: what its
    conversation began with."""

    id: str
    by: str
    text: str
    at: datetime
    media: tuple[tuple[str, str, str], ...] = ()
    above: str = ""
    root: str = ""
    hidden: bool = False
    quotes: str = ""
    repost: bool = False
    asked: dict[str, str] = field(default_factory=dict)


@dataclass
class State:
    """me: id of the account, name: its own. posts_a_day …: quotas."""

    me: str = "26000000000000001"
    name: str = "harbour.cafe"
    token: str = "THAA-harbour"
    posts_a_day: int = 250
    replies_a_day: int = 1000
    posts: dict[str, Post] = field(default_factory=dict)
    published: list[tuple[datetime, bool]] = field(default_factory=list)
    deleted: list[datetime] = field(default_factory=list)
    _ids: "itertools.count[int]" = field(
        default_factory=lambda: itertools.count(18_000_000_000_001)
    )

    def new_id(self) -> str:
        return str(next(self._ids))

    def own(self, *, replies: bool) -> list[Post]:
        """Newest first."""
        found = [p for p in self.posts.values() if p.by == self.name and bool(p.above) is replies]
        return sorted(found, key=lambda post: (post.at, post.id), reverse=True)

    def below(self, root: str) -> list[Post]:
        """The conversation, flattened, oldest first."""
        return [post for post in self.posts.values() if post.root == root]

    def used(self, now: datetime, *, replies: bool) -> int:
        return sum(now - at < DAY and kind is replies for at, kind in self.published)
