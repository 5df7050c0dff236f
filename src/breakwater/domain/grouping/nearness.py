"""How like two texts are: MinHash over pieces of four characters, and what bands find quickly.

Measured beside SimHash in docs/scoring/grouping.md.
"""

from collections.abc import Sequence
from hashlib import blake2b
from typing import Final

import numpy as np
import numpy.typing as npt

PIECE = 4
BANDS = 16
ROWS = 4
ALIKE = 0.5
"""Share of equal places of two signatures from which their texts are variants of one another."""
FEWEST = 16
"""Characters. Shorter texts are alike when they are the same."""

Signature = npt.NDArray[np.uint32]
_SEED: Final = 20_261_128
_MIX: Final = np.uint64(0x9E3779B97F4A7C15)
_POWERS: Final = np.array([31**3, 31**2, 31, 1], dtype=np.uint64) * np.uint64(1_000_003)


def _draws() -> tuple[npt.NDArray[np.uint64], npt.NDArray[np.uint64]]:
    """The coefficients of the hash functions: always the same, on every machine."""
    bytes_ = b"".join(
        blake2b(f"{_SEED}.{one}".encode(), digest_size=16).digest() for one in range(BANDS * ROWS)
    )
    drawn = np.frombuffer(bytes_, dtype="<u8").reshape(-1, 2).astype(np.uint64)
    return drawn[:, 0] | np.uint64(1), drawn[:, 1]


_TIMES, _PLUS = _draws()


def digest(words: Sequence[str]) -> int:
    """63 bits: the same for texts of the same words."""
    joined = " ".join(words).encode("utf-8", "surrogatepass")
    return int.from_bytes(blake2b(joined, digest_size=8).digest(), "big") >> 1


def signature(words: Sequence[str]) -> Signature | None:
    """BANDS x ROWS numbers; None for a text too short to be like another without being it."""
    joined = " ".join(words)
    if len(joined) < FEWEST:
        return None
    codes = np.frombuffer(joined.encode("utf-32-le"), dtype="<u4").astype(np.uint64)
    length = codes.size - PIECE + 1
    pieces = np.zeros(length, dtype=np.uint64)
    for at in range(PIECE):
        pieces += codes[at : at + length] * _POWERS[at]
    pieces *= _MIX
    pieces ^= pieces >> np.uint64(29)
    hashed = pieces[:, None] * _TIMES[None, :] + _PLUS[None, :]
    least: npt.NDArray[np.uint64] = hashed.min(axis=0)
    return (least >> np.uint64(32)).astype(np.uint32)


def bands(of: Signature) -> list[bytes]:
    """One key for each band: texts that share one may be alike."""
    raw = of.tobytes()
    size = ROWS * 4
    return [bytes((band,)) + raw[band * size : (band + 1) * size] for band in range(BANDS)]


def alike(one: Signature, other: Signature) -> float:
    """The estimated share of their pieces that both have (Jaccard), 0 to 1."""
    return float(np.count_nonzero(one == other)) / one.size
