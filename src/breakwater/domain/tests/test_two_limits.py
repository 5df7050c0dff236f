"""A text can be over in characters, or in bytes."""

import pytest

from breakwater.domain.text import Counting, Unit, over

BY = Counting(Unit.GRAPHEMES, limit=300, max_bytes=3000)
FAMILY = "👩‍👩‍👧‍👦"  # one character, 25 bytes


@pytest.mark.parametrize(
    ("text", "by", "is_over"),
    [
        ("", BY, False),
        ("x" * 300, BY, False),
        ("x" * 301, BY, True),
        (FAMILY * 120, BY, False),
        (FAMILY * 120 + "x", BY, True),
        (FAMILY * 121, Counting(Unit.GRAPHEMES, limit=300), False),
        ("é" * 5, Counting(Unit.BYTES, limit=10), False),
        ("é" * 6, Counting(Unit.BYTES, limit=10), True),
    ],
)
def test_either_limit_counts(text: str, by: Counting, is_over: bool) -> None:
    assert over(text, by) is is_over
