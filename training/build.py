"""From texts to the weights file: learnt, made small, calibrated."""

import sys
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, fields, replace
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from breakwater.domain.scoring.known import Known
from breakwater.domain.scoring.model import Model
from breakwater.domain.scoring.network import Network
from breakwater.domain.scoring.normal import plain
from breakwater.domain.scoring.ordinary import none
from breakwater.domain.scoring.reader import Reader
from breakwater.domain.scoring.scores import ABUSE, FEELING, INTENT, Head
from breakwater.domain.scoring.together import together
from breakwater.domain.scoring.vocabulary import Table
from breakwater.domain.scoring.weights import Weights
from breakwater.domain.scoring.wide import Wide
from breakwater.domain.scoring.words import NOTHING, words
from training import calibration, figures, start
from training.bags import bags, begun, ids
from training.conventions import Lessons, lessons, meant
from training.corpus import HEADS, OURS, RELABELLED, Row, labels_of
from training.fit import Learner, Material, Plan
from training.lexicons import lexicon
from training.measures import balanced
from training.named import versions
from training.ordinary import with_ordinary
from training.spelling import known as known_words

LANGUAGES = ("en", "fr")
ROWS = 1 << 17
WIDE = 1 << 16
AT_ONCE = 2_000
ASKING = (Head.QUESTION, Head.COMPLAINT, Head.REQUEST)
"""Somebody waits for what is said to these."""
WORTH: Mapping[Head, float] = {
    Head.PROFANITY: 0.5,
    Head.SEXUAL: 0.5,
    **dict.fromkeys(FEELING, 0.5),
    **dict.fromkeys(INTENT, 0.4),
}
"""What an error of a head counts in learning, others 1. Our own texts have labels for all heads,
public ones for two: without this, the small network learnt little else than what they want."""

ANEW = 0.4
"""What an error in a public text that was labelled anew counts, beside one in a text that was written to its label."""


@dataclass(frozen=True, slots=True)
class Recipe:
    """What weights are made from. trained, held: rows to learn from, rows to calibrate with.
    copies: of some of the rows to learn from, written in disguise. teachers: how many learn first. learners: how many hear them.
    dev: those of `held` on which the best of several learners is told.
    """

    trained: Sequence[Row]
    copies: Sequence[Row]
    held: Sequence[Row]
    lexicons: Path
    plan: Plan
    version: str
    teachers: int = 0
    learners: int = 1
    dev: Sequence[Row] = ()

    def __post_init__(self) -> None:
        if self.learners > 1 and not self.dev:
            raise ValueError("without dev nobody can say which learner is best")


def seeds(first: int, teachers: int, learners: int) -> tuple[list[int], list[int]]:
    """Those of the teachers, and those of who hears them, the first of whom has the first one."""
    later = first + teachers
    return [*range(first + 1, later + 1)], [first, *range(later + 1, later + learners)]


def built(recipe: Recipe) -> Weights:
    """Learnt anew by each teacher, and then by learners who hear what they say, on the mean, of what nobody has labelled: the
    best of these on dev."""
    keys, flags = lexicon(recipe.lexicons)
    dimensions = recipe.plan.dimensions
    empty = Table(
        np.zeros((ROWS, dimensions), np.int8), np.ones(dimensions, np.float32), keys, flags
    )
    rows = [*recipe.trained, *recipe.copies]
    taught, names = lessons(rows), sorted({row.source for row in rows})
    material = _material(rows, taught, names, empty)
    seen = _seen(recipe.trained, material.texts, len(material.bags.names))
    places = start.places(material.bags, seen, ROWS, dimensions)
    teaching, hearing = seeds(recipe.plan.seed, recipe.teachers, recipe.learners)
    told = [_learnt(replace(recipe.plan, seed=n), material, places).said() for n in teaching]
    heard = replace(material, told=mean_of(told))
    met = known_words(recipe.trained, recipe.lexicons)

    def learnt(seed: int) -> Weights:
        learner = _learnt(replace(recipe.plan, seed=seed), heard, places)
        offsets = np.asarray(learner.weights["source"])[names.index(OURS)]
        return small(learner, empty, taught, offsets, met, recipe.version)

    return finished(best({seed: learnt(seed) for seed in hearing}, recipe.dev), recipe.held)


def best(learnt: Mapping[int, Weights], dev: Sequence[Row]) -> Weights:
    """By seed, those of the learner who tells toxicity best, on the mean of the sources of dev."""
    if len(learnt) == 1:
        return next(iter(learnt.values()))
    reached = {seed: figures.toxicity(Model(one), dev) for seed, one in learnt.items()}
    for seed, auc in reached.items():
        sys.stderr.write(f"seed {seed}: {auc:.4f} on dev\n")
    return learnt[max(reached, key=lambda seed: reached[seed])]


def _material(rows: Sequence[Row], taught: Lessons, names: Sequence[str], empty: Table) -> Material:
    """names: sources, in the order of their numbers."""
    known = begun()
    texts = ids([row.text for row in rows], known, grow=True)
    sys.stderr.write(f"{len(texts)} texts of {len(known)} words\n")
    looks = taught.looks(rows)
    return Material(
        bags(known, empty),
        texts,
        taught.labels(rows),
        (looks[:, None] == np.arange(len(taught.names))).astype(np.float32),
        np.array([names.index(row.source) for row in rows]),
        (len(names), len(HEADS)),
        taught.sums,
        taught.whose,
        taught.worth(WORTH),
        np.array([ANEW if row.source == RELABELLED else 1 for row in rows], np.float32),
    )


def _learnt(plan: Plan, material: Material, places: NDArray[np.float64]) -> Learner:
    sys.stderr.write(f"seed {plan.seed}\n")
    wide = np.zeros((WIDE, len(material.sums)), np.float32)
    learner = Learner(plan, material, start.begun(places, plan.seed), wide)
    learner.learn()
    return learner


def mean_of(told: Sequence[NDArray[np.float16]]) -> NDArray[np.float16] | None:
    """None where there are no teachers."""
    if not told:
        return None
    total = np.zeros(told[0].shape, np.float32)
    for one in told:
        total += one
    return (total / len(told)).astype(np.float16)


def _seen(
    rows: Sequence[Row], texts: Sequence[NDArray[np.int32]], words_known: int
) -> NDArray[np.int64]:
    """How often each word stands in English texts that are not written in disguise."""
    seen = np.zeros(words_known, np.int64)
    for row, text in zip(rows, texts, strict=False):
        if row.language == "en":
            np.add.at(seen, text, 1)
    seen[: len(begun())] = 0
    return seen


def small(
    learner: Learner, empty: Table, taught: Lessons, offsets: NDArray[np.float32], known: Known,
    version: str,
) -> Weights:  # fmt: skip
    """Weights in one byte a value; judged as our own texts are judged, whose offsets these are."""
    rows, scale = _in_bytes(learner.table)
    sums = taught.sums[:, taught.kept]
    wide = Wide(*_in_bytes(learner.wide @ sums))
    held = {part.name: np.asarray(learner.weights[part.name]) for part in fields(Network)}
    for name in ("out", "out_bias", "straight"):
        held[name] = held[name] @ sums
    held["out_bias"] = held["out_bias"] + taught.levelled[taught.kept]
    held["out_bias"] += np.pad(offsets, (0, sums.shape[1] - len(offsets)))
    nothing = np.ones((len(LANGUAGES), len(HEADS)), np.float32)
    return Weights(
        version, LANGUAGES, HEADS,
        replace(empty, rows=rows, scale=scale),
        Network(**{name: array.astype(np.float16).astype(np.float32) for name, array in held.items()}),
        wide, known, taught.shipped, nothing, nothing * 0, nothing * calibration.NEVER, nothing * calibration.NEVER,
        none(len(held["hidden_bias"]), len(HEADS)),
    )  # fmt: skip


def _in_bytes(table: NDArray[np.float32]) -> tuple[NDArray[np.int8], NDArray[np.float32]]:
    """One byte a value, and what each column is to be multiplied by: the largest value counts, as
    what is cut off is missed."""
    scale = np.maximum(np.abs(table).max(0), 1e-6) / 127
    return np.round(table / scale).astype(np.int8), scale.astype(np.float32)


def logits_of(weights: Weights, rows: Sequence[Row]) -> NDArray[np.float32]:
    """Rows x heads, by the network alone: what is told by rule has no part in calibration."""
    reader = Reader(
        weights.table,
        weights.network,
        weights.wide,
        weights.known,
        weights.heads,
        weights.conventions,
    )
    views = [plain(row.text) or "." for row in rows]
    return np.concatenate(
        [
            reader.logits(
                views[at : at + AT_ONCE],
                [together(words(view)) or [NOTHING] for view in views[at : at + AT_ONCE]],
            )[:, : len(weights.heads)]
            for at in range(0, len(views), AT_ONCE)
        ]
    )


def finished(weights: Weights, held: Sequence[Row]) -> Weights:
    """Calibrated, and with the ordinary texts of ours that workspaces' corrections may not unsettle."""
    return with_ordinary(calibrated(weights, held), [row for row in held if row.source == OURS])


def calibrated(weights: Weights, rows: Sequence[Row]) -> Weights:
    """rows: texts that were not trained on; limits are chosen on our own among them."""
    logits, labels = logits_of(weights, rows), meant(rows)
    languages = [row.language for row in rows]
    balance = balanced([row.source for row in rows])
    slopes, offsets = calibration.fitted(logits, labels, balance, languages, LANGUAGES)
    weights = replace(weights, slopes=slopes, offsets=offsets)
    veil, hold = weights.veil.copy(), weights.hold.copy()
    for at, language in enumerate(LANGUAGES):
        ours = [r for r in rows if r.source in (OURS, RELABELLED) and r.language == language]
        texts = _texts(weights, at, ours)
        veil[at] = calibration.limits_by_head(texts, calibration.VEILED_WRONGLY)
        hold[at] = np.maximum(calibration.limits(texts, calibration.HELD_WRONGLY), veil[at])
        # What nobody sees is of a kind that can be named.
        hold[at, HEADS.index(Head.ABUSIVE)] = calibration.NEVER
        column = HEADS.index(Head.DANGER)
        veil[at, column] = calibration.danger(texts.chances[:, column], labels_of(ours)[:, column])
    return replace(weights, veil=veil, hold=hold)


def _texts(weights: Weights, at: int, rows: Sequence[Row]) -> calibration.Texts:
    """at: which language all rows are written in."""

    def chances(some: Sequence[Row]) -> NDArray[np.float32]:
        logits = weights.slopes[at] * logits_of(weights, some) + weights.offsets[at]
        found: NDArray[np.float32] = 1 / (1 + np.exp(-logits))
        return found

    calm = [row for row in rows if not any(row.labels[head] for head in ABUSE)]
    written = [[row.text, *versions(row.text, row.language)] for row in calm]
    texts = [
        replace(row, text=text) for row, ones in zip(calm, written, strict=True) for text in ones
    ]
    shape = len(calm), len(texts) // max(len(calm), 1), len(HEADS)
    return calibration.Texts(
        chances(rows),
        np.array([row.labels[Head.ABUSIVE] == 1 for row in rows]),
        np.array(
            [row.labels[Head.COMPLAINT] == 1 and row.labels[Head.ABUSIVE] == 0 for row in rows]
        ),
        np.array([any(row.labels[head] for head in ASKING) for row in rows]),
        chances(texts).reshape(shape).swapaxes(0, 1),
    )
