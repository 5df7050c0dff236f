"""Measures say what a slow count says."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from training.measures import balanced, expected_error, macro_f1, roc_auc

judged = st.lists(st.tuples(st.booleans(), st.integers(0, 5)), min_size=2, max_size=40).filter(
    lambda pairs: len({label for label, _ in pairs}) == 2
)


def _apart(pairs: list[tuple[bool, int]]) -> tuple[list[int], list[int]]:
    return [n for true, n in pairs if true], [n for true, n in pairs if not true]


@given(judged)
def test_the_area_is_the_share_of_pairs_in_order_ties_being_half(
    pairs: list[tuple[bool, int]],
) -> None:
    labels, said = (np.array(column) for column in zip(*pairs, strict=True))

    ones, zeros = _apart(pairs)
    won = sum((a > b) + (a == b) / 2 for a in ones for b in zeros)
    assert roc_auc(labels, said) == pytest.approx(won / len(ones) / len(zeros))


@given(judged)
def test_the_area_of_the_opposite_is_what_is_left(pairs: list[tuple[bool, int]]) -> None:
    labels, said = (np.array(column) for column in zip(*pairs, strict=True))

    assert roc_auc(labels, said) + roc_auc(labels, -said) == pytest.approx(1)


def test_areas_that_are_known() -> None:
    labels = np.array([0, 0, 1, 1])

    assert roc_auc(labels, np.array([1, 2, 3, 4])) == 1.0
    assert roc_auc(labels, np.array([4, 3, 2, 1])) == 0.0
    assert roc_auc(labels, np.array([1, 1, 1, 1])) == 0.5
    assert roc_auc(labels, np.array([0.1, 0.4, 0.35, 0.8])) == 0.75


@pytest.mark.parametrize("label", [0, 1])
def test_one_answer_alone_has_no_area(label: int) -> None:
    with pytest.raises(ZeroDivisionError):
        roc_auc(np.full(3, label), np.arange(3))


def test_each_class_counts_as_much_as_another() -> None:
    true = np.array([0, 0, 0, 1, 2])

    assert macro_f1(true, true) == 1.0
    assert macro_f1(true, np.array([0, 0, 0, 0, 2])) == pytest.approx((6 / 7 + 0 + 1) / 3)
    assert macro_f1(np.array([0, 0]), np.array([1, 1])) == 0.0


def test_each_source_counts_as_much_as_another() -> None:
    weights = balanced(["a", "a", "a", "b"])

    assert weights.tolist() == pytest.approx([2 / 3, 2 / 3, 2 / 3, 2.0])
    assert balanced(["a"] * 5).tolist() == [1.0] * 5


def test_chances_that_come_true_as_often_as_they_say_have_no_error() -> None:
    chances = np.array([0.25] * 4 + [1.0] * 2)
    labels = np.array([1, 0, 0, 0, 1, 1])

    assert expected_error(chances, labels, np.ones(6)) == pytest.approx(0)
    assert expected_error(1 - chances, labels, np.ones(6)) == pytest.approx(4 / 6 * 0.5 + 2 / 6)


def test_an_error_is_weighed_by_what_texts_count() -> None:
    chances, labels = np.array([0.95, 0.05]), np.array([0, 0])

    assert expected_error(chances, labels, np.array([1.0, 1.0])) == pytest.approx(0.5)
    assert expected_error(chances, labels, np.array([1.0, 3.0])) == pytest.approx(
        0.95 / 4 + 0.05 * 3 / 4
    )
