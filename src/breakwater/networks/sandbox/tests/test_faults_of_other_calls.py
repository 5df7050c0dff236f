"""Faults of looks, first steps, deletes and renewals: what we are told, and what is true."""

from contextlib import suppress

import pytest

from breakwater.domain.errors import NetworkError, OutcomeUnknown, Reconnect, TryLater
from breakwater.domain.guarantees import Guarantee
from breakwater.networks.base import Handle
from breakwater.networks.sandbox.tests.world import TEXT, Runner, World, ignore, parcel


def test_a_delete_that_says_yes_and_keeps_the_post(tell: Runner) -> None:
    async def story(w: World) -> None:
        sent = await w.send(parcel())
        w.plan("keeps_deleted")

        await w.connector.delete(sent.remote_id)
        assert await w.connector.read(sent.remote_id) is not None

        await w.connector.delete(sent.remote_id)
        assert await w.connector.read(sent.remote_id) is None

    tell(story)


@pytest.mark.parametrize("kind", ["dropped_after", "half_body", "wrong_json", "flood", "trickle"])
def test_a_delete_can_lose_its_answer(tell: Runner, kind: str) -> None:
    async def story(w: World) -> None:
        sent = await w.send(parcel())
        w.plan(kind, "delete")

        with suppress(OutcomeUnknown):
            await w.connector.delete(sent.remote_id)

        assert w.texts() == []

    tell(story)


def test_nothing_can_be_looked_up_and_that_is_no_proof(tell: Runner) -> None:
    async def story(w: World) -> None:
        sent = await w.send(parcel())
        w.plan("blind", sticky=True)

        with pytest.raises(TryLater):
            await w.connector.look(parcel(), {})
        with pytest.raises(TryLater):
            await w.connector.read(sent.remote_id)
        with pytest.raises(TryLater):
            await w.connector.timeline(3)
        with pytest.raises(TryLater):
            await w.connector.comments(sent.remote_id)

        await w.connector.clear()
        assert await w.connector.read(sent.remote_id) is not None

    tell(story)


@pytest.mark.parametrize("kind", ["dropped_after", "reset_before", "half_body", "html"])
def test_a_spoiled_upload_can_be_tried_again(tell: Runner, kind: str) -> None:
    async def story(w: World) -> None:
        w.plan(kind, "prepare")
        with pytest.raises(TryLater):
            await w.connector.prepare(parcel(), {}, ignore)

        sent = await w.send(parcel())

        assert (await w.connector.read(sent.remote_id)) is not None

    tell(story, Guarantee.HANDLE)


@pytest.mark.parametrize("kind", ["dropped_after", "half_body", "wrong_json", "html", "no_id"])
@pytest.mark.parametrize("way", ["handle", "resumable", "publish_id"])
def test_a_first_step_that_was_spoiled_is_gone_on_with(tell: Runner, way: str, kind: str) -> None:
    async def story(w: World) -> None:
        for spoiled in range(3):
            w.plan(kind, "prepare")
            kept: dict[str, object] = {}

            async def keep(handle: Handle, kept: dict[str, object] = kept) -> None:
                kept.update(handle)

            with pytest.raises(TryLater):
                await w.connector.prepare(parcel(f"{TEXT} {spoiled}"), {}, keep)
            handle = await w.connector.prepare(parcel(f"{TEXT} {spoiled}"), kept, ignore)
            await w.connector.commit(parcel(f"{TEXT} {spoiled}"), handle)

        w.hands.pass_(minutes=3)
        assert w.texts() == [f"{TEXT} {spoiled}" for spoiled in range(3)]

    tell(story, way)


@pytest.mark.parametrize(
    ("kind", "error"),
    [
        ("unauthorised", Reconnect),
        ("token_dead", Reconnect),
        ("throttled", TryLater),
        ("error_refused", TryLater),
        ("trickle", TryLater),
        ("wrong_json", TryLater),
        ("half_body", TryLater),
        ("no_id", TryLater),
    ],
)
def test_a_look_that_fails_proves_nothing(
    tell: Runner, kind: str, error: type[NetworkError]
) -> None:
    async def story(w: World) -> None:
        await w.send(parcel())
        w.plan(kind, "look", seconds="2")

        with pytest.raises(error) as caught:
            await w.connector.look(parcel(), {})

        assert type(caught.value) is error

    tell(story)


@pytest.mark.parametrize(
    ("kind", "error"),
    [
        ("dropped_after", OutcomeUnknown),
        ("reset_before", OutcomeUnknown),
        ("error_refused", OutcomeUnknown),
        ("throttled", TryLater),
        ("no_id", Reconnect),
        ("unauthorised", Reconnect),
    ],
)
def test_a_renewal_meets(tell: Runner, kind: str, error: type[NetworkError]) -> None:
    async def story(w: World) -> None:
        w.plan(kind, "token")

        with pytest.raises(error) as caught:
            await w.refresh()

        assert type(caught.value) is error
        assert w.texts() == []

    tell(story)


@pytest.mark.parametrize(("kind", "shown"), [("truncated", "Low tide"), ("altered", f"{TEXT} ⚓")])
def test_a_shown_text_is_spoiled_and_the_kept_one_is_not(
    tell: Runner, kind: str, shown: str
) -> None:
    async def story(w: World) -> None:
        sent = await w.send(parcel())
        w.plan(kind, "look")

        seen = await w.connector.read(sent.remote_id)

        assert seen is not None
        assert seen.text == shown
        assert w.texts() == [TEXT]

    tell(story)


def test_a_sign_in_that_ran_out_is_renewed_once_and_the_old_one_is_dead(tell: Runner) -> None:
    async def story(w: World) -> None:
        w.plan("unauthorised")
        with pytest.raises(Reconnect):
            await w.send(parcel())
        old = w.account

        await w.refresh()
        await w.send(parcel())

        assert w.texts() == [TEXT]
        with pytest.raises(Reconnect):
            await w.auth.refresh(old)

    tell(story)


def test_a_withdrawn_sign_in_is_not_renewed_but_connected_again(tell: Runner) -> None:
    async def story(w: World) -> None:
        w.plan("token_dead")
        with pytest.raises(Reconnect):
            await w.send(parcel())
        with pytest.raises(Reconnect):
            await w.refresh()
        assert await w.connector.faults() == ()

        again = await w.auth.sign_in(w.account.origin, {"name": "ann", "class": "none"})

        assert w.harbour.enter(again["token"]) == w.account.remote_id

    tell(story)
