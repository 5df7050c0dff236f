"""Of a long text nothing is left out between what is looked at."""

from hypothesis import given
from hypothesis import strategies as st

from breakwater.domain.scoring.normal import HEAD, TAIL
from breakwater.domain.scoring.windows import LONGEST, MOST, REACH, windows


def _text(length: int) -> str:
    return "".join(chr(0x4E00 + at) for at in range(length))  # each character once


@given(length=st.integers(LONGEST + 1, REACH))
def test_every_character_of_a_long_text_is_in_what_is_looked_at(length: int) -> None:
    text = _text(length)

    parts = windows(text)

    assert 1 <= len(parts) <= MOST
    assert all(len(part) <= LONGEST and part in text for part in parts)
    assert {*text[:HEAD], *"".join(parts), *text[-TAIL:]} == {*text}


def test_a_text_that_is_looked_at_at_once_is_in_no_pieces() -> None:
    assert windows(_text(LONGEST)) == ()


def test_of_an_endless_text_there_are_no_more_pieces() -> None:
    assert len(windows("x" * 100_000)) == MOST
    assert len(windows(_text(REACH))) == MOST
