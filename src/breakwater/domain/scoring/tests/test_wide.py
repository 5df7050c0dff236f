"""The linear part: words and pairs of words, each with a row of its own."""

from itertools import pairwise

import numpy as np
import pytest
from numpy.typing import NDArray

from breakwater.domain.scoring.wide import Wide, columns
from breakwater.domain.scoring.words import key

BITS = 5
TEXTS = [["you", "are", "late"], ["late"], ["are", "you", "you", "are"]]


@pytest.fixture
def wide() -> Wide:
    draw = np.random.default_rng(2)
    return Wide(
        draw.integers(-127, 128, (1 << BITS, 3)).astype(np.int8), draw.random(3).astype(np.float32)
    )


def _keys(texts: list[list[str]]) -> tuple[NDArray[np.uint32], NDArray[np.int64]]:
    keys = np.array([key(word) for text in texts for word in text], np.uint32)
    return keys, np.array([len(text) for text in texts])


def _row(number: int) -> int:
    return (number * 0x9E3779B1 % 2**32) >> (32 - BITS)


def _slowly(wide: Wide, text: list[str]) -> list[float]:
    keys = [key(word) for word in text]
    pairs = [(a * 0x01000193 + b) % 2**32 for a, b in pairwise(keys)]
    rows = [_row(number) for number in (*keys, *pairs)]
    return [
        sum(int(wide.rows[row, n]) for row in rows) * float(wide.scale[n]) / len(rows) ** 0.5
        for n in range(3)
    ]


def test_each_word_and_each_two_in_a_row_are_added_up(wide: Wide) -> None:
    said = wide(*_keys(TEXTS))

    assert said.dtype == np.float32
    assert np.allclose(said, [_slowly(wide, text) for text in TEXTS], rtol=1e-5, atol=1e-4)


def test_no_pair_reaches_from_one_text_into_the_next() -> None:
    keys = np.array([1, 2, 3], np.uint32)

    found = columns(keys, np.array([1, 2]), 1 << BITS)

    assert found.counts.tolist() == [1, 3]
    assert found.rows[0] == _row(1)
