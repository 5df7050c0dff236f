"""What brands are reproached with and praised for, in both languages: topics/*.toml.

A pattern is words in their order. `deliver*` is any word that begins so; `..` is up to three
words, or none; `#` is any figure; `money` the sign of a currency. Letters are small and have no
accents. A `sure` pattern says by itself what a message is about; a `hint` needs a second one.
"""

import tomllib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from importlib import resources

FILES = ("service.toml", "product.toml", "conduct.toml", "reactions.toml")
REACTIONS = "reactions.toml"
_GAP = ".."
_WIDEST = 3
_SURE = 2
_LEAST_STEM = 2
_CACHED = 50_000


@dataclass(frozen=True, slots=True)
class Topic:
    """label: by language. reaction: what people do or feel, whatever it is about."""

    key: str
    label: Mapping[str, str]
    reaction: bool


@dataclass(frozen=True, slots=True)
class Found:
    """What a text is about. strong: what it says most clearly; several that are said as clearly,
    in the order of the lexicon. weak: only hinted at, or by two hints beside a sure reaction.
    reactions: in the order of the lexicon. about: places of the words that speak for them."""

    strong: tuple[str, ...]
    weak: tuple[str, ...]
    reactions: tuple[str, ...]
    about: frozenset[int]


@dataclass(frozen=True, slots=True)
class _Pattern:
    topic: int
    sure: bool
    rest: tuple[tuple[int, bool], ...]
    """The stems after the first one, and whether a gap may come before."""


class Lexicon:
    """Topics by key, and what they are known by."""

    def __init__(self, tables: Iterable[tuple[str, Mapping[str, Mapping[str, object]]]]) -> None:
        self.topics: dict[str, Topic] = {}
        self._order: list[Topic] = []
        self._exact: dict[str, int] = {}
        self._begun: dict[str, int] = {}
        self._by_first: dict[int, list[_Pattern]] = {}
        self._known: dict[str, tuple[int, ...]] = {}
        for file, table in tables:
            for key, entry in table.items():
                self._add(key, entry, reaction=file == REACTIONS)

    def find(self, words: Sequence[str]) -> Found:
        """What `words` (words.py) are about."""
        stems = [self._stems(word) for word in words]
        sure: dict[int, set[int]] = {}
        hints: dict[int, set[int]] = {}
        for at, here in enumerate(stems):
            for first in here:
                for pattern in self._by_first.get(first, ()):
                    end = _end(pattern, stems, at) if pattern.rest else at + 1
                    if end:
                        into = sure if pattern.sure else hints
                        into.setdefault(pattern.topic, set()).update(range(at, end))
        return self._judged(sure, hints)

    def _judged(self, sure: Mapping[int, set[int]], hints: Mapping[int, set[int]]) -> Found:
        scores: dict[int, int] = {}
        about: set[int] = set()
        reactions: list[str] = []
        for topic in sorted({*sure, *hints}):
            one = self._order[topic]
            certain = sure.get(topic, set())
            if one.reaction:
                about |= certain
                reactions += [one.key] if certain else []
            else:
                scores[topic] = _SURE * _runs(certain) + len(hints.get(topic, set()) - certain)
        best = max(scores.values(), default=0)
        by_hints = reactions and not any(sure.get(topic) for topic in scores)
        strong = tuple(
            self._order[topic].key for topic, score in scores.items() if score == best >= _SURE
        )
        if by_hints or not strong:
            strong, weak = (), tuple(self._order[topic].key for topic in scores)
        else:
            weak = ()
        return Found(strong, weak, tuple(reactions), frozenset(about))

    def _add(self, key: str, entry: Mapping[str, object], *, reaction: bool) -> None:
        if key in self.topics:
            raise ValueError(f"the topic {key} is there twice")
        label = entry["label"]
        if not isinstance(label, dict):
            raise TypeError(f"the label of {key} is not said by language")
        topic = Topic(key, label, reaction)
        self.topics[key] = topic
        self._order.append(topic)
        for language in label:
            said = entry.get(language, {})
            for strength, patterns in said.items() if isinstance(said, dict) else ():
                for pattern in patterns:
                    self._learn(pattern, strength == "sure")

    def _learn(self, pattern: str, sure: bool) -> None:
        steps: list[tuple[int, bool]] = []
        gap = False
        for part in pattern.split():
            if part == _GAP:
                gap = True
                continue
            steps.append((self._stem(part), gap))
            gap = False
        first, _ = steps[0]
        made = _Pattern(len(self._order) - 1, sure, tuple(steps[1:]))
        self._by_first.setdefault(first, []).append(made)

    def _stem(self, part: str) -> int:
        table = self._begun if part.endswith("*") else self._exact
        return table.setdefault(part.rstrip("*"), len(self._exact) + len(self._begun))

    def _stems(self, word: str) -> tuple[int, ...]:
        """The stems that `word` is or begins with."""
        found = self._known.get(word)
        if found is None:
            if len(self._known) >= _CACHED:
                self._known.clear()
            exact = [self._exact[word]] if word in self._exact else []
            starts = (word[:size] for size in range(_LEAST_STEM, min(len(word), 30) + 1))
            found = (*exact, *(self._begun[one] for one in starts if one in self._begun))
            self._known[word] = found
        return found


@lru_cache(maxsize=1)
def lexicon() -> Lexicon:
    """The one that comes with the product."""
    folder = resources.files(__package__).joinpath("topics")
    return Lexicon(
        (name, tomllib.loads(folder.joinpath(name).read_text("utf-8"))) for name in FILES
    )


def _end(pattern: _Pattern, stems: Sequence[tuple[int, ...]], at: int) -> int:
    """Where the pattern that begins at `at` ends (exclusive); 0 when it is not there."""
    place = at + 1
    for wanted, gap in pattern.rest:
        reach = place + (_WIDEST if gap else 0)
        while place < len(stems) and place <= reach and wanted not in stems[place]:
            place += 1
        if place >= len(stems) or place > reach:
            return 0
        place += 1
    return place


def _runs(places: set[int]) -> int:
    """How many stretches of neighbouring places."""
    return sum(1 for place in places if place - 1 not in places)
