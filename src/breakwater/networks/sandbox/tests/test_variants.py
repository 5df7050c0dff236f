"""Containers, uploads in pieces, publish ids, forks, ghosts: each as its network does it."""

import asyncio
from collections.abc import Awaitable, Callable
from pathlib import Path
from typing import Any

import pytest

from breakwater.domain.errors import OutcomeUnknown, Refused, TryLater
from breakwater.domain.guarantees import Guarantee
from breakwater.networks.base import Handle
from breakwater.networks.sandbox.classes import KEY_IGNORED, PUBLISH_ID, RESUMABLE
from breakwater.networks.sandbox.faults import Call
from breakwater.networks.sandbox.tests.world import World, ignore, parcel, picture, world

Story = Callable[[World], Awaitable[None]]
TEXT = parcel().text


def run(home: Path, kind: str, story: Story, **options: Any) -> None:
    async def told() -> None:
        async with world(home, kind) as w:
            w.harbour.as_class(w.account.remote_id, kind, **options)
            await story(w)

    asyncio.run(told())


async def status(w: World, path: str) -> dict[str, Any]:
    headers = {"authorization": f"Bearer {w.account.secrets['token']}"}
    answer: dict[str, Any] = (
        await w.client.get(f"{w.account.origin}/api/{path}", headers=headers)
    ).json()
    return answer


@pytest.mark.parametrize(
    ("other", "kind"), [("container", Guarantee.HANDLE), ("nothing", Guarantee.NONE)]
)
def test_two_classes_have_a_second_name(tmp_path: Path, other: str, kind: Guarantee) -> None:
    async def story(w: World) -> None:
        assert w.connector.guarantee is kind
        assert w.harbour.as_class(w.account.remote_id, other)["class"] == kind

    run(tmp_path, other, story)


# containers


def test_a_container_is_worked_on_before_it_can_be_published(tmp_path: Path) -> None:
    async def story(w: World) -> None:
        handle = await w.connector.prepare(parcel(), {}, ignore)
        where = f"containers/{handle['container']}"
        with pytest.raises(TryLater):
            await w.connector.commit(parcel(), handle)
        assert (await status(w, where))["status"] == "IN_PROGRESS"
        assert w.texts() == []

        w.hands.pass_(seconds=30)

        assert (await status(w, where))["status"] == "FINISHED"
        await w.connector.commit(parcel(), handle)
        assert (await status(w, where))["status"] == "PUBLISHED"
        assert w.texts() == [TEXT]

    run(tmp_path, Guarantee.HANDLE, story, processing_s=30)


@pytest.mark.parametrize("kind", [Guarantee.HANDLE, RESUMABLE])
def test_what_failed_while_being_processed_is_never_public(tmp_path: Path, kind: str) -> None:
    async def story(w: World) -> None:
        w.plan("processing_fails")
        handle = await w.connector.prepare(parcel(), {}, ignore)

        with pytest.raises(Refused) as no:
            await w.connector.commit(parcel(), handle)

        assert no.value.reason == "not_accepted"
        assert (await w.connector.look(parcel(), handle)).posts == ()
        assert w.texts() == []

    run(tmp_path, kind, story)


def test_published_without_saying_which_is_never_taken_for_the_latest(tmp_path: Path) -> None:
    async def story(w: World) -> None:
        handle = await w.connector.prepare(parcel(), {}, ignore)
        await w.connector.commit(parcel(), handle)
        await w.send(parcel("Another post, of another parcel."))
        w.plan("id_withheld")

        look = await w.connector.look(parcel(), handle)

        assert not look.exact
        assert [seen.text for seen in look.posts] == ["Another post, of another parcel.", TEXT]

    run(tmp_path, Guarantee.HANDLE, story)


# uploads in pieces


def test_an_upload_goes_up_in_pieces_and_is_private_until_it_is_shown(tmp_path: Path) -> None:
    async def story(w: World) -> None:
        long = parcel(TEXT * 20, media=(picture(),))

        handle = await w.connector.prepare(long, {}, ignore)
        there = await status(w, f"uploads/{handle['session']}")
        assert (there["status"], there["received"]) == ("private", there["size"])
        assert w.calls("prepare") == 2 + -(-there["size"] // 128)
        assert w.texts() == []
        assert await w.connector.timeline(9) == ()

        sent = await w.connector.commit(long, handle)
        again = await w.connector.commit(long, handle)
        assert sent.remote_id == again.remote_id == handle["upload"]
        assert w.texts() == [TEXT * 20]

    run(tmp_path, RESUMABLE, story)


@pytest.mark.parametrize(("kind", "more"), [("dropped_after", 0), ("reset_before", 1)])
def test_an_upload_goes_on_where_it_was_interrupted(tmp_path: Path, kind: str, more: int) -> None:
    async def story(w: World) -> None:
        long, kept = parcel(TEXT * 20), list[Handle]()

        async def keep(handle: Handle) -> None:
            kept.append(handle)
            w.plan(kind, "prepare")  # for the first piece

        with pytest.raises(TryLater):
            await w.connector.prepare(long, {}, keep)
        (session,) = kept
        there = await status(w, f"uploads/{session['session']}")
        assert (there["status"], there["received"]) == ("uploading", 0 if more else 128)

        handle = await w.connector.prepare(long, session, ignore)
        await w.connector.commit(long, handle)

        pieces = -(-there["size"] // 128)
        assert w.calls("prepare") == 1 + pieces + 1 + more  # a session, a question, a piece again
        assert w.texts() == [TEXT * 20]

    run(tmp_path, RESUMABLE, story)


@pytest.mark.parametrize(
    ("where", "piece"),
    [
        ("bytes 9-12/40", b"four"),
        ("bytes 0-9/40", b"four"),
        ("bytes 0-3/41", b"four"),
        ("bytes 38-41/40", b"four"),
        ("bytes four/40", b"four"),
    ],
)
def test_a_piece_that_does_not_fit_is_refused(tmp_path: Path, where: str, piece: bytes) -> None:
    async def story(w: World) -> None:
        session = w.harbour.ask(
            w.account.secrets["token"], Call.PREPARE, "begin_upload", {"size": 40}
        )
        assert session.done is not None

        answer = await w.client.put(
            f"{w.account.origin}{session.done.content['session']}",
            content=piece,
            headers={
                "authorization": f"Bearer {w.account.secrets['token']}",
                "content-range": where,
            },
        )

        assert (answer.status_code, answer.json()) == (400, {"error": "bad_range"})

    run(tmp_path, RESUMABLE, story)


def test_a_session_lapses_after_a_week_unless_it_is_complete(tmp_path: Path) -> None:
    async def story(w: World) -> None:
        made = await w.connector.prepare(parcel(), {}, ignore)
        token = w.account.secrets["token"]
        begun = w.harbour.ask(token, Call.PREPARE, "begin_upload", {"size": 40}).done
        assert begun is not None
        w.hands.pass_(days=8)

        with pytest.raises(Refused) as no:
            await w.connector.prepare(parcel(), {"session": begun.content["id"]}, ignore)

        assert no.value.reason == "not_there"
        again = await w.connector.prepare(parcel(), {"session": made["session"]}, ignore)
        assert again == made

    run(tmp_path, RESUMABLE, story)


@pytest.mark.parametrize(
    ("content", "error"), [(b"x" * 40, "bad_post"), (b'{"text": "   "}'.ljust(40), "empty")]
)
def test_an_upload_that_is_no_post_makes_none(tmp_path: Path, content: bytes, error: str) -> None:
    async def story(w: World) -> None:
        token = w.account.secrets["token"]
        begun = w.harbour.ask(token, Call.PREPARE, "begin_upload", {"size": 40}).done
        assert begun is not None

        put = {"id": begun.content["id"], "content_range": "bytes 0-39/40"}
        done = w.harbour.ask(token, Call.PREPARE, "put_bytes", put, content).done

        assert done is not None
        assert (done.status, done.content) == (422, {"error": error})

    run(tmp_path, RESUMABLE, story)


# publish ids


def test_a_publish_id_is_there_before_the_bytes_and_the_post_after_moderation(
    tmp_path: Path,
) -> None:
    async def story(w: World) -> None:
        handle = await w.connector.prepare(parcel(), {}, ignore)
        where = f"publishes/{handle['publish_id']}"
        assert (await status(w, where))["status"] == "PROCESSING_UPLOAD"
        assert (await w.connector.look(parcel(), handle)).posts == ()

        sent = await w.connector.commit(parcel(), handle)
        assert sent.remote_id == handle["publish_id"]
        assert (await status(w, where)) == {
            "publish_id": handle["publish_id"],
            "status": "PUBLISH_COMPLETE",
            "moderating": True,
            "post": None,
        }
        with pytest.raises(TryLater):
            await w.connector.look(parcel(), handle)
        with pytest.raises(TryLater):
            await w.connector.read(sent.remote_id)
        assert w.texts() == []

        w.hands.pass_(minutes=3)
        (seen,) = (await w.connector.look(parcel(), handle)).posts
        assert seen == await w.connector.read(sent.remote_id)
        assert seen == await w.connector.read(seen.remote_id)
        assert seen.remote_id != sent.remote_id
        assert w.texts() == [TEXT]

    run(tmp_path, PUBLISH_ID, story, moderation_s=180)


def test_handing_in_twice_publishes_once(tmp_path: Path) -> None:
    async def story(w: World) -> None:
        handle = await w.connector.prepare(parcel(), {}, ignore)
        await w.connector.commit(parcel(), handle)

        with pytest.raises(OutcomeUnknown) as unsure:
            await w.connector.commit(parcel(), handle)
        assert "already_published" in unsure.value.detail

        w.hands.pass_(hours=1)
        assert w.texts() == [TEXT]

    run(tmp_path, PUBLISH_ID, story)


def test_what_moderation_refuses_never_appears(tmp_path: Path) -> None:
    async def story(w: World) -> None:
        w.plan("processing_fails")
        handle = await w.connector.prepare(parcel(), {}, ignore)
        sent = await w.connector.commit(parcel(), handle)
        with pytest.raises(TryLater):
            await w.connector.read(sent.remote_id)

        w.hands.pass_(minutes=3)

        assert (await status(w, f"publishes/{sent.remote_id}"))["status"] == "FAILED"
        assert await w.connector.read(sent.remote_id) is None
        assert w.texts() == []

    run(tmp_path, PUBLISH_ID, story)


@pytest.mark.parametrize("minutes", [0, 3], ids=["moderated", "public"])
def test_a_post_can_be_deleted_by_its_publish_id(tmp_path: Path, minutes: int) -> None:
    async def story(w: World) -> None:
        sent = await w.send(parcel())
        w.hands.pass_(minutes=minutes)

        await w.connector.delete(sent.remote_id)
        await w.connector.delete(sent.remote_id)
        w.hands.pass_(hours=1)

        assert await w.connector.read(sent.remote_id) is None
        assert w.texts() == []

    run(tmp_path, PUBLISH_ID, story)


def test_a_late_one_is_moderated_when_it_has_come(tmp_path: Path) -> None:
    async def story(w: World) -> None:
        handle = await w.connector.prepare(parcel(), {}, ignore)
        w.plan("late", minutes="10")
        with pytest.raises(OutcomeUnknown):
            await w.connector.commit(parcel(), handle)
        w.hands.pass_(minutes=9)
        assert (await w.connector.look(parcel(), handle)).posts == ()
        w.hands.pass_(minutes=2)
        with pytest.raises(TryLater):
            await w.connector.look(parcel(), handle)

        w.hands.pass_(minutes=2)

        assert w.texts() == [TEXT]

    run(tmp_path, PUBLISH_ID, story)


@pytest.mark.parametrize(("kind", "shown"), [("truncated", "Low tide"), ("altered", f"{TEXT} ⚓")])
def test_a_moderated_text_can_be_spoiled(tmp_path: Path, kind: str, shown: str) -> None:
    async def story(w: World) -> None:
        w.plan(kind)
        await w.send(parcel())

        w.hands.pass_(minutes=3)

        assert w.texts() == [shown]

    run(tmp_path, PUBLISH_ID, story)


# forks and ghosts


def test_a_fork_claims_to_know_keys_and_posts_twice(tmp_path: Path) -> None:
    async def story(w: World) -> None:
        assert w.connector.guarantee is Guarantee.HOUR_KEY
        await w.send(parcel())
        await w.send(parcel())

        assert w.texts() == [TEXT, TEXT]

    run(tmp_path, KEY_IGNORED, story)


@pytest.mark.parametrize(("remembers", "minutes"), [(False, 1), (True, 12 * 60 + 1)])
def test_a_deleted_text_is_forgotten_at_once_or_after_the_window(
    tmp_path: Path, remembers: bool, minutes: int
) -> None:
    async def story(w: World) -> None:
        first = await w.send(parcel())
        await w.connector.delete(first.remote_id)
        if remembers:
            with pytest.raises(OutcomeUnknown) as ghost:
                await w.send(parcel())
            assert ghost.value.detail == '403 {"error": "duplicate"}'
            assert w.texts() == []

        w.hands.pass_(minutes=minutes)
        await w.send(parcel())

        assert w.texts() == [TEXT]

    run(tmp_path, Guarantee.DUPLICATE_REFUSED, story, remembers_deleted=remembers)
