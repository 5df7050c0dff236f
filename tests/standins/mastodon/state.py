"""What the stand-in remembers, and the tricks that a test may ask of it."""

import itertools
import secrets
import threading
import time
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime

from tests.standins.base.exchange import Reply, Request

STATUSES = "/api/v1/statuses"
KEY_LASTS_S = 3600.0


@dataclass
class App:
    client_id: str
    client_secret: str
    name: str
    redirect_uris: tuple[str, ...]
    scopes: tuple[str, ...]


@dataclass
class Person:
    id: str
    username: str
    name: str
    disabled: bool = False
    followers: int = 0


@dataclass
class Code:
    """An authorization code: opens one token, once, with the verifier of `challenge`."""

    app: App
    person: Person
    redirect_uri: str
    scopes: tuple[str, ...]
    challenge: str
    made_at: float


@dataclass
class Token:
    app: App
    person: Person
    scopes: tuple[str, ...]


@dataclass
class Media:
    id: str
    person: Person
    data: bytes
    mime: str
    description: str | None
    focus: str = ""
    cover: bytes = b""
    polls_left: int = 0
    status_id: str | None = None


@dataclass
class Status:
    id: str
    person: Person
    text: str
    created_at: datetime
    visibility: str = "public"
    language: str | None = None
    warning: str = ""
    sensitive: bool = False
    media: tuple[Media, ...] = ()
    in_reply_to: str | None = None
    is_boost: bool = False
    quoting: str | None = None
    quotes: str = ""
    revoked: str = ""
    edits: list[str] = field(default_factory=list)
    favourites: set[str] = field(default_factory=set)
    pinned: bool = False


@dataclass
class Notification:
    """to, status: ids."""

    id: str
    type: str
    to: str
    status: str
    created_at: datetime


@dataclass
class Report:
    id: str
    by: str
    about: str
    statuses: tuple[str, ...]
    comment: str
    category: str
    forward: bool


@dataclass
class Trick:
    """The next `times` calls of method and path go wrong in this way.

    accepted: what was asked is done all the same. reply: what comes back in place of the answer.
    """

    reply: Reply
    accepted: bool = False
    times: int = 1
    method: str = "POST"
    path: str = STATUSES

    def fits(self, request: Request) -> bool:
        return (
            self.times > 0 and request.method == self.method and request.path.startswith(self.path)
        )


@dataclass
class State:
    """All of it. `lock` is held for each exchange, so that a test sees whole ones.

    mutes: (who, whom) -> until when, None for good. happened: what a stream tells, in its order.
    """

    people: dict[str, Person] = field(default_factory=dict)
    apps: dict[str, App] = field(default_factory=dict)
    codes: dict[str, Code] = field(default_factory=dict)
    tokens: dict[str, Token] = field(default_factory=dict)
    media: dict[str, Media] = field(default_factory=dict)
    statuses: dict[str, Status] = field(default_factory=dict)
    keys: dict[tuple[str, str], tuple[str, float]] = field(default_factory=dict)
    notifications: list[Notification] = field(default_factory=list)
    reports: list[Report] = field(default_factory=list)
    mutes: dict[tuple[str, str], float | None] = field(default_factory=dict)
    blocks: set[tuple[str, str]] = field(default_factory=set)
    follows: list[tuple[str, str]] = field(default_factory=list)
    happened: list[tuple[str, str]] = field(default_factory=list)
    requests: list[Request] = field(default_factory=list)
    violations: list[str] = field(default_factory=list)
    tricks: list[Trick] = field(default_factory=list)
    ahead_s: float = 0.0
    ignore_keys: bool = False
    polls_of_next_media: int = 0
    lock: threading.RLock = field(default_factory=threading.RLock)
    ids: "itertools.count[int]" = field(default_factory=lambda: itertools.count(117_020_457_910))

    def now(self) -> float:
        return time.time() + self.ahead_s

    def moment(self) -> datetime:
        """Now, in whole milliseconds, as the API shows it."""
        now_ms = int(self.now() * 1000)
        return datetime.fromtimestamp(now_ms / 1000, UTC)

    def new_id(self) -> str:
        return str(next(self.ids))

    def add_person(self, username: str, name: str = "") -> Person:
        person = Person(self.new_id(), username, name or username.title())
        self.people[username] = person
        return person

    def add_token(self, app: App, person: Person, scopes: tuple[str, ...]) -> str:
        token = secrets.token_urlsafe(32)
        self.tokens[token] = Token(app, person, scopes)
        return token

    def add_status(self, made: Status, named: Iterable[str]) -> None:
        """It is there, and whom it names or quotes is told. named: usernames."""
        self.statuses[made.id] = made
        self.happened.append(("update", made.id))
        quoted = self.statuses.get(made.quoting or "")
        told = [("mention", self.people[name]) for name in named]
        told += [("quote", quoted.person)] if quoted else []
        for kind, person in told:
            if person is not made.person and (person.id, made.person.id) not in self.blocks:
                one = Notification(self.new_id(), kind, person.id, made.id, self.moment())
                self.notifications.append(one)
                self.happened.append(("notification", one.id))

    def by_id(self, person_id: str) -> Person | None:
        return next((one for one in self.people.values() if one.id == person_id), None)

    def owner(self, request: Request) -> Token | None:
        return self.tokens.get(request.bearer)

    def status_by_key(self, person: Person, key: str) -> Status | None:
        """The status that this key made within the hour."""
        status_id, made_at = self.keys.get((person.id, key), ("", 0.0))
        return self.statuses.get(status_id) if self.now() - made_at < KEY_LASTS_S else None

    def trick_for(self, request: Request) -> Trick | None:
        for trick in self.tricks:
            if trick.fits(request):
                trick.times -= 1
                return trick
        return None

    def own(self, person: Person) -> list[Status]:
        """The person's statuses, newest first."""
        mine = [s for s in self.statuses.values() if s.person is person]
        return sorted(mine, key=lambda s: int(s.id), reverse=True)


def rate_headers(state: State) -> Mapping[str, str]:
    """What a real one says with each answer (300 calls in 5 minutes)."""
    reset = datetime.fromtimestamp(state.now() + 300, UTC)
    return {
        "x-ratelimit-limit": "300",
        "x-ratelimit-remaining": "299",
        "x-ratelimit-reset": reset.strftime("%Y-%m-%dT%H:%M:%S.%fZ"),
    }
