"""Which words speak for what a text is veiled for: wherever they stand, and at a bounded price."""

from collections.abc import Sequence

from breakwater.domain.scoring.scores import Head
from breakwater.domain.scoring.spans import spans
from breakwater.domain.scoring.tests.spelt import reader
from breakwater.domain.scoring.words import WINDOW

KIND = "The lighthouse opens at nine and the ferry leaves at ten from the old pier. "


class Counting:
    """Says 0.9 of what has "idiot" in it, else 0.1. read: how many windows it was given."""

    def __init__(self) -> None:
        self.read = 0

    def __call__(self, lists: Sequence[Sequence[str]]) -> Sequence[float]:
        self.read += sum(max(1, -(-len(one) // WINDOW)) for one in lists)
        return [0.9 if "idiot" in one else 0.1 for one in lists]


def _marked(text: str, says: Counting) -> list[str]:
    return [text[one.start : one.end] for one in spans(text, Head.INSULT, reader(), says)]


def test_of_a_long_text_the_words_that_veil_it_are_marked_wherever_they_stand() -> None:
    assert _marked(f"{KIND * 8}You idiot.", Counting()) == ["idiot"]
    assert _marked(f"{KIND * 4}You idiot. {KIND * 4}", Counting()) == ["idiot"]


def test_a_disguised_word_is_marked_as_it_came() -> None:
    assert _marked(f"{KIND * 4}You 1diot, go.", Counting()) == ["1diot"]


def test_a_word_that_is_written_backwards_is_marked_from_its_left_to_its_right() -> None:
    text = "Well, \u202etoidi uoy\u202c"

    assert _marked(text, Counting()) == ["toidi"]


def test_to_explain_a_very_long_text_costs_one_pass_a_word_of_one_window() -> None:
    says = Counting()

    found = spans(f"{'f o o l ' * 500}idiot", Head.INSULT, reader(), says)

    assert found
    assert says.read <= 4 * WINDOW
