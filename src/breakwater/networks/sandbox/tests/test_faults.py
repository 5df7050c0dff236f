"""Faults of commit calls, in process and over a socket: what we are told, and what is true."""

import asyncio
from dataclasses import replace
from pathlib import Path

import pytest

from breakwater.domain.errors import (
    NetworkError,
    OutcomeUnknown,
    Reconnect,
    Refused,
    TryLater,
)
from breakwater.domain.guarantees import Guarantee
from breakwater.networks.base import Fault
from breakwater.networks.sandbox.faults import KINDS, Refusal
from breakwater.networks.sandbox.tests.world import TEXT, Runner, World, ignore, parcel, world


@pytest.mark.parametrize(
    ("kind", "error", "public"),
    [
        ("dropped_after", OutcomeUnknown, [TEXT]),
        ("reset_before", OutcomeUnknown, []),
        ("error_accepted", OutcomeUnknown, [TEXT]),
        ("error_refused", OutcomeUnknown, []),
        ("half_body", OutcomeUnknown, [TEXT]),
        ("wrong_json", OutcomeUnknown, [TEXT]),
        ("html", OutcomeUnknown, [TEXT]),
        ("no_id", OutcomeUnknown, [TEXT]),
        ("ghost", OutcomeUnknown, []),
        ("unauthorised", Reconnect, []),
        ("token_dead", Reconnect, []),
        ("forbidden", Refused, []),
        ("unprocessable", Refused, []),
        ("throttled", TryLater, []),
    ],
)
def test_a_commit_meets(
    tell: Runner, kind: str, error: type[NetworkError], public: list[str]
) -> None:
    async def story(w: World) -> None:
        w.plan(kind)

        with pytest.raises(error) as caught:
            await w.send(parcel())

        assert type(caught.value) is error
        assert w.texts() == public
        assert w.calls("commit") == 1
        assert w.harbour.faults(w.account.remote_id) == ()

    tell(story)


@pytest.mark.parametrize("guarantee", Guarantee)
def test_a_lost_answer_is_found_by_looking(tell: Runner, guarantee: Guarantee) -> None:
    async def story(w: World) -> None:
        handle = await w.connector.prepare(parcel(), {}, ignore)
        w.plan("dropped_after")
        with pytest.raises(OutcomeUnknown):
            await w.connector.commit(parcel(), handle)

        look = await w.connector.look(parcel(), handle)

        assert [seen.text for seen in look.posts] == [TEXT]
        assert look.complete

    tell(story, guarantee)


@pytest.mark.parametrize("guarantee", [g for g in Guarantee if g is not Guarantee.NONE])
def test_a_late_one_never_doubles_what_was_sent_again(tell: Runner, guarantee: Guarantee) -> None:
    async def story(w: World) -> None:
        handle = await w.connector.prepare(parcel(), {}, ignore)
        w.plan("late", minutes="7")
        with pytest.raises(OutcomeUnknown):
            await w.connector.commit(parcel(), handle)
        await w.connector.commit(parcel(), handle)

        w.hands.pass_(minutes=8)

        assert w.texts() == [TEXT]

    tell(story, guarantee)


def test_a_late_one_is_out_after_its_minutes_and_not_before(tell: Runner) -> None:
    async def story(w: World) -> None:
        w.plan("late", minutes="7")
        with pytest.raises(OutcomeUnknown):
            await w.send(parcel())

        w.hands.pass_(minutes=6)
        assert (await w.connector.look(parcel(), {})).posts == ()
        w.hands.pass_(minutes=1)
        (seen,) = (await w.connector.look(parcel(), {})).posts

        assert seen.text == TEXT
        assert (w.hands.now - seen.created_at).total_seconds() == 0

    tell(story)


def test_a_late_one_doubles_where_nothing_protects(tell: Runner) -> None:
    async def story(w: World) -> None:
        w.plan("late", minutes="7")
        with pytest.raises(OutcomeUnknown):
            await w.send(parcel())
        await w.send(parcel())

        w.hands.pass_(minutes=8)

        assert w.texts() == [TEXT, TEXT]

    tell(story)


@pytest.mark.parametrize(
    ("wish", "after_s"),
    [
        ("45", 45),
        ("0", 0),
        ("date", 30),
        ("past", 0),
        ("negative", None),
        ("fractional", 1.5),
        ("garbage", None),
        ("absent", None),
        ("ten_days", 864_000),
        ("reset", 30),
    ],
)
def test_too_many_calls_say_when_to_come_back(
    tell: Runner, wish: str, after_s: float | None
) -> None:
    async def story(w: World) -> None:
        w.plan("throttled", retry_after=wish)

        with pytest.raises(TryLater) as later:
            await w.send(parcel())

        assert later.value.after_s == after_s
        assert later.value.throttled
        assert w.texts() == []

    tell(story)


@pytest.mark.parametrize(("scope", "whole_app"), [("account", False), ("app", True)])
def test_too_many_calls_may_be_those_of_the_whole_app(
    tell: Runner, scope: str, whole_app: bool
) -> None:
    async def story(w: World) -> None:
        w.plan("throttled", retry_after="45", scope=scope)

        with pytest.raises(TryLater) as later:
            await w.send(parcel())

        assert (later.value.throttled, later.value.whole_app) == (True, whole_app)
        assert later.value.after_s == 45

    tell(story)


def test_the_whole_app_is_throttled_for_a_while(tell: Runner) -> None:
    async def story(w: World) -> None:
        ann = w.account
        secrets = await w.auth.sign_in(ann.origin, {"name": "Bob", "class": "none"})
        w.plan("throttled", scope="app", seconds="60")
        with pytest.raises(TryLater):
            await w.send(parcel())

        w.account = replace(ann, secrets=secrets)
        with pytest.raises(TryLater) as later:
            await w.send(parcel())
        with pytest.raises(TryLater):
            await w.connector.timeline(1)
        assert (later.value.throttled, later.value.whole_app) == (True, True)

        w.hands.pass_(seconds=60)
        await w.send(parcel())
        assert w.harbour.posts(ann.remote_id) == ()

    tell(story)


def test_one_byte_a_second_ends_some_time(tell: Runner) -> None:
    async def story(w: World) -> None:
        w.plan("trickle", seconds="7")

        with pytest.raises(OutcomeUnknown):
            await w.send(parcel())

        assert w.paused == [1.0] * 7
        assert w.texts() == [TEXT]

    tell(story)


def test_one_byte_a_second_arrives_if_there_is_time(tell: Runner) -> None:
    async def story(w: World) -> None:
        w.plan("trickle", seconds="1000")

        sent = await w.send(parcel())

        assert len(w.paused) == len(sent.detail) - len("201 ")
        assert w.texts() == [TEXT]

    tell(story)


def test_five_megabytes_of_json_come(tell: Runner) -> None:
    async def story(w: World) -> None:
        w.plan("flood")

        response = await w.client.post(
            f"{w.account.origin}/api/posts",
            json={"text": TEXT},
            headers={"authorization": f"Bearer {w.account.secrets['token']}"},
        )

        assert len(response.content) > 5_000_000
        assert response.json()["id"] == (await w.connector.timeline(1))[0].remote_id

    tell(story)


@pytest.mark.parametrize(("kind", "shown"), [("truncated", "Low tide"), ("altered", f"{TEXT} ⚓")])
def test_a_stored_text_is_spoiled(tell: Runner, kind: str, shown: str) -> None:
    async def story(w: World) -> None:
        w.plan(kind)

        sent = await w.send(parcel())

        seen = await w.connector.read(sent.remote_id)
        assert seen is not None
        assert seen.text == shown

    tell(story)


def test_faults_wait_in_their_order(tell: Runner) -> None:
    async def story(w: World) -> None:
        w.plan("forbidden")
        w.plan("throttled", sticky=True)
        w.plan("ghost")

        with pytest.raises(Refused):
            await w.send(parcel())
        for _ in range(3):
            with pytest.raises(TryLater):
                await w.send(parcel())

        assert [f.kind for f in w.harbour.faults(w.account.remote_id)] == ["throttled", "ghost"]

    tell(story)


def test_the_connector_plans_lists_and_clears(tell: Runner) -> None:
    async def story(w: World) -> None:
        fault = Fault("error_refused", "commit", sticky=True, detail={"status": "502"})
        await w.connector.plan(fault)
        assert await w.connector.faults() == (fault,)

        with pytest.raises(OutcomeUnknown) as unsure:
            await w.send(parcel())
        assert unsure.value.detail.startswith("502 ")

        await w.connector.clear()
        assert await w.connector.faults() == ()

    tell(story)


@pytest.mark.parametrize(
    "fault",
    [
        Fault("storm"),
        Fault("late", "sleep"),
        Fault("late", detail={"minutes": "soon"}),
        Fault("late", detail={"minutes": "-1"}),
        Fault("throttled", detail={"retry_after": "never"}),
        Fault("error_refused", detail={"status": "99"}),
        Fault("forbidden", detail={"colour": "1"}),
    ],
)
def test_a_nonsensical_fault_is_refused(tmp_path: Path, fault: Fault) -> None:
    async def story() -> None:
        async with world(tmp_path) as w:
            with pytest.raises(Refusal):
                w.harbour.plan(w.account.remote_id, fault)
            assert w.harbour.faults(w.account.remote_id) == ()
            with pytest.raises(Refused):
                await w.connector.plan(fault)

    asyncio.run(story())


def test_each_kind_has_a_label(tmp_path: Path) -> None:
    async def story() -> None:
        async with world(tmp_path) as w:
            assert set(w.connector.kinds()) == set(KINDS)
            assert all(w.connector.kinds().values())

    asyncio.run(story())
