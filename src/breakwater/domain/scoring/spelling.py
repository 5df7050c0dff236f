"""How a text is read: as it stands, or with its disguises taken off and its slips mended.

Known words are left as they are, but for one case: where many words of a text are unknown, its
other ones are doubted too, since a letter that is left out makes another known word of each third.
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from threading import Lock
from typing import NamedTuple

from breakwater.domain.scoring.known import OCTAVE, RUDE, Known
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
STEM = 5
"""Letters of a known word that an unknown one may be a form of, by its ending."""
ENDINGS = (1, 2, 3)
KEPT = 32_768
"""Words that are kept, as in `memo`: when there are more, all are let go and met again."""
_LONG = LONGEST + 1
"""Characters of a longer word: it is not known."""
_SPELT = re.compile(r"[a-z][a-z*]*'?")
_MENDABLE = re.compile(rf"(?=[a-z*]{{{COUNTED},{LONGEST}}}\Z)[a-z]+\*?[a-z]*")
_JOINING = frozenset("-.,_~'")


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
    """level: as of `Known`, 0 for what is not known. clear: known, a form of what is, or no word of
    these alphabets. mendable: long and short enough."""

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

    def reading(self, plain: Words, bare: Words) -> Reading:
        """plain, bare: the words of both views; the same object where the views are the same."""
        if bare is plain and self._clear.issuperset(plain):
            return AS_IT_STANDS
        with self._lock:
            self._meet({*plain, *bare})
            found = tuple(self._mended(_whole(bare), frozenset(plain)))
            read = [part.word for part in found]
            if read == list(plain):
                return AS_IT_STANDS
            self._meet(set(read))
            alone = self._share(read) - self._share(plain) > CLEARER
        return Reading(not alone, found)

    def _mended(self, found: list[Part], plain: frozenset[str]) -> Iterator[Part]:
        """plain: words of the plain view; what is not among them was joined from pieces."""
        found = list(self._joined(found))
        doubted = self._doubted([part.word for part in found])
        for part in found:
            word = self._slip(part.word, doubted)
            if word == part.word and word not in plain and not self._of(word).clear:
                yield from self._split(part)
            else:
                yield part._replace(word=word)

    def _joined(self, found: list[Part]) -> Iterator[Part]:
        """Pieces of a word that a sign parts, one of which is no word."""
        at = 0
        while at < len(found):
            width = self._pieces(found[at : at + 3])
            if width > 1:
                first, last = found[at], found[at + width - 1]
                word = first.word.removesuffix("'") + last.word
                yield Part(word, first.first, last.last, first.start, last.end)
            else:
                yield found[at]
            at += width

    def _pieces(self, some: list[Part]) -> int:
        """How many of the first three are one word."""
        one, *rest = [part.word for part in some]
        if rest and one[-1] == "'":
            unknown, width = self._is_piece(one), 2
        elif len(rest) > 1 and rest[0] in _JOINING:
            unknown, width = self._is_piece(one) or self._is_piece(rest[1]), 3
        else:
            return 1
        return width if unknown and self._is_known(one.removesuffix("'") + rest[-1]) else 1

    def _is_piece(self, word: str) -> bool:
        """No word. A letter alone is one: t-shirt, e-mail."""
        return len(word) > 1 and not self._of(word).level and _SPELT.fullmatch(word) is not None

    def _doubted(self, found: Words) -> bool:
        counted = [word for word in found if len(word) >= COUNTED and word[0].isalpha()]
        unknown = sum(not self._of(word).clear for word in counted)
        return unknown >= AT_LEAST and unknown >= DOUBTED * len(counted)

    def _slip(self, word: str, doubted: bool) -> str:
        level, clear, mendable = self._of(word)
        if not mendable or (not doubted and STAR not in word and (clear or len(word) < MENDED)):
            return word
        if level >= RUDE:
            return word
        if word not in self._slips:
            self._slips[word] = mended(word, self._known)
        other, usual = self._slips[word]
        return other if not level or usual >= level + MORE_USUAL else word

    def _split(self, run: Part) -> Iterator[Part]:
        for start, end in parts(run.word, self._known):
            if (start, end) == (0, len(run.word)):
                yield run
            else:
                yield Part(run.word[start:end], run.first, run.last, start, end)

    def _share(self, found: Words) -> float:
        """Of the words that are known."""
        counted = [self._of(word).level > 0 for word in found if word[0].isalpha()]
        return sum(counted) / max(len(counted), 1)

    def _is_known(self, word: str) -> bool:
        return self._of(word).level > 0

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
        forms = self._forms(unknown)
        for word in new:
            level = levels.get(word, 0)
            clear = word not in levels or level > 0 or word in forms
            self._met[word] = _Met(level, clear, _MENDABLE.fullmatch(word) is not None)
            if clear:
                self._clear.add(word)

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


def _whole(found: Words) -> list[Part]:
    return [Part(word, n, n, 0, len(word)) for n, word in enumerate(found)]
