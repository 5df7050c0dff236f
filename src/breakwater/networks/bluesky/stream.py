"""Jetstream: all posts of the network as they are made, of which we keep what concerns the account.

https://github.com/bluesky-social/jetstream (README, read 2026-11-28): /subscribe with
wantedCollections; events of kind "commit" with operation create, update or delete.
"""

import json
from collections.abc import AsyncGenerator, Mapping
from contextlib import aclosing
from datetime import UTC, datetime, timedelta
from typing import Any

from breakwater.domain.errors import TryLater
from breakwater.networks.base import Arrived, Author, Listen, ListenToAll, What
from breakwater.networks.bluesky.echoes import own_post
from breakwater.networks.bluesky.embeds import seen_media
from breakwater.networks.bluesky.facets import in_full
from breakwater.networks.bluesky.firehose import Event, told
from breakwater.networks.bluesky.records import POST, post_url

_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)


async def jetstream(listen: Listen, origin: str) -> AsyncGenerator[Event, None]:
    """All posts of the network, as they are made and deleted. What is no event is {}."""
    address = f"{origin}/subscribe?wantedCollections={POST}"
    async with aclosing(listen(address)) as messages:
        async for message in messages:
            yield _event(message)


async def jetstream_or_server(
    listen: Listen, listen_to_all: ListenToAll, origin: str
) -> AsyncGenerator[Event, None]:
    """Of a server of one's own: a Jetstream that stands before it, and without one the server itself.

    Raises: TryLater when neither can be opened, or when what was heard breaks.
    """
    came = False
    try:
        async with aclosing(jetstream(listen, origin)) as events:
            async for event in events:
                came = True
                yield event
        return
    except TryLater:
        if came:
            raise
    async with aclosing(told(listen_to_all, origin)) as events:
        async for event in events:
            yield event


async def heard(events: AsyncGenerator[Event, None], did: str) -> AsyncGenerator[Arrived, None]:
    """Posts of the account itself, replies below them, and the deletion of any post that we were told
    of."""
    known: set[str] = set()
    async with aclosing(events):
        async for event in events:
            one = _concerns(event, did, known)
            if one is not None:
                yield one


def _concerns(event: Event, did: str, known: set[str]) -> Arrived | None:
    commit = event.get("commit")
    if event.get("kind") != "commit" or not isinstance(commit, Mapping):
        return None
    if commit.get("collection") != POST:
        return None
    author, rkey = str(event.get("did", "")), str(commit.get("rkey", ""))
    uri = f"at://{author}/{POST}/{rkey}"
    if commit.get("operation") == "delete":
        own = author == did
        if uri not in known and not own:
            return None
        known.discard(uri)
        return Arrived(What.GONE, uri, _at(event), Author(author), own=own, raw=dict(event))
    record = commit.get("record")
    if not isinstance(record, Mapping):
        return None
    if isinstance(record.get("reply"), Mapping):
        return _reply(event, record, uri, did, known)
    return own_post(record, uri, _at(event), dict(event)) if author == did else None


def _reply(
    event: Event, record: Mapping[str, Any], uri: str, did: str, known: set[str]
) -> Arrived | None:
    reply = record["reply"]
    root, parent = _uri(reply.get("root")), _uri(reply.get("parent"))
    if not any(one.startswith(f"at://{did}/") for one in (root, parent)):
        return None
    author, _, rkey = uri.removeprefix("at://").split("/", 2)
    known.add(uri)
    return Arrived(
        what=What.COMMENT,
        remote_id=uri,
        at=_at(event),
        author=Author(author),
        text=in_full(str(record.get("text", "")), record.get("facets")),
        url=post_url(author, rkey),
        about=root if root.startswith(f"at://{did}/") else parent,
        parent=parent,
        thread=root,
        media=seen_media(record.get("embed"), "https://bsky.social", author),
        own=author == did,
        raw=dict(event),
    )


def _event(message: str) -> Event:
    try:
        value = json.loads(message)
    except ValueError:
        return {}
    return value if isinstance(value, dict) else {}


def _at(event: Event) -> datetime:
    """When Jetstream saw it, in microseconds."""
    micros = event.get("time_us")
    return _EPOCH + timedelta(microseconds=micros if isinstance(micros, int) else 0)


def _uri(reference: object) -> str:
    return str(reference.get("uri", "")) if isinstance(reference, Mapping) else ""
