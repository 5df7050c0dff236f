"""Frames of a server's own stream, as com.atproto.sync.subscribeRepos sends them."""

import struct
from typing import Any

import pytest

from breakwater.networks.bluesky.dagcbor import DEEPEST, Malformed, one
from breakwater.networks.bluesky.firehose import events
from breakwater.networks.bluesky.records import POST

CID = bytes([1, 0x71, 0x12, 0x20]) + bytes(range(32))
OTHER = CID[:-1] + b"\xff"
RECORD = {"text": "Is there parking? 👋", "embed": {"ref": CID}, "n": [-3, True, None, 1.5]}


class Link(bytes):
    """A CID that stands for a block."""


def packed(value: Any) -> bytes:
    """DAG-CBOR, for what the tests need of it."""
    if value is None or isinstance(value, bool):
        return bytes([{False: 0xF4, True: 0xF5, None: 0xF6}[value]])
    if isinstance(value, float):
        return b"\xfb" + struct.pack(">d", value)
    if isinstance(value, int):
        return _head(0, value) if value >= 0 else _head(1, -1 - value)
    if isinstance(value, Link):
        return _head(6, 42) + packed(b"\0" + bytes(value))
    if isinstance(value, str | bytes):
        raw = value.encode() if isinstance(value, str) else value
        return _head(3 if isinstance(value, str) else 2, len(raw)) + raw
    if isinstance(value, list):
        return _head(4, len(value)) + b"".join(packed(one) for one in value)
    inner = b"".join(packed(name) + packed(one) for name, one in value.items())
    return _head(5, len(value)) + inner


def _head(major: int, number: int) -> bytes:
    if number < 24:
        return bytes([major << 5 | number])
    return bytes([major << 5 | 25]) + number.to_bytes(2, "big")


def frame(*ops: dict[str, Any], blocks: bytes, kind: str = "#commit") -> bytes:
    body = {
        "repo": "did:plc:sam", "ops": list(ops), "blocks": blocks,
        "time": "2026-11-28T09:00:00.000Z",
    }  # fmt: skip
    return packed({"op": 1, "t": kind}) + packed(body)


def car(*blocks: bytes) -> bytes:
    """The first below CID, the second below OTHER; all shorter than two bytes can say."""
    made = bytes([1, 0xA0])
    for cid, block in zip((CID, OTHER), blocks, strict=False):
        length = len(cid) + len(block)
        made += bytes([length & 127 | 128, length >> 7]) + cid + block
    return made


def post(action: str, cid: Any) -> dict[str, Any]:
    return {"action": action, "path": f"{POST}/3l", "cid": cid}


def test_a_post_comes_with_its_record_and_a_deletion_without() -> None:
    blocks = car(packed({**RECORD, "embed": {"ref": Link(CID)}}))
    other = {"action": "create", "path": "app.bsky.feed.like/3l", "cid": Link(CID)}

    created, deleted = events(
        frame(post("create", Link(CID)), other, post("delete", None), blocks=blocks)
    )

    assert created["did"] == "did:plc:sam"
    assert created["time_us"] == 1_795_856_400_000_000
    assert created["commit"]["record"]["text"] == "Is there parking? 👋"
    assert created["commit"]["record"]["n"] == [-3, True, None, 1.5]
    assert created["commit"]["record"]["embed"]["ref"]["$link"].startswith("bafyrei")
    assert deleted["commit"] == {"operation": "delete", "collection": POST, "rkey": "3l"}


def test_what_is_no_commit_or_cannot_be_read_is_left_out() -> None:
    whole = frame(post("create", Link(CID)), blocks=car(packed(RECORD)))

    assert events(frame(post("create", None), blocks=b"", kind="#identity")) == []
    assert [events(whole[:cut]) for cut in range(len(whole) - 30)] == [[]] * (len(whole) - 30)
    assert events(b"\xff" * 40) == []
    assert events(frame(post("create", Link(CID)), blocks=b"\x05\x01")) == []


@pytest.mark.parametrize(
    "broken", [b"\xf7", b"\xfb\x7f\xf8" + b"\0" * 6, b"\x81" * 70], ids=["undefined", "NaN", "deep"]
)
def test_a_record_that_cannot_be_read_costs_itself_alone(broken: bytes) -> None:
    whole = frame(
        post("create", Link(CID)), post("delete", None), post("create", Link(OTHER)),
        blocks=car(broken, packed(RECORD)),
    )  # fmt: skip

    deleted, created = events(whole)

    assert deleted["commit"]["operation"] == "delete"
    assert created["commit"]["record"]["n"] == [-3, True, None, 1.5]


def test_deletions_are_told_whatever_the_blocks_are() -> None:
    for blocks in (b"", b"\x05\x01", b"\xff" * 20, car(packed(RECORD))[:60]):
        (deleted,) = events(frame(post("delete", None), blocks=blocks))

        assert deleted["commit"] == {"operation": "delete", "collection": POST, "rkey": "3l"}


@pytest.mark.parametrize(
    "data",
    [
        b"\x9b" + b"\xff" * 8,
        b"\xbb" + b"\xff" * 8,
        b"\x5b" + b"\xff" * 8,
        b"\x81" * (DEEPEST + 2) + b"\x00",
        b"\x9f\x00\xff",
        b"\xd8\x2a\x00",
        b"\xf7",
        b"\xfb\x7f\xf0" + b"\0" * 6,
        b"",
    ],
    ids=[
        "list",
        "map",
        "bytes",
        "deep",
        "endless",
        "no link",
        "undefined",
        "endless number",
        "nothing",
    ],
)
def test_hostile_bytes_are_refused_at_once(data: bytes) -> None:
    with pytest.raises(Malformed):
        one(data)
