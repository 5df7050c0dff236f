"""Which language a short post is written in: English and French told from one another and from
the other languages that are written in Latin letters, and from other scripts.

Each word votes for itself, so that votes may be kept by word and summed. What votes are the
characters of a word, one to four in a row, and the word as a whole. Made by training/languages.py, which also prints how often it is right.

Costs: 0.2 MB on disk, 2.4 MB of memory, 7 to 20 ms to load; 3 µs of a processor a word in
batches, 6 µs a word of a single post; 10 µs for `told`.
"""

import math
import re
import zlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray

from breakwater.domain.scoring.normal import LINK, USER

UNTOLD: Final = "und"
SCORED: Final = ("en", "fr")
"""The first two columns of the votes, in this order."""
GRAM = 4
BITS = 19
"""Characters and words are found by hashes of so many bits: no text can be read back."""
LONGEST = 40
"""Letters of a word that are looked at."""
FEW = 3
"""Below so many words a hint decides."""
CLEAR = 2.0
"""How much likelier (a logarithm) the other languages must be together than the likelier of the
scored ones before a text is said to be in one of them."""
HINTED = 2.0
"""What a hint is worth: a text is in its language unless another is so much likelier (a logarithm).
"""
_SCRIPTS: Final = (
    (UNTOLD, "\u0400-\u052f\u0530-\u058f\u0600-\u07ff\u0800-\u0dff\u0f00-\u109f\u1200-\u1cff"),
    ("el", "\u0370-\u03ff\u1f00-\u1fff"),
    ("he", "\u0590-\u05ff"),
    ("th", "\u0e00-\u0e7f"),
    ("ka", "\u10a0-\u10ff"),
    ("ja", "\u3040-\u30ff\u31f0-\u31ff"),
    ("ko", "\u1100-\u11ff\u3130-\u318f\uac00-\ud7af"),
    ("zh", "\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U0003ffff"),
)
"""Scripts other than Latin, and the language if one alone is usually written in it."""
_OTHERS = tuple(re.compile(f"[{ranges}]") for _, ranges in _SCRIPTS)
_LETTERS = re.compile("[a-z]+")
_MUTE = re.compile(r"[#@\d*/_]")
_TOKENS = frozenset((LINK, USER))
_AT_ONCE = 64
"""Words looked up together: more would not fit the processor's cache."""
_FACTOR = np.uint32(0x01000193)
_SPREAD = np.uint32(0x9E3779B1)
_SPACE = 32


@dataclass(frozen=True, slots=True)
class Languages:
    """names: ISO 639-1, of the languages in Latin letters, "und" for all others. place: for each hash the row of
    `weights`, 0 if it has none. weights: float32 [rows, languages], the first row zero.
    """

    names: tuple[str, ...]
    place: NDArray[np.uint16]
    weights: NDArray[np.float32]

    def votes(self, words: Sequence[str]) -> NDArray[np.float32]:
        """float32 [words, columns]: what each word of a plain view (normal.py) says of the
        language it is in. Columns are for `told` alone; to be summed over the words of a text.

        Emoji, figures, hashtags, links, mentions and starred words say nothing: zeros. It does
        not matter whether words are cut at apostrophes and hyphens.
        """
        size = len(self.names)
        votes = np.zeros((len(words), size + len(_SCRIPTS) + 2), np.float32)
        heard, owners = [], []
        for at, word in enumerate(words):
            item = voting(word)
            if item:
                heard.append(item)
                owners.append(at)
            if not word.isascii():
                votes[at, size:-2] = [len(script.findall(word)) for script in _OTHERS]
        for at in range(0, len(heard), _AT_ONCE):
            votes[owners[at : at + _AT_ONCE], :size] = self._said(heard[at : at + _AT_ONCE])
        votes[owners, -2] = [len(item) for item in heard]
        votes[owners, -1] = 1
        return votes

    def told(self, votes: NDArray[np.float32], hint: str | None = None) -> str:
        """ISO 639-1 of a text, or "und". votes: float32 [columns], the sum over its words.
        hint: the language of the thread or the workspace, which decides below three words and
        where the words leave it open.
        """
        values = votes.tolist()
        letters, words = values[-2:]
        others = values[len(self.names) : -2]
        if sum(others) > letters:
            return _SCRIPTS[others.index(max(others))][0]
        if words < FEW and hint:
            return hint
        if not words:
            return UNTOLD
        return self._likeliest(values[: len(self.names)], hint)

    def _likeliest(self, said: list[float], hint: str | None) -> str:
        if hint in self.names:
            said[self.names.index(hint)] += HINTED
        scored, foreign = max(said[: len(SCORED)]), max(said[len(SCORED) :])
        together = foreign + math.log(sum(math.exp(x - foreign) for x in said[len(SCORED) :]))
        return self.names[said.index(foreign if together - scored > CLEAR else scored)]

    def _said(self, items: Sequence[str]) -> NDArray[np.float32]:
        found = hashes(items)
        rows = self.place.take(found.hashes)
        return np.add.reduceat(self.weights.take(rows, axis=0), found.starts, axis=0)


def voting(word: str) -> str:
    """The letters a to z of a word of a plain view that vote, in runs with a space between."""
    if word.isascii() and word.isalpha():
        return "" if word in _TOKENS else word[:LONGEST]
    if _MUTE.search(word):
        return ""
    return " ".join(run for run in _LETTERS.findall(word) if run not in _TOKENS)[:LONGEST].rstrip()


@dataclass(frozen=True, slots=True)
class Hashes:
    """hashes: int [n], of all items one after the other. starts: int [items], where each begins."""

    hashes: NDArray[np.intp]
    starts: NDArray[np.intp]


def hashes(items: Sequence[str]) -> Hashes:
    """What is looked up for each item, which is one or more runs of letters a to z with a space
    between: of each run its characters, one to four in a row, with the space before and behind,
    and the whole. A hash of 0 stands for nothing.
    """
    text = " ".join(items)
    codes = np.frombuffer(f" {text}{' ' * GRAM}".encode("ascii"), np.uint8).astype(np.uint32)
    size = len(codes) - GRAM
    blank = codes == _SPACE
    grams = np.empty((size, GRAM), np.uint32)
    rolled, whole = codes[:size], np.ones(size, bool)
    grams[:, 0] = rolled
    for step in range(1, GRAM):
        rolled = rolled * _FACTOR + codes[step : step + size]
        grams[:, step] = rolled * whole
        whole = whole & ~blank[step : step + size]
    grams[blank[:size], 0] = [zlib.crc32(run) for run in text.encode("ascii").split()]
    grams *= _SPREAD
    starts = np.zeros(len(items), np.intp)
    np.cumsum([GRAM * (len(item) + 1) for item in items[:-1]], out=starts[1:])
    return Hashes((grams >> np.uint32(32 - BITS)).ravel().astype(np.intp), starts)


def read(stored: Mapping[str, NDArray[Any]]) -> Languages:
    """names: str [languages]. hashes: uint32 [rows], growing. weights: int8 [rows, languages],
    to be multiplied by scale, float32 [languages].
    """
    place = np.zeros(1 << BITS, np.uint16)
    place[stored["hashes"]] = np.arange(1, len(stored["hashes"]) + 1)
    weights = np.zeros((len(stored["hashes"]) + 1, len(stored["names"])), np.float32)
    weights[1:] = stored["weights"] * stored["scale"]
    return Languages(tuple(map(str, stored["names"])), place, weights)


@cache
def languages() -> Languages:
    """Those that come with the product."""
    path = files("breakwater.domain.scoring") / "weights" / "language.npz"
    with path.open("rb") as file, np.load(file, allow_pickle=False) as stored:
        return read(stored)
