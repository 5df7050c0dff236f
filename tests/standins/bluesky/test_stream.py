"""Jetstream over a real socket, through the guard."""

import asyncio
import json
from pathlib import Path
from typing import Any

import httpx
import pytest
from pytest_django import Settings
from websockets.asyncio.server import ServerConnection, serve

from breakwater.core import http
from breakwater.domain.errors import Refused
from breakwater.networks import bluesky
from breakwater.networks.base import Account, Arrived, Kit, What

ANN, SAM = "did:plc:ann", "did:plc:sam"
POST = "app.bsky.feed.post"
OURS = f"at://{ANN}/{POST}/3lbq2xnh5zc2a"


def event(did: str, rkey: str, operation: str = "create", record: Any = None) -> str:
    commit = {"operation": operation, "collection": POST, "rkey": rkey, "rev": "3l"}
    if record is not None:
        commit["record"] = record
    return json.dumps(
        {"did": did, "time_us": 1_764_316_800_000_000, "kind": "commit", "commit": commit}
    )


def reply(parent: str, text: str) -> dict[str, Any]:
    return {"text": text, "reply": {"root": {"uri": parent}, "parent": {"uri": parent}}}


SAID = [
    event(SAM, "1", record={"text": "To nobody"}),
    "not JSON",
    json.dumps({"kind": "identity", "did": SAM}),
    event(SAM, "2", record=reply(OURS, "Is there parking?")),
    event(SAM, "3", record=reply(f"at://{SAM}/{POST}/1", "To myself")),
    event(SAM, "1", "delete"),
    event(SAM, "2", "delete"),
    event(ANN, "3lbq2xnh5zc2a", "delete"),
]


def test_it_hears_what_concerns_the_account(settings: Settings, tmp_path: Path) -> None:
    asked: list[str] = []

    async def talk(to: ServerConnection) -> None:
        assert to.request is not None
        asked.append(to.request.path)
        for one in SAID:
            await to.send(one)

    async def listen() -> list[Arrived]:
        async with serve(talk, "127.0.0.1", 0) as server, httpx.AsyncClient() as client:
            (socket,) = server.sockets
            origin = f"http://127.0.0.1:{socket.getsockname()[1]}"
            settings.ALLOWED_ORIGINS = frozenset({origin})
            account = Account(ANN, "ann.test", origin)
            connector = bluesky.build(tmp_path).connector(client, account, _kit())
            return [one async for one in connector.stream()]

    came = asyncio.run(listen())

    assert asked == [f"/subscribe?wantedCollections={POST}"]
    assert [(one.what, one.remote_id, one.own) for one in came] == [
        (What.COMMENT, f"at://{SAM}/{POST}/2", False),
        (What.GONE, f"at://{SAM}/{POST}/2", False),
        (What.GONE, OURS, True),
    ]
    assert (came[0].text, came[0].about, came[0].at.year) == ("Is there parking?", OURS, 2025)


def test_the_guard_stands_before_it(settings: Settings, tmp_path: Path) -> None:
    settings.ALLOWED_ORIGINS = frozenset()

    async def listen() -> None:
        async with httpx.AsyncClient() as client:
            account = Account(ANN, "ann.test", "http://127.0.0.1:9")
            connector = bluesky.build(tmp_path).connector(client, account, _kit())
            with pytest.raises(Refused) as no:
                await anext(aiter(connector.stream()))
            assert no.value.reason == "address_refused"

    asyncio.run(listen())


def _kit() -> Kit:
    async def nothing(sha256: str) -> bytes:
        raise AssertionError(sha256)

    return Kit(read=nothing, listen=http.listen)
