"""Learning: lazy Adagrad for the rows of the table that a batch meets, AdamW for the rest."""

import sys
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any

import jax
import numpy as np
import optax
from numpy.typing import NDArray
from scipy import sparse

from breakwater.domain.scoring.masks import TOKENS
from breakwater.domain.scoring.wide import columns
from breakwater.domain.scoring.words import key
from training.bags import Bags
from training.gradients import Weights, begun, chances, gradients

BATCH = 256
TOLD = 0.3
"""What an error in what teachers say counts, in a column in which nobody has labelled a text, beside one in a label there."""
SWAPPED = 0.25
"""Share of the texts that name a group which name one of another kind instead."""
LENGTHS = (8, 16, 24, 32, 48)
DISTINCT = (512, 1024, 1536, 2048, 3072, 4096, 8192, 12288)
"""Shapes are padded to these, so that few programs are compiled."""


@dataclass(frozen=True, slots=True)
class Plan:
    """How to learn. Rates are the highest of each schedule."""

    dimensions: int = 48
    channels: int = 144
    hidden: int = 128
    epochs: int = 5
    rate: float = 2e-3
    table_rate: float = 0.05
    wide_rate: float = 0.02
    masked: float = 0.15
    """Share of texts into which the name of a group is put at random: it must change nothing."""
    seed: int = 0


@dataclass(frozen=True, slots=True)
class Material:
    """What is learnt from. texts: word numbers. labels: texts x columns, 0 to 1, NaN where unknown. looks: texts x names, 1 for whose
    they are. sources: of each text, a number; offsets of so many sources and so many of the first columns are learnt. sums,
    whose: of `Lessons`. worth: what an error in each column counts. counts: and in each text. told: texts x columns, what teachers
    say; None for who has none."""

    bags: Bags
    texts: Sequence[NDArray[np.int32]]
    labels: NDArray[np.float32]
    looks: NDArray[np.float32]
    sources: NDArray[np.int64]
    offsets: tuple[int, int]
    sums: NDArray[np.float32]
    whose: NDArray[np.float32]
    worth: NDArray[np.float32]
    counts: NDArray[np.float32]
    told: NDArray[np.float16] | None = None


@dataclass(slots=True)
class Learner:
    """table: rows x dimensions. wide: rows x what is learnt."""

    plan: Plan
    material: Material
    table: NDArray[np.float32]
    wide: NDArray[np.float32]
    weights: Weights = field(default_factory=dict)

    def learn(self) -> None:
        """Fills `weights` and changes `table` and `wide`. The same seed gives the same result on one machine."""
        plan, material = self.plan, self.material
        width = self.table.shape[1] + material.bags.flags.shape[1]
        self.weights = begun(
            plan.seed, width, plan.channels, plan.hidden, len(material.sums), material.offsets
        )
        steps = plan.epochs * (len(material.texts) // BATCH)
        optimiser = optax.adamw(
            optax.cosine_onecycle_schedule(steps, plan.rate, pct_start=0.1), weight_decay=1e-2
        )
        step = jax.jit(lambda g, s, w: _stepped(optimiser, g, s, w))
        state, seen = optimiser.init(self.weights), np.zeros((len(self.table), 1), np.float32)
        known, wide_seen = self._wide_columns(), np.zeros_like(self.wide)
        draw, begin, total = np.random.default_rng(plan.seed), time.monotonic(), 0.0
        for n, some in enumerate(self._batches(draw)):
            words, batch = self._batch(some, draw)
            value, (dense, rows, logits) = gradients(
                self.weights,
                self._vectors(words),
                known[some] @ self.wide,
                batch,
                jax.random.key(plan.seed * 100_003 + n),
            )
            self.weights, state = step(dense, state, self.weights)
            left = 1 - n / steps
            self._learn_rows(words, np.asarray(rows), seen, plan.table_rate * left)
            self._learn_wide(known[some], np.asarray(logits), wide_seen, plan.wide_rate * left)
            total += float(value)
            if n % 500 == 499:
                sys.stderr.write(
                    f"  {n + 1}/{steps} loss {total / 500:.4f} {time.monotonic() - begin:.0f} s\n"
                )
                total = 0.0

    def said(self) -> NDArray[np.float16]:
        """Texts x columns: the chances that are given now, each text being judged as its source is."""
        material, known = self.material, self._wide_columns()
        out = np.zeros(material.labels.shape, np.float16)
        order = np.argsort([len(text) for text in material.texts], kind="stable")
        for first in range(0, len(order), BATCH):
            some = order[first : first + BATCH]
            words, at = _padded([material.texts[n] for n in some])
            batch = {"at": at, "sums": material.sums, "source": material.sources[some]}
            out[some] = chances(self.weights, self._vectors(words), known[some] @ self.wide, batch)
        return out

    def _batches(self, draw: np.random.Generator) -> Iterator[NDArray[np.int64]]:
        """Texts of like length go together; which, and in what order, is drawn anew each epoch."""
        lengths = np.array([len(text) for text in self.material.texts])
        for _ in range(self.plan.epochs):
            order = np.argsort(lengths + draw.uniform(-6, 6, len(lengths)), kind="stable")
            whole = order[: len(order) // BATCH * BATCH].reshape(-1, BATCH)
            yield from draw.permutation(whole)

    def _batch(
        self, some: NDArray[np.int64], draw: np.random.Generator
    ) -> tuple[NDArray[np.int64], dict[str, Any]]:
        material = self.material
        words, at = _padded([_masked(material.texts[n], draw, self.plan.masked) for n in some])
        labels = material.labels[some]
        given = ~np.isnan(labels)
        known = np.nan_to_num(labels)
        wanted, counted = known, given.astype(np.float32)
        if material.told is not None:
            wanted = np.where(given, known, material.told[some].astype(np.float32))
            counted = np.where(given, counted, np.float32(TOLD))
        return words, {
            "at": at,
            "given": given.astype(np.float32),
            "labels": known,
            "wanted": wanted,
            "counted": counted * material.worth * material.counts[some, None],
            "looks": material.looks[some],
            "source": material.sources[some],
            "sums": material.sums,
            "whose": material.whose,
        }

    def _vectors(self, words: NDArray[np.int64]) -> NDArray[np.float32]:
        bags = self.material.bags
        size = next(n for n in DISTINCT if n >= len(words))
        vectors = np.zeros((size, self.table.shape[1] + bags.flags.shape[1]), np.float32)
        vectors[: len(words), : self.table.shape[1]] = bags.take(words) @ self.table
        vectors[: len(words), self.table.shape[1] :] = bags.flags[words]
        return vectors

    def _learn_rows(
        self,
        words: NDArray[np.int64],
        slopes: NDArray[np.float32],
        seen: NDArray[np.float32],
        rate: float,
    ) -> None:
        met = self.material.bags.take(words)
        rows = np.unique(met.indices)
        slope = met.T.tocsr()[rows] @ slopes[: len(words), : self.table.shape[1]]
        seen[rows] += (slope**2).mean(1, keepdims=True)
        self.table[rows] -= rate * (slope / (np.sqrt(seen[rows]) + 1e-6) + 1e-3 * self.table[rows])

    def _wide_columns(self) -> sparse.csr_matrix:
        """Texts x rows of the linear part."""
        texts = self.material.texts
        keys = np.array([key(name) for name in self.material.bags.names], np.uint32)
        lengths = np.array([len(text) for text in texts])
        found = columns(keys[np.concatenate(texts)], lengths, len(self.wide))
        values = np.repeat(found.counts.astype(np.float32) ** -0.5, found.counts)
        starts = np.concatenate([[0], np.cumsum(found.counts)])
        return sparse.csr_matrix((values, found.rows, starts), (len(texts), len(self.wide)))

    def _learn_wide(
        self,
        met: sparse.csr_matrix,
        slopes: NDArray[np.float32],
        seen: NDArray[np.float32],
        rate: float,
    ) -> None:
        rows = np.unique(met.indices)
        slope = met.T.tocsr()[rows] @ slopes
        seen[rows] += slope**2
        self.wide[rows] -= rate * (slope / (np.sqrt(seen[rows]) + 1e-6) + 1e-3 * self.wide[rows])


def _padded(
    texts: Sequence[NDArray[np.int32]],
) -> tuple[NDArray[np.int64], NDArray[np.int32]]:
    """The different words of some texts, none of them first, and texts x places as numbers of these."""
    longest = max(len(text) for text in texts)
    at = np.zeros((len(texts), next(n for n in LENGTHS if n >= longest)), np.int64)
    for row, text in zip(at, texts, strict=True):
        row[: len(text)] = text
    words, places = np.unique(at, return_inverse=True)
    if words[0]:
        words, places = np.concatenate([[0], words]), places + 1
    return words, places.reshape(at.shape).astype(np.int32)


def _stepped(optimiser: Any, slopes: Any, state: Any, weights: Any) -> Any:
    change, state = optimiser.update(slopes, state, weights)
    return optax.apply_updates(weights, change), state


def _masked(text: NDArray[np.int32], draw: np.random.Generator, share: float) -> NDArray[np.int32]:
    """Which group a text names, and whether it names one, is changed at random; its labels are
    not."""
    named = (text >= 1) & (text <= len(TOKENS))
    if named.any() and draw.random() < SWAPPED:
        text = np.where(named, draw.integers(1, len(TOKENS) + 1), text)
    if draw.random() >= share or len(text) >= LENGTHS[-1]:
        return text
    return np.insert(text, draw.integers(0, len(text) + 1), draw.integers(1, len(TOKENS) + 1))
