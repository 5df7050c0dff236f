"""Posts and replies of every form go out by containers, are read back and deleted."""

import json
from typing import Any

import pytest

from breakwater.domain.errors import OutcomeUnknown, Reconnect, Refused, TryLater, Unsupported
from breakwater.domain.guarantees import Guarantee
from breakwater.networks.base import Card, Medium
from tests.standins.base.calling import PICTURE, VIDEO, parcel, sent
from tests.standins.base.family import error
from tests.standins.threads import ThreadsStandin
from tests.standins.threads.calling import connected

MAKE, PUBLISH = "/v1.0/me/threads", "/v1.0/me/threads_publish"


def _made(standin: ThreadsStandin) -> list[dict[str, Any]]:
    """What was asked of each container, without what opens the account."""
    return [
        {name: value for name, value in request.fields.items() if name != "access_token"}
        for request in standin.calls("POST", MAKE)
    ]


def _address(medium: Medium) -> str:
    return f"https://desk.example/m/{medium.sha256}.{medium.mime.partition('/')[2]}?sig=test"


def test_words_are_published_read_back_and_deleted(threads_standin: ThreadsStandin) -> None:
    calling = connected(threads_standin)

    remote_id = calling.publish(parcel("Fresh mussels — ça va? 🦪"))

    assert _made(threads_standin) == [{"media_type": "TEXT", "text": "Fresh mussels — ça va? 🦪"}]
    seen = calling.run(lambda c: c.read(remote_id))
    assert seen is not None
    assert (seen.remote_id, seen.text, seen.media) == (remote_id, "Fresh mussels — ça va? 🦪", ())

    calling.run(lambda c: c.delete(remote_id))
    calling.run(lambda c: c.delete(remote_id))
    assert calling.run(lambda c: c.read(remote_id)) is None
    assert calling.taken == ["publish", "delete", "delete"]


def test_options_and_a_card(threads_standin: ThreadsStandin) -> None:
    quoted = threads_standin.post("Yesterday")
    what = parcel(
        card=Card("https://quay.example/menu", "Menu"),
        options={
            "reply_control": "followers_only",
            "topic_tag": "#Seafood",
            "quote_post_id": quoted.id,
            "ghost": "true",
        },
    )

    connected(threads_standin).publish(what)

    assert _made(threads_standin) == [
        {
            "media_type": "TEXT",
            "text": "Fresh mussels tonight",
            "link_attachment": "https://quay.example/menu",
            "reply_control": "followers_only",
            "topic_tag": "Seafood",
            "quote_post_id": quoted.id,
            "is_ghost_post": "true",
        }
    ]


def test_a_poll(threads_standin: ThreadsStandin) -> None:
    options = {"poll_1": "Mussels", "poll_2": "Whelks 🐚", "poll_3": ""}

    connected(threads_standin).publish(parcel("What?", options=options))

    assert json.loads(_made(threads_standin)[0]["poll_attachment"]) == {
        "option_a": "Mussels",
        "option_b": "Whelks 🐚",
    }


@pytest.mark.parametrize(("medium", "kind"), [(PICTURE, "IMAGE"), (VIDEO, "VIDEO")])
def test_a_picture_or_a_video_has_its_alternative_text(
    threads_standin: ThreadsStandin, medium: Medium, kind: str
) -> None:
    calling = connected(threads_standin)

    remote_id = calling.publish(parcel("", media=(medium,), options={"spoiler": "true"}))

    address = "image_url" if kind == "IMAGE" else "video_url"
    assert _made(threads_standin) == [
        {
            "media_type": kind, address: _address(medium), "alt_text": medium.alt,
            "is_spoiler_media": "true",
        }
    ]  # fmt: skip
    seen = calling.run(lambda c: c.read(remote_id))
    assert seen is not None
    assert [one.alt for one in seen.media] == [medium.alt]


def test_a_carousel_of_twenty(threads_standin: ThreadsStandin) -> None:
    calling = connected(threads_standin)

    remote_id = calling.publish(parcel(media=(PICTURE,) * 19 + (VIDEO,)))

    *children, whole = _made(threads_standin)
    assert len(children) == 20
    assert {one["is_carousel_item"] for one in children} == {"true"}
    assert whole["media_type"] == "CAROUSEL"
    assert len(whole["children"].split(",")) == 20
    seen = calling.run(lambda c: c.read(remote_id))
    assert seen is not None
    assert [one.alt for one in seen.media] == ["A grey dot"] * 19 + ["The quay"]


def test_a_thread_is_made_of_replies_that_count_by_themselves(
    threads_standin: ThreadsStandin,
) -> None:
    standin, calling = threads_standin, connected(threads_standin)
    root = calling.publish(parcel("1/2"))
    options = {"reply_control": "followers_only"}
    second = parcel("2/2", reply_to=root, root=root, options=options)

    reply = calling.publish(second)

    assert standin.state.posts[reply].above == root
    assert _made(standin)[1] == {"media_type": "TEXT", "text": "2/2", "reply_to_id": root}
    assert calling.taken == ["publish", "reply"]
    told = calling.run(lambda c: c.comments(root))
    assert [(one.remote_id, one.author, one.text) for one in told] == [
        (reply, "@harbour.cafe", "2/2")
    ]
    look = calling.run(lambda c: c.look(sent(second), calling.kept[-1]))
    assert [one.remote_id for one in look.posts] == [reply]


def test_it_waits_while_a_video_is_filled(threads_standin: ThreadsStandin) -> None:
    standin, calling = threads_standin, connected(threads_standin)
    standin.shelf.slow_s = 60
    what = parcel(media=(VIDEO,))

    with pytest.raises(TryLater) as caught:
        calling.prepare(what)
    assert (caught.value.code, caught.value.after_s) == ("not_ready", 30.0)
    standin.advance(61)
    handle = calling.prepare(what)

    assert len(_made(standin)) == 1
    assert calling.run(lambda c: c.commit(what, handle)).remote_id in standin.state.posts


@pytest.mark.parametrize(
    ("failure", "reason"),
    [
        ("FAILED_DOWNLOADING_VIDEO", "media_unreachable"),
        ("INVALID_ASPEC_RATIO", "shape_of_medium"),
        ("INVALID_DURATION", "too_large"),
        ("SOMETHING_NEW", "not_accepted"),
    ],
)
def test_a_container_that_failed_says_why(
    threads_standin: ThreadsStandin, failure: str, reason: str
) -> None:
    standin, calling = threads_standin, connected(threads_standin)
    standin.shelf.fails = failure

    with pytest.raises(Refused) as caught:
        calling.prepare(parcel(media=(VIDEO,)))

    assert caught.value.reason == reason
    assert standin.state.posts == {}


def test_a_failure_without_a_reason_is_tried_again(threads_standin: ThreadsStandin) -> None:
    standin, calling = threads_standin, connected(threads_standin)
    standin.shelf.fails = "UNKNOWN"

    with pytest.raises(TryLater):
        calling.prepare(parcel(media=(VIDEO,)))

    assert calling.publish(parcel(media=(VIDEO,))) in standin.state.posts


def test_one_that_ran_out_before_a_commit_is_made_anew(threads_standin: ThreadsStandin) -> None:
    standin, calling = threads_standin, connected(threads_standin)
    what = parcel()
    old = calling.prepare(what)
    standin.advance(24 * 3600 + 1)

    new = calling.prepare(what)
    after_a_call = calling.prepare(sent(what), old)

    assert new["whole"] != old["whole"]
    assert after_a_call == old
    look = calling.run(lambda c: c.look(sent(what), old))
    assert (look.exact, look.posts, look.complete) == (True, (), True)


@pytest.mark.parametrize("reply", [False, True])
def test_a_full_day_is_waited_for_before_anything_is_made(
    threads_standin: ThreadsStandin, reply: bool
) -> None:
    standin, calling = threads_standin, connected(threads_standin)
    root = standin.post("By hand").id
    standin.state.posts_a_day = 1000 if reply else 0
    standin.state.replies_a_day = 0 if reply else 1000

    with pytest.raises(TryLater) as caught:
        calling.prepare(parcel(reply_to=root if reply else ""))

    assert (caught.value.throttled, caught.value.after_s) == (True, 3600.0)
    assert _made(standin) == []
    assert calling.publish(parcel(reply_to="" if reply else root)) in standin.state.posts


@pytest.mark.parametrize(
    ("what", "reason"),
    [
        (parcel("x" * 501), "text_too_long"),
        (parcel("x" * 497 + "👍"), "text_too_long"),
        (parcel(""), "media_needed"),
        (parcel(media=(PICTURE,) * 21), "too_many_media"),
        (parcel(" ".join(f"https://quay.example/{n}" for n in range(6))), "too_many_links"),
        (parcel(options={"topic_tag": "fish & chips"}), "topic_refused"),
        (parcel(options={"topic_tag": "#"}), "topic_refused"),
        (parcel(options={"poll_1": "Only one"}), "poll_refused"),
        (parcel(options={"poll_1": "x" * 26, "poll_2": "y"}), "poll_refused"),
    ],
)
def test_what_would_be_refused_is_refused_before_a_call(
    threads_standin: ThreadsStandin, what: Any, reason: str
) -> None:
    with pytest.raises(Refused) as caught:
        connected(threads_standin).prepare(what)

    assert caught.value.reason == reason
    assert threads_standin.requests == []


@pytest.mark.parametrize("text", ["é" * 500, "x" * 496 + "👍", "第" * 500])
def test_words_at_the_limit_are_published(threads_standin: ThreadsStandin, text: str) -> None:
    remote_id = connected(threads_standin).publish(parcel(text))

    assert threads_standin.state.posts[remote_id].text == text


def test_replies_have_the_same_guard_and_there_are_no_messages(
    threads_standin: ThreadsStandin,
) -> None:
    calling = connected(threads_standin)

    async def guards(connector: Any) -> list[Guarantee]:
        return [connector.guards(one) for one in (parcel(), parcel(reply_to="17"))]

    assert calling.run(guards) == [Guarantee.HANDLE, Guarantee.HANDLE]
    with pytest.raises(Unsupported):
        calling.prepare(parcel(to="4242"))


@pytest.mark.parametrize(
    "fault", ["drop_reply_after_accept", "html_200", "empty_200", "server_error"]
)
def test_a_lost_answer_is_found_by_the_list(threads_standin: ThreadsStandin, fault: str) -> None:
    standin, calling = threads_standin, connected(threads_standin)
    what = parcel()
    handle = calling.prepare(what)
    accepted = {"accepted": True} if fault == "server_error" else {}
    getattr(standin, fault)("POST", PUBLISH, **accepted)

    with pytest.raises(OutcomeUnknown):
        calling.run(lambda c: c.commit(what, handle))
    look = calling.run(lambda c: c.look(sent(what), handle))

    assert (look.exact, look.complete) == (False, True)
    assert [one.remote_id for one in look.posts] == list(standin.state.posts)


def test_what_never_arrived_is_known_not_to_be_out(threads_standin: ThreadsStandin) -> None:
    standin, calling = threads_standin, connected(threads_standin)
    what = parcel()
    handle = calling.prepare(what)
    standin.drop_before_accept("POST", PUBLISH)

    with pytest.raises(OutcomeUnknown):
        calling.run(lambda c: c.commit(what, handle))
    look = calling.run(lambda c: c.look(sent(what), handle))

    assert (look.exact, look.posts, look.complete) == (True, (), True)
    assert calling.run(lambda c: c.commit(sent(what), handle)).remote_id in standin.state.posts


def test_the_newest_post_is_not_taken_for_ours(threads_standin: ThreadsStandin) -> None:
    standin, calling = threads_standin, connected(threads_standin)
    what = parcel()
    del standin.state.posts[calling.publish(what)]
    stray = standin.post("By hand")

    look = calling.run(lambda c: c.look(sent(what), calling.kept[-1]))

    assert [one.remote_id for one in look.posts] == [stray.id]
    assert (look.exact, look.complete) == (False, False)


@pytest.mark.parametrize(
    ("reply", "kind", "reason"),
    [
        (error(190, "expired", 463, 401), Reconnect, ""),
        (error(4, "We restrict certain activity", 2207051), OutcomeUnknown, ""),
        (error(4, "Application request limit reached"), TryLater, ""),
        (error(613, "Calls to this api have exceeded the rate limit"), TryLater, ""),
        (error(10, "restricted", 4279013), Refused, "account_limited"),
        (error(24, "The requested resource does not exist", 4279009), OutcomeUnknown, ""),
        (error(1, "An unknown error occurred", status=500), OutcomeUnknown, ""),
    ],
)
def test_refusals_of_the_one_call(
    threads_standin: ThreadsStandin, reply: Any, kind: type, reason: str
) -> None:
    standin, calling = threads_standin, connected(threads_standin)
    handle = calling.prepare(parcel())
    standin.fail_next("POST", PUBLISH, reply)

    with pytest.raises(kind) as caught:
        calling.run(lambda c: c.commit(parcel(), handle))

    assert getattr(caught.value, "reason", "") == reason
    assert standin.state.posts == {}
