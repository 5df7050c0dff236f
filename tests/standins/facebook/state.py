"""What the stand-in knows: Pages, people, posts, comments, media, messages, reviews."""

import base64
import itertools
import secrets
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from tests.standins.base.exchange import Reply, as_json


@dataclass(frozen=True)
class Somebody:
    id: str
    name: str


@dataclass
class Thing:
    """Anything with an id. kind: as Meta's description names it. at: when it was made."""

    id: str
    kind: str
    by: Somebody
    at: datetime
    text: str = ""
    title: str = ""
    page: str = ""
    about: str = ""
    parent: str = ""
    where: str = "published_posts"
    published: bool = True
    hidden: bool = False
    likes: set[str] = field(default_factory=set)
    facts: dict[str, Any] = field(default_factory=dict)
    data: bytearray = field(default_factory=bytearray)


@dataclass
class Token:
    """of: id of a person or a Page."""

    of: str
    scopes: tuple[str, ...]
    ends_at: datetime | None = None
    lasts: bool = False


class State:
    """All there is, by id. Numbers only grow, as Facebook's do."""

    def __init__(self) -> None:
        self.things: dict[str, Thing] = {}
        self.gone: dict[str, Thing] = {}
        self.tokens: dict[str, Token] = {}
        self.blocked: dict[str, set[str]] = {}
        self.subscribed: dict[str, str] = {}
        self.subscription: dict[str, str] = {}
        self._numbers = itertools.count(100_000_000_001)

    def number(self) -> str:
        return str(next(self._numbers))

    def add(self, thing: Thing) -> Thing:
        self.things[thing.id] = thing
        return thing

    def remove(self, thing: Thing) -> None:
        """With what is below it."""
        self.gone[thing.id] = self.things.pop(thing.id)
        for one in list(self.things.values()):
            below = thing.id in (one.parent, one.about) and one.kind == "Comment"
            if below and one.id in self.things:
                self.remove(one)

    def found(self, number: str) -> Thing | None:
        """What is or was called so."""
        return self.things.get(number) or self.gone.get(number)

    def of_kind(self, kind: str, **facts: object) -> list[Thing]:
        """Newest first."""
        found = [
            one
            for one in self.things.values()
            if one.kind == kind and all(getattr(one, k) == v for k, v in facts.items())
        ]
        return sorted(found, key=lambda one: (one.at, one.id), reverse=True)

    def give(self, token: Token) -> str:
        word = f"EAAB{secrets.token_urlsafe(24)}"
        self.tokens[word] = token
        return word


class Wrong(Exception):
    """An error as the Graph API writes it."""

    def __init__(self, code: int, message: str, subcode: int = 0, status: int = 400) -> None:
        super().__init__(message)
        self.reply = error(code, message, subcode, status)


def error(
    code: int,
    message: str = "Refused",
    subcode: int = 0,
    status: int = 400,
    *,
    headers: Mapping[str, str] | None = None,
    **more: object,
) -> Reply:
    said: dict[str, Any] = {"message": message, "type": "OAuthException", "code": code, **more}
    if subcode:
        said["error_subcode"] = subcode
    return as_json({"error": {**said, "fbtrace_id": "A1m6KK6iBqvjzPeQd4DYbKM"}}, status, headers)


def paged(
    rows: Sequence[dict[str, Any]], args: Mapping[str, str], most: int = 100
) -> dict[str, Any]:
    """One page of a list, with a cursor to the next."""
    start = int(base64.b64decode(args["after"])) if args.get("after") else 0
    end = start + min(int(args.get("limit") or 25), most)
    body: dict[str, Any] = {"data": list(rows[start:end])}
    if body["data"]:
        cursor = base64.b64encode(str(end).encode()).decode()
        body["paging"] = {"cursors": {"before": "QmVmb3Jl", "after": cursor}}
        if end < len(rows):
            body["paging"]["next"] = (
                f"https://graph.facebook.com/v25.0/x?access_token=SECRET&after={cursor}"
            )
    return body
