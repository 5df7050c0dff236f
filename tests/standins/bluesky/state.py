"""Repositories, sessions and blobs of the stand-in; hashes are as the protocol makes them, but that
records are hashed as JSON."""

import base64
import hashlib
import json
import secrets
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

ACCESS_LASTS = timedelta(hours=2)
_DIGITS = "234567abcdefghijklmnopqrstuvwxyz"


class Refusal(Exception):
    """An answer {"error", "message"} with its status."""

    def __init__(self, error: str, message: str, status: int = 400) -> None:
        self.error, self.message, self.status = error, message, status
        super().__init__(error, message)


@dataclass(frozen=True)
class Record:
    """indexed: when the app's service saw it, which is not what `createdAt` says."""

    uri: str
    cid: str
    value: Mapping[str, Any]
    indexed: datetime

    @property
    def did(self) -> str:
        return self.uri.split("/")[2]


@dataclass
class Person:
    did: str
    handle: str
    app_password: str = "app-password"
    mutes: set[str] = field(default_factory=set)


@dataclass
class State:
    """joined: the server knows the app's services; without them it is a server that stands alone."""

    joined: bool = True
    people: dict[str, Person] = field(default_factory=dict)
    records: dict[str, Record] = field(default_factory=dict)
    blobs: dict[str, tuple[bytes, str]] = field(default_factory=dict)
    access: dict[str, tuple[str, datetime]] = field(default_factory=dict)
    refresh: dict[str, str] = field(default_factory=dict)
    renewed: dict[str, dict[str, str]] = field(default_factory=dict)
    service_tokens: dict[str, tuple[str, str, str]] = field(default_factory=dict)
    reports: list[Mapping[str, Any]] = field(default_factory=list)
    _ticks: int = 0

    def add(self, handle: str) -> Person:
        did = (
            "did:plc:"
            + base64.b32encode(hashlib.sha256(handle.encode()).digest())[:24].decode().lower()
        )
        self.people[did] = Person(did, handle)
        return self.people[did]

    def named(self, who: str) -> Person:
        """By DID or handle. Raises: Refusal."""
        for person in self.people.values():
            if who in (person.did, person.handle):
                return person
        raise Refusal("InvalidRequest", f"Could not find repo: {who}")

    def session(self, did: str, now: datetime) -> dict[str, str]:
        """New tokens: the access token is a JWT as far as its claims can be read."""
        ends = now + ACCESS_LASTS
        claims = {"scope": "com.atproto.appPass", "sub": did, "exp": int(ends.timestamp())}
        packed = base64.urlsafe_b64encode(json.dumps(claims).encode()).rstrip(b"=").decode()
        made = {
            "accessJwt": f"e30.{packed}.{secrets.token_urlsafe(16)}",
            "refreshJwt": secrets.token_urlsafe(24),
        }
        self.access[made["accessJwt"]] = (did, ends)
        self.refresh[made["refreshJwt"]] = did
        return made

    def put(
        self, did: str, collection: str, rkey: str, value: Mapping[str, Any], now: datetime
    ) -> Record:
        """Each is seen a millisecond after the one before."""
        self._ticks += 1
        uri = f"at://{did}/{collection}/{rkey}"
        seen = now + timedelta(milliseconds=self._ticks)
        self.records[uri] = Record(
            uri, cid_of(json.dumps(value, sort_keys=True).encode()), value, seen
        )
        return self.records[uri]

    def of(self, collection: str, did: str = "") -> Iterator[Record]:
        """The records of a collection, newest seen first."""
        found = [
            one
            for one in self.records.values()
            if one.uri.split("/")[3] == collection and did in ("", one.did)
        ]
        yield from sorted(found, key=lambda one: one.indexed, reverse=True)

    def key(self) -> str:
        """A record key (a TID) that nothing has yet."""
        return _DIGITS[secrets.randbelow(16)] + "".join(secrets.choice(_DIGITS) for _ in range(12))


def cid_of(content: bytes, *, raw: bool = False) -> str:
    """Raw bytes, or (what is not quite so here) a record: CIDv1, SHA-256."""
    head = bytes((0x01, 0x55 if raw else 0x71, 0x12, 0x20))
    digest = hashlib.sha256(content).digest()
    return "b" + base64.b32encode(head + digest).decode().lower().rstrip("=")
