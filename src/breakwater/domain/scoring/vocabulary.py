"""Words to numbers: a vector a word, from the hashed table and the lexicon."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from breakwater.domain.scoring.network import Floats
from breakwater.domain.scoring.words import key, pieces


@dataclass(frozen=True, slots=True)
class Table:
    """rows: R x D int8, R a power of 2, a word being the sum of its pieces' rows times `scale` (D), divided by
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
        found = pieces(words, len(self.rows).bit_length() - 1)
        starts = np.cumsum(found.counts) - found.counts
        sums = np.add.reduceat(self.rows[found.rows].astype(np.float32), starts, axis=0)
        counts = found.counts.astype(np.float32)
        bags = sums * (self.scale / np.sqrt(counts)[:, None])
        return np.concatenate([bags, self._flagged(words)], 1, dtype=np.float32)

    def _flagged(self, words: Sequence[str]) -> Floats:
        if not len(self.lexicon):
            return np.zeros((len(words), self.flags.shape[1]), np.float32)
        keys = np.array([key(word) for word in words], np.uint32)
        at = np.minimum(np.searchsorted(self.lexicon, keys), len(self.lexicon) - 1)
        flagged: Floats = self.flags[at] * (self.lexicon[at] == keys)[:, None]
        return flagged
