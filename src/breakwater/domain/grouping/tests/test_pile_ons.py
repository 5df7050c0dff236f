"""How well groups fit what pile-ons written by hand are truly about (docs/scoring/grouping.md)."""

import pytest

from breakwater.domain.grouping.tests.piles import Pile, fit, grouped, piles, summed

FLOORS = {
    "dev": (0.96, 0.95),
    "held out": (0.97, 0.92),
    "first fresh": (0.96, 0.72),
    "fresh": (0.95, 0.39),
    "unseen": (0.95, 0.30),
}
"""Precision and recall of the pairs of each set. The sets are not of one kind: see the manual."""


@pytest.mark.parametrize("kind", FLOORS)
def test_messages_that_are_put_together_belong_together(kind: str) -> None:
    chosen = [pile for pile in piles() if pile.kind == kind]

    found = summed(fit(pile, grouped(pile)) for pile in chosen)

    precision, recall = FLOORS[kind]
    assert found.precision >= precision
    assert found.recall >= recall


@pytest.mark.parametrize("pile", piles(), ids=lambda pile: pile.name)
def test_no_pile_on_is_muddled(pile: Pile) -> None:
    assert fit(pile, grouped(pile)).precision >= 0.85


def test_the_same_argument_in_two_languages_is_one_group() -> None:
    mixed = [pile for pile in piles() if len({language for _, language, _ in pile.rows}) > 1]

    across = summed(fit(pile, grouped(pile), ("other",)) for pile in mixed)

    assert across.precision >= 0.95
    assert across.recall >= 0.77


def test_there_are_enough_of_them() -> None:
    sizes = [len(pile.rows) for pile in piles()]

    assert len(sizes) == 22
    assert min(sizes) >= 30
    assert {pile.kind for pile in piles()} == {*FLOORS}
