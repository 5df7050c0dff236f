"""Posts of every form go out by containers, are read back and deleted."""

import json
from dataclasses import replace
from typing import Any

import pytest

from breakwater.domain.errors import OutcomeUnknown, Reconnect, Refused, TryLater
from breakwater.domain.guarantees import Guarantee
from breakwater.networks.base import Medium
from tests.standins.base.calling import PICTURE, VIDEO, parcel, sent
from tests.standins.base.family import error
from tests.standins.instagram import InstagramStandin
from tests.standins.instagram.calling import connected

ME = "/v25.0/17841400000000001"
MAKE, PUBLISH = f"{ME}/media", f"{ME}/media_publish"


def _made(standin: InstagramStandin) -> list[dict[str, Any]]:
    """What was asked of each container, without what opens the account."""
    kept = ("access_token", "appsecret_proof")
    return [
        {name: value for name, value in request.fields.items() if name not in kept}
        for request in standin.calls("POST", MAKE)
    ]


def _address(medium: Medium) -> str:
    return f"https://desk.example/m/{medium.sha256}.{medium.mime.partition('/')[2]}?sig=test"


def test_a_picture_is_published_read_back_and_deleted(instagram_standin: InstagramStandin) -> None:
    calling = connected(instagram_standin)

    remote_id = calling.publish(parcel("Fresh mussels #quay", media=(PICTURE,), form="picture"))

    assert _made(instagram_standin) == [
        {"image_url": _address(PICTURE), "caption": "Fresh mussels #quay", "alt_text": "A grey dot"}
    ]
    seen = calling.run(lambda c: c.read(remote_id))
    assert seen is not None
    assert (seen.remote_id, seen.text) == (remote_id, "Fresh mussels #quay")
    assert [one.alt for one in seen.media] == ["A grey dot"]
    assert calling.taken == ["publish"]

    calling.run(lambda c: c.delete(remote_id))
    calling.run(lambda c: c.delete(remote_id))
    assert calling.run(lambda c: c.read(remote_id)) is None


def test_a_reel_has_its_cover_and_options(instagram_standin: InstagramStandin) -> None:
    what = parcel(
        media=(replace(VIDEO, cover=PICTURE.sha256),),
        form="reel",
        options={
            "share_to_feed": "false",
            "collaborators": "@ann, ben",
            "location_id": "7640348500",
            "user_tags": "eve",
            "audio_name": "Gulls",
            "trial": "MANUAL",
            "ai": "true",
        },
    )

    remote_id = connected(instagram_standin).publish(what)

    assert _made(instagram_standin) == [
        {
            "media_type": "REELS",
            "video_url": _address(VIDEO),
            "caption": "Fresh mussels tonight",
            "location_id": "7640348500",
            "collaborators": "ann,ben",
            "is_ai_generated": "true",
            "user_tags": '[{"username": "eve"}]',
            "share_to_feed": "false",
            "audio_name": "Gulls",
            "cover_url": f"https://desk.example/m/{PICTURE.sha256}.jpeg?sig=test",
            "trial_params": '{"graduation_strategy": "MANUAL"}',
        }
    ]
    assert instagram_standin.state.posts[remote_id].product == "REELS"


def test_people_in_a_picture_have_a_place(instagram_standin: InstagramStandin) -> None:
    options = {"user_tags": "ann 0.2 0.8, @ben"}

    connected(instagram_standin).publish(parcel(media=(PICTURE,), options=options))

    assert json.loads(_made(instagram_standin)[0]["user_tags"]) == [
        {"username": "ann", "x": 0.2, "y": 0.8},
        {"username": "ben", "x": 0.5, "y": 0.5},
    ]


def test_a_carousel_mixes_pictures_and_videos(instagram_standin: InstagramStandin) -> None:
    calling = connected(instagram_standin)

    remote_id = calling.publish(parcel(media=(PICTURE, VIDEO), form="carousel"))

    child, video, whole = _made(instagram_standin)
    assert child == {
        "is_carousel_item": "true", "image_url": _address(PICTURE), "alt_text": "A grey dot",
    }  # fmt: skip
    assert video == {
        "is_carousel_item": "true", "media_type": "VIDEO", "video_url": _address(VIDEO),
    }  # fmt: skip
    assert whole["media_type"] == "CAROUSEL"
    assert len(whole["children"].split(",")) == 2
    seen = calling.run(lambda c: c.read(remote_id))
    assert seen is not None
    assert [one.alt for one in seen.media] == ["A grey dot", ""]


@pytest.mark.parametrize("medium", [PICTURE, VIDEO])
def test_a_story_has_no_words_and_ends_after_a_day(
    instagram_standin: InstagramStandin, medium: Medium
) -> None:
    calling = connected(instagram_standin)
    what = parcel("", media=(medium,), form="story")

    remote_id = calling.publish(what)

    assert _made(instagram_standin)[0]["media_type"] == "STORIES"
    assert calling.run(lambda c: c.timeline(5)) == ()
    look = calling.run(lambda c: c.look(sent(what), calling.kept[-1]))
    assert ([one.remote_id for one in look.posts], look.complete) == ([remote_id], True)


def test_containers_are_kept_before_they_are_used(instagram_standin: InstagramStandin) -> None:
    calling = connected(instagram_standin)

    calling.publish(parcel(media=(PICTURE, VIDEO)))

    made = [(len(one["children"]), bool(one["whole"])) for one in calling.kept]
    assert made == [(1, False), (2, False), (2, False), (2, False), (2, True), (2, True)]


def test_it_waits_while_a_video_is_filled(instagram_standin: InstagramStandin) -> None:
    standin, calling = instagram_standin, connected(instagram_standin)
    standin.shelf.slow_s = 60
    what = parcel(media=(VIDEO,))

    with pytest.raises(TryLater) as caught:
        calling.prepare(what)
    assert (caught.value.code, caught.value.after_s) == ("not_ready", 30.0)
    standin.advance(61)
    handle = calling.prepare(what)

    assert len(_made(standin)) == 1
    assert calling.run(lambda c: c.commit(what, handle)).remote_id in standin.state.posts


def test_a_child_that_is_slow_holds_the_carousel(instagram_standin: InstagramStandin) -> None:
    standin, calling = instagram_standin, connected(instagram_standin)
    standin.shelf.slow_s = 60
    what = parcel(media=(PICTURE, VIDEO))

    with pytest.raises(TryLater):
        calling.prepare(what)
    standin.shelf.slow_s = 0
    standin.advance(61)
    calling.prepare(what)

    assert [one.get("media_type") for one in _made(standin)] == [None, "VIDEO", "CAROUSEL"]


@pytest.mark.parametrize(
    ("failure", "reason"),
    [("2207026", "media_type"), ("2207009", "shape_of_picture"), ("unheard of", "not_accepted")],
)
def test_a_container_that_failed_says_why_and_the_next_try_is_new(
    instagram_standin: InstagramStandin, failure: str, reason: str
) -> None:
    standin, calling = instagram_standin, connected(instagram_standin)
    standin.shelf.fails = failure

    with pytest.raises(Refused) as caught:
        calling.prepare(parcel(media=(PICTURE,)))

    assert caught.value.reason == reason
    assert standin.state.posts == {}
    assert calling.publish(parcel(media=(PICTURE,))) in standin.state.posts


def test_one_that_ran_out_before_a_commit_is_made_anew(instagram_standin: InstagramStandin) -> None:
    standin, calling = instagram_standin, connected(instagram_standin)
    what = parcel(media=(PICTURE,))
    old = calling.prepare(what)
    standin.advance(24 * 3600 + 1)

    new = calling.prepare(what)

    assert new["whole"] != old["whole"]
    assert calling.run(lambda c: c.commit(what, new)).remote_id in standin.state.posts


def test_one_that_a_call_may_have_used_is_never_replaced(
    instagram_standin: InstagramStandin,
) -> None:
    standin, calling = instagram_standin, connected(instagram_standin)
    what = parcel(media=(PICTURE,))
    handle = calling.prepare(what)
    standin.advance(24 * 3600 + 1)

    again = calling.prepare(sent(what))

    assert again == handle
    assert len(_made(standin)) == 1
    look = calling.run(lambda c: c.look(sent(what), handle))
    assert (look.exact, look.posts, look.complete) == (True, (), True)
    with pytest.raises(Refused) as caught:
        calling.run(lambda c: c.commit(sent(what), handle))
    assert caught.value.reason == "media_gone"


def test_a_full_day_is_waited_for_before_anything_is_made(
    instagram_standin: InstagramStandin,
) -> None:
    standin, calling = instagram_standin, connected(instagram_standin)
    standin.state.quota = 1
    calling.publish(parcel(media=(PICTURE,)))

    with pytest.raises(TryLater) as caught:
        calling.prepare(parcel("Another", media=(PICTURE,)), {})

    assert (caught.value.throttled, caught.value.after_s) == (True, 3600.0)
    assert len(_made(standin)) == 1


@pytest.mark.parametrize(
    ("what", "reason"),
    [
        (parcel("x" * 2201, media=(PICTURE,)), "text_too_long"),
        (parcel(" ".join(f"#tag{n}" for n in range(31)), media=(PICTURE,)), "too_many_hashtags"),
        (parcel(" ".join(f"@ann{n}" for n in range(21)), media=(PICTURE,)), "too_many_mentions"),
        (parcel("Words alone"), "media_needed"),
        (parcel(media=(PICTURE,) * 11), "carousel"),
        (parcel(media=(PICTURE,), options={"user_tags": "ann somewhere"}), "option_unknown"),
        (parcel("x", media=(PICTURE,), reply_to="17"), "words_only"),
        (parcel("x", media=(PICTURE,), to="4242"), "one_thing_a_message"),
    ],
)
def test_what_would_be_refused_is_refused_before_a_call(
    instagram_standin: InstagramStandin, what: Any, reason: str
) -> None:
    with pytest.raises(Refused) as caught:
        connected(instagram_standin).prepare(what)

    assert caught.value.reason == reason
    assert instagram_standin.calls("POST", MAKE) == []


def test_words_at_the_limit_are_published(instagram_standin: InstagramStandin) -> None:
    text = "é" * 2199 + "第"

    remote_id = connected(instagram_standin).publish(parcel(text, media=(PICTURE,)))

    assert instagram_standin.state.posts[remote_id].caption == text


def test_guards_say_what_protects(instagram_standin: InstagramStandin) -> None:
    calling = connected(instagram_standin)

    async def guards(connector: Any) -> list[Guarantee]:
        forms = (parcel(media=(PICTURE,)), parcel(reply_to="17"), parcel(to="4242"))
        return [connector.guards(one) for one in forms]

    assert calling.run(guards) == [Guarantee.HANDLE, Guarantee.NONE, Guarantee.NONE]


@pytest.mark.parametrize(
    "fault", ["drop_reply_after_accept", "html_200", "empty_200", "server_error"]
)
def test_a_lost_answer_is_found_by_the_media_list(
    instagram_standin: InstagramStandin, fault: str
) -> None:
    standin, calling = instagram_standin, connected(instagram_standin)
    what = parcel(media=(PICTURE,))
    handle = calling.prepare(what)
    accepted = {"accepted": True} if fault == "server_error" else {}
    getattr(standin, fault)("POST", PUBLISH, **accepted)

    with pytest.raises(OutcomeUnknown):
        calling.run(lambda c: c.commit(what, handle))
    look = calling.run(lambda c: c.look(sent(what), handle))

    assert (look.exact, look.complete) == (False, True)
    assert [one.remote_id for one in look.posts] == list(standin.state.posts)


def test_what_never_arrived_is_known_not_to_be_out(instagram_standin: InstagramStandin) -> None:
    standin, calling = instagram_standin, connected(instagram_standin)
    what = parcel(media=(PICTURE,))
    handle = calling.prepare(what)
    standin.drop_before_accept("POST", PUBLISH)

    with pytest.raises(OutcomeUnknown):
        calling.run(lambda c: c.commit(what, handle))
    look = calling.run(lambda c: c.look(sent(what), handle))

    assert (look.exact, look.posts, look.complete) == (True, (), True)
    assert calling.run(lambda c: c.commit(sent(what), handle)).remote_id in standin.state.posts


def test_the_newest_post_is_not_taken_for_ours(instagram_standin: InstagramStandin) -> None:
    """PUBLISHED without an id: the list may not show it yet, and the newest is somebody's stray."""
    standin, calling = instagram_standin, connected(instagram_standin)
    what = parcel(media=(PICTURE,))
    remote_id = calling.publish(what)
    del standin.state.posts[remote_id]
    stray = standin.post("By hand")

    look = calling.run(lambda c: c.look(sent(what), calling.kept[-1]))

    assert [one.remote_id for one in look.posts] == [stray.id]
    assert (look.exact, look.complete) == (False, False)


def test_the_same_container_publishes_once(instagram_standin: InstagramStandin) -> None:
    standin, calling = instagram_standin, connected(instagram_standin)
    what = parcel(media=(PICTURE,))
    remote_id = calling.publish(what)

    with pytest.raises(OutcomeUnknown):
        calling.run(lambda c: c.commit(sent(what), calling.kept[-1]))

    assert list(standin.state.posts) == [remote_id]


@pytest.mark.parametrize(
    ("reply", "kind", "reason"),
    [
        (error(190, "expired", 463, 401), Reconnect, ""),
        (error(4, "We restrict certain activity", 2207051), OutcomeUnknown, ""),
        (error(4, "Application request limit reached"), TryLater, ""),
        (error(17, "User request limit reached"), TryLater, ""),
        (error(9, "maximum number of posts", 2207042), TryLater, ""),
        (error(9007, "not ready", 2207027), TryLater, ""),
        (error(25, "restricted", 2207050), Refused, "account_limited"),
        (error(10, "no permission", status=403), Refused, "not_allowed"),
        (error(2, "Service temporarily unavailable", status=500), OutcomeUnknown, ""),
    ],
)
def test_refusals_of_the_one_call(
    instagram_standin: InstagramStandin, reply: Any, kind: type, reason: str
) -> None:
    standin, calling = instagram_standin, connected(instagram_standin)
    what = parcel(media=(PICTURE,))
    handle = calling.prepare(what)
    standin.fail_next("POST", PUBLISH, reply)

    with pytest.raises(kind) as caught:
        calling.run(lambda c: c.commit(what, handle))

    assert getattr(caught.value, "reason", "") == reason
    assert standin.state.posts == {}


def test_a_token_that_ends_between_prepare_and_commit(instagram_standin: InstagramStandin) -> None:
    standin, calling = instagram_standin, connected(instagram_standin)
    what = parcel(media=(PICTURE,))
    handle = calling.prepare(what)
    standin.state.page_token = "another"

    with pytest.raises(Reconnect):
        calling.run(lambda c: c.commit(what, handle))

    assert standin.state.posts == {}
