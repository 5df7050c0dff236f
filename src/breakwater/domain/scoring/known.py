"""Which words there are, and how usual each is: hashes of the words that training met.

Only hashes are kept, so that no text can be read back. A hash is a sum over the characters of a
word, so that those of all words that are an edit away are had without writing them.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Sums = NDArray[np.uint64]
Levels = NDArray[np.uint8]

OCTAVE = 7
"""Steps of a level between a word and one that was met twice as often."""
RUDE = np.uint8(128)
"""Added to the level of a word that is rude by itself."""
_BASE = 0x5851F42D4C957F2D
_AROUND = 1 << 64
_SPREAD = np.uint64(0xD1342543DE82EF95)
_TOP = np.uint64(32)
_LENGTH = 4_096


def _powers(base: int) -> Sums:
    found = [1]
    for _ in range(_LENGTH):
        found.append(found[-1] * base % _AROUND)
    return np.array(found, np.uint64)


POWERS = _powers(_BASE)
"""What the character at each place of a word counts."""
_BACK = _powers(pow(_BASE, -1, _AROUND))


@dataclass(frozen=True, slots=True)
class Known:
    """keys: of words, sorted. levels: of each, OCTAVE times the logarithm (base 2) of how often it was
    met, and one more; beyond RUDE for a rude one."""

    keys: NDArray[np.uint32]
    levels: Levels

    def __call__(self, hashes: Sums) -> Levels:
        """How usual the words of these hashes are, in their shape; 0 for one that is not known."""
        if not len(self.keys):
            return np.zeros(hashes.shape, np.uint8)
        keys = keys_of(hashes)
        at = np.searchsorted(self.keys, keys)
        found = self.keys.take(at, mode="clip") == keys
        levels: Levels = self.levels.take(at, mode="clip")
        levels *= found
        return levels

    def of(self, words: Sequence[str]) -> list[int]:
        """How usual each word is; 0 for one that is not known."""
        levels: list[int] = self(hashes(words)).tolist() if words else []
        return levels


def keys_of(hashes: Sums) -> NDArray[np.uint32]:
    """32 bits of each."""
    return ((hashes * _SPREAD) >> _TOP).astype(np.uint32)


def hashes(words: Sequence[str]) -> Sums:
    """One for each word, none of them empty nor longer than a view."""
    lengths = np.array([len(word) for word in words], np.int64)
    starts = np.cumsum(lengths) - lengths
    codes = _codes("".join(words))
    places = np.arange(len(codes)) - np.repeat(starts, lengths)
    return np.add.reduceat(codes * POWERS[places], starts)


def sums(word: str) -> tuple[Sums, Sums]:
    """Codes of the characters of a word, and the hash of what stands before each; then of it all."""
    codes = _codes(word)
    before = np.zeros(len(codes) + 1, np.uint64)
    np.cumsum(codes * POWERS[: len(codes)], out=before[1:])
    return codes, before


def within(before: Sums, starts: NDArray[np.int64], ends: NDArray[np.int64]) -> Sums:
    """Hashes of the parts from `starts` to `ends` of a word. before: as of `sums`."""
    return (before[ends] - before[starts]) * _BACK[starts]


def _codes(text: str) -> Sums:
    return np.frombuffer(text.encode("utf-32-le", "surrogatepass"), np.uint32).astype(np.uint64)
