"""A video leaves in pieces, is read back, and is never there twice."""

from dataclasses import replace

import pytest

from breakwater.domain.errors import OutcomeUnknown, Reconnect, Refused, TryLater
from breakwater.domain.guarantees import Guarantee
from breakwater.networks.base import Medium
from tests.standins.base import calling as base
from tests.standins.base.calling import MP4, VIDEO, sent
from tests.standins.tiktok import TikTokStandin
from tests.standins.tiktok.calling import AGREED, connected, film

INIT = "/v2/post/publish/video/init/"


def test_a_video_leaves_and_is_read_back(tiktok_in_process: TikTokStandin) -> None:
    standin, calling = tiktok_in_process, connected(tiktok_in_process)
    text = "Fresh mussels & café 👋🏽\nfrom 18:00 #moules @bob"

    remote_id = calling.publish(film(text))
    seen = calling.run(lambda c: c.read(remote_id))

    [video] = standin.videos
    assert seen is not None
    assert seen.remote_id == video.id
    assert seen.text == text
    assert seen.url == f"https://www.tiktok.com/@harbour/video/{video.id}"
    assert len(seen.media) == 1
    assert [bytes(one.data) for one in standin.state.publishings.values()] == [MP4]
    assert calling.run(lambda c: c.read(video.id)) == seen
    assert calling.run(lambda c: c.read("7000000000000000000")) is None


def test_what_a_person_decided_travels(tiktok_in_process: TikTokStandin) -> None:
    standin, calling = tiktok_in_process, connected(tiktok_in_process)
    options = {**AGREED, "comment": True, "stitch": True, "own_brand": True, "ai": True}

    calling.publish(film(options={**options, "cover_at": "2,5"}))

    [made] = standin.state.publishings.values()
    assert made.info == {
        "title": "Fresh mussels tonight #moules",
        "privacy_level": "PUBLIC_TO_EVERYONE",
        "disable_comment": False,
        "disable_duet": True,
        "disable_stitch": False,
        "brand_organic_toggle": True,
        "brand_content_toggle": False,
        "is_aigc": True,
        "video_cover_timestamp_ms": 2500,
    }


def test_the_publishing_is_kept_before_a_byte_leaves(tiktok_in_process: TikTokStandin) -> None:
    standin, calling = tiktok_in_process, connected(tiktok_in_process)

    handle = calling.prepare(film())

    [made] = standin.state.publishings.values()
    assert handle["publish_id"] == made.publish_id
    assert calling.kept == [handle]
    assert standin.calls("PUT", "/video/") == []
    assert standin.videos == []


@pytest.fixture
def large(monkeypatch: pytest.MonkeyPatch) -> Medium:
    """A video of three chunks, the last of which takes the rest."""
    data = bytes(range(256)) * 100_000  # 25,600,000
    video = base._medium(data, "video/mp4", width=720, height=1280, length_ms=9_000)
    monkeypatch.setattr(base, "BLOBS", {**base.BLOBS, video.sha256: data})
    return video


def test_a_large_one_goes_in_pieces_and_the_last_makes_it_public(
    tiktok_in_process: TikTokStandin, large: Medium
) -> None:
    standin, calling, what = tiktok_in_process, connected(tiktok_in_process), film(media=(large,))

    handle = calling.prepare(what)
    ranges = [call.headers["content-range"] for call in standin.calls("PUT", "/video/")]

    assert ranges == ["bytes 0-7999999/25600000", "bytes 8000000-15999999/25600000"]
    assert [kept["sent"] for kept in calling.kept] == [0, 8_000_000, 16_000_000]
    assert standin.videos == []

    calling.run(lambda c: c.commit(what, handle))

    assert len(standin.videos) == 1
    last = standin.calls("PUT", "/video/")[-1]
    assert last.headers["content-range"] == "bytes 16000000-25599999/25600000"


@pytest.mark.parametrize("accepted", [True, False])
def test_an_upload_goes_on_where_it_stopped(
    tiktok_in_process: TikTokStandin, large: Medium, accepted: bool
) -> None:
    standin, calling, what = tiktok_in_process, connected(tiktok_in_process), film(media=(large,))
    if accepted:
        standin.drop_reply_after_accept("PUT", "/video/")
    else:
        standin.server_error("PUT", "/video/")

    with pytest.raises(TryLater):
        calling.prepare(what)
    handle = calling.prepare(what)
    calling.run(lambda c: c.commit(what, handle))

    assert len(standin.calls("POST", INIT)) == 1
    assert len(standin.calls("PUT", "/video/")) == (3 if accepted else 4)
    assert len(standin.videos) == 1


def test_a_video_that_takes_time_is_not_read_before(tiktok_in_process: TikTokStandin) -> None:
    standin, calling = tiktok_in_process, connected(tiktok_in_process)
    standin.state.processing_s, standin.state.moderation_s = 30, 3600

    remote_id = calling.publish(film())

    for seconds in (0, 60):
        standin.advance(seconds)
        with pytest.raises(TryLater) as caught:
            calling.run(lambda c: c.read(remote_id))
        assert caught.value.code == "not_ready"
    standin.advance(3600)
    seen = calling.run(lambda c: c.read(remote_id))
    assert seen is not None
    assert seen.remote_id == standin.videos[0].id


def test_a_private_video_is_only_known_to_be_out(tiktok_in_process: TikTokStandin) -> None:
    standin, calling = tiktok_in_process, connected(tiktok_in_process)

    remote_id = calling.publish(film(options={**AGREED, "privacy": "SELF_ONLY"}))
    seen = calling.run(lambda c: c.read(remote_id))

    assert remote_id.endswith("#shut")
    assert seen is not None
    assert (seen.remote_id, seen.bare, seen.text) == (remote_id, True, "")
    assert standin.videos[0].privacy == "SELF_ONLY"


def test_the_same_upload_twice_is_one_video(tiktok_in_process: TikTokStandin) -> None:
    standin, calling, what = tiktok_in_process, connected(tiktok_in_process), film()
    handle = calling.prepare(what)
    calling.run(lambda c: c.commit(what, handle))

    again = calling.prepare(sent(what))
    with pytest.raises(OutcomeUnknown):
        calling.run(lambda c: c.commit(sent(what), again))

    look = calling.run(lambda c: c.look(sent(what), again))
    assert look.exact
    assert [one.remote_id for one in look.posts] == [standin.videos[0].id]
    assert len(standin.videos) == 1


def test_it_is_known_what_protects_a_post(tiktok_in_process: TikTokStandin) -> None:
    picture = replace(base.PICTURE, mime="image/jpeg")

    async def both(connector: object) -> tuple[Guarantee, Guarantee]:
        assert hasattr(connector, "guards")
        return connector.guards(film()), connector.guards(film(media=(picture,)))

    assert connected(tiktok_in_process).run(both) == (Guarantee.HANDLE, Guarantee.NONE)


@pytest.mark.parametrize("media", [(), (VIDEO, VIDEO), (VIDEO, base.PICTURE), (base.DOCUMENT,)])
def test_what_is_no_post_here_is_refused(
    tiktok_in_process: TikTokStandin, media: tuple[Medium, ...]
) -> None:
    with pytest.raises(Refused) as caught:
        connected(tiktok_in_process).prepare(film(media=media))

    assert caught.value.reason == "not_accepted"
    assert tiktok_in_process.requests == []


def test_the_text_may_be_2200_utf_16_units_and_no_more(tiktok_in_process: TikTokStandin) -> None:
    standin, calling = tiktok_in_process, connected(tiktok_in_process)

    calling.publish(film("👋" * 1100))
    with pytest.raises(Refused) as caught:
        calling.publish(film("👋" * 1100 + "x"))

    assert caught.value.reason == "not_accepted"
    assert len(standin.videos) == 1


def test_a_token_that_ends_between_the_steps_does_not_matter(
    tiktok_in_process: TikTokStandin,
) -> None:
    standin, calling, what = tiktok_in_process, connected(tiktok_in_process), film()
    handle = calling.prepare(what)
    standin.door.expire_all()

    calling.run(lambda c: c.commit(what, handle))

    assert len(standin.videos) == 1
    with pytest.raises(Reconnect):
        calling.run(lambda c: c.look(sent(what), handle))
