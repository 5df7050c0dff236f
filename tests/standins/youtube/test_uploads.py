"""A film that travels in pieces, and every way in which that breaks."""

import pytest

from breakwater.domain.errors import Reconnect, TryLater
from tests.standins.base.calling import VIDEO
from tests.standins.base.exchange import Reply
from tests.standins.google.standin import error
from tests.standins.youtube import YouTubeStandin
from tests.standins.youtube.calling import LONG, LONG_FILM, Desk, film

UPLOAD = "/upload/youtube/v3/videos"
EIGHT = 8 * 1024 * 1024


def _spans(standin: YouTubeStandin) -> list[str]:
    return [request.headers["content-range"] for request in standin.calls("PUT", UPLOAD)]


def test_a_long_film_goes_in_pieces(standin: YouTubeStandin, desk: Desk) -> None:
    desk.prepare(film(media=(LONG_FILM,)))

    [video] = standin.state.videos.values()
    assert video.data == LONG
    assert _spans(standin) == [
        f"bytes 0-{EIGHT - 1}/{len(LONG)}",
        f"bytes {EIGHT}-{2 * EIGHT - 1}/{len(LONG)}",
        f"bytes {2 * EIGHT}-{len(LONG) - 1}/{len(LONG)}",
    ]


def test_the_session_is_kept_before_the_first_byte(standin: YouTubeStandin, desk: Desk) -> None:
    standin.drop_before_accept("PUT", UPLOAD)

    with pytest.raises(TryLater):
        desk.prepare(film())

    assert desk.kept[0]["session"].endswith("upload_id=session0001")
    assert standin.state.videos == {}


def test_it_goes_on_where_the_line_broke(standin: YouTubeStandin, desk: Desk) -> None:
    what = film(media=(LONG_FILM,))
    standin.drop_reply_after_accept("PUT", UPLOAD)
    with pytest.raises(TryLater):
        desk.prepare(what)

    desk.prepare(what)

    assert _spans(standin)[1:3] == [
        f"bytes */{len(LONG)}", f"bytes {EIGHT}-{2 * EIGHT - 1}/{len(LONG)}",
    ]  # fmt: skip
    assert [video.data for video in standin.state.videos.values()] == [LONG]
    assert len(standin.calls("POST", UPLOAD)) == 1


def test_the_answer_to_the_last_byte_is_asked_for_again(
    standin: YouTubeStandin, desk: Desk
) -> None:
    standin.drop_reply_after_accept("PUT", UPLOAD)
    with pytest.raises(TryLater):
        desk.prepare(film())

    handle = desk.prepare(film())

    assert list(standin.state.videos) == [handle["video"]]


def test_a_session_that_is_gone_gives_way_to_the_film_that_it_made(
    standin: YouTubeStandin, desk: Desk
) -> None:
    standin.film("Fresh mussels tonight", "Mussels")
    standin.drop_reply_after_accept("PUT", UPLOAD)
    with pytest.raises(TryLater):
        desk.prepare(film())
    standin.state.sessions["session0002"].gone = True

    handle = desk.prepare(film())

    assert standin.state.videos[handle["video"]].status["privacyStatus"] == "private"
    assert len(standin.state.videos) == 2
    assert len(standin.calls("POST", UPLOAD)) == 1


def test_a_session_that_is_gone_half_way_begins_anew(standin: YouTubeStandin, desk: Desk) -> None:
    what = film(media=(LONG_FILM,))
    standin.drop_reply_after_accept("PUT", UPLOAD)
    with pytest.raises(TryLater):
        desk.prepare(what)
    standin.advance(90_000)
    desk.account = type(desk.account)(**{**vars(desk.account), "secrets": standin.connected()})

    desk.prepare(what)

    assert [video.data for video in standin.state.videos.values()] == [LONG]
    assert len(standin.calls("POST", UPLOAD)) == 2


def test_two_films_that_could_be_ours_are_not_chosen_between(
    standin: YouTubeStandin, desk: Desk
) -> None:
    for _ in range(2):
        standin.drop_reply_after_accept("PUT", UPLOAD)
        with pytest.raises(TryLater):
            desk.prepare(film(), {})
    for session in standin.state.sessions.values():
        session.gone = True

    handle = desk.prepare(film())

    assert len(standin.state.videos) == 3
    assert standin.state.public == []
    assert handle["video"] == list(standin.state.videos)[-1]


def test_an_upload_that_somebody_deleted_goes_up_again(standin: YouTubeStandin, desk: Desk) -> None:
    standin.polls_of_next_video = 9
    with pytest.raises(TryLater):
        desk.prepare(film())
    standin.state.videos.clear()
    standin.polls_of_next_video = 0
    with pytest.raises(TryLater):
        desk.prepare(film())

    handle = desk.prepare(film())

    assert list(standin.state.videos) == [handle["video"]]


@pytest.mark.parametrize(
    "reply",
    [
        Reply(503, b"<h1>503</h1>", {"content-type": "text/html"}),
        error(500, "backendError", "Backend Error"),
        Reply(200, b"{}", {"content-type": "application/json"}),
        Reply(200, b"<!doctype html>", {"content-type": "text/html"}),
        Reply(308, b"", {"range": "bytes=0-0"}),
    ],
    ids=["503", "backend", "no id", "page", "never more"],
)
@pytest.mark.parametrize("accepted", [True, False])
def test_whatever_a_piece_is_answered_one_film_comes_of_it(
    standin: YouTubeStandin, desk: Desk, reply: Reply, accepted: bool
) -> None:
    standin.fail_next("PUT", UPLOAD, reply, accepted=accepted, times=2)

    for _ in range(4):
        try:
            desk.prepare(film())
        except TryLater:
            continue

    assert len(standin.state.videos) == 1
    assert standin.state.public == []


def test_our_token_goes_to_no_stranger(standin: YouTubeStandin, desk: Desk) -> None:
    elsewhere = Reply(200, b"", {"location": "https://evil.example/upload?upload_id=1"})
    standin.fail_next("POST", UPLOAD, elsewhere)

    with pytest.raises(TryLater):
        desk.prepare(film())

    assert standin.calls("PUT", UPLOAD) == []
    assert desk.kept == []


def test_a_token_that_ended_stops_it_and_the_session_stays(
    standin: YouTubeStandin, desk: Desk
) -> None:
    standin.fail_next("PUT", UPLOAD, error(401, "authError", "Invalid Credentials"))

    with pytest.raises(Reconnect):
        desk.prepare(film())

    assert "session" in desk.kept[-1]
    assert set(desk.prepare(film())) == {"video", "ready"}


@pytest.mark.parametrize(
    ("reply", "whole_app"),
    [
        (error(403, "quotaExceeded", "The quota is used"), True),
        (error(400, "uploadLimitExceeded", "The user has exceeded the number of videos"), False),
        (error(403, "rateLimitExceeded", "Rate Limit Exceeded"), True),
        (error(429, "RATE_LIMIT_EXCEEDED", "Quota exceeded", "RESOURCE_EXHAUSTED"), True),
        (Reply(429, b"", {"retry-after": "7"}), False),
    ],
    ids=["day", "channel", "rate", "429", "bare"],
)
def test_a_limit_is_a_wait(
    standin: YouTubeStandin, desk: Desk, reply: Reply, whole_app: bool
) -> None:
    standin.fail_next("POST", UPLOAD, reply)

    with pytest.raises(TryLater) as later:
        desk.prepare(film())

    assert later.value.throttled
    assert later.value.whole_app is whole_app
    assert standin.state.sessions == {}


def test_the_daily_quota_begins_anew_at_midnight_in_california(
    standin: YouTubeStandin, desk: Desk
) -> None:
    standin.day_is_used = True

    with pytest.raises(TryLater) as later:
        desk.prepare(film())

    assert later.value.after_s is not None
    assert 0 < later.value.after_s <= 25 * 3600
    ends = standin.now().timestamp() + later.value.after_s
    assert int(ends) % 3600 in (0, 1, 3599)


def test_an_empty_film_never_leaves(standin: YouTubeStandin, desk: Desk) -> None:
    empty = type(VIDEO)(**{**vars(VIDEO), "size": 0})

    with pytest.raises(Exception, match="video_failed"):
        desk.prepare(film(media=(empty,)))

    assert standin.requests == []
