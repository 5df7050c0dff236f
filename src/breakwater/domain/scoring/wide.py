"""The linear part: each word and each two in a row speak for themselves, beside the network."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from breakwater.domain.scoring.memo import Floats

_FACTOR = np.uint32(0x01000193)
_SPREAD = np.uint32(0x9E3779B1)


@dataclass(frozen=True, slots=True)
class Wide:
    """rows: R x H int8, R a power of 2, found by hash. scale: H."""

    rows: NDArray[np.int8]
    scale: Floats

    def __call__(self, keys: NDArray[np.uint32], lengths: NDArray[np.int64]) -> Floats:
        """Texts x H. keys: of the words of all texts, one after the other. lengths: words of each
        text, at least one."""
        found = columns(keys, lengths, len(self.rows))
        starts = np.cumsum(found.counts) - found.counts
        sums = np.add.reduceat(self.rows[found.rows], starts, axis=0, dtype=np.int32)
        roots = np.sqrt(found.counts, dtype=np.float32)[:, None]
        return np.multiply(sums, self.scale / roots, dtype=np.float32)


@dataclass(frozen=True, slots=True)
class Columns:
    """rows: int64, those of all texts, one text's after the other's. counts: of each text."""

    rows: NDArray[np.int64]
    counts: NDArray[np.int64]


def columns(keys: NDArray[np.uint32], lengths: NDArray[np.int64], size: int) -> Columns:
    """As for `Wide`. size: rows of its table."""
    owner = np.repeat(np.arange(len(lengths)), lengths)
    together = owner[:-1] == owner[1:]
    pairs = (keys[:-1] * _FACTOR + keys[1:])[together]
    hashed = np.concatenate([keys, pairs]) * _SPREAD
    owners = np.concatenate([owner, owner[:-1][together]])
    order = np.argsort(owners, kind="stable")
    rows = (hashed[order] >> np.uint32(33 - size.bit_length())).astype(np.int64)
    return Columns(rows, np.bincount(owners, minlength=len(lengths)))
