"""How a text is read: as it stands, or with its disguises taken off and its slips mended.

Known words are left as they are, but for one case: where many words of a text are unknown, its
other ones are doubted too, since a letter that is left out makes another known word of each third.
"""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from threading import Lock
from typing import NamedTuple

from breakwater.domain.scoring import leet
from breakwater.domain.scoring.known import OCTAVE, RUDE, Known
from breakwater.domain.scoring.masks import MASKS
from breakwater.domain.scoring.slips import LONGEST, STAR, mended, parts

Words = Sequence[str]

COUNTED = 3
"""Letters of a word that tells whether a text's words are known: nearly all shorter ones are."""
MENDED = 5
"""Letters of an unknown word that is mended where the others are known."""
DOUBTED = 0.25
"""Share of words that are unknown, from which on the known ones are doubted too..."""
AT_LEAST = 2
"""...if there are as many."""
MORE_USUAL = OCTAVE
"""How much more usual a word is that a doubted one is taken for: twice."""
CLEARER = 0.1
"""How much more of its words are known in a reading that counts alone."""
USUAL = 1 + 3 * OCTAVE
"""Level of a word that a token with figures in it is taken for: one that was met eight times, or a rude one."""
STEM = 5
"""Letters of a known word that an unknown one may be a form of, by its ending."""
ENDINGS = (1, 2, 3)
MOST = 200
"""Different words of a text that are mended: some 40 µs each."""
KEPT = 32_768
"""Words that are kept, as in `memo`: when there are more, all are let go and met again."""
_LONG = LONGEST + 1
"""Characters of a longer word: it is not known."""
_SPELT = re.compile(r"[a-z][a-z*]*'?")
_MENDABLE = re.compile(rf"(?=[a-z*]{{{COUNTED},{LONGEST}}}\Z)[a-z]+\*?[a-z]*")


class Part(NamedTuple):
    """A word, and what it was read from: the character `start` of the word numbered `first`, up to
    `end` of that numbered `last`."""

    word: str
    first: int
    last: int
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Reading:
    """plain: whether the text is read as it stands. parts: the words of its other reading, if it has
    one. It has one or both. Where it has both, the higher number counts of what may be disguised."""

    plain: bool
    parts: tuple[Part, ...] = ()

    @property
    def words(self) -> list[str]:
        return [part.word for part in self.parts]


AS_IT_STANDS = Reading(plain=True)


class _Met(NamedTuple):
    """level: as of `Known`, 0 for what is not known. clear: known, a form of what is, a group's name,
    or no word of these alphabets. mendable: long and short enough, and no group's name."""

    level: int
    clear: bool
    mendable: bool


class Speller:
    """Safe to use from several threads."""

    def __init__(self, known: Known) -> None:
        self._known = known
        self._met: dict[str, _Met] = {}
        self._clear: set[str] = set()
        self._slips: dict[str, tuple[str, int]] = {}
        self._lock = Lock()

    def readings(self, views: Sequence[tuple[Words, Words]]) -> list[Reading]:
        """views: of each text the words of the plain view and of the bare one; the same object
        where the views are the same."""
        with self._lock:
            clear = self._clear
            self._meet({word for _, bare in views for word in bare if word not in clear})
            return [self._reading(plain, bare) for plain, bare in views]

    def _reading(self, plain: Words, bare: Words) -> Reading:
        clear = self._clear
        odd = [n for n, word in enumerate(bare) if word not in clear and not self._of(word).clear]
        if bare is plain and not odd:
            return AS_IT_STANDS
        joined = self._joined(bare, odd)
        doubted = len(odd) >= AT_LEAST and self._doubted(bare, odd, joined)
        slips = self._slipped(bare if doubted else [bare[n] for n in odd], doubted)
        if bare is plain and not joined and not slips:
            return AS_IT_STANDS
        parts = tuple(self._parts(bare, joined, slips, frozenset(plain)))
        read = [part.word for part in parts]
        if read == list(plain):
            return AS_IT_STANDS
        return Reading(self._share(read) - self._share(plain) <= CLEARER, parts)

    def _joined(self, found: Words, odd: Sequence[int]) -> dict[int, int]:
        """First and last of the pieces of words that a sign parts, one of which is no word."""
        joined: dict[int, int] = {}
        free = 0
        for n in odd:
            elided = found[n][-1] == "'"
            for first, last in [(n, n + 1)] if elided else [(n, n + 2), (n - 2, n)]:
                if first >= free and self._is_one(found, first, last):
                    joined[first] = last
                    free = last + 1
        return joined

    def _is_one(self, found: Words, first: int, last: int) -> bool:
        if last >= len(found) or (last - first == 2 and found[first + 1] != "-"):
            return False
        if not (found[first][0].isalpha() and found[last].isalpha()):
            return False
        return self._of(found[first].removesuffix("'") + found[last]).level > 0

    def _doubted(self, found: Words, odd: Sequence[int], joined: Mapping[int, int]) -> bool:
        pieces = {n for first, last in joined.items() for n in (first, last)}
        unknown = sum(len(found[n]) >= COUNTED and n not in pieces for n in odd)
        counted = sum(len(word) >= COUNTED and word[0].isalpha() for word in found)
        return unknown >= AT_LEAST and unknown >= DOUBTED * counted

    def _slipped(self, found: Words, doubted: bool) -> dict[str, str]:
        """Words, and what they are taken for."""
        slips: dict[str, str] = {}
        some = [word for word in dict.fromkeys(found) if self._may_be_slip(word, doubted)]
        for word in some[:MOST]:
            if word not in self._slips:
                self._slips[word] = mended(word, self._known)
            other, usual = self._slips[word]
            level = self._of(word).level
            if other != word and (not level or usual >= level + MORE_USUAL):
                slips[word] = other
        return slips

    def _may_be_slip(self, word: str, doubted: bool) -> bool:
        level, clear, mendable = self._of(word)
        if not mendable or level >= RUDE:
            return False
        return doubted or not word.isalpha() or not (clear or len(word) < MENDED)

    def _parts(
        self,
        found: Words,
        joined: Mapping[int, int],
        slips: Mapping[str, str],
        plain: frozenset[str],
    ) -> Iterator[Part]:
        """plain: words of the plain view; what is not among them was put together from pieces."""
        n = 0
        while n < len(found):
            if last := joined.get(n, 0):
                whole = found[n].removesuffix("'") + found[last]
                yield Part(whole, n, last, 0, len(found[last]))
                n = last + 1
                continue
            read = list(self._read_as(found[n], n, slips, plain))
            yield from read
            said = all(self._of(part.word).clear for part in read)
            n += 2 if said and _is_again(found[n : n + 2], plain) else 1

    def _read_as(
        self, word: str, at: int, slips: Mapping[str, str], plain: frozenset[str]
    ) -> Iterator[Part]:
        if word in plain or word in slips or self._of(word).clear:
            yield Part(slips.get(word, word), at, at, 0, len(word))
            return
        for start, end in parts(word, self._known):
            yield Part(word[start:end], at, at, start, end)

    def _share(self, found: Words) -> float:
        """Of the words that are known."""
        counted = [self._of(word).level > 0 for word in found if word[0].isalpha()]
        return sum(counted) / max(len(counted), 1)

    def _of(self, word: str) -> _Met:
        if len(word) > _LONG:
            return _Met(0, clear=not _SPELT.fullmatch(word), mendable=False)
        if word not in self._met:
            self._meet({word})
        return self._met[word]

    def _meet(self, words: Iterable[str]) -> None:
        """Looks up what is new, all at once."""
        new = [word for word in words if len(word) <= _LONG and word not in self._met]
        if len(self._met) + len(new) > KEPT:
            self._met, self._slips, self._clear = {}, {}, set()
        spelt = [word for word in new if _SPELT.fullmatch(word)]
        levels = dict(zip(spelt, self._known.of(spelt), strict=True))
        unknown = [word for word, level in levels.items() if not level and STAR not in word]
        forms, figured = self._forms(unknown), self._figured(new)
        self._slips |= figured
        for word in new:
            level = levels.get(word, 0)
            names = word in MASKS
            said = word not in levels or level > 0 or word in forms or names
            clear = said and word not in figured
            mendable = word in figured or (not names and bool(_MENDABLE.fullmatch(word)))
            self._met[word] = _Met(level, clear, mendable)
            if clear:
                self._clear.add(word)

    def _figured(self, new: Words) -> dict[str, tuple[str, int]]:
        """Tokens with figures for letters, and the word that each may be, with its level: a rude one, else the most
        usual."""
        pairs = [
            (word, other) for word in new if not word.isalpha() for other in leet.guesses(word)
        ]
        levels = self._known.of([other for _, other in pairs])
        found: dict[str, tuple[str, int]] = {}
        for (word, other), level in zip(pairs, levels, strict=True):
            if level >= USUAL and level > found.get(word, ("", 0))[1]:
                found[word] = other, level
        return found

    def _forms(self, unknown: Words) -> set[str]:
        """Those that have the beginning of a known word."""
        pairs = [
            (word, word[:-ending])
            for word in unknown
            for ending in ENDINGS
            if len(word) - ending >= STEM
        ]
        levels = self._known.of([stem for _, stem in pairs])
        return {word for (word, _), level in zip(pairs, levels, strict=True) if level}


def _is_again(two: Words, plain: frozenset[str]) -> bool:
    """Whether letters that were put together come once more without the first, which may have been
    a word: "abitch bitch"."""
    return len(two) == 2 and two[1] == two[0][1:] and plain.isdisjoint(two)
