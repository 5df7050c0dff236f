"""What Facebook pushes: who may, and what it says."""

import json
from datetime import UTC, datetime
from typing import Any

import pytest

from breakwater.domain.errors import Refused
from breakwater.networks.base import Arrived, Source, What
from breakwater.networks.facebook.hooks import PageHooks
from tests.standins.facebook import FacebookStandin

NOW = datetime(2026, 11, 28, 12, 0, tzinfo=UTC)
POST, COMMENT = "2121008874780932_700", "700_800"
BY = {"from": {"id": "10100001", "name": "Ann Pilot"}}


def _feed(item: str, verb: str = "add", **more: Any) -> dict[str, Any]:
    value = {"item": item, "verb": verb, "post_id": POST, "created_time": 1795867200, **BY, **more}
    return {"field": "feed", "value": value}


def _came(standin: FacebookStandin, *changes: dict[str, Any], **entry: Any) -> tuple[Arrived, ...]:
    headers, body = standin.push(*changes, **entry)
    PageHooks().verify(headers, body, standin.keys(), NOW)
    pushed = PageHooks().parse(headers, body)
    assert {one.remote_id for one in pushed} <= {standin.page.id}
    return tuple(came for one in pushed for came in one.arrived)


def test_a_question_is_answered_with_its_own_words(facebook_in_process: FacebookStandin) -> None:
    keys = facebook_in_process.keys()
    asked = {
        "hub.mode": "subscribe",
        "hub.challenge": "1158201444",
        "hub.verify_token": keys["verify_token"],
    }

    assert PageHooks().challenge(asked, keys).text == "1158201444"
    for wrong in ({**asked, "hub.verify_token": "x"}, {**asked, "hub.mode": "unsubscribe"}, {}):
        with pytest.raises(Refused, match="hook_refused"):
            PageHooks().challenge(wrong, keys)


@pytest.mark.parametrize(
    "headers",
    [{}, {"x-hub-signature-256": "sha256="}, {"x-hub-signature-256": "sha1=ab"}],
)
def test_an_unsigned_push_is_refused(
    headers: dict[str, str], facebook_in_process: FacebookStandin
) -> None:
    _, body = facebook_in_process.push(_feed("comment", comment_id=COMMENT))

    with pytest.raises(Refused, match="hook_refused"):
        PageHooks().verify(headers, body, facebook_in_process.keys(), NOW)


def test_a_push_that_was_altered_is_refused(facebook_in_process: FacebookStandin) -> None:
    headers, body = facebook_in_process.push(_feed("comment", comment_id=COMMENT))

    with pytest.raises(Refused, match="hook_refused"):
        PageHooks().verify(headers, body + b" ", facebook_in_process.keys(), NOW)
    with pytest.raises(Refused, match="hook_refused"):
        PageHooks().verify(headers, body, {}, NOW)


@pytest.mark.parametrize("body", [b"", b"[]", b"{", b'{"object": "user"}', b"[" * 100_000])
def test_what_is_not_about_a_page_is_refused(body: bytes) -> None:
    with pytest.raises(Refused, match="hook_refused"):
        PageHooks().parse({}, body)


def test_a_comment_comes_whole(facebook_in_process: FacebookStandin) -> None:
    change = _feed("comment", comment_id=COMMENT, parent_id=POST, message="Awful 😡")

    (came,) = _came(facebook_in_process, change)

    assert (came.what, came.remote_id, came.text) == (What.COMMENT, COMMENT, "Awful 😡")
    assert (came.about, came.parent, came.thread) == (POST, POST, COMMENT)
    assert came.at == datetime.fromtimestamp(1795867200, UTC)
    assert (came.author.remote_id, came.author.name, came.own) == ("10100001", "Ann Pilot", False)


def test_an_answer_to_a_comment_is_in_its_conversation(
    facebook_in_process: FacebookStandin,
) -> None:
    ours = {"from": {"id": facebook_in_process.page.id, "name": "Harbour Café"}}
    change = _feed("comment", comment_id="700_801", parent_id=COMMENT, message="Yes", **ours)

    (came,) = _came(facebook_in_process, change)

    assert (came.parent, came.thread, came.own) == (COMMENT, COMMENT, True)


@pytest.mark.parametrize(
    ("verb", "what"),
    [("edited", What.COMMENT), ("remove", What.GONE), ("hide", None), ("block", None)],
)
def test_each_verb_means_something(
    verb: str, what: What | None, facebook_in_process: FacebookStandin
) -> None:
    came = _came(facebook_in_process, _feed("comment", verb, comment_id=COMMENT))

    assert [one.what for one in came] == ([what] if what else [])


def test_reactions_are_of_no_interest(facebook_in_process: FacebookStandin) -> None:
    assert _came(facebook_in_process, _feed("reaction", reaction_type="anger")) == ()


def test_posts_of_others_and_what_was_not_published(facebook_in_process: FacebookStandin) -> None:
    theirs = _feed("status", message="Found a scarf", published=1)
    hidden = _feed("photo", message="A draft", published=0)

    came = _came(facebook_in_process, theirs, hidden)

    assert [(one.what, one.text, one.own) for one in came] == [(What.POST, "Found a scarf", False)]


def test_a_mention_names_its_sender_in_its_own_way(facebook_in_process: FacebookStandin) -> None:
    value = {
        "post_id": "999_1", "verb": "add", "item": "post", "sender_id": "5", "sender_name": "Bob",
        "created_time": 1795867200, "message": "@Harbour Café is closed",
    }  # fmt: skip

    (came,) = _came(facebook_in_process, {"field": "mention", "value": value})

    assert (came.what, came.remote_id, came.author.name) == (What.MENTION, "999_1", "Bob")


def test_a_review_comes_with_its_words(facebook_in_process: FacebookStandin) -> None:
    value = {
        "item": "rating", "verb": "add", "open_graph_story_id": "333", "reviewer_id": "5",
        "reviewer_name": "Bob", "review_text": "Never again", "recommendation_type": "negative",
        "created_time": 1795867200,
    }  # fmt: skip

    (came,) = _came(facebook_in_process, {"field": "ratings", "value": value})

    assert (came.what, came.remote_id, came.rating) == (What.REVIEW, "333", None)
    assert (came.text, came.author.name) == ("Never again", "Bob")


def test_a_message_and_its_echo_are_in_one_conversation(
    facebook_in_process: FacebookStandin,
) -> None:
    person, page = {"id": "10100001"}, {"id": facebook_in_process.page.id}
    theirs = {
        "sender": person,
        "recipient": page,
        "timestamp": 1795867200123,
        "message": {"mid": "m_1", "text": "A table?"},
    }
    ours = {
        "sender": page,
        "recipient": person,
        "timestamp": 1795867260123,
        "message": {"mid": "m_2", "text": "At eight.", "is_echo": True},
    }
    read = {"sender": person, "recipient": page, "timestamp": 1, "read": {"watermark": 1}}

    came = _came(facebook_in_process, messaging=[theirs, ours, read])

    assert [(one.remote_id, one.thread, one.own) for one in came] == [
        ("m_1", "10100001", False),
        ("m_2", "10100001", True),
    ]
    assert came[0].at == datetime(2026, 11, 28, 12, 0, 0, 123000, tzinfo=UTC)


def test_a_push_without_words_says_where_to_look(facebook_in_process: FacebookStandin) -> None:
    headers, body = facebook_in_process.push(changed_fields=["feed", "ratings", "name"])

    (pushed,) = PageHooks().parse(headers, body)

    assert pushed.arrived == ()
    assert pushed.look == (Source.OWN_POSTS, Source.COMMENTS, Source.REVIEWS)


def test_what_is_broken_costs_nothing_else(facebook_in_process: FacebookStandin) -> None:
    good = _feed("comment", comment_id=COMMENT, message="Hello")
    broken = [
        _feed("comment", comment_id="700_9", created_time="yesterday"),
        _feed("comment", comment_id="700_9", created_time=10**30),
        _feed("comment"),
        {"field": "feed", "value": "x"},
        {"field": "feed"},
    ]

    came = _came(facebook_in_process, *broken, good, messaging=[{"message": {"mid": 1}}, {}])

    assert came[0].text == "Hello"
    assert len(came) == 2


def test_only_lists_are_gone_through() -> None:
    body = json.dumps({"object": "page", "entry": {"id": "1"}}).encode()

    assert PageHooks().parse({}, body) == ()
