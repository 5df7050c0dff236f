"""How far corrections move a threshold."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from breakwater.domain.scoring.adapting import move_for


@pytest.mark.parametrize(
    ("strict", "lenient", "move"),
    [(0, 0, 0), (9, 0, 0), (0, 9, 0), (10, 0, 0.05), (0, 10, -0.05), (30, 0, 0.1),
     (50, 0, 0.15), (500, 0, 0.15), (0, 500, -0.15), (15, 6, 0), (16, 6, 0.05)],
)  # fmt: skip
def test_ten_in_one_direction_move_it_and_fifty_move_it_as_far_as_it_goes(
    strict: int, lenient: int, move: float
) -> None:
    assert move_for([False] * strict + [True] * lenient) == move


@given(st.lists(st.booleans(), max_size=80), st.booleans())
def test_one_more_correction_never_moves_it_the_other_way(answers: list[bool], more: bool) -> None:
    before, after = move_for(answers), move_for([*answers, more])

    assert (after <= before) if more else (after >= before)
    assert -0.15 <= after <= 0.15
