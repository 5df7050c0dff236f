"""The harbour passes what every connector must pass, in each of its classes."""

import asyncio
from dataclasses import replace
from pathlib import Path

import pytest
from tests.standins.base.conforming import conforms

from breakwater.domain.guarantees import Guarantee
from breakwater.networks.base import Practice, What
from breakwater.networks.conformance import (
    CHECKS,
    Check,
    Said,
    Server,
    Subject,
    failing,
    publishing,
)
from breakwater.networks.sandbox.classes import CLAIMS, KEY_IGNORED, PUBLISH_ID
from breakwater.networks.sandbox.manifest import CLASSES
from breakwater.networks.sandbox.tests.world import World, world


def _subject(w: World, kind: str = Guarantee.HOUR_KEY) -> Subject:
    return Subject.of(
        w.network, w.client, w.account, now=w.hands, renames=kind == PUBLISH_ID, server=_server(w)
    )


def _server(w: World) -> Server:
    """Everything but silence: that takes real seconds (below)."""

    def fail(status: int, accepted: bool) -> None:
        w.plan("error_accepted" if accepted else "error_refused", status=str(status))

    def said(what: What, text: str, about: str = "", **more: int) -> Said:
        w.hands.pass_(seconds=1)
        wish = {"what": what, "text": text, "author": "Moa", "id": about, **more}
        made = w.harbour.arrive(w.account.remote_id, **wish)
        return Said(made["id"], made["author_id"], made["author_id"])

    def pushed() -> tuple[dict[str, str], bytes]:
        said(What.MENTION, "Is this where the ferry leaves?")
        made = w.harbour.push(w.account.remote_id)
        return made["headers"], made["body"].encode()

    return Server(
        drop_next_reply=lambda: w.plan("dropped_after"),
        fail_next=fail,
        page_next=lambda: w.plan("html"),
        throttle_next=lambda: w.plan("throttled"),
        expire_tokens=lambda: w.plan("unauthorised"),
        stranger_comments=lambda post, text: said(What.COMMENT, text, post),
        stranger_comments_on_an_ad=lambda text: said(What.COMMENT, text, "ad-1", ad=True),
        stranger_mentions=lambda text: said(What.MENTION, text),
        stranger_writes=lambda text: said(What.MESSAGE, text),
        stranger_reviews=lambda text, rating: said(What.REVIEW, text, rating=rating),
        pushes=pushed,
    )


@pytest.mark.parametrize("check", CHECKS, ids=lambda check: check.__name__)
@pytest.mark.parametrize("kind", [kind for kind, _ in CLASSES if kind != KEY_IGNORED])
@pytest.mark.parametrize(
    "socket",
    [pytest.param(False, id="in_process"), pytest.param(True, id="socket", marks=pytest.mark.slow)],
)
def test_it_conforms(check: Check, kind: str, socket: bool, tmp_path: Path) -> None:
    async def run() -> None:
        async with world(tmp_path, kind, socket=socket) as w:
            w.harbour.as_class(w.account.remote_id, kind, moderation_s=0)
            await conforms(check, _subject(w, kind))

    asyncio.run(run())


@pytest.mark.slow
def test_its_silence_is_in_doubt(tmp_path: Path) -> None:
    async def run() -> None:
        async with world(tmp_path, socket=True, timeout_s=0.5) as w:
            silence = Server(stall_next=lambda: w.plan("silent"))
            w.app_pauses()
            await failing.no_call_outlives_a_silent_server(
                replace(_subject(w), server=silence, timeout_s=0.5)
            )
            assert len(w.texts()) == 1

    asyncio.run(run())


def test_the_manifest_lists_every_class() -> None:
    assert {str(kind) for kind, _ in CLASSES} == set(CLAIMS)


@pytest.mark.parametrize(
    ("check", "kind", "call"),
    [
        (publishing.publishes_and_reads_back_equal, "truncated", ""),
        (publishing.publishes_and_reads_back_equal, "altered", ""),
        (publishing.look_finds_what_was_published, "altered", ""),
        (publishing.deletes_and_proves_absence, "keeps_deleted", ""),
    ],
)
def test_a_network_that_lies_does_not_conform(
    check: Check, kind: str, call: str, tmp_path: Path
) -> None:
    async def run() -> None:
        async with world(tmp_path) as w:
            w.plan(kind, call, sticky=True)
            with pytest.raises(AssertionError):
                await check(_subject(w))

    asyncio.run(run())


@pytest.mark.parametrize("kind", [Guarantee.HOUR_KEY, KEY_IGNORED])
def test_a_network_that_ignores_the_key_does_not_conform(tmp_path: Path, kind: str) -> None:
    async def run() -> None:
        async with world(tmp_path, kind) as w:
            w.harbour.as_class(w.account.remote_id, kind, key_ignored=True)
            assert w.connector.guarantee is Guarantee.HOUR_KEY
            with pytest.raises(AssertionError, match="2 copies of one parcel"):
                await publishing.same_parcel_twice_behaves_as_its_guarantee_says(_subject(w))

    asyncio.run(run())


def test_the_connector_offers_practice(tmp_path: Path) -> None:
    async def run() -> None:
        async with world(tmp_path) as w:
            assert isinstance(w.connector, Practice)

    asyncio.run(run())
