"""Words of a corpus as numbers: one row a word in a sparse matrix over the hashed table."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy import sparse

from breakwater.domain.scoring.masks import TOKENS, masked
from breakwater.domain.scoring.normal import plain
from breakwater.domain.scoring.together import together
from breakwater.domain.scoring.vocabulary import Table
from breakwater.domain.scoring.words import WINDOW, pieces, words


@dataclass(frozen=True, slots=True)
class Bags:
    """names: words, the first being none and then those that stand for groups. matrix: words x rows of the table,
    each row of norm 1. flags: words x flags of the lexicon."""

    names: tuple[str, ...]
    matrix: sparse.csr_matrix
    flags: NDArray[np.float32]

    def take(self, some: NDArray[np.int64]) -> sparse.csr_matrix:
        return self.matrix[some]


def begun() -> dict[str, int]:
    """Numbers of words before any text is read: none, and those that stand for groups."""
    return {word: n for n, word in enumerate(("", *TOKENS))}


def ids(texts: Sequence[str], known: dict[str, int], *, grow: bool) -> list[NDArray[np.int32]]:
    """The first WINDOW words of each text as numbers in `known`, which grows when told to."""
    return [np.array(_ids(text, known, grow) or [0], np.int32) for text in texts]


def _ids(text: str, known: dict[str, int], grow: bool) -> list[int]:
    found = [masked(word) for word in together(words(plain(text)))[:WINDOW]]
    if grow:
        return [known.setdefault(word, len(known)) for word in found]
    return [known[word] for word in found if word in known]


def bags(known: dict[str, int], empty: Table) -> Bags:
    """empty: a table whose rows' number, keys and flags are used."""
    size = len(empty.rows)
    found = pieces(list(known), size.bit_length() - 1)
    values = np.repeat(found.counts.astype(np.float32) ** -0.5, found.counts)
    starts = np.concatenate([[0], np.cumsum(found.counts)])
    matrix = sparse.csr_matrix((values, found.rows, starts), (len(known), size))
    flags = empty.vectors(list(known))[:, empty.rows.shape[1] :]
    return Bags(tuple(known), matrix, flags)
