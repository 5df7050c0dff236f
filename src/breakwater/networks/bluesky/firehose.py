"""The stream of one server itself (com.atproto.sync.subscribeRepos), for one that no Jetstream hears:
each commit of each of its accounts, of which posts are told as Jetstream would tell them.

A frame is two values of DAG-CBOR: {op, t} and the event. Its blocks are a CAR file (version 1):
CIDs, each with its block. https://atproto.com/specs/event-stream, read 2026-11-28.
"""

from base64 import b32encode
from collections.abc import AsyncGenerator, Iterator, Mapping
from contextlib import aclosing
from datetime import UTC, datetime
from typing import Any

from breakwater.networks.base import ListenToAll
from breakwater.networks.bluesky.dagcbor import Malformed, one
from breakwater.networks.bluesky.records import POST, moment

_CID_BYTES = 36
"""Version, codec, and a SHA-256 with its two bytes: the only CIDs that AT Protocol has."""


Event = Mapping[str, Any]
"""What Jetstream says of one record: https://github.com/bluesky-social/jetstream."""


async def told(listen: ListenToAll, origin: str) -> AsyncGenerator[Event, None]:
    """Events of posts, as Jetstream has them. What cannot be read is left out.

    It begins with what the server still keeps (a day, unless it is set otherwise), so that nothing is
    lost while nobody listened; what was stored already is stored once.
    """
    address = f"{origin}/xrpc/com.atproto.sync.subscribeRepos?cursor=0"
    async with aclosing(listen(address)) as frames:
        async for frame in frames:
            if isinstance(frame, bytes):
                for event in events(frame):
                    yield event


def events(frame: bytes) -> list[Event]:
    """Of one frame: what it says of posts. A record that cannot be read costs itself alone: what
    else happened in the same commit is told, deletions above all."""
    try:
        header, at = one(frame)
        body, _ = one(frame, at)
        if not isinstance(header, dict) or header.get("t") != "#commit":
            return []
        return list(_of_commit(body)) if isinstance(body, dict) else []
    except Malformed:
        return []


def _of_commit(body: Mapping[str, Any]) -> Iterator[Event]:
    did, ops, raw = body.get("repo"), body.get("ops"), body.get("blocks")
    if not isinstance(did, str) or not isinstance(ops, list):
        return
    blocks = dict(_blocks(raw)) if isinstance(raw, bytes) else {}
    micros = _micros(body.get("time"))
    for op in ops:
        commit = _of_post(op, blocks) if isinstance(op, dict) else None
        if commit is not None:
            yield {"did": did, "time_us": micros, "kind": "commit", "commit": commit}


def _of_post(op: Mapping[str, Any], blocks: Mapping[bytes, bytes]) -> dict[str, Any] | None:
    """None for what is no post, and for one that came without a record that can be read."""
    collection, _, rkey = str(op.get("path", "")).partition("/")
    if collection != POST:
        return None
    commit = {"operation": str(op.get("action")), "collection": collection, "rkey": rkey}
    cid = op.get("cid")
    if cid is None:
        return commit
    try:
        record, _ = one(blocks.get(cid, b"") if isinstance(cid, bytes) else b"")
    except Malformed:
        return None
    return {**commit, "record": _plain(record)}


def _blocks(car: bytes) -> Iterator[tuple[bytes, bytes]]:
    """CIDs, each with its block, until the end or what is no block: its end is not known."""
    length, at = _varint(car, 0)
    at += length  # its header says which block is the first; we know by the operations
    while at < len(car):
        length, at = _varint(car, at)
        if not _CID_BYTES <= length <= len(car) - at:
            return
        yield car[at : at + _CID_BYTES], car[at + _CID_BYTES : at + length]
        at += length


def _varint(data: bytes, at: int) -> tuple[int, int]:
    """The number, and where the next thing begins; (0, the end) for one without an end."""
    number = shift = 0
    while at < len(data) and shift < 64:
        byte = data[at]
        number |= (byte & 127) << shift
        at, shift = at + 1, shift + 7
        if byte < 128:
            return number, at
    return 0, len(data)


def _plain(value: Any) -> Any:
    """As JSON has it: links and bytes by their own objects."""
    if isinstance(value, dict):
        return {name: _plain(inner) for name, inner in value.items()}
    if isinstance(value, list):
        return [_plain(inner) for inner in value]
    if isinstance(value, bytes):
        return {"$link": "b" + b32encode(value).decode().rstrip("=").lower()}
    return value


def _micros(at: object) -> int:
    since = moment(at) - datetime(1970, 1, 1, tzinfo=UTC)
    return int(since.total_seconds() * 1_000_000)
