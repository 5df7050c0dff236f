"""Replies, deeds, what comes, pushes: what conformance does not look at."""

import asyncio
from collections.abc import Awaitable, Callable
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest

from breakwater.domain.errors import Refused
from breakwater.networks.base import Act, Deed, Pushed, Source, What
from breakwater.networks.sandbox.hooks import HarbourHooks
from breakwater.networks.sandbox.people import person_of
from breakwater.networks.sandbox.tests.world import World, parcel, picture, world

Told = Callable[[World], Awaitable[None]]


@pytest.fixture
def run(tmp_path: Path) -> Callable[[Told], None]:
    def runner(story: Told) -> None:
        async def told() -> None:
            async with world(tmp_path) as w:
                await story(w)

        asyncio.run(told())

    return runner


def test_residents_come_by_poll_when_they_have_spoken(run: Callable[[Told], None]) -> None:
    async def story(w: World) -> None:
        sent = await w.send(parcel())

        first = await w.connector.poll(Source.COMMENTS, "")
        w.hands.pass_(seconds=60)
        second = await w.connector.poll(Source.COMMENTS, first.cursor)
        third = await w.connector.poll(Source.COMMENTS, second.cursor)

        assert [one.remote_id for one in first.arrived] == [f"{sent.remote_id}-0"]
        assert [one.remote_id for one in second.arrived] == [f"{sent.remote_id}-1"]
        assert third.arrived == ()
        assert third.cursor == second.cursor
        said = await w.connector.comments(sent.remote_id)
        assert [one.remote_id for one in said] == [f"{sent.remote_id}-0", f"{sent.remote_id}-1"]

    run(story)


def test_a_reply_is_below_the_post_and_not_in_the_timeline(run: Callable[[Told], None]) -> None:
    async def story(w: World) -> None:
        sent = await w.send(parcel())
        asked = f"{sent.remote_id}-0"

        reply = await w.send(parcel("At six.", reply_to=asked, root=sent.remote_id))

        below = await w.connector.comments(sent.remote_id)
        assert ("Ann", "At six.") in [(one.author, one.text) for one in below]
        assert [seen.remote_id for seen in await w.connector.timeline(5)] == [sent.remote_id]
        assert (await w.connector.poll(Source.COMMENTS, "")).arrived[0].remote_id == asked
        assert await w.connector.comments(reply.remote_id) != ()

    run(story)


@pytest.mark.parametrize(
    "wrong",
    [
        {"reply_to": "h000000000000.1"},
        {"root": "nothing"},
        {"to": "Moa"},
        {"options": {"audience": "nobody"}},
        {"options": {"place": "x" * 61}},
        {"options": {"until": "tomorrow"}},
    ],
    ids=lambda wrong: next(iter(wrong)),
)
def test_what_answers_nothing_is_refused(
    run: Callable[[Told], None], wrong: dict[str, str]
) -> None:
    async def story(w: World) -> None:
        with pytest.raises(Refused) as no:
            await w.send(parcel(**wrong))

        assert no.value.reason == "not_accepted"
        assert w.texts() == []

    run(story)


def test_options_are_kept_and_audiences_speak_the_accounts_language(
    run: Callable[[Told], None],
) -> None:
    async def story(w: World) -> None:
        options = {"audience": "crew", "place": "North pier", "pinned": "true", "cw": "ignored"}
        await w.send(parcel(options=options))
        w.harbour.as_class(w.account.remote_id, "none", language="fr")

        choices = await w.connector.choices("audience")

        (post,) = w.harbour.posts(w.account.remote_id)
        assert post["options"] == {"audience": "crew", "place": "North pier", "pinned": "true"}
        assert [(one.value, one.label) for one in choices] == [
            ("everybody", "Tout le port"),
            ("crew", "L’équipage"),
            ("regulars", "Les habitués du quai"),
        ]

    run(story)


def test_an_edit_changes_the_words_alone(run: Callable[[Told], None]) -> None:
    async def story(w: World) -> None:
        sent = await w.send(parcel("Low tide at sex.", media=(picture(),)))

        after = await w.connector.edit(sent.remote_id, parcel("Low tide at six."))

        assert after.remote_id == sent.remote_id
        (post,) = w.harbour.posts(w.account.remote_id)
        assert post["text"] == "Low tide at six."
        assert [one["alt"] for one in post["media"]] == ["A boat"]
        assert post["edited_at"] is not None

    run(story)


def test_a_hidden_comment_is_not_on_the_page_and_a_removed_one_is_nowhere(
    run: Callable[[Told], None],
) -> None:
    async def story(w: World) -> None:
        sent = await w.send(parcel())
        nasty = w.harbour.say(w.account.remote_id, sent.remote_id, "Nasty words")
        gone = w.harbour.say(w.account.remote_id, sent.remote_id, "Worse words")

        await w.connector.act(Act(Deed.HIDE, nasty["id"], sent.remote_id))
        await w.connector.act(Act(Deed.REMOVE, gone["id"], sent.remote_id))

        page = await w.client.get(f"{w.account.origin}/posts/{sent.remote_id}")
        assert "Nasty words" not in page.text
        said = await w.connector.comments(sent.remote_id)
        assert "Nasty words" in [one.text for one in said]
        assert "Worse words" not in [one.text for one in said]

    run(story)


def test_who_is_blocked_says_nothing_more(run: Callable[[Told], None]) -> None:
    async def story(w: World) -> None:
        sent = await w.send(parcel())
        await w.connector.act(Act(Deed.BLOCK, person_of("Moa")))

        with pytest.raises(Refused) as no:
            await w.connector.say(sent.remote_id, "Me again", "Moa")

        assert no.value.reason == "not_allowed"
        await w.connector.act(Act(Deed.UNBLOCK, person_of("Moa")))
        assert (await w.connector.say(sent.remote_id, "Me again", "Moa")).text == "Me again"

    run(story)


def test_what_a_stranger_takes_back_comes_as_gone(run: Callable[[Told], None]) -> None:
    async def story(w: World) -> None:
        sent = await w.send(parcel())
        said = await w.connector.say(sent.remote_id, "Oh no", "Moa")
        before = await w.connector.poll(Source.COMMENTS, "")

        await w.connector.arrive(What.GONE, "", about=said.remote_id)

        (gone,) = (await w.connector.poll(Source.COMMENTS, before.cursor)).arrived
        assert (gone.what, gone.remote_id) == (What.GONE, said.remote_id)

    run(story)


def test_a_push_is_believed_for_five_minutes(run: Callable[[Told], None]) -> None:
    async def story(w: World) -> None:
        until = await w.connector.subscribe("https://desk.example/hooks/1")
        id_ = await w.connector.arrive(What.REVIEW, "Good soup", "Moa", rating=5)
        headers, body = await w.connector.push()
        hooks = HarbourHooks(w.harbour.secret)

        hooks.verify(headers, body, {}, w.hands())
        (pushed,) = hooks.parse(headers, body)

        assert until == w.hands() + timedelta(days=30)
        assert isinstance(pushed, Pushed)
        assert pushed.remote_id == w.account.remote_id
        assert [(one.remote_id, one.rating) for one in pushed.arrived] == [(id_, 5)]
        with pytest.raises(Refused) as old:
            hooks.verify(headers, body, {}, w.hands() + timedelta(minutes=6))
        with pytest.raises(Refused) as other:
            hooks.verify(headers, body, {"secret": "of another harbour"}, w.hands())
        assert old.value.reason == other.value.reason == "hook_refused"

    run(story)


def test_the_address_is_proved_with_the_secret(run: Callable[[Told], None]) -> None:
    async def story(w: World) -> None:
        hooks = HarbourHooks(w.harbour.secret)
        asked = {"challenge": "sea", "token": w.harbour.secret()}

        assert hooks.challenge(asked, {}).text == "sea"
        with pytest.raises(Refused):
            hooks.challenge({**asked, "token": "é"}, {})
        with pytest.raises(Refused):
            hooks.parse({}, b"[]")

    run(story)


def test_a_lost_deed_can_be_seen_and_done_again(run: Callable[[Told], None]) -> None:
    async def story(w: World) -> None:
        sent = await w.send(parcel())
        act = Act(Deed.LIKE, f"{sent.remote_id}-0", sent.remote_id)
        w.plan("dropped_after")

        with pytest.raises(Exception, match="outcome_unknown"):
            await w.connector.act(act)

        assert await w.connector.acted(act)
        await w.connector.act(act)
        assert await w.connector.acted(act)
        assert not await w.connector.acted(replace(act, deed=Deed.UNLIKE))

    run(story)
