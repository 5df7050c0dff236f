"""Words of a view and their hashed pieces: nothing but numbers is kept of what was written."""

import zlib
from collections.abc import Sequence
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from breakwater.domain.scoring.normal import bare, plain
from breakwater.domain.scoring.tests.weird import texts
from breakwater.domain.scoring.words import (
    LONGEST_WORD,
    STEP,
    WINDOW,
    Pieces,
    key,
    pieces,
    places,
    windows,
    words,
)

MOST_PIECES = 70
BITS = 11


@pytest.mark.parametrize(
    ("view", "found"),
    [
        ("l'ete, ca va ?", ["l'", "ete", ",", "ca", "va", "?"]),
        ("f*ck you!!", ["f*ck", "you", "!", "!"]),
        ("ok 👍 🇫🇷", ["ok", "👍", "🇫", "🇷"]),
        ("peut-etre 12,50€", ["peut", "-", "etre", "12", ",", "50", "€"]),
        ("сука שלום", ["сука", "שלום"]),
        ("", []),
        (" \n", []),
    ],
)
def test_words_marks_and_emoji_come_one_by_one(view: str, found: list[str]) -> None:
    assert words(view) == found


@given(texts)
def test_each_word_stands_where_its_place_says(text: str) -> None:
    for view in (plain(text), bare(plain(text))):
        assert [view[start:end] for start, end in places(view)] == words(view)


def _row(codes: Sequence[int]) -> int:
    """What a run of characters is hashed to, one character after the other."""
    rolled = codes[0]
    for code in codes[1:]:
        rolled = (rolled * 0x01000193 + code) % 2**32
    return (rolled * 0x9E3779B1 % 2**32) >> (32 - BITS)


def _slowly(word: str) -> list[int]:
    edged = f"<{word[:LONGEST_WORD]}>"
    whole = (zlib.crc32(edged.encode()) * 0x9E3779B1 % 2**32) >> (32 - BITS)
    runs = [edged[at : at + n] for n in (3, 4, 5) for at in range(len(edged) - n + 1)]
    return sorted([whole, *(_row([ord(one) for one in run]) for run in runs)])


def _by_word(found: Pieces) -> list[list[int]]:
    ends = found.counts.cumsum().tolist()
    starts = [0, *ends[:-1]]
    return [sorted(found.rows[a:b].tolist()) for a, b in zip(starts, ends, strict=True)]


@given(st.lists(st.text(alphabet=st.characters(exclude_categories=["Cs"])), min_size=1))
def test_the_pieces_of_words_are_themselves_and_their_runs(words: list[str]) -> None:
    assert _by_word(pieces(words, BITS)) == [_slowly(word) for word in words]


def test_of_an_endless_word_only_the_beginning_makes_pieces() -> None:
    word = "".join(chr(0x4E00 + n) for n in range(4_000))

    found = pieces([word, word[:LONGEST_WORD]], BITS)

    first, second = _by_word(found)
    assert first == second
    assert found.counts.tolist() == [MOST_PIECES, MOST_PIECES]


@given(st.text(alphabet=st.characters(exclude_categories=["Cs"])))
def test_a_key_has_32_bits_and_says_nothing_else(word: str) -> None:
    assert 0 <= key(word) < 1 << 32


@given(st.integers(0, 5_000))
def test_windows_leave_no_word_out_and_begin_as_seldom_as_they_can(count: int) -> None:
    found = windows(["word"] * count)

    begins = [one.start for one in found]
    assert begins[0] == 0
    assert all(one.stop == one.start + WINDOW for one in found)
    assert all(after - before == STEP for before, after in pairwise(begins))
    assert begins[-1] + WINDOW >= count
    assert len(begins) == 1 or begins[-2] + WINDOW < count
