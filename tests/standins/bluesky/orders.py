"""What the checks of networks/conformance can tell this stand-in to do, and its Jetstream."""

import json
from collections.abc import AsyncGenerator, Callable

from breakwater.networks.conformance import Said, Server
from tests.standins.base.conforming import told
from tests.standins.base.exchange import as_json
from tests.standins.bluesky import app
from tests.standins.bluesky.standin import PUT, BlueskyStandin

_SLOW = as_json(
    {"error": "RateLimitExceeded", "message": "Rate Limit Exceeded"}, 429,
    {"ratelimit-limit": "30", "ratelimit-policy": "30;w=300", "retry-after": "290"},
)  # fmt: skip


def orders(standin: BlueskyStandin) -> Server:
    sam = standin.person("sam")

    def mentions(text: str) -> Said:
        feature = {"$type": "app.bsky.richtext.facet#mention", "did": standin.ann.did}
        facet = {"index": {"byteStart": 0, "byteEnd": 9}, "features": [feature]}
        return Said(standin.writes(sam, f"@ann.test {text}", facets=[facet]).uri, sam.did)

    def writes(text: str) -> Said:
        convo = standin.chats.of(sam.did, standin.ann.did)
        message = standin.chats.send(sam.did, convo, {"text": text}, standin.now())
        return Said(f"{convo}/{message['id']}", sam.did, sam.did)

    return told(
        standin, "POST", PUT, slow=_SLOW,
        expire_tokens=standin.expire_tokens,
        stranger_comments=lambda post, text: Said(standin.replies(sam, post, text).uri, sam.did),
        stranger_mentions=mentions,
        stranger_writes=writes,
    )  # fmt: skip


def listen(standin: BlueskyStandin) -> Callable[[str], AsyncGenerator[str, None]]:
    """As `Kit.listen`: all posts so far as Jetstream tells them, and then the end."""

    async def stream(address: str) -> AsyncGenerator[str, None]:
        assert address.endswith(f"/subscribe?wantedCollections={app.POST}"), address
        for one in list(standin.state.of(app.POST))[::-1]:
            commit = {
                "operation": "create", "collection": app.POST, "rkey": one.uri.rpartition("/")[2],
                "record": one.value, "cid": one.cid,
            }  # fmt: skip
            at_us = int(one.indexed.timestamp() * 1_000_000)
            event = {"did": one.did, "time_us": at_us, "kind": "commit", "commit": commit}
            yield json.dumps(event)

    return stream
