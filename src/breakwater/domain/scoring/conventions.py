"""What is called toxic differs between those who collected texts: one is judged as they judge whose texts it looks like."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float32]

_TINY = np.float32(1e-6)


@dataclass(frozen=True, slots=True)
class Conventions:
    """The network's columns: `heads` as we judge them; one for each of `judged`; one for each of `names`, which
    says how much a text looks like theirs.

    names: of collections, ours among them. judged: who judges what otherwise, as numbers of a head and of a name.
    """

    heads: int
    names: tuple[str, ...] = ()
    judged: tuple[tuple[int, int], ...] = ()

    @property
    def width(self) -> int:
        return self.heads + len(self.judged) + len(self.names)

    def columns(self, given: Sequence[bool]) -> NDArray[np.bool_]:
        """What is true of each head, of each column: one that judges a head is as the head; one of a name is not."""
        judged = [given[head] for head, _ in self.judged]
        return np.array([*given, *judged, *[False] * len(self.names)], np.bool_)

    def mixed(self, rows: Floats) -> Floats:
        """Texts x width in, texts x heads out, all before calibration. A head that others judge, too, is the mean of
        what all say, each by how much the text looks like theirs; who does not judge it says what we say."""
        out = rows[:, : self.heads].copy()
        if self.judged:
            shares = _shares(rows[:, self.heads + len(self.judged) :])
            for head, said, names in self._by_head():
                theirs = shares[:, names]
                chance = (_chances(rows[:, said]) * theirs).sum(1)
                chance += _chances(out[:, head]) * (1 - theirs.sum(1))
                chance = np.clip(chance, _TINY, 1 - _TINY)
                out[:, head] = np.log(chance / (1 - chance))
        return out

    def _by_head(self) -> Iterator[tuple[int, list[int], list[int]]]:
        """A head, the columns of those who judge it, and their numbers."""
        for head in sorted({head for head, _ in self.judged}):
            at = [n for n, (judged, _) in enumerate(self.judged) if judged == head]
            yield head, [self.heads + n for n in at], [self.judged[n][1] for n in at]


def _chances(logits: Floats) -> Floats:
    chances: Floats = np.reciprocal(1 + np.exp(-np.clip(logits, -30, 30)), dtype=np.float32)
    return chances


def _shares(looks: Floats) -> Floats:
    raised = np.exp(looks - looks.max(1, keepdims=True))
    shares: Floats = raised / raised.sum(1, keepdims=True)
    return shares
