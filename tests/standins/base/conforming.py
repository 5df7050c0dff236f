"""The checks of networks/conformance on a stand-in: what it can be told, and the run itself."""

import asyncio
from collections.abc import Mapping
from typing import Any
from unittest import SkipTest

import httpx

from breakwater.networks.conformance import Check, Denied, Server, Subject
from tests.standins.base.calling import Calling
from tests.standins.base.elsewhere import ELSEWHERE, Elsewhere
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


async def conforms(
    check: Check, subject: Subject, elsewhere: Mapping[str, Elsewhere] | None = None
) -> None:
    """The check holds; it is skipped where the manifest says no, or by a name in `elsewhere`
    (otherwise the network's own list)."""
    named = ELSEWHERE.get(subject.manifest.slug, {}) if elsewhere is None else elsewhere
    name = check.__name__
    try:
        await check(subject)
    except Denied:
        assert name not in named, f"{name} needs no exception: the manifest says no"
        raise
    except SkipTest as skipped:
        if name not in named:
            raise AssertionError(f"nobody shows this: {skipped}") from skipped
        raise
    assert name not in named, f"{name} is an exception no more"


def passes(
    check: Check,
    calling: Calling,
    server: Server | None = None,
    elsewhere: Mapping[str, Elsewhere] | None = None,
    **more: Any,
) -> None:
    """The account conforms to the check. more: of `Subject`."""

    async def run() -> None:
        async with httpx.AsyncClient(transport=calling.transport, timeout=5) as client:
            facts = {"app": calling.app, "server": server or Server(), **more}
            subject = Subject.of(calling.network, client, calling.account, **facts)
            await conforms(check, subject, elsewhere)

    asyncio.run(run())
