"""A word's numbers: the sum of its pieces' rows, and what the lexicon says of it."""

import numpy as np
import pytest

from breakwater.domain.scoring.vocabulary import Table
from breakwater.domain.scoring.words import key, pieces

WORDS = ["idiot", "été", "a", "👍", "x" * 200, "l'", "сука", "idiot"]
LISTED = {"idiot": [1.0, 0.5], "a": [0.0, 0.25]}


@pytest.fixture
def table() -> Table:
    draw = np.random.default_rng(5)
    keys = sorted((key(word), flags) for word, flags in LISTED.items())
    return Table(
        draw.integers(-128, 128, (64, 4)).astype(np.int8),
        draw.random(4).astype(np.float32),
        np.array([at for at, _ in keys], np.uint32),
        np.array([flags for _, flags in keys], np.float32),
    )


def _slowly(table: Table, word: str) -> list[float]:
    found = pieces([word], 6).rows.tolist()
    sums = [sum(int(table.rows[row, n]) for row in found) for n in range(4)]
    scaled = [sums[n] * float(table.scale[n]) / len(found) ** 0.5 for n in range(4)]
    return [*scaled, *LISTED.get(word, [0.0, 0.0])]


def test_a_word_is_the_sum_of_its_pieces_and_what_is_listed(table: Table) -> None:
    vectors = table.vectors(WORDS)

    assert vectors.dtype == np.float32
    assert vectors.shape == (len(WORDS), table.width) == (8, 6)
    assert np.allclose(vectors, [_slowly(table, word) for word in WORDS], rtol=1e-5, atol=1e-5)


def test_a_word_has_the_same_numbers_whatever_stands_beside_it(table: Table) -> None:
    together = table.vectors(WORDS)

    assert all(
        np.array_equal(table.vectors([w])[0], row) for w, row in zip(WORDS, together, strict=True)
    )


def test_a_word_beyond_the_last_key_or_without_a_lexicon_has_no_flags(table: Table) -> None:
    none = Table(table.rows, table.scale, np.zeros(0, np.uint32), np.zeros((0, 3), np.float32))
    last = Table(table.rows, table.scale, np.zeros(1, np.uint32), np.ones((1, 2), np.float32))

    assert not none.vectors(["idiot"])[0, 4:].any()
    assert none.width == 7
    assert not last.vectors(["idiot"])[0, 4:].any()
