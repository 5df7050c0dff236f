"""Views of texts in, numbers by head out: what training calibrates, and the model makes chances of."""

from collections.abc import Sequence
from copy import copy
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from breakwater.domain.scoring.adapters import Adapter
from breakwater.domain.scoring.addressed import insults_its_reader
from breakwater.domain.scoring.conventions import Conventions
from breakwater.domain.scoring.known import Known
from breakwater.domain.scoring.masks import masked
from breakwater.domain.scoring.memo import Floats, Memo
from breakwater.domain.scoring.network import Network
from breakwater.domain.scoring.normal import bare
from breakwater.domain.scoring.scores import ABUSE, Head
from breakwater.domain.scoring.spelling import Reading, Speller
from breakwater.domain.scoring.together import together
from breakwater.domain.scoring.vocabulary import Table
from breakwater.domain.scoring.wide import Wide
from breakwater.domain.scoring.words import WINDOW, key, windows, words

AT_ONCE = 128
"""Windows a pass: more would not fit the processor's cache."""
DISGUISED = (Head.TOXIC, *ABUSE, Head.PROFANITY)
"""Heads for which a text is also read with its disguises taken off, the higher number counting."""
INSULTED = -1
"""The last column of a text: whether it insults its reader, by rule: 0, HERE or AT_LENGTH."""
HERE, AT_LENGTH = 1, 2
"""In a text that is read at once, and in one that is not: friends do not banter at such length, and what is around
an insult would outweigh it in the network, and hide it behind joy."""

HALVES = (16, 0)
"""Bits to the right of each half of a key: a half is exact in a float, a whole one is not."""
_HALF = np.uint32(0xFFFF)

Words = Sequence[str]


@dataclass(frozen=True, slots=True)
class Added:
    """What is said of A heads beside what the network says: `columns` of theirs, plus the hidden layer times
    weights (K x A), plus biases (A)."""

    columns: Sequence[int]
    weights: Floats
    biases: Floats


class Reader:
    """Safe to use from several threads. heads: in the order of the network's first columns."""

    def __init__(
        self, table: Table, network: Network, wide: Wide, known: Known, heads: Sequence[Head],
        conventions: Conventions,
    ) -> None:  # fmt: skip
        self._table = table
        self._network = network
        self._wide = wide
        self._speller = Speller(known)
        self._conventions = conventions
        self._rows = Memo(table.width + len(HALVES), self._placed)
        self._disguised = conventions.columns([head in DISGUISED for head in heads])
        self._highest = conventions.columns([head in (*DISGUISED, Head.DANGER) for head in heads])
        self._added: Added | None = None

    def adapted(self, adapters: Sequence[tuple[int, Adapter]]) -> "Reader":
        """One that gives a column more for each of these heads, after its adapter, by number of the head. All
        else is shared with this one."""
        columns = [at for at, _ in adapters]
        other = copy(self)
        other._added = Added(
            columns,
            np.column_stack([one.weights for _, one in adapters]).astype(np.float32),
            np.array([one.bias for _, one in adapters], np.float32),
        )
        other._disguised = np.append(self._disguised, self._disguised[columns])
        other._highest = np.append(self._highest, self._highest[columns])
        return other

    def passes(self, view: str, found: Words) -> tuple[Floats, Floats]:
        """Of one text, for each time that the network looks at it: P x heads, and the hidden layer, P x K. found:
        as of `logits`. Of a head for which it is looked at in disguise, and the highest counts, the highest of a
        column is what `logits` gives."""
        reading = self._of(view, found)
        lists = [found] if reading.plain else []
        lists += [reading.words] if reading.parts else []
        flat = [some[one] for some in lists for one in windows(some)]
        hidden = np.zeros((len(flat), len(self._network.hidden_bias)), np.float32)
        return self._passes(flat, hidden)[:, : self._conventions.heads], hidden

    def logits(self, views: Sequence[str], found: Sequence[Words]) -> Floats:
        """Texts x heads, a column more for each that is adapted, and INSULTED. found: the words of each plain view,
        `together`, at least one. A text's other reading counts beside the plain one, or alone."""
        readings = self._speller.readings(_both(views, found))
        firsts = [
            words if reading.plain else reading.words
            for words, reading in zip(found, readings, strict=True)
        ]
        both = [n for n, reading in enumerate(readings) if reading.plain and reading.parts]
        lists = [*firsts, *(readings[n].words for n in both)]
        rows, insulted = self._merged(lists), _insulted(lists)
        first, second = rows[: len(views)], rows[len(views) :]
        first[both] = np.where(self._disguised, np.maximum(first[both], second), first[both])
        insulted[both] = np.maximum(insulted[both], insulted[len(views) :])
        return self._mixed(first, insulted[: len(views)])

    def reading(self, plain: Words, bare: Words) -> Reading:
        """How a text is read, by the words of its views; one object where they are the same."""
        return self._speller.readings([(plain, bare)])[0]

    def undisguised(self, view: str, found: Words) -> Words:
        """The words of a text's other reading; those that were found, where it has none. found: as of `logits`."""
        return self._of(view, found).words or found

    def _of(self, view: str, found: Words) -> Reading:
        return self._speller.readings(_both([view], [found]))[0]

    def read(self, lists: Sequence[Words]) -> Floats:
        """Lists x columns, as of `logits`."""
        return self._mixed(self._merged(lists), _insulted(lists))

    def _merged(self, lists: Sequence[Words]) -> Floats:
        """Before what others say is mixed. Of a long text's windows, the highest counts for what may be veiled."""
        parts = [windows(found) for found in lists]
        flat = [found[one] for found, ones in zip(lists, parts, strict=True) for one in ones]
        rows = self._passes(flat)
        if len(flat) == len(lists):
            return rows
        counts = [len(ones) for ones in parts]
        firsts = np.cumsum([0, *counts[:-1]])
        highest = np.maximum.reduceat(rows, firsts)
        mean = np.add.reduceat(rows, firsts) / np.array(counts, np.float32)[:, None]
        merged: Floats = np.where(self._highest, highest, mean)
        return merged

    def _passes(self, lists: Sequence[Words], hidden: Floats | None = None) -> Floats:
        """Windows of like length go through the network together. hidden: where that layer is put, if anywhere."""
        rows = np.zeros((len(lists), len(self._disguised)), np.float32)
        order = sorted(range(len(lists)), key=lambda n: len(lists[n]))
        for start in range(0, len(order), AT_ONCE):
            some = order[start : start + AT_ONCE]
            texts = [lists[n] for n in some]
            placed, lengths = self._rows.padded(texts)
            keys = _whole(placed)[np.arange(placed.shape[1]) < lengths[:, None]]
            vectors = placed[..., : -len(HALVES)]
            layer, mean = self._network.read(vectors, lengths)
            said = self._network.said(layer, mean) + self._wide(keys, lengths)
            rows[some] = self._with_added(said, layer)
            if hidden is not None:
                hidden[some] = layer
        return rows

    def _mixed(self, rows: Floats, insulted: Floats) -> Floats:
        """Whose text one looks like is asked of it once, however often it is looked at."""
        width = self._conventions.width
        heads, added = self._conventions.mixed(rows[:, :width]), rows[:, width:]
        return np.column_stack([heads, added, insulted])

    def _with_added(self, rows: Floats, layer: Floats) -> Floats:
        if self._added is None:
            return rows
        more = rows[:, self._added.columns] + layer @ self._added.weights + self._added.biases
        return np.concatenate([rows, more], 1)

    def _placed(self, met: Words) -> Floats:
        """Vectors, and the halves of keys."""
        named = [masked(word) for word in met]
        keys = np.array([key(word) for word in named], np.uint32)
        halves = [(keys >> half) & _HALF for half in HALVES]
        return np.column_stack([self._table.vectors(named), *halves]).astype(np.float32)


def _insulted(lists: Sequence[Words]) -> Floats:
    return np.array([_insults(found) for found in lists], np.float32)


def _insults(found: Words) -> int:
    if not insults_its_reader(found):
        return 0
    return HERE if len(found) <= WINDOW else AT_LENGTH


def _both(views: Sequence[str], found: Sequence[Words]) -> list[tuple[Words, Words]]:
    """The words of each plain view and of each bare one."""
    stripped = [bare(view) for view in views]
    return [
        (one, one if other is view else together(words(other)) or one)
        for view, other, one in zip(views, stripped, found, strict=True)
    ]


def _whole(placed: Floats) -> NDArray[np.uint32]:
    high, low = placed[..., -2].astype(np.uint32), placed[..., -1].astype(np.uint32)
    return (high << np.uint32(HALVES[0])) | low
