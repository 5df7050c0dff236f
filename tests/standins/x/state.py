"""What the stand-in remembers."""

import itertools
from dataclasses import dataclass, field
from datetime import datetime, timedelta

EPOCH_MS = 1_288_834_974_657
DUPLICATE_FOR = timedelta(hours=12)


@dataclass
class Person:
    id: str
    username: str
    name: str
    subscription: str = "None"
    followers: int = 7
    description: str = "At the quay"
    link: str = "https://harbour.example/"


@dataclass
class Media:
    id: str
    owner: Person
    mime: str
    category: str
    size: int
    pieces: dict[int, bytes] = field(default_factory=dict)
    ended: bool = False
    alt: str = ""
    polls_left: int = 0
    failed: bool = False

    @property
    def data(self) -> bytes:
        return b"".join(self.pieces[place] for place in sorted(self.pieces))

    @property
    def key(self) -> str:
        return f"{3 if self.mime.startswith('image/') else 13}_{self.id}"


@dataclass
class Post:
    id: str
    author: Person
    text: str
    created_at: datetime
    media: tuple[Media, ...] = ()
    reply_to: str = ""
    quotes: str = ""
    conversation: str = ""
    history: tuple[str, ...] = ()
    repeats: str = ""
    hidden: bool = False
    body: dict[str, object] = field(default_factory=dict)


@dataclass
class Message:
    id: str
    sender: Person
    conversation: str
    text: str
    created_at: datetime
    media: tuple[Media, ...] = ()


@dataclass
class Webhook:
    id: str
    url: str
    valid: bool = True


@dataclass
class Subscription:
    id: str
    event: str
    person: str
    webhook: str


@dataclass
class State:
    """All of it. enterprise: the app's plan. credits: how many paid calls are left (None: any)."""

    people: dict[str, Person] = field(default_factory=dict)
    posts: dict[str, Post] = field(default_factory=dict)
    gone: set[str] = field(default_factory=set)
    messages: dict[str, Message] = field(default_factory=dict)
    media: dict[str, Media] = field(default_factory=dict)
    likes: set[tuple[str, str]] = field(default_factory=set)
    mutes: set[tuple[str, str]] = field(default_factory=set)
    follows: list[tuple[str, str]] = field(default_factory=list)
    webhooks: dict[str, Webhook] = field(default_factory=dict)
    subscriptions: list[Subscription] = field(default_factory=list)
    enterprise: bool = False
    credits: int | None = None
    polls_of_next_media: int = 0
    next_media_fails: bool = False
    old_names: bool = False
    refused_events: frozenset[str] = frozenset()
    counter: "itertools.count[int]" = field(default_factory=itertools.count)

    def new_id(self, now: datetime) -> str:
        """A number that has the time in its upper bits, as X's have."""
        return str((int(now.timestamp() * 1000) - EPOCH_MS) << 22 | next(self.counter) % (1 << 22))

    def person(self, number: str) -> Person | None:
        return next((one for one in self.people.values() if one.id == number), None)

    def latest(self, number: str) -> Post | None:
        """The post, or the version that it was edited into."""
        for post in self.posts.values():
            if number == post.id or number in post.history:
                return post
        return None

    def own(self, person: Person) -> list[Post]:
        """Newest first."""
        mine = [post for post in self.posts.values() if post.author is person]
        return sorted(mine, key=lambda post: int(post.id), reverse=True)

    def duplicate(self, person: Person, text: str, now: datetime) -> bool:
        return any(
            post.text == text and not post.media and now - post.created_at < DUPLICATE_FOR
            for post in self.own(person)
        )
