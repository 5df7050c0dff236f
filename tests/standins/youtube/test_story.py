"""Our connector against the stand-in: a film goes up private, is shown in one call, and comes down."""

from dataclasses import replace
from typing import Any

import pytest

from breakwater.domain.errors import Refused, TryLater
from breakwater.domain.guarantees import Guarantee
from breakwater.networks.base import Choice
from tests.standins.base.calling import MP4, PICTURE, PNG, VIDEO, sent
from tests.standins.youtube import YouTubeStandin
from tests.standins.youtube.calling import Desk, connected, film, words

VIDEOS, UPLOAD = "/youtube/v3/videos", "/upload/youtube/v3/videos"


def test_a_film_is_private_until_the_one_call_that_shows_it(
    standin: YouTubeStandin, desk: Desk
) -> None:
    what = film("Fresh mussels & café — 第一 👋🏽\n\nfrom 18:00")

    handle = desk.prepare(what)

    [video] = standin.state.videos.values()
    assert video.status["privacyStatus"] == "private"
    assert video.data == MP4
    assert handle == {"video": video.id, "ready": True}
    assert desk.taken == ["videos.insert", "videos.list"]

    made = desk.run(lambda c: c.commit(what, handle))

    assert made.remote_id == video.id
    assert made.url == f"https://www.youtube.com/watch?v={video.id}"
    [request] = standin.calls("PUT", VIDEOS)
    assert request.args == {"part": "status"}
    seen = desk.run(lambda c: c.read(video.id))
    assert seen is not None
    assert seen.text == what.text
    assert len(seen.media) == 1
    assert standin.state.public == [video]

    desk.run(lambda c: c.delete(video.id))

    assert desk.run(lambda c: c.read(video.id)) is None
    assert standin.state.videos == {}
    desk.run(lambda c: c.delete(video.id))


def test_it_goes_through_a_socket_too(youtube_standin: YouTubeStandin) -> None:
    desk = connected(youtube_standin)

    remote_id = desk.publish(film())

    assert [video.id for video in youtube_standin.state.public] == [remote_id]


def test_every_option_arrives(standin: YouTubeStandin, desk: Desk) -> None:
    cover = replace(VIDEO, cover=PICTURE.sha256)
    options = {
        "kids": "yes", "privacy": "unlisted", "category": "19", "tags": "mussels, fresh fish ,",
        "playlist": "PLmenus", "synthetic": True, "license": "creativeCommon", "notify": "no",
        "captions": "1\n00:00:00,000 --> 00:00:02,000\nBonjour à tous",
    }  # fmt: skip

    remote_id = desk.publish(film(options=options, media=(cover,), language="fr"))

    video = standin.state.videos[remote_id]
    assert video.snippet == {
        "title": "Mussels", "description": "Fresh mussels tonight", "categoryId": "19",
        "tags": ["mussels", "fresh fish"], "defaultLanguage": "fr",
    }  # fmt: skip
    assert video.status == {
        "privacyStatus": "unlisted", "selfDeclaredMadeForKids": True, "license": "creativeCommon",
        "containsSyntheticMedia": True, "embeddable": True,
    }  # fmt: skip
    assert video.thumbnail == PNG
    assert video.captions == [("fr", options["captions"])]
    assert standin.state.playlists == {"PLmenus": [remote_id]}
    assert standin.calls("POST", UPLOAD)[0].args["notifySubscribers"] == "false"


def test_what_is_done_is_not_done_again(standin: YouTubeStandin, desk: Desk) -> None:
    what = film(
        options={"playlist": "PLmenus", "captions": "WEBVTT"},
        media=(replace(VIDEO, cover=PICTURE.sha256),),
    )
    standin.server_error("POST", "/youtube/v3/playlistItems", accepted=True)
    with pytest.raises(TryLater):
        desk.prepare(what)

    handle = desk.prepare(what)

    [video] = standin.state.videos.values()
    assert standin.state.playlists == {"PLmenus": [video.id]}
    assert len(standin.calls("POST", "/upload/youtube/v3/captions")) == 1
    assert len(standin.calls("POST", "/upload/youtube/v3/thumbnails/set")) == 1
    assert desk.prepare(what) == handle


def test_a_film_that_is_still_worked_on_waits(standin: YouTubeStandin, desk: Desk) -> None:
    standin.polls_of_next_video = 2

    with pytest.raises(TryLater) as later:
        desk.prepare(film())

    assert (later.value.code, later.value.after_s) == ("not_ready", 30.0)
    assert set(desk.prepare(film())) == {"video", "ready"}
    assert len(standin.calls("POST", UPLOAD)) == 1


@pytest.mark.parametrize(
    ("status", "reason"), [("failed", "video_failed"), ("rejected", "video_rejected")]
)
def test_a_film_that_youtube_does_not_want_is_refused(
    standin: YouTubeStandin, desk: Desk, status: str, reason: str
) -> None:
    standin.next_upload_status = status

    with pytest.raises(Refused) as refused:
        desk.prepare(film())

    assert refused.value.reason == reason
    assert standin.state.public == []


@pytest.mark.parametrize(
    ("changes", "reason"),
    [
        ({"options": {"title": ""}}, "title_missing"),
        ({"options": {"title": "t" * 101}}, "title_too_long"),
        ({"options": {"title": "1 < 2"}}, "angle_brackets"),
        ({"options": {"kids": ""}}, "kids_missing"),
        ({"options": {"privacy": "secret"}}, "option_unknown"),
        ({"options": {"license": "mine"}}, "option_unknown"),
        ({"options": {"tags": "x" * 501}}, "tags_too_long"),
        ({"text": "a > b"}, "angle_brackets"),
        ({"text": "é" * 2501}, "text_too_long"),
        ({"media": (PICTURE,)}, "media_type"),
        ({"media": ()}, "media_type"),
        ({"form": "short", "media": (replace(VIDEO, width=1281),)}, "not_short"),
        ({"form": "short", "media": (replace(VIDEO, length_ms=180_001),)}, "not_short"),
    ],
)
def test_what_youtube_would_not_take_never_leaves(
    standin: YouTubeStandin, desk: Desk, changes: dict[str, Any], reason: str
) -> None:
    with pytest.raises(Refused) as refused:
        desk.prepare(film(**changes))

    assert refused.value.reason == reason
    assert standin.requests == []


def test_title_and_description_at_their_limits_are_taken(
    standin: YouTubeStandin, desk: Desk
) -> None:
    remote_id = desk.publish(film("é" * 2500, options={"title": "ü" * 100}))

    assert standin.state.videos[remote_id].snippet["title"] == "ü" * 100


def test_a_short_is_an_upright_film(standin: YouTubeStandin, desk: Desk) -> None:
    remote_id = desk.publish(film(form="short"))

    assert [video.id for video in standin.state.public] == [remote_id]


def test_the_words_can_be_changed_afterwards(standin: YouTubeStandin, desk: Desk) -> None:
    remote_id = desk.publish(film())
    better = film("Fresh oysters tonight", options={"title": "Oysters"})

    changed = desk.run(lambda c: c.edit(remote_id, better))

    assert changed.remote_id == remote_id
    assert standin.state.videos[remote_id].snippet["title"] == "Oysters"
    assert [video.id for video in standin.state.public] == [remote_id]


def test_a_change_of_words_shows_nothing_that_somebody_took_down(
    standin: YouTubeStandin, desk: Desk
) -> None:
    remote_id = desk.publish(film())
    standin.state.videos[remote_id].status["privacyStatus"] = "private"

    desk.run(lambda c: c.edit(remote_id, film("Fresh oysters tonight")))

    assert standin.state.public == []


def test_a_change_to_words_that_youtube_would_not_take_never_leaves(
    standin: YouTubeStandin, desk: Desk
) -> None:
    remote_id = desk.publish(film())
    calls = len(standin.requests)

    with pytest.raises(Refused) as refused:
        desk.run(lambda c: c.edit(remote_id, film("é" * 2501)))

    assert refused.value.reason == "text_too_long"
    assert len(standin.requests) == calls


def test_a_private_film_is_out_only_once_it_was_asked_for(desk: Desk) -> None:
    what = film(options={"privacy": "private"})
    handle = desk.prepare(what)

    assert desk.run(lambda c: c.look(what, handle)).posts == ()
    desk.run(lambda c: c.commit(what, handle))

    assert len(desk.run(lambda c: c.look(sent(what), handle)).posts) == 1


def test_a_film_is_guarded_by_its_handle_and_a_comment_by_nothing(desk: Desk) -> None:
    comment = words("Thank you", reply_to="hand0000001")

    assert desk.run(_guards(film())) is Guarantee.HANDLE
    assert desk.run(_guards(comment)) is Guarantee.NONE


def test_the_account_has_its_own_choices(desk: Desk) -> None:
    assert desk.run(lambda c: c.choices("category")) == (
        Choice("19", "Travel & Events"), Choice("22", "People & Blogs"),
    )  # fmt: skip
    assert desk.run(lambda c: c.choices("playlist")) == (Choice("PLmenus", "Menus"),)
    assert desk.run(lambda c: c.choices("stream")) == (Choice("stream-1", "Quay camera"),)


def _guards(what: Any) -> Any:
    async def ask(connector: Any) -> Guarantee:
        return connector.guards(what)

    return ask
