"""The call that shows a film: what it says when it is not sure, and that twice is once."""

import asyncio

import httpx
import pytest

from breakwater.domain.errors import OutcomeUnknown, Reconnect, Refused, TryLater
from breakwater.networks.base import Account
from tests.standins.base.calling import sent
from tests.standins.google.standin import error
from tests.standins.youtube import YouTubeStandin
from tests.standins.youtube.calling import Desk, connected, film

VIDEOS = "/youtube/v3/videos"


def test_a_lost_answer_is_unknown_then_found_and_twice_is_once(
    standin: YouTubeStandin, desk: Desk
) -> None:
    what = film()
    handle = desk.prepare(what)
    standin.drop_reply_after_accept("PUT", VIDEOS)

    with pytest.raises(OutcomeUnknown):
        desk.run(lambda c: c.commit(what, handle))
    look = desk.run(lambda c: c.look(sent(what), handle))

    assert look.exact
    assert look.complete
    assert [post.remote_id for post in look.posts] == [handle["video"]]
    again = desk.run(lambda c: c.commit(sent(what), handle))
    assert again.remote_id == handle["video"]
    first, second = standin.calls("PUT", VIDEOS)
    assert first.body == second.body
    assert len(standin.state.public) == 1


def test_a_call_that_never_came_is_unknown_and_proved_absent(
    standin: YouTubeStandin, desk: Desk
) -> None:
    what = film()
    handle = desk.prepare(what)
    standin.drop_before_accept("PUT", VIDEOS)

    with pytest.raises(OutcomeUnknown):
        desk.run(lambda c: c.commit(what, handle))
    look = desk.run(lambda c: c.look(sent(what), handle))

    assert (look.exact, look.complete, look.posts) == (True, True, ())
    assert standin.state.public == []


@pytest.mark.parametrize("lie", ["html_200", "empty_200"])
def test_a_success_that_lies_is_unknown(standin: YouTubeStandin, desk: Desk, lie: str) -> None:
    handle = desk.prepare(film())
    getattr(standin, lie)("PUT", VIDEOS)

    with pytest.raises(OutcomeUnknown):
        desk.run(lambda c: c.commit(film(), handle))

    assert len(standin.state.public) == 1


@pytest.mark.parametrize("accepted", [True, False])
def test_a_server_in_trouble_leaves_it_unknown(
    standin: YouTubeStandin, desk: Desk, accepted: bool
) -> None:
    handle = desk.prepare(film())
    standin.server_error("PUT", VIDEOS, accepted=accepted)

    with pytest.raises(OutcomeUnknown):
        desk.run(lambda c: c.commit(film(), handle))

    assert len(standin.state.public) == accepted


def test_a_server_that_says_backend_error_leaves_it_unknown(
    standin: YouTubeStandin, desk: Desk
) -> None:
    handle = desk.prepare(film())
    standin.fail_next("PUT", VIDEOS, error(500, "backendError", "Backend Error"), accepted=True)

    with pytest.raises(OutcomeUnknown):
        desk.run(lambda c: c.commit(film(), handle))


def test_nothing_is_shown_that_was_not_prepared(standin: YouTubeStandin, desk: Desk) -> None:
    with pytest.raises(TryLater):
        desk.run(lambda c: c.commit(film(), {}))

    assert standin.requests == []


def test_a_film_that_youtube_keeps_private_is_no_success(
    standin: YouTubeStandin, desk: Desk
) -> None:
    standin.state.locks = True
    handle = desk.prepare(film())

    with pytest.raises(Refused) as refused:
        desk.run(lambda c: c.commit(film(), handle))

    assert refused.value.reason == "still_private"
    assert standin.state.public == []


def test_a_film_that_was_deleted_meanwhile_is_refused(standin: YouTubeStandin, desk: Desk) -> None:
    handle = desk.prepare(film())
    standin.state.videos.clear()

    with pytest.raises(Refused) as refused:
        desk.run(lambda c: c.commit(film(), handle))

    assert refused.value.reason == "not_there"
    assert desk.run(lambda c: c.look(sent(film()), handle)).posts == ()


def test_a_token_that_ends_between_is_renewed_and_the_same_bytes_leave(
    standin: YouTubeStandin, desk: Desk
) -> None:
    what = film()
    handle = desk.prepare(what)
    standin.door.expire_all()
    with pytest.raises(Reconnect):
        desk.run(lambda c: c.commit(what, handle))
    assert standin.state.public == []

    fresh = desk.door(lambda auth: auth.refresh(desk.account))
    desk.account = Account(desk.account.remote_id, "@harbour", standin.origin, fresh)
    desk.run(lambda c: c.commit(what, handle))

    assert [video.id for video in standin.state.public] == [handle["video"]]


def test_missing_rights_are_a_reason_to_connect_again(standin: YouTubeStandin) -> None:
    reading = ("https://www.googleapis.com/auth/youtube.readonly",)
    desk = connected(standin)
    desk.account = Account(
        desk.account.remote_id, "@harbour", standin.origin, standin.connected(reading)
    )

    with pytest.raises(Reconnect):
        desk.prepare(film())

    assert standin.state.sessions == {}


def test_an_address_that_is_not_there_is_not_sent(desk: Desk) -> None:
    nowhere = Account(desk.account.remote_id, "@harbour", "http://127.0.0.1:1", {})

    async def go() -> None:
        async with httpx.AsyncClient() as client:
            connector = desk.network.connector(client, nowhere, desk._kit())
            await connector.commit(film(), {"video": "hand0000001"})

    with pytest.raises(TryLater):
        asyncio.run(go())


def test_absence_is_proved_only_to_a_sign_in_of_ours(standin: YouTubeStandin, desk: Desk) -> None:
    assert desk.run(lambda c: c.read("hand0000009")) is None
    standin.no_channel = True

    with pytest.raises(TryLater):
        desk.run(lambda c: c.read("hand0000009"))
