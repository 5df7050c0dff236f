"""Text is counted as networks count it."""

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from breakwater.domain.text import (
    Counting,
    Unit,
    count,
    folded,
    graphemes,
    links,
    one_line,
    unaccented,
    wording,
)

POINTS = Counting(Unit.CODE_POINTS, limit=500)
CLUSTERS = Counting(Unit.GRAPHEMES, limit=300)
BYTES = Counting(Unit.BYTES, limit=3000)
UTF16 = Counting(Unit.UTF16, limit=2200)
SHORT = Counting(Unit.CODE_POINTS, limit=500, url_cost=23, short_mentions=True)
TEXT = st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\r"), max_size=60)
LINK = "https://example.org/a/very/long/path?with=a&long=query#and-an-end"


@pytest.mark.parametrize(
    ("text", "clusters", "points", "octets"),
    [
        ("", 0, 0, 0),
        ("été", 3, 3, 5),
        ("e\u0301te\u0301", 3, 3, 5),
        ("👩‍👩‍👧‍👦", 1, 7, 25),
        ("🇫🇷🇬🇧", 2, 4, 16),
        ("1\r\n2", 3, 4, 4),
        ("नमस्ते", 3, 6, 18),
    ],
)
def test_the_units(text: str, clusters: int, points: int, octets: int) -> None:
    assert count(text, CLUSTERS) == clusters
    assert count(text, POINTS) == points
    assert count(text, BYTES) == octets


@pytest.mark.parametrize(
    ("text", "length"), [("", 0), ("été", 3), ("第一", 2), ("👋", 2), ("🇫🇷", 4), ("a👋🏽b", 6)]
)
def test_some_networks_count_utf_16_code_units(text: str, length: int) -> None:
    assert count(text, UTF16) == length


@pytest.mark.parametrize(
    ("text", "length"),
    [
        (LINK, 23),
        ("http://a.bc", 23),
        (f"See {LINK}.", 28),
        (f"({LINK})", 25),
        (f"{LINK} {LINK}", 47),
        ("not a link: example.org", 23),
        ("@harbour@sea.example hello", 14),
        ("@harbour hello", 14),
        ("mail harbour@sea.example", 24),
        ("https://sea.example/@harbour@land.example", 23),
    ],
)
def test_mastodon_counts_links_and_mentions_short(text: str, length: int) -> None:
    assert count(text, SHORT) == length


@given(TEXT)
def test_clusters_are_not_more_than_points_nor_points_than_bytes(text: str) -> None:
    assert count(text, CLUSTERS) <= count(text, POINTS) <= count(text, BYTES)


@given(TEXT, TEXT)
def test_together_is_not_longer_than_apart(one: str, other: str) -> None:
    for by in (CLUSTERS, BYTES):
        assert graphemes(one + other) <= graphemes(one) + graphemes(other)
        assert count(one + "\n" + other, by) == count(one, by) + 1 + count(other, by)


@given(TEXT, st.sampled_from([POINTS, CLUSTERS, BYTES, SHORT]))
def test_the_form_of_letters_does_not_count(text: str, by: Counting) -> None:
    assert count(unicodedata.normalize("NFD", text), by) == count(text, by)


@given(TEXT)
def test_folding_twice_is_folding_once(text: str) -> None:
    assert folded(folded(text)) == folded(text)


def test_folding_forgets_white_space_and_forms() -> None:
    assert folded(" e\u0301t\u00e9\u00a0 \n fog ") == "été fog"


@pytest.mark.parametrize(
    ("text", "bare"),
    [
        ("Łódź", "lodz"),
        ("Œuvre ǿ Ǽ", "oeuvre o ae"),
        ("Þórður Straße", "thordur strasse"),
        ("ﬁn Ⅳ", "fin iv"),
        ("İzmir ılık", "izmir ilik"),
        ("Где Ёж", "где еж"),
        ("東京", "東京"),
    ],
)
def test_accents_and_strokes_make_no_difference(text: str, bare: str) -> None:
    assert unaccented(text) == bare


@given(st.text())
def test_what_has_no_accents_stays_as_it_is(text: str) -> None:
    assert unaccented(unaccented(text)) == unaccented(text)


def test_links_are_found_where_they_stand() -> None:
    text = f"a {LINK}, b"

    assert [text[start:end] for start, end in links(text)] == [LINK]


def test_one_line_keeps_the_spaces_that_must_not_break() -> None:
    assert (
        one_line(" Vraiment\u00a0? \r\n Oui\u202f!\u2028\tBien ")
        == "Vraiment\u00a0? Oui\u202f! Bien"
    )


@pytest.mark.parametrize(
    ("text", "length"),
    [
        ("", 0),
        ("été", 3),
        ("日本", 2),
        ("ok 👍", 7),
        ("👩‍👩‍👧‍👦", 25),
        ("🇫🇷", 8),
        ("1️⃣", 7),
        ("❤", 3),
        ("☺ ©", 6),
        ("🏻", 4),
        ("#1", 2),
    ],
)
def test_an_emoji_can_cost_its_bytes(text: str, length: int) -> None:
    assert count(text, Counting(Unit.EMOJI_BYTES, limit=500)) == length


def test_a_text_is_found_by_its_wording_whatever_its_white_space_and_composition() -> None:
    typed = "Caf\u00e9 at\n the  quay"

    assert wording(typed) == wording(" Cafe\u0301 at the quay ")
    assert wording(typed) != wording("Cafe at the quay")
    assert len(wording(typed)) == 32


@pytest.mark.parametrize("text", ["", " \n\t\u2003"])
def test_a_text_without_words_has_no_wording(text: str) -> None:
    assert wording(text) == ""
