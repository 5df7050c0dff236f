"""From texts to the weights file: learnt, made small, calibrated."""

import sys
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, fields, replace
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from breakwater.domain.scoring.known import Known
from breakwater.domain.scoring.network import Network
from breakwater.domain.scoring.normal import plain
from breakwater.domain.scoring.reader import Reader
from breakwater.domain.scoring.scores import FEELING, INTENT, Head
from breakwater.domain.scoring.vocabulary import Table
from breakwater.domain.scoring.weights import Weights
from breakwater.domain.scoring.wide import Wide
from breakwater.domain.scoring.words import NOTHING, words
from training import calibration, start
from training.bags import bags, begun, ids
from training.corpus import HEADS, Row, labels_of
from training.fit import Learner, Plan
from training.lexicons import lexicon
from training.measures import balanced
from training.spelling import known as known_words

LANGUAGES = ("en", "fr")
ROWS = 1 << 17
WIDE = 1 << 16
AT_ONCE = 2_000
WORTH: Mapping[Head, float] = {
    Head.PROFANITY: 0.5,
    Head.SEXUAL: 0.5,
    **dict.fromkeys(FEELING, 0.5),
    **dict.fromkeys(INTENT, 0.4),
}
"""What an error of a head counts in learning, others 1. Our own texts have labels for all heads,
public ones for two: without this, the small network learnt little else than what they want."""


@dataclass(frozen=True, slots=True)
class Recipe:
    """What weights are made from. trained, held: rows to learn from, rows to calibrate with.
    copies: of some of the rows to learn from, written in disguise.
    """

    trained: Sequence[Row]
    copies: Sequence[Row]
    held: Sequence[Row]
    lexicons: Path
    plan: Plan
    version: str
    placed: bool = True


def built(recipe: Recipe) -> Weights:
    keys, flags = lexicon(recipe.lexicons)
    dimensions = recipe.plan.dimensions
    empty = Table(
        np.zeros((ROWS, dimensions), np.int8), np.ones(dimensions, np.float32), keys, flags
    )
    known = begun()
    rows = [*recipe.trained, *recipe.copies]
    texts = ids([row.text for row in rows], known, grow=True)
    bagged = bags(known, empty)
    sys.stderr.write(f"{len(texts)} texts of {len(known)} words\n")
    names = sorted({row.source for row in rows})
    learner = Learner(
        recipe.plan,
        bagged,
        start.table(
            bagged, _seen(recipe.trained, texts, len(known)), ROWS, dimensions, recipe.plan.seed
        ),
        np.zeros((WIDE, len(HEADS)), np.float32),
        texts,
        labels_of(rows),
        np.array([names.index(row.source) for row in rows]),
        np.array([WORTH.get(head, 1.0) for head in HEADS], np.float32),
    )
    learner.learn()
    met = known_words(recipe.trained, recipe.lexicons)
    return calibrated(small(learner, empty, names, met, recipe.version), recipe.held)


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
    learner: Learner, empty: Table, sources: Sequence[str], known: Known, version: str
) -> Weights:
    """Weights in one byte a value; judged as our own texts are judged."""
    rows, scale = _in_bytes(learner.table)
    wide = Wide(*_in_bytes(learner.wide))
    held = {part.name: np.asarray(learner.weights[part.name]) for part in fields(Network)}
    if "own" in sources:
        held["out_bias"] = (
            held["out_bias"] + np.asarray(learner.weights["source"])[sources.index("own")]
        )
    nothing = np.ones((len(LANGUAGES), len(HEADS)), np.float32)
    return Weights(
        version, LANGUAGES, HEADS,
        replace(empty, rows=rows, scale=scale),
        Network(**{name: array.astype(np.float16).astype(np.float32) for name, array in held.items()}),
        wide, known, nothing, nothing * 0, nothing * calibration.NEVER, nothing * calibration.NEVER,
    )  # fmt: skip


def _in_bytes(table: NDArray[np.float32]) -> tuple[NDArray[np.int8], NDArray[np.float32]]:
    """One byte a value, and what each column is to be multiplied by: the largest value counts, as
    what is cut off is missed."""
    scale = np.maximum(np.abs(table).max(0), 1e-6) / 127
    return np.round(table / scale).astype(np.int8), scale.astype(np.float32)


def logits_of(weights: Weights, rows: Sequence[Row]) -> NDArray[np.float32]:
    reader = Reader(weights.table, weights.network, weights.wide, weights.known, weights.heads)
    views = [plain(row.text) or "." for row in rows]
    return np.concatenate(
        [
            reader.logits(
                views[at : at + AT_ONCE],
                [words(view) or [NOTHING] for view in views[at : at + AT_ONCE]],
            )
            for at in range(0, len(views), AT_ONCE)
        ]
    )


def calibrated(weights: Weights, rows: Sequence[Row]) -> Weights:
    """rows: texts that were not trained on; limits are chosen on our own among them."""
    logits, labels = logits_of(weights, rows), labels_of(rows)
    languages = [row.language for row in rows]
    balance = balanced([row.source for row in rows])
    slopes, offsets = calibration.fitted(logits, labels, balance, languages, LANGUAGES)
    veil, hold = weights.veil.copy(), weights.hold.copy()
    written = np.array(languages)
    judged = ~np.isnan(labels[:, HEADS.index(Head.TOXIC)])
    honest = (labels[:, HEADS.index(Head.COMPLAINT)] == 1) & (
        labels[:, HEADS.index(Head.TOXIC)] == 0
    )
    column = HEADS.index(Head.DANGER)
    for at, language in enumerate(LANGUAGES):
        chances = 1 / (1 + np.exp(-(slopes[at] * logits + offsets[at])))
        some = judged & (written == language)
        found = chances[some], labels[some], balance[some]
        veil[at] = calibration.limits(*found, calibration.VEILED_WRONGLY, honest[some])
        hold[at] = calibration.limits(*found, calibration.HELD_WRONGLY, honest[some])
        known = (written == language) & ~np.isnan(labels[:, column])
        veil[at, column] = calibration.danger(chances[known, column], labels[known, column])
    return replace(weights, slopes=slopes, offsets=offsets, veil=veil, hold=hold)
