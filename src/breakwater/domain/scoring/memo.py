"""Numbers of words, computed once: the same few thousand words make up most of what is written."""

from collections.abc import Callable, Sequence
from threading import Lock

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float32]

KEPT = 16_384
"""Words that are kept. When there are more, all are let go and met again: memory stays within
12 MB, whatever strangers write."""
LONGEST = 64
"""Characters of a word that are looked at: none that means anything has as many."""


class Memo:
    """The rows that `compute` gives for words. Safe to use from several threads."""

    def __init__(self, width: int, compute: Callable[[Sequence[str]], Floats]) -> None:
        self._compute = compute
        self._rows = np.zeros((KEPT + 1, width), np.float32)
        self._known: dict[str, int] = {}
        self._lock = Lock()

    def padded(self, texts: Sequence[Sequence[str]]) -> tuple[Floats, NDArray[np.int64]]:
        """B x T x width, zero beyond each text, and the lengths. At most KEPT distinct words."""
        lengths = np.array([len(text) for text in texts], np.int64)
        at = np.zeros((len(texts), max(int(lengths.max()), 1)), np.int64)
        with self._lock:
            self._meet({word[:LONGEST] for text in texts for word in text})
            known = self._known
            for row, text in zip(at, texts, strict=True):
                row[: len(text)] = [known[word[:LONGEST]] for word in text]
            return self._rows[at], lengths

    def _meet(self, words: set[str]) -> None:
        new = [word for word in words if word not in self._known]
        if len(self._known) + len(new) > KEPT:
            self._known.clear()
            new = list(words)
        if new:
            first = len(self._known) + 1
            self._rows[first : first + len(new)] = self._compute(new)
            self._known.update(zip(new, range(first, KEPT + 1), strict=False))
