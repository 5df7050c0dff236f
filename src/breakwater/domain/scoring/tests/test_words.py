"""Words of a view and their hashed pieces: nothing but numbers is kept of what was written."""

import zlib
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
    key,
    pieces,
    places,
    windows,
    words,
)

MOST_PIECES = 70
ROWS = 1_000


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


def test_the_pieces_of_a_word_are_itself_and_its_runs() -> None:
    runs = ["<con>", "<co", "con", "on>", "<con", "con>"]

    assert pieces("con", ROWS) == sorted({zlib.crc32(run.encode()) % ROWS for run in runs})


@given(st.text(alphabet=st.characters(exclude_categories=["Cs"])), st.integers(1, 1 << 20))
def test_pieces_are_rows_of_the_table_few_and_each_once(word: str, rows: int) -> None:
    found = pieces(word, rows)

    assert 1 <= len(found) <= MOST_PIECES
    assert found == sorted(set(found))
    assert all(0 <= row < rows for row in found)


def test_of_an_endless_word_only_the_beginning_makes_pieces() -> None:
    word = "".join(chr(0x4E00 + n) for n in range(4_000))

    assert pieces(word, 1 << 17) == pieces(word[:LONGEST_WORD], 1 << 17)
    assert len(pieces(word, 1 << 30)) == MOST_PIECES


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
