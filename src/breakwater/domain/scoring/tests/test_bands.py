"""From chances to bands: a limit is reached at its very value, and danger is never put away."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from breakwater.domain.scoring.banding import MOST_MOVED, NOWHERE, Edges
from breakwater.domain.scoring.bands import band, decides
from breakwater.domain.scoring.scores import ABUSE, Band, Head

CHANCES = st.dictionaries(st.sampled_from(list(Head)), st.floats(0, 1))
LIMITS = st.dictionaries(st.sampled_from(ABUSE), st.floats(0.01, 1))
VEIL = {Head.ABUSIVE: 0.6, Head.THREAT: 0.3}
HOLD = {Head.ABUSIVE: 0.9, Head.THREAT: 0.8}


@pytest.mark.parametrize(
    ("chances", "expected"),
    [
        ({}, Band.CLEAR),
        ({Head.ABUSIVE: 0.5999}, Band.CLEAR),
        ({Head.ABUSIVE: 0.6}, Band.VEILED),
        ({Head.ABUSIVE: 0.1, Head.THREAT: 0.3}, Band.VEILED),
        ({Head.ABUSIVE: 0.9}, Band.HELD),
        ({Head.ABUSIVE: 0.9, Head.DANGER: 0.1999}, Band.HELD),
        ({Head.ABUSIVE: 0.9, Head.DANGER: 0.2}, Band.VEILED),
        ({Head.DANGER: 1.0}, Band.CLEAR),
        ({Head.INSULT: 1.0, Head.PROFANITY: 1.0}, Band.CLEAR),
    ],
)
def test_a_band_begins_at_its_limit(chances: dict[Head, float], expected: Band) -> None:
    assert band(chances, VEIL, HOLD, danger=0.2) is expected


@given(CHANCES, LIMITS, LIMITS, st.floats(0, 1))
def test_somebody_in_danger_is_never_held(
    chances: dict[Head, float], veil: dict[Head, float], hold: dict[Head, float], danger: float
) -> None:
    endangered = {**chances, Head.DANGER: 1.0}

    assert band(endangered, veil, hold, danger) is not Band.HELD


@given(CHANCES, LIMITS, LIMITS, st.floats(0, 1))
def test_swearing_feeling_and_wishing_move_no_band(
    chances: dict[Head, float], veil: dict[Head, float], hold: dict[Head, float], danger: float
) -> None:
    others = {head: one for head, one in chances.items() if head in (*ABUSE, Head.DANGER)}

    assert band(chances, veil, hold, danger) is band(others, veil, hold, danger)


def test_the_head_that_decides_is_the_one_furthest_beyond_its_limit() -> None:
    assert decides({Head.ABUSIVE: 0.7, Head.THREAT: 0.5}, VEIL) is Head.THREAT
    assert decides({Head.ABUSIVE: 0.5, Head.THREAT: 0.1}, VEIL) is Head.ABUSIVE
    assert decides({Head.INSULT: 1.0}, VEIL) is Head.ABUSIVE
    assert decides({}, {}) is Head.ABUSIVE
    assert decides({Head.THREAT: 0.1, Head.ABUSIVE: 0.1}, {Head.THREAT: 0.0}) is Head.THREAT


@given(CHANCES, LIMITS)
def test_what_veils_a_text_is_named(chances: dict[Head, float], veil: dict[Head, float]) -> None:
    edges = Edges(veil, {}, 1.0)

    assert bool(edges.over(chances)) is (edges.band(chances) is Band.VEILED)


@given(CHANCES)
def test_nothing_is_veiled_in_a_language_that_is_not_known(chances: dict[Head, float]) -> None:
    assert NOWHERE.band(chances) is Band.CLEAR
    assert NOWHERE.over(chances) == ()


@given(LIMITS, st.dictionaries(st.sampled_from(list(Head)), st.floats(-2, 2)))
def test_a_team_moves_limits_within_bounds_and_never_what_danger_takes(
    veil: dict[Head, float], moves: dict[Head, float]
) -> None:
    moved = Edges(veil, veil, 0.2).moved(moves)

    assert moved.danger == 0.2
    assert moved.veil.keys() == veil.keys()
    for head, limit in veil.items():
        assert abs(moved.veil[head] - limit) <= MOST_MOVED + 1e-9
        assert moved.veil[head] <= 1.0


def test_one_in_danger_is_told_from_the_limit_on() -> None:
    edges = Edges({}, {}, 0.2)

    assert edges.endangered({Head.DANGER: 0.2})
    assert not edges.endangered({Head.DANGER: 0.19})
    assert not edges.endangered({Head.THREAT: 1.0})
