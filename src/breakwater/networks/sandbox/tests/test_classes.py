"""What each class does with the same post twice, and at its edges."""

import asyncio
from collections.abc import Awaitable, Callable
from dataclasses import replace
from pathlib import Path

import pytest

from breakwater.domain.errors import OutcomeUnknown, Reconnect, Refused
from breakwater.domain.guarantees import Guarantee
from breakwater.networks.sandbox.tests.world import World, ignore, parcel, world

Story = Callable[[World], Awaitable[None]]


def run(home: Path, guarantee: Guarantee, story: Story) -> None:
    async def told() -> None:
        async with world(home, guarantee) as w:
            await story(w)

    asyncio.run(told())


def test_a_lasting_key_is_taken_for_ever(tmp_path: Path) -> None:
    async def story(w: World) -> None:
        first = await w.send(parcel())
        w.hands.pass_(days=400)

        second = await w.send(parcel())

        assert second.remote_id == first.remote_id
        assert "swap" in second.detail
        assert len(w.texts()) == 1

    run(tmp_path, Guarantee.LASTING_KEY, story)


def test_a_container_publishes_once(tmp_path: Path) -> None:
    async def story(w: World) -> None:
        handle = await w.connector.prepare(parcel(), {}, ignore)
        sent = await w.connector.commit(parcel(), handle)

        with pytest.raises(OutcomeUnknown):
            await w.connector.commit(parcel(), handle)

        look = await w.connector.look(parcel(), handle)
        assert [seen.remote_id for seen in look.posts] == [sent.remote_id]
        assert look.exact
        assert len(w.texts()) == 1

    run(tmp_path, Guarantee.HANDLE, story)


def test_a_container_lapses_after_a_day(tmp_path: Path) -> None:
    async def story(w: World) -> None:
        handle = await w.connector.prepare(parcel(), {}, ignore)
        w.hands.pass_(hours=25)

        with pytest.raises(Refused) as no:
            await w.connector.commit(parcel(), handle)

        assert no.value.reason == "not_there"
        assert w.texts() == []

    run(tmp_path, Guarantee.HANDLE, story)


@pytest.mark.parametrize(("minutes", "copies"), [(59, 1), (61, 2)])
def test_a_key_is_known_for_an_hour(tmp_path: Path, minutes: int, copies: int) -> None:
    async def story(w: World) -> None:
        await w.send(parcel())
        w.hands.pass_(minutes=minutes)

        await w.send(parcel())

        assert len(w.texts()) == copies

    run(tmp_path, Guarantee.HOUR_KEY, story)


def test_the_life_of_a_key_can_be_chosen(tmp_path: Path) -> None:
    async def story(w: World) -> None:
        w.harbour.as_class(w.account.remote_id, Guarantee.HOUR_KEY, key_life_s=10)
        await w.send(parcel())
        w.hands.pass_(seconds=11)

        await w.send(parcel())

        assert len(w.texts()) == 2

    run(tmp_path, Guarantee.HOUR_KEY, story)


def test_a_fork_may_ignore_the_key(tmp_path: Path) -> None:
    async def story(w: World) -> None:
        w.harbour.as_class(w.account.remote_id, Guarantee.HOUR_KEY, key_ignored=True)

        await w.send(parcel())
        await w.send(parcel())

        assert len(w.texts()) == 2

    run(tmp_path, Guarantee.HOUR_KEY, story)


def test_an_equal_text_is_refused_within_the_window_without_an_id(tmp_path: Path) -> None:
    async def story(w: World) -> None:
        sent = await w.send(parcel("Low  tide."))

        with pytest.raises(OutcomeUnknown) as unsure:
            await w.send(parcel("Low tide. "))

        assert unsure.value.detail == '403 {"error": "duplicate"}'
        assert sent.remote_id not in unsure.value.detail
        assert w.texts() == ["Low  tide."]

    run(tmp_path, Guarantee.DUPLICATE_REFUSED, story)


def test_an_equal_text_is_accepted_after_the_window(tmp_path: Path) -> None:
    async def story(w: World) -> None:
        await w.send(parcel())
        w.hands.pass_(hours=12, seconds=1)

        await w.send(parcel())

        assert len(w.texts()) == 2

    run(tmp_path, Guarantee.DUPLICATE_REFUSED, story)


def test_nothing_protects_the_class_none(tmp_path: Path) -> None:
    async def story(w: World) -> None:
        await w.send(parcel())
        await w.send(parcel())

        assert len(w.texts()) == 2

    run(tmp_path, Guarantee.NONE, story)


def test_the_guarantee_follows_the_class_of_the_account(tmp_path: Path) -> None:
    async def story(w: World) -> None:
        secrets = await w.connector.as_class(Guarantee.HANDLE)
        w.account = replace(w.account, secrets=secrets)

        assert w.connector.guarantee is Guarantee.HANDLE
        await w.send(parcel())
        assert len(w.texts()) == 1

    run(tmp_path, Guarantee.NONE, story)


def test_a_class_that_changed_behind_our_back_is_found_out_by_renewing(tmp_path: Path) -> None:
    async def story(w: World) -> None:
        w.harbour.as_class(w.account.remote_id, Guarantee.NONE)

        with pytest.raises(Reconnect):
            await w.send(parcel())
        assert w.texts() == []

        await w.refresh()
        await w.send(parcel())
        assert w.connector.guarantee is Guarantee.NONE
        assert len(w.texts()) == 1

    run(tmp_path, Guarantee.HOUR_KEY, story)
