"""What the messages of one burst talk about that no lexicon can know: names, products, events.

A word that enough texts share is an anchor; anchors that mostly come together are one subject.
What is decided depends on the texts that are there, not on the order in which they came.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from hashlib import blake2b
from itertools import combinations
from math import ceil

NAMES = 3
"""Texts that must share a name for it to be an anchor,"""
ORDINARY = 3
"""or any other word,"""
SHARE = 0.03
"""and at least this share of the texts that are looked at."""
EVERYWHERE = 0.15
"""Share of the texts with a word that are certain of a topic, of two topics or more, from which the
word is what everybody speaks of and no argument of its own;"""
EVERYWHERE_NAME = 0.5
"""the same for a name."""
TOGETHER = 0.5
"""Cosine of the texts of two anchors from which they are one subject."""


@dataclass(frozen=True, slots=True)
class Term:
    """A word that could become an anchor. name: written with a capital in the text."""

    word: str
    name: bool
    shown: str


class Burst:
    """Grows with the texts it was given, at most a dozen words of each."""

    def __init__(self) -> None:
        self.terms: dict[int, tuple[Term, ...]] = {}
        self.postings: dict[str, dict[int, Term]] = {}
        self.subject_of: dict[str, str] = {}
        self._named: dict[str, int] = {}
        self._ranks: dict[str, int] = {}
        self._pairs: dict[tuple[str, str], int] = {}
        self._elsewhere: dict[str, dict[str, int]] = {}
        """Word -> topic -> texts that are certain of it and have the word."""
        self._dirty = False

    def note(self, words: Iterable[str], topic: str, by: int) -> None:
        """A text that is certain of its topic, with these words, came (1) or went (-1)."""
        for word in words:
            topics = self._elsewhere.setdefault(word, {})
            topics[topic] = topics.get(topic, 0) + by
            if not topics[topic]:
                del topics[topic]
            if not topics:
                del self._elsewhere[word]

    def add(self, text: int, terms: tuple[Term, ...]) -> None:
        self.terms[text] = terms
        for term in terms:
            self.postings.setdefault(term.word, {})[text] = term
            self._named[term.word] = self._named.get(term.word, 0) + term.name
        self._counted(terms, 1)

    def remove(self, text: int) -> None:
        terms = self.terms.pop(text)
        self._counted(terms, -1)
        for term in terms:
            self._named[term.word] -= term.name
            del self.postings[term.word][text]
            if not self.postings[term.word]:
                del self.postings[term.word]
                del self._named[term.word]

    def settle(self, touched: Iterable[str]) -> set[int]:
        """Decides anew what the anchors and their subjects are. touched: words of what came and
        went. The texts whose subject may be another one now."""
        before, ranks = dict(self.subject_of), dict(self._ranks)
        self._choose(touched)
        if self._dirty:
            self._unite()
            self._dirty = False
        changed = {
            word
            for word in {*before, *self.subject_of}
            if before.get(word) != self.subject_of.get(word)
            or ranks.get(word) != self._ranks.get(word)
        }
        return {text for word in changed for text in self.postings.get(word, ())}

    def subject(self, text: int, *, names: bool) -> str | None:
        """The subject of the anchor of `text` that most texts share. names: of names alone."""
        words = (term.word for term in self.terms.get(text, ()))
        found = [
            word for word in words if word in self.subject_of and (not names or self._is_name(word))
        ]
        if not found:
            return None
        return self.subject_of[max(found, key=lambda word: (self._ranks[word], word))]

    def anchors(self, subject: str) -> list[str]:
        """The words of a subject, the most common one first."""
        found = [word for word, one in self.subject_of.items() if one == subject]
        return sorted(found, key=lambda word: (-len(self.postings[word]), word))

    def restore(self, subjects: Mapping[str, str]) -> set[int]:
        """The names that subjects had. To be called after all texts were added."""
        self.subject_of = dict(subjects)
        return self.settle(list(self.postings))

    def _choose(self, touched: Iterable[str]) -> None:
        for word in {*touched, *self._ranks}:
            size = len(self.postings.get(word, ()))
            if size >= self._needed(word) and not self._everywhere(word):
                if word not in self._ranks:
                    self._count_pairs(word)
                    self._dirty = True
                self._ranks[word] = size.bit_length()
            elif word in self._ranks:
                self._drop(word)

    def _needed(self, word: str) -> int:
        least = NAMES if self._is_name(word) else ORDINARY
        return max(least, ceil(SHARE * len(self.terms)))

    def _is_name(self, word: str) -> bool:
        return 2 * self._named.get(word, 0) >= len(self.postings.get(word, ()))

    def _everywhere(self, word: str) -> bool:
        topics = self._elsewhere.get(word, {})
        certain = sum(topics.values())
        share = certain / (certain + len(self.postings[word]))
        return len(topics) > 1 and share >= (EVERYWHERE_NAME if self._is_name(word) else EVERYWHERE)

    def _drop(self, word: str) -> None:
        del self._ranks[word]
        self._pairs = {pair: n for pair, n in self._pairs.items() if word not in pair}
        self._dirty = True

    def _count_pairs(self, word: str) -> None:
        mine = self.postings[word]
        for other in self._ranks:
            small, large = sorted((mine, self.postings[other]), key=len)
            both = sum(1 for text in small if text in large)
            if both:
                self._pairs[_pair(word, other)] = both

    def _counted(self, terms: tuple[Term, ...], by: int) -> None:
        anchors = sorted(term.word for term in terms if term.word in self._ranks)
        for pair in combinations(anchors, 2):
            self._pairs[pair] = self._pairs.get(pair, 0) + by
        self._dirty = self._dirty or bool(anchors)

    def _unite(self) -> None:
        """Connected anchors are one subject. It keeps the name that most of its texts know."""
        root = {word: word for word in self._ranks}

        def top(word: str) -> str:
            while root[word] != word:
                word = root[word]
            return word

        for (one, other), both in sorted(self._pairs.items()):
            sizes = len(self.postings[one]) * len(self.postings[other])
            if both >= 2 and both * both >= TOGETHER * TOGETHER * sizes:
                root[top(one)] = top(other)
        parts: dict[str, list[str]] = {}
        for word in sorted(root, key=lambda word: (-len(self.postings[word]), word)):
            parts.setdefault(top(word), []).append(word)
        before, self.subject_of = self.subject_of, {}
        taken: set[str] = set()
        for part in parts.values():
            names = [before[word] for word in part if word in before and before[word] not in taken]
            name = names[0] if names else _name(part[0], taken)
            taken.add(name)
            self.subject_of |= dict.fromkeys(part, name)


def _pair(one: str, other: str) -> tuple[str, str]:
    return (one, other) if one < other else (other, one)


def _name(word: str, taken: set[str]) -> str:
    """An id that does not show the word, which may be an insult."""
    tries = 0
    while True:
        name = blake2b(f"{word}{tries or ''}".encode(), digest_size=6).hexdigest()
        if name not in taken:
            return name
        tries += 1
