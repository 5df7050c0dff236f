"""The checks of networks/conformance on a stand-in: what it can be told, and the run itself."""

import asyncio
from typing import Any

import httpx

from breakwater.networks.conformance import Check, Server, Subject
from tests.standins.base.calling import Calling
from tests.standins.base.exchange import Reply, as_html, as_json
from tests.standins.base.tricks import Tricky

SLOW = as_json({}, 429, {"retry-after": "30"})


def told(standin: Tricky, method: str, path: str, *, slow: Reply = SLOW, **more: Any) -> Server:
    """method and path (its beginning) of the one call that publishes; slow: how the network says
    that calls are counted; more: what else `Server` can hold."""
    return Server(
        drop_next_reply=lambda: standin.drop_reply_after_accept(method, path),
        fail_next=lambda status, accepted: standin.fail_next(
            method, path, as_html(f"<h1>{status}</h1>", status), accepted=accepted
        ),
        page_next=lambda: standin.html_200(method, path),
        throttle_next=lambda: standin.fail_next(method, path, slow),
        stall_next=lambda: standin.stall(method, path, 30),
        **more,
    )


def passes(check: Check, calling: Calling, server: Server | None = None, **more: Any) -> None:
    """The check holds for this account. more: of `Subject`."""

    async def run() -> None:
        async with httpx.AsyncClient(transport=calling.transport, timeout=5) as client:
            facts = {"app": calling.app, "server": server or Server(), **more}
            await check(Subject.of(calling.network, client, calling.account, **facts))

    asyncio.run(run())
