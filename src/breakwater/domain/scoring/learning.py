"""Learning from a team's corrections: what is fitted, and whether it is good for anything.

People correct what is wrong, so corrections alone would teach a scorer to say the contrary of what it says.
Therefore ordinary texts are learnt from beside them, of which all should stay as it is; and others of those are
asked whether it did.
"""

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from math import sqrt

import numpy as np
from numpy.typing import NDArray

from breakwater.domain.scoring.adapters import HEAVIEST, Adapter, Taught, bounded
from breakwater.domain.scoring.adapting import move_for

ENOUGH = 50
"""Corrections of one kind of abuse, from which on something is learnt."""
EACH_WAY = 10
"""So many of them say "too strict", and as many "too mild": one direction alone moves a threshold."""
MOST = 2_000
"""The newest that are learnt from."""
NEWEST = 5
"""One in so many, the newest, is not learnt from but asked whether it was worth it."""
CHANGED = 0.02
"""Share of ordinary texts that may be shown or veiled otherwise than before."""
RIDGE = 10.0
"""What a weight costs, squared and halved. A hidden layer is some 25 long."""
STEADY = 10.0
"""What it costs, squared and halved, to move the odds of one ordinary text. Both are chosen on dev, where teams were
played that agree with one of its collections (docs/scoring/README.md, "Corrections")."""
STEPS = 30
_STILL = 1e-6
_HALVINGS = 20
_TINY = 1e-6

Floats = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Lesson:
    """One correction. at: when it was said. limit: the chance from which the model veils a text of that
    language for the head. should: whether it should."""

    at: datetime
    taught: Taught
    limit: float
    should: bool


@dataclass(frozen=True, slots=True)
class Ordinary:
    """A text of which the model's word is right. limit: as of a Lesson."""

    taught: Taught
    limit: float


class Why(StrEnum):
    """Why nothing is learnt."""

    FEW = "few"
    ONE_WAY = "one_way"
    NO_BETTER = "no_better"
    """Of the newest corrections it has not clearly more right than what stands or a moved threshold."""
    UNSETTLES = "unsettles"
    """It would show or veil too many ordinary texts otherwise."""


@dataclass(frozen=True, slots=True)
class Hits:
    """Of the newest corrections: how many are right by then, and the mean logarithm of what was not expected."""

    right: int
    loss: float


@dataclass(frozen=True, slots=True)
class Judged:
    """Of the newest corrections, which were not learnt from: `of` so many. now: as it stands. alone: the model
    with its own thresholds. moved: with the one that the older corrections propose. changed: ordinary texts,
    of `ordinary`, that are shown or veiled otherwise than the model alone would."""

    of: int
    now: Hits
    alone: Hits
    moved: Hits
    learnt: Hits
    changed: int = 0
    ordinary: int = 0


@dataclass(frozen=True, slots=True)
class Learning:
    """strict, mild: corrections of each direction. adapter: None where `why` says why not."""

    strict: int
    mild: int
    adapter: Adapter | None = None
    why: Why | None = None
    judged: Judged | None = None

    @property
    def lessons(self) -> int:
        return self.strict + self.mild


def learn(
    lessons: Sequence[Lesson],
    ordinary: Sequence[Ordinary],
    *,
    move: float = 0.0,
    standing: Adapter | None = None,
) -> Learning:
    """What one kind of abuse would learn: fitted on the older corrections, judged by the newest, then fitted on all.

    move: by how much the team moved the threshold. standing: what it learnt before, if that is used. The order
    of `lessons` does not matter; those of one moment are put in an order of their own. O(n K²), n at most MOST.
    """
    some = sorted(lessons, key=_order)[-MOST:]
    mild = sum(one.should for one in some)
    strict = len(some) - mild
    if len(some) < ENOUGH:
        return Learning(strict, mild, why=Why.FEW)
    if min(strict, mild) < EACH_WAY:
        return Learning(strict, mild, why=Why.ONE_WAY)
    cut = len(some) - len(some) // NEWEST
    older, newest = Rows.of(some[:cut]), Rows.of(some[cut:])
    beside, asked = Rows.as_it_is(ordinary[::2]), Rows.as_it_is(ordinary[1::2])
    tried = fitted(older, beside)
    proposed = move_for(one.should for one in some[:cut])
    judged = Judged(
        of=len(some) - cut,
        now=newest.hits(newest.chances(standing), move),
        alone=newest.hits(newest.alone, 0.0),
        moved=newest.hits(newest.alone, proposed),
        learnt=newest.hits(newest.chances(tried), move),
    )
    if not _better(judged):
        return Learning(strict, mild, why=Why.NO_BETTER, judged=judged)
    whole = fitted(Rows.of(some), beside)
    changed = max(asked.changed(one) for one in (tried, whole))
    judged = Judged(
        judged.of, judged.now, judged.alone, judged.moved, judged.learnt, changed, len(asked.odds)
    )
    if changed > CHANGED * len(asked.odds):
        return Learning(strict, mild, why=Why.UNSETTLES, judged=judged)
    return Learning(strict, mild, whole, judged=judged)


def fingerprint(parts: Sequence[str]) -> str:
    """32 hexadecimal digits: the same for the same parts in the same order."""
    return hashlib.sha256("\n".join(parts).encode()).hexdigest()[:32]


@dataclass(frozen=True, slots=True)
class Rows:
    """Lessons as arrays. inputs: n x (K + 1), hidden layers and a 1, times the slope. odds, limits: n.
    wanted: n, the chances that would be right."""

    inputs: Floats
    odds: Floats
    limits: Floats
    wanted: Floats

    @classmethod
    def of(cls, lessons: Sequence[Lesson]) -> "Rows":
        inputs, odds = _arrays([one.taught for one in lessons])
        limits = np.array([one.limit for one in lessons], np.float64)
        return cls(inputs, odds, limits, np.array([one.should for one in lessons], np.float64))

    @classmethod
    def as_it_is(cls, ordinary: Sequence[Ordinary]) -> "Rows":
        inputs, odds = _arrays([one.taught for one in ordinary])
        limits = np.array([one.limit for one in ordinary], np.float64)
        return cls(inputs, odds, limits, _chance(odds))

    @property
    def alone(self) -> Floats:
        return _chance(self.odds)

    def chances(self, adapter: Adapter | None) -> Floats:
        if adapter is None:
            return self.alone
        weights = np.append(adapter.weights, adapter.bias).astype(np.float64)
        if len(weights) != self.inputs.shape[1]:
            return self.alone
        return bounded(self.alone, _chance(self.odds + self.inputs @ weights))

    def hits(self, chances: Floats, move: float) -> Hits:
        """Right is what is veiled and should be, or neither. A threshold that is higher is a chance that is lower."""
        veiled = chances >= self.limits + move
        sure = np.clip(chances - move, _TINY, 1 - _TINY)
        loss = -np.mean(self.wanted * np.log(sure) + (1 - self.wanted) * np.log(1 - sure))
        return Hits(int(np.sum(veiled == (self.wanted > 0.5))), round(float(loss), 6))

    def changed(self, adapter: Adapter) -> int:
        """How many are shown or veiled otherwise than by the model alone."""
        before = self.alone >= self.limits
        return int(np.sum(before != (self.chances(adapter) >= self.limits)))


def fitted(lessons: Rows, beside: Rows) -> Adapter:
    """The weights and the bias for which the lessons are likeliest, where weights cost RIDGE and each change of an
    ordinary text's odds STEADY: one answer, found by Newton's method in at most STEPS steps, and no longer than
    HEAVIEST."""
    width = lessons.inputs.shape[1]
    costs = RIDGE * np.eye(width)
    if beside.inputs.shape[1] == width:
        costs += STEADY * beside.inputs.T @ beside.inputs
    weights = np.zeros(width)
    cost = _cost(weights, lessons, costs)
    for _ in range(STEPS):
        chance = _chance(lessons.odds + lessons.inputs @ weights)
        slope = lessons.inputs.T @ (chance - lessons.wanted) + costs @ weights
        if np.abs(slope).max() < _STILL:
            break
        curve = (lessons.inputs * (chance * (1 - chance))[:, None]).T @ lessons.inputs
        step = np.linalg.solve(curve + costs, slope)
        halves = (weights - step / 2**halvings for halvings in range(_HALVINGS))
        found = next((one for one in halves if _cost(one, lessons, costs) < cost), None)
        if found is None:
            break
        weights, cost = found, _cost(found, lessons, costs)
    weights *= min(1.0, HEAVIEST / max(float(np.linalg.norm(weights)), _TINY))
    return Adapter(weights[:-1].astype(np.float32), float(np.float32(weights[-1])))


def _cost(weights: Floats, lessons: Rows, costs: Floats) -> float:
    said = lessons.odds + lessons.inputs @ weights
    surprise = np.logaddexp(0, said) - lessons.wanted * said
    return float(surprise.sum() + weights @ costs @ weights / 2)


def _better(judged: Judged) -> bool:
    """By more right answers than chance may bring, which is about the root of how many were asked: of twelve, two
    more were met that harmed all other texts."""
    others = (judged.now, judged.alone, judged.moved)
    more = judged.learnt.right - max(one.right for one in others)
    return more >= sqrt(judged.of) and judged.learnt.loss < min(one.loss for one in others)


def _order(lesson: Lesson) -> tuple[datetime, bytes, float, float, float, bool]:
    taught = lesson.taught
    return lesson.at, taught.hidden, taught.odds, taught.slope, lesson.limit, lesson.should


def _arrays(taught: Sequence[Taught]) -> tuple[Floats, Floats]:
    """inputs, odds. No rows, and one column, of none."""
    slopes = np.array([one.slope for one in taught], np.float64)
    hidden = [np.frombuffer(one.hidden, "<f2").astype(np.float64) for one in taught]
    rows = np.array(hidden) if hidden else np.zeros((0, 0))
    inputs = np.column_stack([rows, np.ones(len(rows))]) * slopes[:, None]
    return inputs, np.array([one.odds for one in taught], np.float64)


def _chance(odds: Floats) -> Floats:
    chance: Floats = 1 / (1 + np.exp(-np.clip(odds, -500, 500)))
    return chance
