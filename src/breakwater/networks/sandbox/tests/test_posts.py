"""Pictures, comments, limits, the timeline, the page."""

import asyncio
from collections.abc import Awaitable, Callable
from dataclasses import replace
from pathlib import Path

import httpx
import pytest

from breakwater.domain.errors import OutcomeUnknown, Refused, TryLater, Unsupported
from breakwater.domain.guarantees import Guarantee
from breakwater.networks.base import Handle, Parcel
from breakwater.networks.sandbox.faults import Refusal
from breakwater.networks.sandbox.tests.world import (
    PICTURE,
    SHA256,
    World,
    parcel,
    picture,
    world,
)

Story = Callable[[World], Awaitable[None]]


def run(home: Path, story: Story, *, socket: bool = False) -> None:
    async def told() -> None:
        async with world(home, socket=socket) as w:
            await story(w)

    asyncio.run(told())


def test_pictures_keep_their_bytes_and_alt_texts(tmp_path: Path) -> None:
    async def story(w: World) -> None:
        sent = await w.send(parcel(media=(picture("Un bateau « vert »"),)))

        seen = await w.connector.read(sent.remote_id)
        assert seen is not None
        (shown,) = seen.media
        assert (shown.alt, shown.sha256) == ("Un bateau « vert »", SHA256)
        assert (await w.client.get(shown.url)).content == PICTURE

    run(tmp_path, story)


def test_each_picture_is_kept_before_the_next_step(tmp_path: Path) -> None:
    async def story(w: World) -> None:
        w.account = replace(w.account, secrets=await w.connector.as_class(Guarantee.HANDLE))
        kept: list[Handle] = []

        async def keep(handle: Handle) -> None:
            kept.append(handle)

        made = await w.connector.prepare(parcel(media=(picture(),)), {}, keep)

        assert kept == [{"media": [SHA256]}, made]
        assert await w.connector.prepare(parcel(media=(picture(),)), made, keep) == made
        assert w.calls("prepare") == 2
        assert w.texts() == []

    run(tmp_path, story)


@pytest.mark.parametrize(
    "bad",
    [
        parcel("x" * 501),
        parcel(" "),
        parcel(media=(picture(),) * 5),
        parcel(media=(picture("x" * 1501),)),
    ],
    ids=["long", "empty", "five pictures", "long alt"],
)
def test_what_is_over_a_limit_is_refused(tmp_path: Path, bad: Parcel) -> None:
    async def story(w: World) -> None:
        with pytest.raises(Refused) as no:
            await w.send(bad)

        assert no.value.reason == "not_accepted"
        assert w.texts() == []

    run(tmp_path, story)


def test_a_picture_of_another_kind_is_refused(tmp_path: Path) -> None:
    async def story(w: World) -> None:
        with pytest.raises(Refused) as no:
            await w.send(parcel(media=(replace(picture(), mime="image/svg+xml"),)))

        assert no.value.reason == "media_type"

    run(tmp_path, story)


def test_a_text_that_is_no_text_is_refused_and_blocks_nothing_when_late(tmp_path: Path) -> None:
    async def post(w: World) -> httpx.Response:
        return await w.client.post(
            f"{w.account.origin}/api/posts",
            content=b'{"text": "\\ud800"}',
            headers={"authorization": f"Bearer {w.account.secrets['token']}"},
        )

    async def story(w: World) -> None:
        assert (await post(w)).status_code == 400

        w.plan("late", minutes="1")
        with pytest.raises(httpx.RemoteProtocolError):
            await post(w)
        w.hands.pass_(minutes=2)
        assert w.texts() == []

    run(tmp_path, story)


@pytest.mark.parametrize(
    "options",
    [{"key_life_s": 1e300}, {"key_life_s": "long"}, {"key_ignored": "no"}, {"colour": "blue"}],
)
def test_an_option_that_makes_no_sense_is_refused(
    tmp_path: Path, options: dict[str, object]
) -> None:
    async def story(w: World) -> None:
        with pytest.raises(Refusal):
            w.harbour.as_class(w.account.remote_id, Guarantee.NONE, **options)

        await w.send(parcel())
        assert len(w.texts()) == 1

    run(tmp_path, story)


def test_the_people_of_the_harbour_comment_in_their_language(tmp_path: Path) -> None:
    async def story(w: World) -> None:
        w.harbour.as_class(w.account.remote_id, Guarantee.HOUR_KEY, language="fr")
        sent = await w.send(parcel())

        at_once = await w.connector.comments(sent.remote_id)
        w.hands.pass_(minutes=5)
        later = await w.connector.comments(sent.remote_id)

        assert len(at_once) == 1
        assert len(later) == 3
        assert later[:1] == at_once
        assert later == await w.connector.comments(sent.remote_id)
        assert len({comment.text for comment in later}) == 3

    run(tmp_path, story)


def test_a_stranger_can_say_something(tmp_path: Path) -> None:
    async def story(w: World) -> None:
        sent = await w.send(parcel())
        w.hands.pass_(minutes=1)

        said = await w.connector.say(sent.remote_id, "Ahoy <b>!")

        assert said.author == "A passing sailor"
        assert said in await w.connector.comments(sent.remote_id)
        with pytest.raises(Refused):
            await w.connector.say(sent.remote_id, " ")
        with pytest.raises(Refused):
            await w.connector.say("nobody.nothing", "Ahoy")

    run(tmp_path, story)


def test_a_post_that_is_gone_has_no_comments(tmp_path: Path) -> None:
    async def story(w: World) -> None:
        sent = await w.send(parcel())
        await w.connector.say(sent.remote_id, "Ahoy")
        await w.connector.delete(sent.remote_id)

        assert await w.connector.comments(sent.remote_id) == ()

    run(tmp_path, story)


@pytest.mark.slow
def test_a_look_reaches_back_over_pages_and_says_when_it_did_not(tmp_path: Path) -> None:
    async def story(w: World) -> None:
        for number in range(100):
            await w.send(parcel(f"Post {number}"))

        look = await w.connector.look(parcel(), {})
        assert len(look.posts) == 100
        assert look.complete
        assert len(await w.connector.timeline(70)) == 70

        for number in range(100, 401):
            await w.send(parcel(f"Post {number}"))
        assert not (await w.connector.look(parcel(), {})).complete

    run(tmp_path, story)


def test_a_look_leaves_out_what_is_older(tmp_path: Path) -> None:
    async def story(w: World) -> None:
        await w.send(parcel("Old"))
        w.hands.pass_(minutes=10)
        await w.send(parcel("New"))

        look = await w.connector.look(parcel(first_sent_at=w.hands.now), {})

        assert [seen.text for seen in look.posts] == ["New"]
        assert look.complete

    run(tmp_path, story)


def test_nobody_sees_or_deletes_on_another_account(tmp_path: Path) -> None:
    async def story(w: World) -> None:
        sent = await w.send(parcel())
        secrets = await w.auth.sign_in(w.account.origin, {"name": "Eve", "class": "none"})
        w.account = replace(w.account, secrets=secrets)

        await w.connector.delete(sent.remote_id)
        assert await w.connector.read(sent.remote_id) is None

        eve = w.harbour.enter(secrets["token"])
        assert w.harbour.posts(eve) == ()
        assert len(w.texts()) == 1

    run(tmp_path, story)


def test_there_is_no_consent_page(tmp_path: Path) -> None:
    async def story(w: World) -> None:
        with pytest.raises(Unsupported):
            await w.auth.register(w.account.origin, "http://127.0.0.1/back")

    run(tmp_path, story)


def test_a_bad_name_is_refused_and_a_revoked_token_opens_nothing(tmp_path: Path) -> None:
    async def story(w: World) -> None:
        with pytest.raises(Refused):
            await w.auth.sign_in(w.account.origin, {"name": "  "})

        await w.auth.revoke(w.account)

        response = await w.client.get(
            f"{w.account.origin}/api/me",
            headers={"authorization": f"Bearer {w.account.secrets['token']}"},
        )
        assert response.status_code == 401

    run(tmp_path, story)


def test_a_browser_can_open_a_post_on_a_socket(tmp_path: Path) -> None:
    async def story(w: World) -> None:
        sent = await w.send(parcel("5 < 6", media=(picture('"A" boat'),)))

        page = await w.client.get(sent.url)

        assert page.headers["content-type"] == "text/html; charset=utf-8"
        assert "<pre>5 &lt; 6</pre>" in page.text
        assert 'alt="&quot;A&quot; boat"' in page.text

    run(tmp_path, story, socket=True)


def test_in_process_there_is_no_link_that_leads_nowhere(tmp_path: Path) -> None:
    async def story(w: World) -> None:
        assert (await w.send(parcel())).url == ""

    run(tmp_path, story)


def test_a_disk_that_fails_gives_no_certainty(tmp_path: Path) -> None:
    async def story(w: World) -> None:
        w.harbour.close()
        (tmp_path / "harbour.db").unlink()
        (tmp_path / "harbour.db").mkdir()

        with pytest.raises(OutcomeUnknown):
            await w.connector.commit(parcel(), {})
        with pytest.raises(TryLater):
            await w.connector.timeline(1)

    run(tmp_path, story)
