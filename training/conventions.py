"""Who judges what in its own way, as columns that are learnt.

Collections call other things toxic: half of what is toxic in one is harmless by our labels. So each has columns of
its own, over one network that all of them teach, and ours answer by our labels alone. What collections say of the same
head is a column that they have in common, and what each says otherwise: so small ones learn from large ones.
"""

import math
from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from breakwater.domain.scoring.conventions import Conventions
from breakwater.domain.scoring.scores import FEELING, Head
from training.corpus import HEADS, OURS, RELABELLED, RULES, Row, labels_of

MIXED = (Head.TOXIC, *FEELING)
"""Heads that are said as those would say it whose texts one looks like."""
ENOUGH = 200
"""Labels of a collection for a head, below which it is not asked."""
NOBODY = -1
LEVELLED = 0.5
CENTRED = 0.3
"""How much of what a collection says of most texts is taken off what it says of one: else whom a text looks like says
more of how toxic it is than the text."""
MOST_SAID = 0.95
"""No collection is taken to call more than this toxic, or less than what is left."""
OTHERS = 1.0
"""What an error in a column of others counts, beside one in ours."""


@dataclass(frozen=True, slots=True)
class Lessons:
    """names: collections, ours among them. sizes: texts of each. judged: head and name of each further column, those that are shipped
    first. usual: how much each of them says yes, as the logarithm of its odds.

    Columns: ours, judged, names. What is learnt has one more for each head that several collections judge."""

    names: tuple[str, ...]
    sizes: tuple[int, ...]
    judged: tuple[tuple[int, int], ...]
    usual: tuple[float, ...]

    @property
    def width(self) -> int:
        return len(HEADS) + len(self.judged) + len(self.names)

    @property
    def sums(self) -> NDArray[np.float32]:
        """What is learnt x columns: each column is the sum of what has a 1."""
        heads = [head for head, _ in self.judged]
        common = sorted({head for head in heads if heads.count(head) > 1})
        table = np.eye(self.width + len(common), self.width, dtype=np.float32)
        for at, head in enumerate(heads, len(HEADS)):
            if head in common:
                table[self.width + common.index(head), at] = 1
        return table

    @property
    def whose(self) -> NDArray[np.float32]:
        """Columns of others for TOXIC, the first of theirs, x names: 1 for whose each is."""
        names = [name for head, name in self.judged if HEADS[head] is Head.TOXIC]
        return np.eye(len(self.names), dtype=np.float32)[names]

    @property
    def shipped(self) -> Conventions:
        mixed = [HEADS.index(head) for head in MIXED]
        return Conventions(
            len(HEADS), self.names, tuple(pair for pair in self.judged if pair[0] in mixed)
        )

    @property
    def levelled(self) -> NDArray[np.float32]:
        """What is added to each column before it is shipped: texts look like those of a large collection for its
        size alone, which counts by its root; and some of what it says of most is taken off what it says."""
        toxic = np.array([HEADS[head] is Head.TOXIC for head, _ in self.judged])
        judged = -CENTRED * np.array(self.usual) * toxic
        names = -LEVELLED * np.log(np.array(self.sizes, np.float32))
        return np.concatenate([np.zeros(len(HEADS)), judged, names]).astype(np.float32)

    @property
    def kept(self) -> list[int]:
        """The columns that are shipped."""
        first = len(HEADS) + len(self.shipped.judged)
        return [*range(first), *range(self.width - len(self.names), self.width)]

    def labels(self, rows: Sequence[Row]) -> NDArray[np.float32]:
        """Rows x columns, NaN where unknown; all are for the last, of which `looks` says which is right."""
        given, who, ours = labels_of(rows), self.looks(rows), _ours(rows)
        table = np.full((len(rows), self.width), np.nan, np.float32)
        table[ours, : len(HEADS)] = given[ours]
        for at, (head, name) in enumerate(self.judged, len(HEADS)):
            theirs = ~ours & (who == name)
            table[theirs, at] = given[theirs, head]
        return table

    def looks(self, rows: Sequence[Row]) -> NDArray[np.int64]:
        """Whose texts they are, as a number of `names`; NOBODY where two would claim one."""
        number = {name: n for n, name in enumerate(self.names)} | {RELABELLED: NOBODY}
        number[RULES] = number[OURS]
        return np.array([number.get(row.source, NOBODY) for row in rows])

    def worth(self, given: Mapping[Head, float]) -> NDArray[np.float32]:
        """What an error counts in each column. given: by head, others 1."""
        ours = [given.get(head, 1.0) for head in HEADS]
        theirs = [OTHERS * ours[head] for head, _ in self.judged]
        return np.array([*ours, *theirs, *[0.0] * len(self.names)], np.float32)


def meant(rows: Sequence[Row]) -> NDArray[np.float32]:
    """Rows x heads, NaN where unknown, or where others' labels mean another thing than the head says."""
    labels, mixed = labels_of(rows), np.array([head in MIXED for head in HEADS])
    labels[np.ix_(~_ours(rows), ~mixed)] = np.nan
    return labels


def _ours(rows: Sequence[Row]) -> NDArray[np.bool_]:
    return np.array([row.source in (OURS, RULES, RELABELLED) for row in rows])


def lessons(rows: Sequence[Row]) -> Lessons:
    """Of these texts: every head that a public collection judges often enough."""
    said = defaultdict[tuple[str, int], list[float]](list)
    for row in rows:
        if row.source not in (OURS, RULES, RELABELLED):
            for head, value in row.labels.items():
                said[row.source, HEADS.index(head)].append(value)
    pairs = [pair for pair, values in sorted(said.items()) if len(values) >= ENOUGH]
    names = tuple(sorted({OURS, *(name for name, _ in pairs)}))
    texts = Counter(OURS if row.source == RULES else row.source for row in rows)
    mixed = [HEADS.index(head) for head in MIXED]
    ordered = sorted((head not in mixed, head, names.index(name)) for name, head in pairs)
    sizes = tuple(max(1, texts[name]) for name in names)
    judged = tuple((head, name) for _, head, name in ordered)
    usual = tuple(_odds(np.mean(said[names[name], head])) for head, name in judged)
    return Lessons(names, sizes, judged, usual)


def _odds(share: np.floating[Any]) -> float:
    """Their logarithm."""
    bounded = float(np.clip(share, 1 - MOST_SAID, MOST_SAID))
    return math.log(bounded / (1 - bounded))
