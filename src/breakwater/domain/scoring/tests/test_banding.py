"""Bands, and how far a team may move where they begin."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from breakwater.domain.scoring.banding import MOST_MOVED, Edges
from breakwater.domain.scoring.scores import ABUSE, Band, Head

EDGES = Edges(
    {Head.INSULT: 0.5, Head.THREAT: 0.3, Head.SEXUAL: 1.5},
    {Head.INSULT: 0.9, Head.THREAT: 0.6, Head.SEXUAL: 1.5},
    danger=0.4,
)


def test_a_text_is_veiled_from_a_limit_on_and_held_from_the_other() -> None:
    assert EDGES.band({Head.INSULT: 0.49}) is Band.CLEAR
    assert EDGES.band({Head.INSULT: 0.5}) is Band.VEILED
    assert EDGES.band({Head.INSULT: 0.9}) is Band.HELD


def test_somebody_in_danger_is_never_put_away() -> None:
    assert EDGES.band({Head.INSULT: 0.9, Head.DANGER: 0.4}) is Band.VEILED


def test_what_decides_nothing_decides_nothing() -> None:
    certain = {Head.SEXUAL: 1.0, Head.PROFANITY: 1.0, Head.DANGER: 1.0, Head.NEGATIVE: 1.0}

    assert EDGES.band(certain) is Band.CLEAR
    assert EDGES.band({}) is Band.CLEAR
    assert EDGES.over(certain) == ()


def test_the_worst_reason_is_named_first() -> None:
    assert EDGES.over({Head.INSULT: 0.55, Head.THREAT: 0.5}) == (Head.THREAT, Head.INSULT)


def test_a_limit_moves_by_fifteen_hundredths_at_most() -> None:
    there = EDGES.moved({Head.INSULT: 9.0, Head.THREAT: -9.0, Head.SEXUAL: -9.0})

    assert there.veil == {
        Head.INSULT: 0.5 + MOST_MOVED,
        Head.THREAT: pytest.approx(0.3 - MOST_MOVED),
        Head.SEXUAL: 1.5,
    }
    assert there.hold[Head.INSULT] == 1.0
    assert there.danger == EDGES.danger
    assert EDGES.moved({}) is EDGES


@given(
    st.dictionaries(st.sampled_from(ABUSE), st.floats(0, 1)),
    st.floats(-1, 1),
    st.floats(-1, 1),
)
def test_a_higher_limit_never_veils_more(
    chances: dict[Head, float], one: float, other: float
) -> None:
    low, high = sorted((one, other))
    severity = [Band.CLEAR, Band.VEILED, Band.HELD]

    below = EDGES.moved(dict.fromkeys(ABUSE, low)).band(chances)
    above = EDGES.moved(dict.fromkeys(ABUSE, high)).band(chances)

    assert severity.index(below) >= severity.index(above)
