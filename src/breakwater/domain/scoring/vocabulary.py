"""Words to numbers: a vector a word, from the hashed table and the lexicon."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from breakwater.domain.scoring.network import Floats
from breakwater.domain.scoring.words import key, pieces


@dataclass(frozen=True, slots=True)
class Table:
    """rows: R x D int8, a word being the sum of its pieces' rows times `scale` (D), divided by
    the root of their number. lexicon: sorted keys of words, and W flags (0 to 1) for each."""

    rows: NDArray[np.int8]
    scale: Floats
    lexicon: NDArray[np.uint32]
    flags: Floats

    @property
    def width(self) -> int:
        return int(self.rows.shape[1] + self.flags.shape[1])

    def vectors(self, words: Sequence[str]) -> Floats:
        """One row of `width` for each word."""
        parts = [pieces(word, len(self.rows)) for word in words]
        counts = np.array([len(part) for part in parts])
        flat = np.fromiter((row for part in parts for row in part), np.int64, counts.sum())
        starts = np.concatenate([[0], np.cumsum(counts)[:-1]])
        sums = np.add.reduceat(self.rows[flat].astype(np.float32), starts, axis=0)
        bags = sums * (self.scale / np.sqrt(counts, dtype=np.float32)[:, None])
        return np.concatenate([bags, self._flagged(words)], 1, dtype=np.float32)

    def _flagged(self, words: Sequence[str]) -> Floats:
        if not len(self.lexicon):
            return np.zeros((len(words), self.flags.shape[1]), np.float32)
        keys = np.array([key(word) for word in words], np.uint32)
        at = np.minimum(np.searchsorted(self.lexicon, keys), len(self.lexicon) - 1)
        flagged: Floats = self.flags[at] * (self.lexicon[at] == keys)[:, None]
        return flagged
