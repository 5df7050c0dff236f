"""The words of a view, and the hashed pieces of each: what the weights are addressed by.

Only hashes are kept in the weights, so that no text can be read back from them.
"""

import re
import zlib
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

NOTHING = "."
"""What a text without a word is read as."""
WINDOW = 48
"""Words read at once, in training too. A longer text is read in windows."""
STEP = 40
"""From one window of a long text to the next."""
LONGEST_WORD = 24
RUNS = (3, 4, 5)

_FACTOR = np.uint32(0x01000193)
_SPREAD = np.uint32(0x9E3779B1)
_WORD = re.compile(r"\w[\w*]*'?|[^\w\s]")


def words(view: str) -> list[str]:
    """Words, elided articles with their apostrophe, and single marks and emoji, in order."""
    return _WORD.findall(view)


def places(view: str) -> list[tuple[int, int]]:
    """Where each of `words(view)` starts and ends in it."""
    return [found.span() for found in _WORD.finditer(view)]


def windows(found: Sequence[str]) -> list[slice]:
    """What is read at once of the words of a text; one for a text without any."""
    last = max(len(found) - WINDOW, 0) + STEP
    return [slice(at, at + WINDOW) for at in range(0, last, STEP)]


def key(word: str) -> int:
    """32 bits that stand for a word."""
    return zlib.crc32(word.encode())


@dataclass(frozen=True, slots=True)
class Pieces:
    """rows: int64, those of all words, one word's after the other's. counts: how many each has."""

    rows: NDArray[np.int64]
    counts: NDArray[np.int64]


def pieces(words: Sequence[str], bits: int) -> Pieces:
    """Rows of a table of 2 ** bits that together describe each word: itself, and its runs of 3 to
    5 characters with its edges. At least 2 and at most 73 a word."""
    edged = [f"<{word[:LONGEST_WORD]}>" for word in words]
    lengths = np.array([len(word) for word in edged], np.int64)
    codes = np.frombuffer("".join(edged).encode("utf-32-le", "surrogatepass"), np.uint32)
    owner = np.repeat(np.arange(len(edged)), lengths)
    left = np.repeat(np.cumsum(lengths), lengths) - np.arange(len(codes))
    hashes = [np.array([key(word) for word in edged], np.uint32)]
    owners = [np.arange(len(edged))]
    rolled = codes
    for size in range(2, RUNS[-1] + 1):
        rolled = rolled[:-1] * _FACTOR + codes[size - 1 :]
        if size in RUNS:
            whole = left[: len(rolled)] >= size
            hashes.append(rolled[whole])
            owners.append(owner[: len(rolled)][whole])
    owned = np.concatenate(owners)
    order = np.argsort(owned, kind="stable")
    spread = np.concatenate(hashes)[order] * _SPREAD
    rows = (spread >> np.uint32(32 - bits)).astype(np.int64)
    return Pieces(rows, np.bincount(owned, minlength=len(edged)))
