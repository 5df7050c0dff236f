"""The embedded model: texts in, scores out."""

from collections.abc import Mapping, Sequence
from copy import copy
from dataclasses import replace
from functools import cache
from math import log
from typing import Any
from unicodedata import category

import numpy as np
from numpy.typing import NDArray

from breakwater.domain.scoring.adapters import LEARNS, Adapters, Chances, Taught, bounded
from breakwater.domain.scoring.addressed import FRIENDLY, LIKELY
from breakwater.domain.scoring.banding import NOWHERE, Edges, name_of
from breakwater.domain.scoring.bands import decides
from breakwater.domain.scoring.languages import UNTOLD, languages, voting
from breakwater.domain.scoring.memo import Memo
from breakwater.domain.scoring.network import Floats
from breakwater.domain.scoring.normal import plain
from breakwater.domain.scoring.reader import AT_LENGTH, AT_ONCE, HERE, INSULTED, Reader, Words
from breakwater.domain.scoring.scores import ABUSE, FEELING, Abstention, Band, Head, Item, Score
from breakwater.domain.scoring.spans import spans
from breakwater.domain.scoring.together import together
from breakwater.domain.scoring.weights import Weights, shipped
from breakwater.domain.scoring.words import NOTHING, words

DIGITS = 4
"""Of a chance: beyond them, sums depend on the texts that are read together."""
TELLING = 96
"""Words by which a text's language is told."""
BY_RULE = (Head.ABUSIVE, Head.INSULT)
"""What an insult at whoever is spoken to is."""
_LIKELY_ODDS = log(LIKELY / (1 - LIKELY))


class Model:
    """A scorer made of one weights file. Safe to use from several threads."""

    id = "breakwater"

    def __init__(self, weights: Weights) -> None:
        self.version = weights.version
        self.languages = frozenset(weights.languages)
        self.heads = frozenset(weights.heads)
        self._weights = weights
        self._reader = Reader(
            weights.table, weights.network, weights.wide, weights.known, weights.heads,
            weights.conventions,
        )  # fmt: skip
        self._votes = Memo(languages().votes([NOTHING]).shape[1], languages().votes)
        self._edges = {name: _edges(weights, at) for at, name in enumerate(weights.languages)}
        judged = {head for head, _ in weights.conventions.judged}
        self._learns = {
            head: at for at, head in enumerate(weights.heads) if head in LEARNS and at not in judged
        }
        self._taught: tuple[Head, ...] = ()
        self._number = 0
        self._ordinary: list[tuple[str, Mapping[Head, Taught]]] = []

    def score(self, batch: Sequence[Item]) -> list[Score]:
        """Chances and bands, without spans. A text's score does not depend on the others of the
        batch, but for the last digit of a chance."""
        views = [plain(item.text) for item in batch]
        found = [words(view) for view in views]
        told = self._told(views, found, [item.hint for item in batch])
        scores = [self._abstains(one, name) for one, name in zip(found, told, strict=True)]
        for name in self.languages:
            some = [n for n, said in enumerate(told) if said == name and _says(found[n])]
            if some:
                read = [together(found[n]) for n in some]
                rows = self._reader.logits([views[n] for n in some], read)
                for n, score in zip(some, self._said(name, rows), strict=True):
                    scores[n] = score
        return scores

    def taught(self, item: Item) -> dict[Head, Taught]:
        """What a correction of this text teaches, of each kind of abuse that may be learnt, whatever was learnt
        so far; {} where nothing is said of it."""
        found = self.passes(item)
        if found is None:
            return {}
        at, rows, hidden = found
        view, language = plain(item.text), self._weights.languages[at]
        told = self._raised(language, self._reader.logits([view], [together(words(view))]))[0]
        return {
            # The hidden layer is that of the pass in which the head says most.
            head: self._lesson(at, column, told[column], hidden[int(rows[:, column].argmax())])
            for head, column in self._learned(at)
        }

    def passes(self, item: Item) -> tuple[int, Floats, Floats] | None:
        """The number of its language, and of each pass of the network over it the logits (P x heads) and the hidden
        layer (P x K). None where nothing is said of it."""
        view = plain(item.text)
        found = words(view)
        language = self._told([view], [found], [item.hint])[0]
        if language not in self.languages or not _says(found):
            return None
        rows, hidden = self._reader.passes(view, together(found))
        return self._weights.languages.index(language), rows, hidden

    def ordinary(self) -> Sequence[tuple[str, Mapping[Head, Taught]]]:
        """Those of the weights: a text's language, and what it teaches. Made once, when it is first asked for."""
        if not self._ordinary:  # two threads may both make them: they make the same
            known = self._weights.ordinary
            self._ordinary = [
                (
                    self._weights.languages[at],
                    {
                        head: self._lesson(at, column, logits[column], hidden)
                        for head, column in self._learned(at)
                    },
                )
                for at, hidden, logits in zip(
                    known.languages.tolist(), known.hidden, known.logits, strict=True
                )
            ]
        return self._ordinary

    def adapted(self, adapters: Adapters) -> "Model":
        """This model after what a workspace taught it: two arrays of its own, all else is shared. Itself where
        nothing of it fits, as after another version of the model came."""
        width = len(self._weights.network.hidden_bias)
        fit = {
            head: (self._learns[head], one)
            for head, one in adapters.of.items()
            if head in self._learns and one.model == self._base and len(one.weights) == width
        }
        if not fit:
            return self
        other = copy(self)
        other._reader = self._reader.adapted([*fit.values()])
        other._taught, other._number = tuple(fit), adapters.number
        return other

    def explain(self, item: Item) -> Score:
        """The score, with the spans that speak for what veils the text. Costs a pass a word."""
        score = self.score([item])[0]
        if score.band in (None, Band.CLEAR):
            return score
        head = decides(score.chances, self.edges(score.language).veil)

        def chances(lists: Sequence[Words]) -> Sequence[float]:
            rows = self._reader.read([one or (NOTHING,) for one in lists])
            raised = self._raised(score.language, rows)
            said: list[float] = self._of(head, score.language, raised).tolist()
            return said

        return replace(score, spans=spans(item.text, head, self._reader.reading, chances))

    def edges(self, language: str) -> Edges:
        """Where bands begin. `NOWHERE` for a language that the model does not know."""
        return self._edges.get(language, NOWHERE)

    def _told(
        self, views: Sequence[str], found: Sequence[Words], hints: Sequence[str]
    ) -> list[str]:
        """The language of each text. Where no word says one, but some have figures ("k1ll y0urs3lf"): of the text as it
        is read without disguise."""
        told = self._by_votes(found, hints)
        mute = [n for n, name in enumerate(told) if name == UNTOLD and _figured(found[n])]
        read = [self._reader.undisguised(views[n], together(found[n])) for n in mute]
        for n, name in zip(mute, self._by_votes(read, [hints[n] for n in mute]), strict=True):
            told[n] = name if name in self.languages else UNTOLD
        return told

    def _by_votes(self, found: Sequence[Words], hints: Sequence[str]) -> list[str]:
        told: list[str] = []
        for start in range(0, len(found), AT_ONCE):
            some = [one[:TELLING] for one in found[start : start + AT_ONCE]]
            votes = self._votes.padded(some)[0].sum(1)
            for row, hint in zip(votes, hints[start : start + AT_ONCE], strict=True):
                told.append(languages().told(row, hint or None))
        return told

    def _said(self, language: str, rows: Floats) -> list[Score]:
        raised = self._raised(language, rows)
        network = self._by_head(language, rows)
        chances = network if raised is rows else self._by_head(language, raised)
        taught = [head for head in self._taught if head in network[0]]
        learnt = [np.round(self._of(head, language, raised), DIGITS).tolist() for head in taught]
        after = [dict(zip(taught, row, strict=True)) for row in zip(*learnt, strict=True)]
        return [
            self._banded(language, *one)
            for one in zip(network, chances, after or [{}] * len(network), strict=True)
        ]

    def _by_head(self, language: str, rows: Floats) -> list[dict[Head, float]]:
        """Of each text, rounded: the heads that the language has."""
        slopes = self._weights.slopes[self._weights.languages.index(language)]
        kept = [n for n, slope in enumerate(slopes) if slope]
        heads = [self._weights.heads[n] for n in kept]
        rounded = np.round(self._chances(language, rows)[:, kept], DIGITS).tolist()
        return [dict(zip(heads, row, strict=True)) for row in rounded]

    def _banded(
        self,
        language: str,
        network: Mapping[Head, float],
        chances: Mapping[Head, float],
        learnt: Mapping[Head, float],
    ) -> Score:
        """network, chances: before and after what is told by rule. learnt: of the heads that were."""
        said = {**chances, **learnt}
        alone = {
            head: network[head]
            for head in (*BY_RULE, *learnt)
            if head in learnt or said.get(head) != network.get(head)
        }
        score = Score(self._name, language, said, alone=alone)
        return replace(score, band=self._edges[language].band_of(score))

    def _of(self, head: Head, language: str, rows: Floats) -> Chances:
        """The head's chance for each row: what was learnt of it, within bounds, or what the model says."""
        column = self._weights.heads.index(head)
        alone = self._chances(language, rows)[:, column]
        if head not in self._taught:
            return alone
        at = self._weights.languages.index(language)
        scaled = (
            self._weights.slopes[at, column] * rows[:, self._more(head)]
            + self._weights.offsets[at, column]
        )
        learnt: Chances = 1 / (1 + np.exp(-scaled.astype(np.float64)))
        return bounded(alone, learnt)

    def _more(self, head: Head) -> int:
        """The column of what was learnt of it."""
        return len(self._weights.heads) + self._taught.index(head)

    def _chances(self, language: str, rows: Floats) -> Chances:
        """Texts x heads, whatever was learnt; feelings as shares of one whole."""
        heads = self._weights.heads
        at = self._weights.languages.index(language)
        scaled = self._weights.slopes[at] * rows[:, : len(heads)]
        scaled += self._weights.offsets[at]
        chances: Chances = 1 / (1 + np.exp(-scaled.astype(np.float64)))
        feelings = [n for n, head in enumerate(heads) if head in FEELING]
        chances[:, feelings] /= np.maximum(chances[:, feelings].sum(1, keepdims=True), 1e-9)
        return chances

    def _raised(self, language: str, rows: Floats) -> Floats:
        """The rows where an insult at the reader is likely by rule, unless it is said in joy in a short text; what was
        learnt moves along. The very same object where there is none."""
        insulted = rows[:, INSULTED]
        if not insulted.any():
            return rows
        at, heads = self._weights.languages.index(language), self._weights.heads
        joy = self._chances(language, rows)[:, heads.index(Head.POSITIVE)]
        told = (insulted == AT_LENGTH) | ((insulted == HERE) & (joy < FRIENDLY))
        raised = rows.copy()
        for head in BY_RULE:
            column = heads.index(head)
            slope, offset = self._weights.slopes[at, column], self._weights.offsets[at, column]
            if slope:
                gain = np.maximum((_LIKELY_ODDS - offset) / slope - rows[:, column], 0) * told
                raised[:, column] += gain
                if head in self._taught:
                    raised[:, self._more(head)] += gain
        return raised

    def _learned(self, language: int) -> Sequence[tuple[Head, int]]:
        """Heads that may be learnt and their columns, where the language has them."""
        slopes = self._weights.slopes[language]
        return [(head, column) for head, column in self._learns.items() if slopes[column]]

    def _lesson(self, language: int, column: int, logit: float, hidden: NDArray[Any]) -> Taught:
        """language, column: by number. logit, hidden: of one pass."""
        slope = float(self._weights.slopes[language, column])
        odds = slope * float(logit) + float(self._weights.offsets[language, column])
        layer = np.clip(hidden, 0, np.finfo(np.float16).max).astype("<f2")
        return Taught(layer.tobytes(), odds, slope)

    @property
    def _base(self) -> str:
        return name_of(self)

    @property
    def _name(self) -> str:
        return f"{self._base}+a{self._number}" if self._number else self._base

    def _abstains(self, found: Words, language: str) -> Score:
        if not _says(found):
            return Score(self._name, UNTOLD, abstained=Abstention.EMPTY)
        return Score(self._name, language, abstained=Abstention.LANGUAGE)


def _says(found: Words) -> bool:
    """Whether there is a letter, a figure or a symbol (an emoji) among marks."""
    return any(word[0].isalnum() or category(word[0])[0] == "S" for word in found)


def _figured(found: Words) -> bool:
    """Whether figures stand among letters in a text, no word of which says a language. Never in a long one, which it
    would take too long to read twice."""
    if len(found) > TELLING or any(map(voting, found)):
        return False
    return any(any(map(str.isdigit, word)) and any(map(str.isalpha, word)) for word in found)


def _edges(weights: Weights, at: int) -> Edges:
    """A limit above 1 says that a head decides nothing."""
    veil, hold = (
        {
            head: float(limit)
            for head, limit in zip(weights.heads, row[at], strict=True)
            if head in ABUSE and limit <= 1
        }
        for row in (weights.veil, weights.hold)
    )
    return Edges(veil, hold, float(weights.veil[at][weights.heads.index(Head.DANGER)]))


@cache
def embedded() -> Model:
    """The model of this version of Breakwater, loaded when it is first asked for."""
    return Model(shipped())
