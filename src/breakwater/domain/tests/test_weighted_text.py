"""Text is weighed as twitter-text v3 weighs it."""

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from breakwater.domain.text import Counting, Unit, count, graphemes, over

BY = Counting(Unit.WEIGHTED, limit=280, url_cost=23)
TEXT = st.text(st.characters(exclude_categories=["Cs"]), max_size=60)
PLAIN = st.text(st.characters(max_codepoint=0x10FF, exclude_categories=["Cs"]), max_size=60)
EMOJI = ("👾", "🙋🏽", "👨‍🎤", "👨‍👩‍👧‍👦", "🇫🇷", "1️⃣", "❤️", "🏴󠁧󠁢󠁳󠁣󠁴󠁿", "🏳️‍🌈", "🏃🏽‍♀️", "🏃‍♀")


@pytest.mark.parametrize(
    ("text", "length"),
    [
        ("", 0),
        ("I am here", 9),
        ("arøünd thé", 10),
        ("e\u0301", 1),
        ("A\ufb2c", 4),  # composed for good: NFC takes it apart
        ("の", 2),
        ("故人西辞黄鹤楼，", 16),
        ("한국", 4),
        ("\u1100", 2),
        ("‘’“”–—", 6),
        ("\u2000\u200d", 2),
        ("…", 2),
        ("€", 2),
        ("☺", 2),
        ("©", 1),
        ("©\ufe0f", 2),
        ("12", 2),
        ("H🐱☺👨‍👩‍👧‍👦", 7),
        ("😷👾😡🔥💩", 10),
        ("🙋🏽👨‍🎤", 4),
        ("Hi http://test.co", 26),
        (f"https://example.org/{'x' * 300}", 23),
    ],
)
def test_letters_weigh_one_and_all_else_two(text: str, length: int) -> None:
    assert count(text, BY) == length


@pytest.mark.parametrize("emoji", EMOJI)
def test_an_emoji_weighs_two_whatever_it_is_made_of(emoji: str) -> None:
    assert count(emoji, BY) == 2
    assert count(emoji * 3, BY) == 6


@pytest.mark.parametrize(
    ("text", "is_over"),
    [("x" * 280, False), ("x" * 281, True), ("界" * 140, False), ("界" * 140 + "x", True)],
)
def test_the_limit_itself_still_fits(text: str, *, is_over: bool) -> None:
    assert over(text, BY) is is_over


@given(PLAIN)
def test_text_of_alphabets_weighs_its_composed_characters(text: str) -> None:
    composed = unicodedata.normalize("NFC", text)

    expected = sum(1 if ord(character) <= 0x10FF else 2 for character in composed)
    assert count(text, Counting(Unit.WEIGHTED, limit=280)) == expected


@given(TEXT)
def test_a_text_weighs_at_least_its_graphemes_and_at_most_twice_its_characters(text: str) -> None:
    by, composed = Counting(Unit.WEIGHTED, limit=280), unicodedata.normalize("NFC", text)

    assert graphemes(composed) <= count(text, by) <= 2 * len(composed)


@given(TEXT)
def test_composed_or_not_it_weighs_the_same(text: str) -> None:
    assert count(unicodedata.normalize("NFD", text), BY) == count(text, BY)


@given(st.lists(st.sampled_from([*EMOJI, "a", "é", "字", " "]), max_size=20))
def test_the_weight_is_the_sum_of_its_parts(parts: list[str]) -> None:
    spaced = " ".join(parts)

    assert count(spaced, BY) == sum(count(part, BY) for part in parts) + max(0, len(parts) - 1)
