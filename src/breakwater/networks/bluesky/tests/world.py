"""The world of the fast tests: recorded answers behind an `httpx.MockTransport`."""

import asyncio
import hashlib
import json
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any, TypeVar

import httpx

from breakwater.networks.base import Account, Kit, Medium, Parcel
from breakwater.networks.bluesky.auth import BlueskyAuth
from breakwater.networks.bluesky.outbound import BlueskyConnector
from breakwater.networks.bluesky.tests.recording import ANSWERS, PNG, RKEY

RECORDED: dict[str, dict[str, Any]] = json.loads(ANSWERS.read_text())
DID: str = RECORDED["who"]["body"]["did"]
BOB_DID: str = RECORDED["resolved"]["body"]["did"]
ORIGIN = "https://pds.example.org"
URI = f"at://{DID}/app.bsky.feed.post/{RKEY}"
SHA256 = hashlib.sha256(PNG).hexdigest()
PICTURE = Medium(SHA256, "image/png", len(PNG), 2, 1, "Two pixels")
ACCOUNT = Account(DID, "ann.test", ORIGIN, {"access_token": "access", "refresh_token": "refresh"})

T = TypeVar("T")
Reply = httpx.Response | Exception | str
"""A response, what the way to the network raises, or the name of a recorded answer."""


def recorded(name: str) -> httpx.Response:
    """What the real server answered."""
    answer = RECORDED[name]
    if answer["body"] is None:
        return httpx.Response(answer["status"], headers=answer["headers"])
    return httpx.Response(answer["status"], headers=answer["headers"], json=answer["body"])


@dataclass
class World:
    """A server that gives each method's replies in turn. requests: what it was asked."""

    replies: Mapping[str, list[Reply]]
    requests: list[httpx.Request] = field(default_factory=list)

    def __call__(self, request: httpx.Request) -> httpx.Response:
        self.requests.append(request)
        reply = self.replies[request.url.path.removeprefix("/xrpc/com.atproto.")].pop(0)
        if isinstance(reply, Exception):
            raise reply
        return recorded(reply) if isinstance(reply, str) else reply

    @property
    def asked(self) -> list[str]:
        return [one.url.path.removeprefix("/xrpc/com.atproto.") for one in self.requests]

    def payload(self, number: int) -> Any:
        return json.loads(self.requests[number].content)

    def signing(self, work: Callable[[BlueskyAuth], Awaitable[T]]) -> T:
        """What `work` makes with the sign-in of this world."""
        return self._run(lambda client: work(BlueskyAuth(client)))

    def connected(self, work: Callable[[BlueskyConnector], Awaitable[T]]) -> T:
        """What `work` makes with ann's connector in this world."""
        return self._run(lambda client: work(BlueskyConnector(client, ACCOUNT, Kit(the_picture))))

    def _run(self, work: Callable[[httpx.AsyncClient], Awaitable[T]]) -> T:
        async def run() -> T:
            async with httpx.AsyncClient(transport=httpx.MockTransport(self)) as client:
                return await work(client)

        return asyncio.run(run())


def world(**replies: Reply | list[Reply]) -> World:
    """`repo_putRecord="put"`: com.atproto.repo.putRecord gives the answer recorded as "put"."""
    return World(
        {
            name.replace("_", "."): list(reply) if isinstance(reply, list) else [reply]
            for name, reply in replies.items()
        }
    )


def parcel(text: str = "Ahoy", **changes: Any) -> Parcel:
    made = datetime(2026, 1, 1, tzinfo=UTC)
    return Parcel(key="key", record_key=RKEY, created_at=made, text=text, **changes)


async def the_picture(sha256: str) -> bytes:
    assert sha256 == SHA256
    return PNG


async def forget(handle: Mapping[str, Any]) -> None:
    """A `keep` for tests that look at something else."""
