"""What of an answer to "how was it?" is a score, and in whose words it is asked."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from breakwater.domain.surveys import LANGUAGES, QUESTIONS, question_in, score_in


@pytest.mark.parametrize(
    ("text", "score"),
    [
        ("4", 4),
        (" 5! ", 5),
        ("5/5", 5),
        ("3 sur 5", 3),
        ("2 out of five", 2),
        ("4 OF 5.", 4),
        ("(1)", 1),
        ("Cinq.", 5),
        ("une", 1),
        ("TWO", 2),
        ("Quatre\u00a0!", 4),
        ("★★★", 3),
        ("⭐ ⭐", 2),
        ("⭐\ufe0f⭐\ufe0f⭐\ufe0f⭐\ufe0f⭐\ufe0f", 5),
    ],
)
def test_a_number_a_word_or_stars_are_a_score(text: str, score: int) -> None:
    assert score_in(text) == score


@pytest.mark.parametrize(
    "text",
    [
        "", "   ", "0", "6", "45", "4.5", "-3", "\u22123", "5/10", "3 of 4", "★" * 6, "\ufe0f",
        "4 thanks", "I waited 3 days", "one of five parcels", "cinq colis", "4" + " " * 40 + "/5",
        "!" * 40 + "4",
    ],
)  # fmt: skip
def test_what_says_anything_else_is_none(text: str) -> None:
    assert score_in(text) is None


@given(st.text(max_size=40))
def test_a_score_is_from_one_to_five(text: str) -> None:
    assert score_in(text) in (None, 1, 2, 3, 4, 5)


@pytest.mark.parametrize(
    ("language", "otherwise", "chosen", "asked"),
    [
        ("fr", "en", {}, ("fr", QUESTIONS["fr"])),
        ("fr", "en", {"fr": " Ça va ? "}, ("fr", "Ça va ?")),
        ("fr", "en", {"fr": "  "}, ("fr", QUESTIONS["fr"])),
        ("de", "fr", {"fr": "Ça va ?"}, ("fr", "Ça va ?")),
        ("de", "fr", {"de": "Wie war es?"}, ("de", "Wie war es?")),
        ("de", "nl", {"fr": "Ça va ?"}, ("en", QUESTIONS["en"])),
        ("", "", {"en": "Well?"}, ("en", "Well?")),
    ],
)
def test_it_is_asked_in_the_persons_language_or_the_next_best(
    language: str, otherwise: str, chosen: dict[str, str], asked: tuple[str, str]
) -> None:
    assert question_in(language, chosen, otherwise=otherwise) == asked


def test_there_is_a_question_in_each_language_of_the_product() -> None:
    assert {*QUESTIONS} == {*LANGUAGES}
    assert all("1" in words and "5" in words for words in QUESTIONS.values())
