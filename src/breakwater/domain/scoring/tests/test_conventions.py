"""A head that several judge in their own way is said as those would whose texts one looks like."""

from math import exp, log

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from breakwater.domain.scoring.conventions import Conventions, Floats

TWO = Conventions(heads=2, names=("forum", "ours", "tweets"), judged=((0, 0), (0, 2)))
FORUM, OURS, TWEETS = 4, 5, 6
"""Columns that say whose texts one looks like."""


def _row(*values: float) -> Floats:
    return np.array([values], np.float32)


def _chance(logit: float) -> float:
    return 1 / (1 + exp(-logit))


def test_each_counts_by_how_much_the_text_looks_like_theirs_and_the_rest_is_ours() -> None:
    row = _row(-1.0, 0.5, 2.0, 0.0, log(2), log(5), log(3))

    said = TWO.mixed(row)[0]

    chance = 0.2 * _chance(2.0) + 0.3 * _chance(0.0) + 0.5 * _chance(-1.0)
    assert said == pytest.approx([log(chance / (1 - chance)), 0.5], abs=1e-5)


@pytest.mark.parametrize(("column", "expected"), [(FORUM, 2.0), (TWEETS, 0.25), (OURS, -1.0)])
def test_a_text_that_can_only_be_theirs_is_judged_by_them_alone(
    column: int, expected: float
) -> None:
    row = _row(-1.0, 0.5, 2.0, 0.25, 0, 0, 0)
    row[0, column] = 30

    assert TWO.mixed(row)[0] == pytest.approx([expected, 0.5], abs=1e-4)


def test_a_head_that_nobody_else_judges_is_what_we_say() -> None:
    alone = Conventions(heads=2)
    rows = np.array([[1.5, -2.5], [0.0, 40.0]], np.float32)

    assert alone.width == 2
    assert np.array_equal(alone.mixed(rows), rows)


@given(st.lists(st.floats(-60, 60, width=32), min_size=7, max_size=7))
def test_what_is_said_lies_between_what_each_says(values: list[float]) -> None:
    row = _row(*values)

    said = TWO.mixed(row)[0]

    each = [_chance(row[0, n]) for n in (0, 2, 3)]
    assert min(each) - 1e-5 <= _chance(said[0]) <= max(each) + 1e-5
    assert said[1] == row[0, 1]


def test_what_is_true_of_a_head_is_true_of_whoever_judges_it_and_of_no_name() -> None:
    assert TWO.columns([True, False]).tolist() == [True, False, True, True, False, False, False]
    assert Conventions(heads=2).columns([False, True]).tolist() == [False, True]
