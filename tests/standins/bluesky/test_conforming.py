"""What every connector must pass, on the stand-in: joined to Bluesky's services, and alone."""

import asyncio
from pathlib import Path
from typing import Any

import httpx
import pytest

from breakwater.networks import bluesky
from breakwater.networks.base import Account
from breakwater.networks.conformance import CHECKS, Check, Said, Server, Subject
from tests.standins.base.exchange import as_html, as_json
from tests.standins.bluesky.standin import PUT, BlueskyStandin

MANY = 120
"""More than two pages of notifications."""


def server(standin: BlueskyStandin) -> Server:
    def comments(post: str, text: str) -> Said:
        sam = standin.person("sam")
        return Said(standin.replies(sam, post, text).uri, sam.did)

    def mentions(text: str) -> Said:
        sam = standin.person("sam")
        feature = {"$type": "app.bsky.richtext.facet#mention", "did": standin.ann.did}
        facet = {"index": {"byteStart": 0, "byteEnd": 9}, "features": [feature]}
        return Said(standin.writes(sam, f"@ann.test {text}", facets=[facet]).uri, sam.did)

    def writes(text: str) -> Said:
        sam = standin.person("sam")
        convo = standin.chats.of(sam.did, standin.ann.did)
        message = standin.chats.send(sam.did, convo, {"text": text}, standin.now())
        return Said(f"{convo}/{message['id']}", sam.did, sam.did)

    slow = as_json(
        {"error": "RateLimitExceeded", "message": "Rate Limit Exceeded"}, 429,
        {"ratelimit-limit": "30", "ratelimit-policy": "30;w=300", "retry-after": "290"},
    )  # fmt: skip
    return Server(
        drop_next_reply=lambda: standin.drop_reply_after_accept("POST", PUT),
        fail_next=lambda status, accepted: standin.fail_next(
            "POST", PUT, as_html("<h1>No</h1>", status), accepted=accepted
        ),
        page_next=lambda: standin.html_200("POST", PUT),
        throttle_next=lambda: standin.fail_next("POST", PUT, slow),
        stall_next=lambda: standin.stall("POST", PUT, 30),
        expire_tokens=standin.expire_tokens,
        stranger_comments=comments,
        stranger_mentions=mentions,
        stranger_writes=writes,
    )


@pytest.mark.parametrize("check", CHECKS, ids=lambda check: check.__name__)
@pytest.mark.parametrize("joined", [True, False], ids=["joined", "alone"])
def test_it_conforms(check: Check, joined: bool, tmp_path: Path) -> None:
    standin = BlueskyStandin(joined=joined)
    for name in ("sam", "kim", "lee"):
        standin.follows(standin.person(name))

    async def run() -> Any:
        account = Account(standin.ann.did, "ann.test", standin.origin, standin.connected())
        async with httpx.AsyncClient(transport=standin.transport()) as client:
            await check(Subject.of(
                bluesky.build(tmp_path), client, account, server=server(standin), many=MANY
            ))  # fmt: skip

    asyncio.run(run())
    assert standin.violations == []
