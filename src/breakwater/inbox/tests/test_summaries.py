"""One neutral line says what a message is; no word of it is an insult, whatever stands in the message."""

import re

import pytest
from django.utils.translation import override
from hypothesis import given
from hypothesis import settings as how
from hypothesis import strategies as st

from breakwater.domain.grouping.labels import neutral
from breakwater.domain.scoring.model import embedded
from breakwater.domain.scoring.scores import Band, Item
from breakwater.domain.triage import Category
from breakwater.inbox.summaries import summary
from breakwater.inbox.tests.world import ABUSE, COMPLAINT, QUESTION

RUDE = (
    "Bande de connards, où est ma commande n° CMD-2231 du 3 novembre ? 49,90 € ! En magasin à Lille"
)
PARTS = ("order BITCH-12345", "n° fuck1234", "48213", "CMD-99812", "12 November", "49,90 €", ABUSE,
         "https://x.example/bitches", "@bitch", "in Bitchtown", "06 12 34 56 78", "connard", "?",
         "order 1b1tch234", "n° m3rd3-123")  # fmt: skip


def test_a_question_with_its_facts() -> None:
    assert summary(Category.QUESTION, QUESTION) == "A question, with a date and a place."
    assert summary(Category.COMPLAINT, COMPLAINT) == "A complaint, with the number 48213."
    assert summary(Category.ABUSE, ABUSE) == "Abuse and nothing else."
    assert summary(Category.QUESTION, RUDE) == (
        "A question, with the number CMD-2231, an amount (49,90 €), a date and a place."
    )


def test_in_french() -> None:
    with override("fr"):
        said = summary(Category.QUESTION, RUDE)

    assert " ".join(said.split()) == (
        "Une question, avec le numéro CMD-2231, un montant (49,90 €), une date et un lieu."
    )


@pytest.mark.parametrize("number", ["BITCH-12345", "fuck1234", "CONNARD-123"])
def test_a_number_that_insults_is_not_shown(number: str) -> None:
    assert summary(Category.OTHER, f"order {number}") == "A message, with a number."


@given(
    parts=st.lists(st.sampled_from(PARTS), max_size=6),
    rest=st.text(max_size=30),
    category=st.sampled_from(Category),
    language=st.sampled_from(("en", "fr")),
)
@how(deadline=None)
def test_no_word_of_abuse_is_ever_in_it(
    parts: list[str], rest: str, category: Category, language: str
) -> None:
    with override(language):
        said = summary(category, " ".join((*parts, rest)))
        own = summary(category, "")

    assert all(neutral(word, lambda _: False) for word in re.findall(r"[\w-]+", said))
    score = embedded().score([Item(said.removeprefix(own.rstrip(".")))])[0]
    assert score.band in (None, Band.CLEAR)
    assert "\n" not in said
