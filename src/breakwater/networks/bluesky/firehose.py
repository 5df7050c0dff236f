"""The stream of one server itself (com.atproto.sync.subscribeRepos), for one that no Jetstream hears:
each commit of each of its accounts, of which posts are told as Jetstream would tell them.

A frame is two values of DAG-CBOR: {op, t} and the event. Its blocks are a CAR file (version 1):
CIDs, each with its block. https://atproto.com/specs/event-stream, read 2026-11-28.
"""

import json
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


async def told(listen: ListenToAll, origin: str) -> AsyncGenerator[str, None]:
    """Events of posts, as Jetstream has them (JSON). What cannot be read is left out.

    It begins with what the server still keeps (a day, unless it is set otherwise), so that nothing is
    lost while nobody listened; what was stored already is stored once.
    """
    address = f"{origin}/xrpc/com.atproto.sync.subscribeRepos?cursor=0"
    async with aclosing(listen(address)) as frames:
        async for frame in frames:
            if isinstance(frame, bytes):
                for event in events(frame):
                    yield json.dumps(event)


def events(frame: bytes) -> list[dict[str, Any]]:
    """Of one frame: what it says of posts."""
    try:
        header, at = one(frame)
        body, _ = one(frame, at)
        if not isinstance(header, dict) or header.get("t") != "#commit":
            return []
        return list(_of_commit(body)) if isinstance(body, dict) else []
    except Malformed:
        return []


def _of_commit(body: Mapping[str, Any]) -> Iterator[dict[str, Any]]:
    did, ops, raw = body.get("repo"), body.get("ops"), body.get("blocks")
    if not isinstance(did, str) or not isinstance(ops, list):
        return
    blocks = _blocks(raw) if isinstance(raw, bytes) else {}
    micros = _micros(body.get("time"))
    for op in ops:
        path = str(op.get("path", "")) if isinstance(op, dict) else ""
        collection, _, rkey = path.partition("/")
        if collection != POST:
            continue
        commit = {"operation": str(op.get("action")), "collection": collection, "rkey": rkey}
        cid = op.get("cid")
        if isinstance(cid, bytes) and cid in blocks:
            commit["record"] = _plain(one(blocks[cid])[0])
        yield {"did": did, "time_us": micros, "kind": "commit", "commit": commit}


def _blocks(car: bytes) -> dict[bytes, bytes]:
    """CID -> block. Raises: Malformed."""
    length, at = _varint(car, 0)
    at += length  # its header says which block is the first; we know by the operations
    if at > len(car):
        raise Malformed("a header that is cut off")
    found: dict[bytes, bytes] = {}
    while at < len(car):
        length, at = _varint(car, at)
        if not _CID_BYTES <= length <= len(car) - at:
            raise Malformed("a block of no length")
        found[car[at : at + _CID_BYTES]] = car[at + _CID_BYTES : at + length]
        at += length
    return found


def _varint(data: bytes, at: int) -> tuple[int, int]:
    number = shift = 0
    while at < len(data) and shift < 64:
        byte = data[at]
        number |= (byte & 127) << shift
        at, shift = at + 1, shift + 7
        if byte < 128:
            return number, at
    raise Malformed("a number without an end")


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
