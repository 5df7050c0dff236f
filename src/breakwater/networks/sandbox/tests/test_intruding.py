"""What somebody else does to an account of the harbour, and how its feed and its pushes tell it."""

import asyncio
from collections.abc import Awaitable, Callable
from datetime import timedelta
from pathlib import Path

import pytest

from breakwater.domain.errors import Refused
from breakwater.networks.base import Source, What
from breakwater.networks.sandbox.hooks import HarbourHooks
from breakwater.networks.sandbox.tests.world import PICTURE, SHA256, World, parcel, world

Told = Callable[[World], Awaitable[None]]


@pytest.fixture
def run(tmp_path: Path) -> Callable[[Told], None]:
    def runner(story: Told) -> None:
        async def told() -> None:
            async with world(tmp_path) as w:
                await story(w)

        asyncio.run(told())

    return runner


def test_an_intruders_post_comes_by_poll_and_by_push_like_our_own(
    run: Callable[[Told], None],
) -> None:
    async def story(w: World) -> None:
        ours = await w.send(parcel())
        theirs = await w.connector.intrude("Free money for all", pictures=[PICTURE])

        batch = await w.connector.poll(Source.OWN_POSTS, "")
        headers, body = await w.connector.push()

        assert [(one.what, one.remote_id, one.own) for one in batch.arrived] == [
            (What.POST, ours.remote_id, True),
            (What.POST, theirs, True),
        ]
        assert [one.sha256 for one in batch.arrived[1].media] == [SHA256]
        (pushed,) = HarbourHooks(w.harbour.secret).parse(headers, body)
        assert [one.remote_id for one in pushed.arrived if one.own] == [ours.remote_id, theirs]

    run(story)


def test_the_same_intrusion_again_changes_nothing_even_after_it_was_deleted(
    run: Callable[[Told], None],
) -> None:
    async def story(w: World) -> None:
        first = await w.connector.intrude("Free money", key="beat-1")
        await w.connector.delete(first)

        again = await w.connector.intrude("Free money", key="beat-1")

        assert again == first
        assert w.texts() == []

    run(story)


def test_what_is_changed_or_gone_is_told_by_the_feed_of_own_posts_alone(
    run: Callable[[Told], None],
) -> None:
    async def story(w: World) -> None:
        sent = await w.send(parcel("As we wrote it"))
        start = (await w.connector.poll(Source.OWN_POSTS, "")).cursor

        await w.connector.tamper(sent.remote_id, "Not as we wrote it")
        await w.connector.vanish(sent.remote_id)

        told = (await w.connector.poll(Source.OWN_POSTS, start)).arrived
        comments = (await w.connector.poll(Source.COMMENTS, "")).arrived
        assert [(one.what, one.text) for one in told] == [
            (What.POST, "Not as we wrote it"),
            (What.GONE, ""),
        ]
        assert What.GONE not in {one.what for one in comments}
        assert await w.connector.read(sent.remote_id) is None

    run(story)


def test_an_intruder_chooses_the_date_of_a_post(run: Callable[[Told], None]) -> None:
    async def story(w: World) -> None:
        long_ago = w.hands.now - timedelta(days=400)

        await w.connector.intrude("Old news", at=long_ago)

        (one,) = (await w.connector.poll(Source.OWN_POSTS, "")).arrived
        assert one.at == long_ago

    run(story)


def test_the_name_of_an_account_is_changed_by_somebody_else(run: Callable[[Told], None]) -> None:
    async def story(w: World) -> None:
        await w.connector.set_profile(name="Other Brand", bio="We were sold")
        await w.connector.set_followers(12)

        who = await w.auth.who(w.account)
        figures = {one.metric.value: one.value for one in await w.connector.insights()}

        assert who.name == "Other Brand"
        assert figures["followers"] == 12

    run(story)


def test_a_profile_longer_than_any_is_refused(run: Callable[[Told], None]) -> None:
    async def story(w: World) -> None:
        with pytest.raises(Refused):
            await w.connector.set_profile(bio="x" * 501)

        assert (await w.auth.who(w.account)).name == "Ann"

    run(story)
