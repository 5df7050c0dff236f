"""What is learnt from corrections, what is not, and that little enough changes."""

from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from itertools import cycle, islice
from random import Random

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from breakwater.domain.scoring.adapters import (
    FURTHEST,
    HEAVIEST,
    Adapter,
    Taught,
    bounded,
    unpacked,
)
from breakwater.domain.scoring.learning import (
    CHANGED,
    EACH_WAY,
    ENOUGH,
    MOST,
    Lesson,
    Ordinary,
    Why,
    fingerprint,
    learn,
)

NOON = datetime(2026, 3, 2, 12, tzinfo=UTC)
LIMIT = 0.8
JARGON, SNEER, PLAIN = (20, 0, 0, 0), (0, 20, 0, 0), (0, 0, 20, 0)
JUST_VEILED, JUST_SHOWN = 1.6, 1.0
"""Odds: chances of 0.83 and 0.73."""
ORDINARY = [
    Ordinary(Taught(np.array(PLAIN, "<f2").tobytes(), odds, 1.0), LIMIT)
    for odds in (-4, -2, 0, 1, 1.2, 1.6, 2, 3, 5, 8) * 10
]


def _taught(layer: Sequence[float], odds: float, slope: float = 1.0) -> Taught:
    return Taught(np.array(layer, "<f2").tobytes(), odds, slope)


def _lesson(layer: Sequence[float], odds: float, at: int, *, should: bool) -> Lesson:
    return Lesson(NOON + timedelta(minutes=at), _taught(layer, odds), LIMIT, should)


def _team(n: int) -> list[Lesson]:
    """Every other correction is of jargon that is veiled for nothing; the others of sneers that are missed."""
    kinds = islice(cycle([(JARGON, JUST_VEILED, False), (SNEER, JUST_SHOWN, True)]), n)
    return [_lesson(layer, odds, at, should=say) for at, (layer, odds, say) in enumerate(kinds)]


def test_a_few_more_right_than_before_may_be_chance_and_teach_nothing() -> None:
    unheard = [
        _lesson((0, 0, 0, 20), odds, 50 + at, should=odds == JUST_SHOWN)
        for at, odds in enumerate([JUST_VEILED, JUST_SHOWN] * 5)
    ]

    found = learn(_team(50) + unheard, ORDINARY)

    assert found.judged is not None
    assert 0 < found.judged.learnt.right - found.judged.now.right < 4  # the root of 12 is 3.5
    assert (found.adapter, found.why) == (None, Why.NO_BETTER)


def test_a_team_that_speaks_its_own_jargon_teaches_it() -> None:
    found = learn(_team(60), ORDINARY)

    assert (found.strict, found.mild, found.why) == (30, 30, None)
    assert found.judged is not None
    assert (found.judged.of, found.judged.now.right, found.judged.alone.right) == (12, 0, 0)
    assert found.judged.learnt.right == 12
    assert found.judged.learnt.loss < found.judged.alone.loss
    assert (found.judged.changed, found.judged.ordinary) == (0, 50)
    assert found.adapter is not None
    assert found.adapter.weights[0] < 0 < found.adapter.weights[1]


@pytest.mark.parametrize(
    ("lessons", "why"),
    [
        ([], Why.FEW),
        (_team(ENOUGH - 1), Why.FEW),
        ([one for one in _team(200) if one.should], Why.ONE_WAY),
        ([one for one in _team(200) if one.should] + _team(2 * EACH_WAY - 2), Why.ONE_WAY),
    ],
)
def test_too_few_or_those_of_one_direction_teach_nothing(lessons: list[Lesson], why: Why) -> None:
    found = learn(lessons, ORDINARY)

    assert (found.adapter, found.why, found.judged) == (None, why, None)


def test_what_says_the_contrary_of_ordinary_texts_is_not_learnt() -> None:
    """Nothing tells these corrections from texts that are right as they are."""
    kinds = islice(cycle([(1.5, False), (1.0, True)]), 100)
    contrary = [_lesson(PLAIN, odds, at, should=say) for at, (odds, say) in enumerate(kinds)]

    found = learn(contrary, ORDINARY)

    assert found.adapter is None
    assert found.why in (Why.NO_BETTER, Why.UNSETTLES)


def test_what_would_veil_or_show_many_ordinary_texts_otherwise_is_not_learnt() -> None:
    asked = [Ordinary(_taught(JARGON, JUST_VEILED), LIMIT)] * 50
    both = [one for pair in zip(ORDINARY[:50], asked, strict=True) for one in pair]

    found = learn(_team(60), both)

    assert (found.adapter, found.why) == (None, Why.UNSETTLES)
    assert found.judged is not None
    assert found.judged.changed > CHANGED * found.judged.ordinary


def test_what_stands_has_to_be_beaten() -> None:
    once = learn(_team(60), ORDINARY)

    again = learn(_team(60), ORDINARY, standing=once.adapter)

    assert (again.adapter, again.why) == (None, Why.NO_BETTER)
    assert again.judged is not None
    assert again.judged.now.right == 12


def test_what_was_learnt_for_a_hidden_layer_of_another_width_counts_for_nothing() -> None:
    other = Adapter(np.ones(7, np.float32), 1.0)

    found = learn(_team(60), ORDINARY, standing=other)

    assert found.judged == learn(_team(60), ORDINARY).judged


def test_only_the_newest_are_learnt_from() -> None:
    found = learn(_team(MOST + 300), ORDINARY)

    assert found.lessons == MOST


@given(st.lists(st.tuples(st.booleans(), st.floats(0.1, 6)), min_size=50, max_size=90))
def test_where_the_model_is_right_nothing_is_learnt(said: list[tuple[bool, float]]) -> None:
    right = [
        _lesson(JARGON, 1.4 + by if say else 1.38 - by, at, should=say)
        for at, (say, by) in enumerate(said)
    ]

    assert learn(right, ORDINARY).adapter is None


@given(st.integers(0, 2**32))
def test_the_order_in_which_corrections_of_one_moment_come_does_not_matter(seed: int) -> None:
    some = [
        Lesson(NOON, one.taught, one.limit, one.should) if at % 3 else one
        for at, one in enumerate(_team(60))
    ]
    mixed = list(some)
    Random(seed).shuffle(mixed)

    one, other = learn(some, ORDINARY), learn(mixed, ORDINARY)

    assert one.judged == other.judged
    assert (one.adapter is None) is (other.adapter is None)
    if one.adapter is not None and other.adapter is not None:
        assert one.adapter.packed() == other.adapter.packed()


_LAYER = st.lists(st.floats(0, 60_000, width=16), min_size=4, max_size=4)
_WRONG = st.tuples(_LAYER, st.floats(-30, 30), st.booleans())


@given(st.lists(_WRONG, min_size=50, max_size=70))
def test_whatever_is_learnt_is_finite_and_no_heavier_than_it_may_be(
    said: list[tuple[list[float], float, bool]],
) -> None:
    lessons = [_lesson(layer, odds, at, should=say) for at, (layer, odds, say) in enumerate(said)]

    found = learn(lessons, ORDINARY)

    if found.adapter is not None:
        numbers = np.append(found.adapter.weights, found.adapter.bias)
        assert np.isfinite(numbers).all()
        assert np.linalg.norm(numbers) <= HEAVIEST + 1e-5


@given(st.floats(0, 1), st.floats(0, 1))
def test_a_chance_moves_by_no_more_than_a_quarter(alone: float, learnt: float) -> None:
    found = float(bounded(np.array([alone]), np.array([learnt]))[0])

    assert abs(found - alone) <= FURTHEST + 1e-12
    assert min(alone, learnt) <= found <= max(alone, learnt)


def test_an_adapter_is_read_as_it_was_written_and_what_is_none_is_refused() -> None:
    adapter = Adapter(np.array([0.5, -0.25], np.float32), 0.125, "breakwater-1.2")

    again = unpacked(adapter.packed(), "breakwater-1.2")

    assert (again.weights.tolist(), again.bias, again.model) == (
        [0.5, -0.25],
        0.125,
        "breakwater-1.2",
    )
    for broken in (b"", b"1234", b"12345", np.array([np.nan, 1], "<f4").tobytes()):
        with pytest.raises(ValueError, match=r"not an adapter|buffer size"):
            unpacked(broken, "")


def test_a_fingerprint_says_which_corrections_it_is_of() -> None:
    assert fingerprint(["a", "b"]) != fingerprint(["b", "a"])
    assert len(fingerprint([])) == 32
