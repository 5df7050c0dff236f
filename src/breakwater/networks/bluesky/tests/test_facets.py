"""Links, mentions and hashtags are found as the official client finds them, counted in bytes."""

import json
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from breakwater.networks.bluesky.facets import facets, in_full, mentioned

CASES = json.loads((Path(__file__).parent / "fixtures" / "facets.json").read_text())
NO_HANDLES = {"@-bad.test"}


def marked(text: str, found: list[dict[str, Any]]) -> list[tuple[str, dict[str, str]]]:
    raw = text.encode()
    return [
        (raw[one["index"]["byteStart"] : one["index"]["byteEnd"]].decode(), one["features"][0])
        for one in found
    ]


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["text"][:20])
def test_it_finds_what_the_official_client_finds(case: dict[str, Any]) -> None:
    text = case["text"]
    themselves = {handle: handle for handle in mentioned(text)}

    found = marked(text, facets(text, themselves))

    official = [one for one in marked(text, case["facets"]) if one[0] not in NO_HANDLES]
    assert found == official


def test_places_are_bytes_also_behind_an_emoji() -> None:
    text = "👩‍👩‍👧‍👦 é https://example.org"

    assert facets(text, {}) == [
        {
            "index": {"byteStart": 29, "byteEnd": 48},
            "features": [{"$type": "app.bsky.richtext.facet#link", "uri": "https://example.org"}],
        }
    ]


def test_a_mention_of_nobody_stays_text() -> None:
    assert facets("@ann.test @bob.test", {"bob.test": "did:plc:bob"}) == [
        {
            "index": {"byteStart": 10, "byteEnd": 19},
            "features": [{"$type": "app.bsky.richtext.facet#mention", "did": "did:plc:bob"}],
        }
    ]


def test_a_handle_is_asked_for_once_and_in_lower_case() -> None:
    assert mentioned("@Ann.Test, @bob.test (@ann.test)") == ["ann.test", "bob.test"]


def test_a_hashtag_of_65_characters_stays_text() -> None:
    assert facets("#" + "é" * 65, {}) == []
    assert len(facets("#" + "é" * 64, {})) == 1


def test_a_shortened_link_is_read_in_full() -> None:
    text = "é example.org/very/lo… ok"
    link = {"$type": "app.bsky.richtext.facet#link", "uri": "https://example.org/very/long"}
    found = [{"index": {"byteStart": 3, "byteEnd": 25}, "features": [link]}]

    assert in_full(text, found) == "é https://example.org/very/long ok"


@pytest.mark.parametrize(
    "nonsense",
    [
        None,
        "x",
        [None],
        [{"index": 1, "features": [{}]}],
        [{"index": {"byteStart": 0, "byteEnd": 99}, "features": [{"uri": "https://x.org"}]}],
        [{"index": {"byteStart": 3, "byteEnd": 1}, "features": [{"uri": "https://x.org"}]}],
        [{"index": {"byteStart": 0, "byteEnd": 1}, "features": []}],
    ],
)
def test_nonsense_among_facets_leaves_the_text_alone(nonsense: object) -> None:
    assert in_full("Ahoy", nonsense) == "Ahoy"


@given(st.text(alphabet=st.sampled_from("a1é👋#＃@. \nhttps://x.y()…\u200d"), max_size=60))
def test_our_own_facets_never_change_the_text(text: str) -> None:
    found = facets(text, dict.fromkeys(mentioned(text), "did:plc:x"))

    ends = [0, *(one["index"]["byteEnd"] for one in found)]
    starts = [one["index"]["byteStart"] for one in found]
    assert all(start >= end for end, start in zip(ends, starts, strict=False))
    assert in_full(text, found) == text
