"""Our connector against the stand-in: a film goes up private, is shown in one call, and comes down."""

import pytest

from tests.standins.base.calling import MP4, Calling
from tests.standins.youtube import YouTubeStandin
from tests.standins.youtube.calling import connected, film

VIDEOS, UPLOAD = "/youtube/v3/videos", "/upload/youtube/v3/videos"


@pytest.fixture
def standin(youtube_in_process: YouTubeStandin) -> YouTubeStandin:
    return youtube_in_process


@pytest.fixture
def calling(standin: YouTubeStandin) -> Calling:
    return connected(standin)


def test_a_film_is_private_until_the_one_call_that_shows_it(
    standin: YouTubeStandin, calling: Calling
) -> None:
    what = film("Fresh mussels & café — 第一 👋🏽\n\nfrom 18:00")

    handle = calling.prepare(what)

    [video] = standin.state.videos.values()
    assert video.status["privacyStatus"] == "private"
    assert video.data == MP4
    assert handle == {"video": video.id, "ready": True}
    assert calling.taken == ["videos.insert", "videos.list"]

    made = calling.run(lambda c: c.commit(what, handle))

    assert made.remote_id == video.id
    assert made.url == f"https://www.youtube.com/watch?v={video.id}"
    [request] = standin.calls("PUT", VIDEOS)
    assert request.args == {"part": "status"}
    seen = calling.run(lambda c: c.read(video.id))
    assert seen is not None
    assert seen.text == what.text
    assert len(seen.media) == 1
    assert standin.state.public == [video]

    calling.run(lambda c: c.delete(video.id))

    assert calling.run(lambda c: c.read(video.id)) is None
    assert standin.state.videos == {}
    calling.run(lambda c: c.delete(video.id))
