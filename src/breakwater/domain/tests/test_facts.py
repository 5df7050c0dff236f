"""Numbers, dates, amounts and questions are found in both languages, by form alone."""

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from breakwater.domain.facts import MOST, facts, partly, questions, sentences


def _found(text: str) -> list[tuple[str, str]]:
    return [(one.kind.value, one.of(text)) for one in facts(text)]


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("My order 48213 of 12 November has not arrived", [("order", "48213"), ("date", "12 November")]),
        ("Ma commande n° CMD-2231 du 3 novembre", [("order", "CMD-2231"), ("date", "3 novembre")]),
        ("order number is #99812", [("order", "99812")]),
        ("Facture FA20261128, 49,90 € payés le 28/11/2026",
         [("order", "FA20261128"), ("amount", "49,90 €"), ("date", "28/11/2026")]),
        ("I paid £12.50 on Monday at 6:30 pm", [("amount", "£12.50"), ("date", "Monday"), ("time", "6:30 pm")]),
        ("fermé à 18h30 le 1er mars", [("time", "18h30"), ("date", "1er mars")]),
        ("I was in Lyon and in New York", [("place", "Lyon"), ("place", "New York")]),
        ("la boutique à Aix-en-Provence", [("place", "Aix-en-Provence")]),
        ("Call me: 06 12 34 56 78", [("phone", "06 •• •• •• 78")]),
        ("see https://shop.example/p/12?x=1 and @quay", [("link", "https://shop.example/p/12?x=1"), ("person", "@quay")]),
        ("see bit.ly/3xYz or WWW.shop.example", [("link", "bit.ly/3xYz"), ("link", "WWW.shop.example")]),
        ("write to ann.lee@shop.example", [("person", "ann.lee@shop.example")]),
        ("tracking 1Z999AA10123456784", [("order", "1Z999AA10123456784")]),
        ("2026-11-28 20 euros", [("date", "2026-11-28"), ("amount", "20 euros")]),
    ],
)  # fmt: skip
def test_facts_are_found_as_they_stand(text: str, wanted: list[tuple[str, str]]) -> None:
    assert _found(text) == wanted


@pytest.mark.parametrize(
    "text",
    [
        "You are wonderful",
        "Vous êtes formidables",
        "In 2026 we had 3 cats",
        "I am 34 years old",
        "",
    ],
)
def test_what_is_none_is_not_found(text: str) -> None:
    assert facts(text) == ()


def test_questions_are_known_by_their_mark_or_how_they_begin() -> None:
    text = (
        "I am furious. Where is my parcel? When do you open\nC'est honteux ! Où est ma commande. Ok"
    )

    asked = [text[start:end].strip() for start, end in questions(text)]

    assert asked == ["Where is my parcel?", "When do you open", "Où est ma commande."]


def test_of_a_telephone_number_little_is_shown() -> None:
    assert partly("+33 6 12 34 56 78") == "+33 • •• •• •• 78"


@given(st.text(max_size=200))
def test_nothing_overlaps_and_all_lies_within_the_text(text: str) -> None:
    found = facts(text)
    ends = [0]
    for one in found:
        assert ends[-1] <= one.start < one.end <= len(text)
        ends.append(one.end)
    parts = list(sentences(text))
    assert all(a[1] <= b[0] for a, b in pairwise(parts))
    assert "".join(text[a:b] for a, b in parts).split() == text.split()


@pytest.mark.parametrize(
    "one", ["a", "1", " ", "@", "n° ", "1.", "order ", "\u0301", "\u202e", "A-1", "12 "]
)
def test_long_texts_of_anything_are_looked_at_in_no_time(one: str) -> None:
    text = one * 100_000

    found = facts(text)
    asked = questions(text)

    assert all(fact.end <= MOST for fact in found)
    assert all(end <= MOST for _, end in asked)
