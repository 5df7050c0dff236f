"""No secret of ours is in any package, wherever a network wants it and however it echoes it."""

import asyncio
import base64
import gzip
import html
import io
import json
import zipfile
from contextlib import suppress
from datetime import datetime
from typing import Any
from urllib.parse import quote

import httpx
import pytest
from tests.people import NOW

from breakwater.channels.installed import manifests, network
from breakwater.channels.tapes import LEFT_OUT, Tape
from breakwater.core import http
from breakwater.core.ids import new_id
from breakwater.evidence.packing import About, pack
from breakwater.evidence.taken import Medium, Taken
from breakwater.evidence.taking import cleaned
from breakwater.networks.base import Account, Kit

CANARIES = {
    name: f"canary/{name}+=&\"'-{number}"
    for number, name in enumerate(
        ("access_token", "refresh_token", "client_id", "client_secret", "password", "page_token"), 1
    )
}
KNOWN = "did:plc:canary-account"


def spelled(value: str) -> list[str]:
    return [
        value, quote(value, safe=""), quote(value), html.escape(value), json.dumps(value)[1:-1],
        json.dumps(value)[1:-1].replace("/", "\\/"),
        base64.b64encode(value.encode()).decode().rstrip("="),
    ]  # fmt: skip


def echo(request: httpx.Request) -> httpx.Response:
    """All that it was sent, and every secret in every spelling, in a body and a header."""
    every = [one for value in CANARIES.values() for one in spelled(value)]
    said = [str(request.url), request.content.decode(errors="replace"), *every]
    body = "\n".join([*said, *(f"{k}: {v}" for k, v in request.headers.items())])
    headers = {"x-echo": quote(CANARIES["access_token"]), "set-cookie": "session=canary"}
    return httpx.Response(200, headers=headers, content=body.encode())


def everything(data: bytes) -> bytes:
    """All bytes of a package, unpacked to the ground."""
    with zipfile.ZipFile(io.BytesIO(data)) as opened:
        parts = [opened.read(name) for name in opened.namelist()]
    return b"\n".join([data, *parts, *(gzip.decompress(p) for p in parts if p[:2] == b"\x1f\x8b")])


async def asked(slug: str, tape: Tape) -> None:
    """The network's own connector asks all that a capture asks."""
    account = Account(KNOWN, "@quay", "https://quay.example", CANARIES)

    async def read(sha256: str) -> bytes:
        return b""

    kit = Kit(read=read, app=CANARIES)
    over = tape.around(httpx.MockTransport(echo))
    async with http.client_over(over) as client:
        connector = network(slug).connector(client, account, kit)
        for call in (
            lambda: connector.read("at://did:plc:x/app.bsky.feed.post/1"),
            lambda: connector.read("123_456"),
            lambda: connector.read(f"{KNOWN}/localPosts/1"),
            lambda: connector.comments("123_456"),
            lambda: connector.insights("123_456"),
            lambda: connector.profile(),
        ):
            with suppress(Exception):
                await call()
        token = quote(CANARIES["access_token"])
        await client.post(f"https://quay.example/?access_token={token}", json=dict(CANARIES))


def package(tape: Tape) -> bytes:
    every = [one for value in CANARIES.values() for one in spelled(value)]
    taken = Taken(
        NOW, NOW, post={"text": " ".join(every)}, comments=[{"text": one} for one in every],
        media=[Medium("media-1", f"https://quay.example/?{every[1]}", "image/png", b"x")],
        missing=[{"name": "page", "code": "late", "url": every[0]}],
    )  # fmt: skip
    values: dict[str, Any] = {
        "workspace": "Harbour", "network": "quay", "origin": "https://quay.example",
        "account": "@quay", "account_id": KNOWN, "remote_id": "1", "url": "https://quay.example/1",
        "why": "", "asked_by": "Bob", "asked_at": NOW.isoformat(), "incident": "",
    }  # fmt: skip
    about = About(capture=new_id(), taking=1, address_only=False, facts={}, version="1", **values)
    return pack(about, cleaned(taken, tape)).data


@pytest.mark.parametrize("slug", sorted(manifests()))
def test_no_secret_is_in_a_package(slug: str, now: datetime) -> None:
    tape = Tape({f"account {k}": v for k, v in CANARIES.items()}, known=[KNOWN], clock=lambda: now)

    asyncio.run(asked(slug, tape))

    data = everything(package(tape))
    found = [one for value in CANARIES.values() for one in spelled(value) if one.encode() in data]
    assert found == []
    assert b"session=canary" not in data
    names = {name.lower() for one in tape.exchanges for name, _ in one.asked}
    assert names <= {"accept", "content-type", "host", "user-agent"}
    assert LEFT_OUT.encode() in data
    assert tape.hidden == len(tape.exchanges) > 1


def test_what_the_public_knows_stays(now: datetime) -> None:
    secrets = {"account did": KNOWN, "account scope": "read write follow", "account pin": "12345"}
    tape = Tape(secrets, known=[KNOWN], clock=lambda: now)
    request = httpx.Request("GET", "https://quay.example/")

    tape.keep(request, httpx.Response(200), f"{KNOWN} read write follow".encode())

    assert tape.exchanges[0].body == f"{KNOWN} read write follow".encode()
    assert tape.hidden == 0
