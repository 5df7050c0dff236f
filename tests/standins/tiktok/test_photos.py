"""Pictures: TikTok fetches them, and its announcement is what publishes."""

from dataclasses import replace

import pytest

from breakwater.domain.errors import OutcomeUnknown, Refused
from breakwater.networks.base import Parcel
from tests.standins.base.calling import PICTURE, parcel, sent
from tests.standins.tiktok import TikTokStandin
from tests.standins.tiktok.calling import AGREED, connected

INIT = "/v2/post/publish/content/init/"
JPEG = replace(PICTURE, mime="image/jpeg")


def _album(text: str = "Three tides", number: int = 3, **options: object) -> Parcel:
    return parcel(text, media=(JPEG,) * number, options={**AGREED, **options})


def test_pictures_are_fetched_by_tiktok(tiktok_in_process: TikTokStandin) -> None:
    standin, calling = tiktok_in_process, connected(tiktok_in_process)
    what = _album(title="Low water", cover="2", music=True, comment=True, paid=True)

    remote_id = calling.publish(what)
    seen = calling.run(lambda c: c.read(remote_id))

    [made] = standin.state.publishings.values()
    assert made.photos == (f"https://desk.example/m/{JPEG.sha256}.jpeg?sig=test",) * 3
    assert made.info == {
        "title": "Low water",
        "description": "Three tides",
        "privacy_level": "PUBLIC_TO_EVERYONE",
        "disable_comment": False,
        "brand_organic_toggle": False,
        "brand_content_toggle": True,
        "auto_add_music": True,
    }
    [request] = standin.calls("POST", INIT)
    assert request.fields["source_info"]["photo_cover_index"] == 1
    assert remote_id.endswith("#photos")
    assert seen is not None
    assert (seen.remote_id, seen.bare) == (standin.videos[0].id, True)


def test_nothing_is_announced_before_the_commit(tiktok_in_process: TikTokStandin) -> None:
    calling = connected(tiktok_in_process)

    handle = calling.prepare(_album())
    look = calling.run(lambda c: c.look(_album(), handle))

    assert handle == {}
    assert tiktok_in_process.calls("POST", INIT) == []
    assert (look.exact, look.complete, look.posts) == (True, True, ())


@pytest.mark.parametrize("fault", ["drop_reply_after_accept", "html_200", "empty_200"])
def test_a_lost_answer_leaves_a_person_to_look(
    tiktok_in_process: TikTokStandin, fault: str
) -> None:
    calling, what = connected(tiktok_in_process), _album()
    handle = calling.prepare(what)
    getattr(tiktok_in_process, fault)("POST", INIT)

    with pytest.raises(OutcomeUnknown):
        calling.run(lambda c: c.commit(what, handle))
    look = calling.run(lambda c: c.look(sent(what), handle))

    assert (look.exact, look.complete, look.posts) == (False, False, ())
    assert len(tiktok_in_process.state.publishings) == 1


def test_a_server_in_trouble_leaves_it_unknown(tiktok_in_process: TikTokStandin) -> None:
    calling, what = connected(tiktok_in_process), _album()
    tiktok_in_process.server_error("POST", INIT)

    with pytest.raises(OutcomeUnknown):
        calling.publish(what)


def test_an_address_that_is_not_verified_is_told(tiktok_in_process: TikTokStandin) -> None:
    tiktok_in_process.state.verified = ()

    with pytest.raises(Refused) as caught:
        connected(tiktok_in_process).publish(_album())

    assert caught.value.reason == "address_not_verified"
    assert tiktok_in_process.state.publishings == {}


def test_a_picture_that_tiktok_cannot_use_is_seen_at_the_read_back(
    tiktok_in_process: TikTokStandin,
) -> None:
    calling = connected(tiktok_in_process)

    remote_id = calling.publish(parcel(media=(PICTURE,), options=AGREED))

    assert calling.run(lambda c: c.read(remote_id)) is None
    assert tiktok_in_process.videos == []


@pytest.mark.parametrize("cover", ["0", "4", "x"])
def test_a_cover_that_is_none_is_refused(tiktok_in_process: TikTokStandin, cover: str) -> None:
    calling, what = connected(tiktok_in_process), _album(cover=cover)

    with pytest.raises(Refused) as caught:
        calling.publish(what)

    assert caught.value.reason == "option_unknown"
    assert tiktok_in_process.calls("POST", INIT) == []


def test_35_pictures_are_taken_and_not_one_more(tiktok_in_process: TikTokStandin) -> None:
    calling = connected(tiktok_in_process)

    calling.publish(_album("x" * 4000, 35))
    for over in (_album("Too many", 36), _album("x" * 4001, 1)):
        with pytest.raises(Refused):
            calling.publish(over)

    assert len(tiktok_in_process.videos) == 1
