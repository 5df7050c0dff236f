"""The working copy is parsed strictly, and comes back as it was."""

from typing import Any
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from breakwater.domain.errors import Invalid
from breakwater.publishing.content import Content, MediumOf, TargetOf, as_json, parse

KEY = "018f3b1e-0000-7000-8000-000000000001"
TEXT = st.text("aé\n🌊@ 𝔘\u0301", max_size=20)
OPTIONS = st.dictionaries(
    st.sampled_from(["visibility", "warning"]), TEXT | st.booleans() | st.integers() | st.none()
)
CONTENTS = st.builds(
    Content,
    text=TEXT,
    language=st.sampled_from(["", "en", "fr", "pt-BR"]),
    media=st.lists(st.builds(MediumOf, st.uuids(), TEXT), max_size=3).map(tuple),
    targets=st.dictionaries(st.uuids(), st.builds(TargetOf, st.none() | TEXT, OPTIONS), max_size=3),
    wall=st.sampled_from(["", "2026-03-05T09:30", "2028-02-29T00:00"]),
    zone=st.sampled_from(["Europe/Paris", "UTC"]),
)


@given(CONTENTS)
def test_it_comes_back_as_it_was(content: Content) -> None:
    once = parse(as_json(content))

    assert parse(as_json(once)) == once
    assert once.targets.keys() == content.targets.keys()


def test_nothing_written_is_an_empty_content() -> None:
    assert parse({}) == Content()
    assert Content().planned() is None
    assert Content().title() == ""


def test_text_is_one_string_of_bytes_however_it_was_typed() -> None:
    raw = {"text": "e\u0301te\u0301\r\nfog\rsea", "targets": {KEY: {"text": "e\u0301"}}}

    content = parse(raw)

    assert content.text == "été\nfog\nsea"
    assert content.text_for(UUID(KEY)) == "é"


def test_a_channel_without_its_own_text_has_the_common_one() -> None:
    content = parse({"text": "Fog.", "targets": {KEY: {"text": None, "options": {}}}})

    assert content.text_for(UUID(KEY)) == "Fog."


def test_an_empty_own_text_is_not_the_common_one() -> None:
    assert parse({"text": "Fog.", "targets": {KEY: {"text": ""}}}).text_for(UUID(KEY)) == ""


def test_the_title_is_the_first_line_that_says_something() -> None:
    assert Content(text="\n  Fog on the pier.  \nMore.").title() == "Fog on the pier."
    assert Content(targets={UUID(KEY): TargetOf("Own.")}).title() == "Own."
    assert len(Content(text="x" * 500).title()) == 120


@pytest.mark.parametrize(
    ("raw", "code", "field"),
    [
        (None, "not_an_object", "content"),
        ([], "not_an_object", "content"),
        ({"texte": ""}, "unknown_field", "content"),
        ({"text": None}, "not_text", "text"),
        ({"text": 3}, "not_text", "text"),
        ({"text": "a\x00b"}, "unreadable_text", "text"),
        ({"text": "\ud800"}, "unreadable_text", "text"),
        ({"text": "x" * 100_001}, "far_too_long", "text"),
        ({"language": "French!"}, "unknown_language", "language"),
        ({"media": {}}, "not_a_list", "media"),
        ({"media": [{"asset_id": "7"}]}, "not_an_id", "media"),
        ({"media": [{"asset_id": KEY, "alt": None}]}, "not_text", "alt"),
        ({"media": [{"asset_id": KEY}] * 41}, "far_too_many", "media"),
        ({"targets": []}, "not_an_object", "targets"),
        ({"targets": {"quay": {}}}, "not_an_id", "targets"),
        ({"targets": {KEY: {"txt": ""}}}, "unknown_field", "targets"),
        ({"targets": {KEY: {"options": {"a": 1.5}}}}, "not_text", "options"),
        ({"targets": {KEY: {"options": {"__class__": 1}}}}, "unknown_field", "options"),
        ({"targets": {KEY: {"options": []}}}, "not_an_object", "options"),
        ({"wall": "tomorrow", "zone": "UTC"}, "not_a_time", "wall"),
        ({"wall": "2026-02-30T09:00", "zone": "UTC"}, "not_a_time", "wall"),
        ({"wall": "2026-03-05T09:30+01:00", "zone": "UTC"}, "not_a_time", "wall"),
        ({"wall": "9999-12-31T23:59", "zone": "UTC"}, "not_a_time", "wall"),
        ({"wall": None, "zone": "UTC"}, "not_a_time", "wall"),
        ({"wall": "2026-03-05T09:30"}, "zone_missing", "zone"),
        ({"zone": "Paris"}, "unknown_zone", "zone"),
        ({"zone": 3}, "unknown_zone", "zone"),
    ],
)
def test_it_refuses_what_is_not_of_the_shape(raw: Any, code: str, field: str) -> None:
    with pytest.raises(Invalid) as refused:
        parse(raw)

    assert (refused.value.code, refused.value.field) == (code, field)
