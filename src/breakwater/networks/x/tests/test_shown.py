"""Posts as X shows them, and as they were typed."""

from datetime import UTC, datetime
from typing import Any

import pytest

from breakwater.domain.errors import TryLater
from breakwater.domain.text import says
from breakwater.networks.x.content import quoted
from breakwater.networks.x.listening import Cursor
from breakwater.networks.x.messages import bare, conversation, marked, of_push, thread
from breakwater.networks.x.shown import around, made_at, seen

NEAR = around({}, "https://x.com")


def _post(text: str, *urls: tuple[str, str], **more: Any) -> dict[str, Any]:
    links = [{"url": short, "expanded_url": full} for short, full in urls]
    made = {"id": "20", "created_at": "2026-11-28T07:00:00.000Z"}
    return {**made, "text": text, "entities": {"urls": links}, **more}


SHORT = "https://t.co/abcdefghij"


@pytest.mark.parametrize(
    ("shown", "full", "typed"),
    [
        ("See &lt;b&gt; &amp;amp; co", "", "See <b> &amp; co"),
        (f"See {SHORT}", "https://sea.example/a?b=1&c=2", "See https://sea.example/a?b=1&c=2"),
        (f"See {SHORT}", "http://sea.example", "See sea.example"),
        (f"See {SHORT}!", "https://twitter.com/ann/status/7", "See https://x.com/ann/status/7!"),
        (f"See {SHORT}!", "https://x.com/ann/status/7", "See https://twitter.com/ann/status/7!"),
        (f"Fresh {SHORT}", "https://x.com/harbour/status/20/photo/1", "Fresh"),
        (f"Fresh {SHORT}", "https://twitter.com/harbour/status/20/video/1", "Fresh"),
    ],
)
def test_a_text_is_known_again(shown: str, full: str, typed: str) -> None:
    post = seen(_post(shown, *([(SHORT, full)] if full else [])), NEAR)

    assert says(post.text, typed, post.spellings)


@pytest.mark.parametrize("typed", ["Look", "Look https://x.com/ann/status/7"])
def test_a_quoted_posts_address_may_be_typed_or_not(typed: str) -> None:
    quotes = [{"type": "quoted", "id": "7"}]
    link = (SHORT, "https://twitter.com/ann/status/7")

    post = seen(_post(f"Look {SHORT}", link, referenced_posts=quotes), NEAR)

    assert post.text == "Look"
    assert says(post.text, typed, post.spellings)


@pytest.mark.parametrize("name", ["note_post", "note_tweet"])
def test_a_long_post_is_read_whole(name: str) -> None:
    long = {"text": f"{'x' * 400} {SHORT}", "entities": {"urls": [
        {"url": SHORT, "expanded_url": "https://sea.example/"}]}}  # fmt: skip

    post = seen(_post("x" * 270 + "…", **{name: long}), NEAR)

    assert post.text == f"{'x' * 400} https://sea.example/"


@pytest.mark.parametrize(
    "post", [{}, {"id": "1"}, {"id": "1", "text": "x"}, {"id": 1, "text": "x", "created_at": "x"}]
)
def test_what_is_no_post_proves_nothing(post: dict[str, Any]) -> None:
    with pytest.raises(TryLater):
        seen(post, NEAR)


def test_a_number_tells_when_it_was_given() -> None:
    assert made_at("2080761390344937796").replace(microsecond=0) == datetime(
        2026, 7, 24, 21, 5, 48, tzinfo=UTC
    )


@pytest.mark.parametrize(
    ("address", "number"),
    [
        ("", ""),
        ("123", "123"),
        ("https://x.com/ann/status/123?s=20", "123"),
        (" https://www.twitter.com/ann/status/123/photo/1", "123"),
    ],
)
def test_the_address_of_a_post_gives_its_number(address: str, number: str) -> None:
    assert quoted(address) == number


def test_messages_and_conversations_have_names_of_their_own() -> None:
    assert bare(marked("5")) == "5"
    assert thread("1-2") == "1-2"
    assert thread("99") == "group:99"
    assert [conversation(to) for to in ("7", "1-2", "group:99")] == ["with/7", "1-2", "99"]
    assert of_push({"id": "5", "text": "as the API has it"}) == {
        "id": "5",
        "text": "as the API has it",
    }


@pytest.mark.parametrize(
    ("cursor", "ids", "more", "after"),
    [
        ("", ["9", "8"], False, "9"),
        ("", [], False, ""),
        ("5", [], False, "5"),
        ("5", ["9", "8"], True, "5/8/9"),
        ("5/8/9", ["7", "6"], False, "9"),
        ("99", ["100"], False, "100"),
    ],
)
def test_a_cursor_goes_on(cursor: str, ids: list[str], more: bool, after: str) -> None:
    assert Cursor.of(cursor).after(ids, more=more) == after
