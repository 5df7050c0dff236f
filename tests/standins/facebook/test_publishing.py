"""What leaves: each form, with what it asks of Facebook and what stands there afterwards."""

import json
from datetime import timedelta

import pytest

from breakwater.domain.errors import Refused, TryLater, Unsupported
from breakwater.domain.guarantees import Guarantee
from breakwater.networks.base import Card, Connector, Look, Medium, Parcel
from tests.standins.base.calling import MP4, PICTURE, PNG, VIDEO, Calling, parcel, sent
from tests.standins.base.exchange import File, Request
from tests.standins.facebook import FacebookStandin
from tests.standins.facebook.calling import calling

FEED = "/v25.0/2121008874780932/feed"
REELS = "/v25.0/2121008874780932/video_reels"
VIDEOS = "/v25.0/2121008874780932/videos"


def _look(page: Calling, what: Parcel) -> Look:
    return page.run(lambda c: c.look(sent(what), page.kept[-1] if page.kept else {}))


def _guards(page: Calling, what: Parcel) -> Guarantee:
    async def ask(connector: Connector) -> Guarantee:
        return connector.guards(what)

    return page.run(ask)


def _only(calls: list[Request]) -> Request:
    assert len(calls) == 1
    return calls[0]


def test_words_stand_there_as_they_were_written(facebook_in_process: FacebookStandin) -> None:
    page, what = calling(facebook_in_process), parcel("Moules ce soir 🦪 — 第一.\n\nBis später!")

    remote_id = page.publish(what)

    assert facebook_in_process.posts[0].text == what.text
    assert remote_id == facebook_in_process.posts[0].id
    seen = page.run(lambda c: c.read(remote_id))
    assert seen is not None
    assert (seen.text, seen.media) == (what.text, ())
    assert _guards(page, what) is Guarantee.NONE


def test_a_link_is_a_card(facebook_in_process: FacebookStandin) -> None:
    page = calling(facebook_in_process)
    what = parcel(card=Card("https://harbour.example/menu", "The menu"))

    remote_id = page.publish(what)

    made = facebook_in_process.state.things[remote_id]
    assert made.facts["link"] == "https://harbour.example/menu"
    seen = page.run(lambda c: c.read(remote_id))
    assert seen is not None
    assert seen.media == ()


@pytest.mark.parametrize("number", [1, 3])
def test_pictures_go_up_hidden_and_come_out_in_one_call(
    number: int, facebook_in_process: FacebookStandin
) -> None:
    page, what = calling(facebook_in_process), parcel(media=(PICTURE,) * number)
    handle = page.prepare(what, {})
    assert facebook_in_process.posts == []

    remote_id = page.run(lambda c: c.commit(what, handle)).remote_id

    call = _only(facebook_in_process.calls("POST", FEED))
    attached = json.loads(call.fields["attached_media"])
    assert [one["media_fbid"] for one in attached] == [one["id"] for one in handle["photos"]]
    assert [one.facts["alt"] for one in facebook_in_process.of("Photo")] == ["A grey dot"] * number
    seen = page.run(lambda c: c.read(remote_id))
    assert seen is not None
    assert [medium.alt for medium in seen.media] == ["A grey dot"] * number


def test_a_picture_that_is_out_says_in_which_post(facebook_in_process: FacebookStandin) -> None:
    page, what = calling(facebook_in_process), parcel(media=(PICTURE,))
    remote_id = page.publish(what)
    facebook_in_process.stray(what.text)

    look = _look(page, what)

    assert look.exact
    assert [seen.remote_id for seen in look.posts] == [remote_id]


def test_a_forgotten_picture_goes_up_anew(facebook_in_process: FacebookStandin) -> None:
    page, what = calling(facebook_in_process), parcel(media=(PICTURE, PICTURE))
    first = page.prepare(what, {})
    state = facebook_in_process.state
    state.remove(state.things[first["photos"][1]["id"]])

    second = page.prepare(what)

    assert second["photos"][0] == first["photos"][0]
    assert second["photos"][1]["id"] != first["photos"][1]["id"]


def test_a_picture_that_may_be_out_is_left_alone(facebook_in_process: FacebookStandin) -> None:
    page, what = calling(facebook_in_process), parcel(media=(PICTURE,))
    first = page.prepare(what, {})
    state = facebook_in_process.state
    state.remove(state.things[first["photos"][0]["id"]])

    assert page.prepare(sent(what)) == first


def test_a_video_goes_up_in_pieces_and_the_last_call_publishes(
    facebook_in_process: FacebookStandin,
) -> None:
    page = calling(facebook_in_process)
    what = parcel(media=(VIDEO,), options={"title": "The quay", "category": "FOOD_HEALTH"})

    handle = page.prepare(what, {})

    video = facebook_in_process.of("AdVideo")[0]
    assert bytes(video.data) == MP4
    assert len(page.kept) == 4, "the session, and each piece"
    assert facebook_in_process.posts == []
    made = page.run(lambda c: c.commit(what, handle))
    assert made.remote_id == f"video:{video.id}"
    assert (video.title, video.text) == ("The quay", what.text)
    seen = page.run(lambda c: c.read(made.remote_id))
    assert seen is not None
    assert (seen.remote_id, seen.text) == (facebook_in_process.posts[0].id, what.text)
    assert _guards(page, what) is Guarantee.HANDLE


def test_a_cover_travels_with_the_last_call(facebook_in_process: FacebookStandin) -> None:
    page = calling(facebook_in_process)
    film = Medium(**{**vars(VIDEO), "cover": PICTURE.sha256})

    page.publish(parcel(media=(film,)))

    thumb = facebook_in_process.calls("POST", VIDEOS)[-1].fields["thumb"]
    assert isinstance(thumb, File)
    assert thumb.data == PNG


def test_a_video_goes_on_where_it_was_cut_off(facebook_in_process: FacebookStandin) -> None:
    page, what = calling(facebook_in_process), parcel(media=(VIDEO,))
    last = page.prepare(what, {})
    video = facebook_in_process.of("AdVideo")[0]
    video.data = video.data[:9000]  # more than the first piece, which is the last that we kept
    first_piece = page.kept[1]

    again = page.prepare(what, first_piece)

    assert again == last
    assert bytes(video.data) == MP4
    assert len(facebook_in_process.of("AdVideo")) == 1


def test_a_reel_goes_up_in_one_stream(facebook_in_process: FacebookStandin) -> None:
    page, what = calling(facebook_in_process), parcel(media=(VIDEO,), form="reel")

    remote_id = page.publish(what)

    video = facebook_in_process.of("AdVideo")[0]
    assert remote_id == f"video:{video.id}"
    assert bytes(video.data) == MP4
    upload = _only(facebook_in_process.calls("POST", f"/video-upload/v25.0/{video.id}"))
    assert upload.headers["file_size"] == str(len(MP4))
    assert upload.headers["content-length"] == str(len(MP4))
    assert page.taken == ["reel"]


def test_a_reel_goes_on_from_the_byte_that_facebook_has(
    facebook_in_process: FacebookStandin,
) -> None:
    page, what = calling(facebook_in_process), parcel(media=(VIDEO,), form="reel")
    facebook_in_process.drop_before_accept("POST", "/video-upload/")
    with pytest.raises(TryLater):
        page.prepare(what, {})
    video = facebook_in_process.of("AdVideo")[0]
    video.data += MP4[:1000]

    handle = page.prepare(what)

    assert handle["video"]["whole"]
    assert bytes(video.data) == MP4
    assert facebook_in_process.requests[-1].headers["offset"] == "1000"


def test_a_video_in_the_works_is_neither_there_nor_gone(
    facebook_in_process: FacebookStandin,
) -> None:
    facebook_in_process.process_next_videos = 2
    page, what = calling(facebook_in_process), parcel(media=(VIDEO,), form="reel")
    assert _look(page, what).posts == ()
    page.publish(what)

    with pytest.raises(TryLater) as working:
        _look(page, what)

    assert working.value.code == "not_ready"
    look = _look(page, what)
    assert look.exact
    assert [seen.remote_id for seen in look.posts] == [facebook_in_process.posts[0].id]


def test_finishing_a_reel_twice_makes_one(facebook_in_process: FacebookStandin) -> None:
    page, what = calling(facebook_in_process), parcel(media=(VIDEO,), form="reel")
    handle = page.prepare(what, {})

    first, second = (page.run(lambda c: c.commit(what, handle)) for _ in range(2))

    assert first.remote_id == second.remote_id
    assert len(facebook_in_process.posts) == 1


@pytest.mark.parametrize(("form", "medium"), [("story_picture", PICTURE), ("story_video", VIDEO)])
def test_a_story_is_found_by_its_medium(
    form: str, medium: Medium, facebook_in_process: FacebookStandin
) -> None:
    page, what = calling(facebook_in_process), parcel("", media=(medium,), form=form)
    assert not _look(page, what).complete

    remote_id = page.publish(what)

    look = _look(page, what)
    assert look.exact
    assert [seen.remote_id for seen in look.posts] == [remote_id]
    assert page.run(lambda c: c.read(remote_id)) == look.posts[0]
    assert facebook_in_process.posts == []
    with pytest.raises(Unsupported):
        page.run(lambda c: c.delete(remote_id))


def test_without_an_archive_a_story_proves_nothing(facebook_in_process: FacebookStandin) -> None:
    facebook_in_process.keeps_stories = False
    page, what = calling(facebook_in_process), parcel("", media=(PICTURE,), form="story_picture")
    remote_id = page.publish(what)

    look = _look(page, what)

    assert (look.posts, look.complete) == ((), False)
    with pytest.raises(TryLater):
        page.run(lambda c: c.read(remote_id))


def test_a_live_video_is_made_hidden_and_then_announced(
    facebook_in_process: FacebookStandin,
) -> None:
    page = calling(facebook_in_process)
    starts = (facebook_in_process.now() + timedelta(days=2)).replace(microsecond=0)
    options = {"title": "Open day", "starts": starts.isoformat()}
    what = parcel("Ask us anything", form="live", options=options)
    handle = page.prepare(what, {})
    live = facebook_in_process.of("LiveVideo")[0]
    assert live.facts == {"status": "SCHEDULED_UNPUBLISHED", "starts": int(starts.timestamp())}
    assert _look(page, what).posts == ()

    remote_id = page.run(lambda c: c.commit(what, handle)).remote_id

    assert live.facts["status"] == "SCHEDULED_LIVE"
    assert remote_id == f"live:{live.id}"
    assert [seen.text for seen in _look(page, what).posts] == ["Ask us anything"]
    assert page.prepare(what) == handle
    page.run(lambda c: c.delete(remote_id))
    assert facebook_in_process.of("LiveVideo") == []


def test_a_start_is_said_in_both_ways_that_meta_describes(
    facebook_in_process: FacebookStandin,
) -> None:
    facebook_in_process.starts_as_number = True
    page = calling(facebook_in_process)
    starts = (facebook_in_process.now() + timedelta(days=2)).replace(microsecond=0)

    page.prepare(parcel(form="live", options={"starts": starts.isoformat()}), {})

    (live,) = facebook_in_process.of("LiveVideo")
    assert live.facts["starts"] == int(starts.timestamp())


def test_a_live_video_needs_to_know_its_zone(facebook_in_process: FacebookStandin) -> None:
    page = calling(facebook_in_process)
    starts = f"{facebook_in_process.now() + timedelta(days=1):%Y-%m-%dT%H:%M}"

    with pytest.raises(Refused) as refused:
        page.prepare(parcel(form="live", options={"starts": starts}), {})

    assert refused.value.reason == "live_without_zone"
    assert facebook_in_process.of("LiveVideo") == []
    zoned = {"starts": f"{starts}+01:00"}
    assert page.prepare(parcel(form="live", options=zoned), {})["live"]


def test_an_audience_is_named_by_countries(facebook_in_process: FacebookStandin) -> None:
    page = calling(facebook_in_process)

    page.publish(parcel(options={"countries": "fr, BE"}))

    told = _only(facebook_in_process.calls("POST", FEED)).fields["targeting"]
    assert json.loads(told) == {"geo_locations": {"countries": ["FR", "BE"]}}


def test_an_audience_that_is_no_country_is_refused_before_anything_goes_up(
    facebook_in_process: FacebookStandin,
) -> None:
    page = calling(facebook_in_process)

    with pytest.raises(Refused) as refused:
        page.prepare(parcel(media=(PICTURE,), options={"countries": "France"}), {})

    assert refused.value.reason == "option_unknown"
    assert facebook_in_process.requests == []


def test_words_can_be_changed(facebook_in_process: FacebookStandin) -> None:
    page = calling(facebook_in_process)
    remote_id = page.publish(parcel("Mussles"))

    page.run(lambda c: c.edit(remote_id, parcel("Mussels")))

    assert facebook_in_process.posts[0].text == "Mussels"


def test_a_post_is_deleted_once_or_twice(facebook_in_process: FacebookStandin) -> None:
    page = calling(facebook_in_process)
    remote_id = page.publish(parcel())

    page.run(lambda c: c.delete(remote_id))
    page.run(lambda c: c.delete(remote_id))

    assert facebook_in_process.posts == []
    assert page.run(lambda c: c.read(remote_id)) is None
