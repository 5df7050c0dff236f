"""How good the scores are: the figures of the model card, by the model as it ships."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from breakwater.domain.scoring.identities import IDENTITIES, TERMS
from breakwater.domain.scoring.model import Model
from breakwater.domain.scoring.normal import plain
from breakwater.domain.scoring.scores import FEELING, Band, Head, Item, Score
from breakwater.domain.scoring.together import together
from breakwater.domain.scoring.words import words
from training.conventions import meant
from training.corpus import HEADS, Row, labels_of, things
from training.measures import balanced, expected_error, macro_f1, roc_auc

Floats = NDArray[np.float64]

FEWEST = 6
"""Texts of each answer without which a figure says nothing."""
AT_ONCE = 2_000


def scored(model: Model, rows: Sequence[Row]) -> list[Score]:
    """As the product asks: with the language of the workspace as a hint."""
    items = [Item(row.text, row.language) for row in rows]
    return [
        score
        for at in range(0, len(items), AT_ONCE)
        for score in model.score(items[at : at + AT_ONCE])
    ]


def column(scores: Sequence[Score], head: Head) -> Floats:
    """A text on which the model abstains counts as the least."""
    return np.array([score.chances.get(head, 0.0) for score in scores])


def groups(rows: Sequence[Row]) -> Iterator[tuple[str, str, NDArray[np.bool_]]]:
    """Each source and language, and which rows are theirs."""
    where = np.array([f"{row.source} {row.language}" for row in rows])
    for name in sorted(set(where)):
        source, language = name.split()
        yield source, language, where == name


def auc(rows: Sequence[Row], said: Floats, head: Head) -> dict[tuple[str, str], float]:
    """ROC-AUC by source and language, where both answers are frequent enough."""
    labels = labels_of(rows)[:, HEADS.index(head)]
    found = {}
    for source, language, some in groups(rows):
        judged = some & ~np.isnan(labels)
        if not few(labels[judged]):
            found[source, language] = roc_auc(labels[judged], said[judged])
    return found


def toxicity(model: Model, rows: Sequence[Row]) -> float:
    """ROC-AUC of toxicity, the mean of sources and languages."""
    said = column(scored(model, rows), Head.TOXIC)
    return float(np.mean(list(auc(rows, said, Head.TOXIC).values())))


def few(labels: NDArray[np.float32]) -> bool:
    return min(int((labels == 1).sum()), int((labels == 0).sum())) < FEWEST


def feelings(scores: Sequence[Score]) -> Floats:
    """Texts x negative, neutral, positive."""
    return np.stack([column(scores, head) for head in FEELING], 1)


def feeling(rows: Sequence[Row], said: NDArray[Any]) -> dict[tuple[str, str], float]:
    """Macro-F1 of negative, neutral, positive by source and language. said: as of `feelings`."""
    labels = labels_of(rows)[:, [HEADS.index(head) for head in FEELING]]
    found = {}
    for source, language, some in groups(rows):
        judged = some & ~np.isnan(labels[:, 0])
        if judged.sum() >= FEWEST:
            found[source, language] = macro_f1(labels[judged].argmax(1), said[judged].argmax(1))
    return found


def ranked(labels: Floats, said: Floats) -> float:
    """ROC-AUC of all at once."""
    return roc_auc(labels, said)


def complaints_veiled(rows: Sequence[Row], scores: Sequence[Score]) -> dict[str, tuple[int, int]]:
    """By language: honest complaints that are veiled, and all."""
    found = {}
    for language in sorted({row.language for row in rows}):
        honest = [
            score
            for row, score in zip(rows, scores, strict=True)
            if row.language == language
            and row.labels.get(Head.COMPLAINT) == 1
            and row.labels.get(Head.ABUSIVE) == 0
        ]
        veiled = sum(score.band in (Band.VEILED, Band.HELD) for score in honest)
        found[language] = veiled, len(honest)
    return found


def calibration_errors(
    rows: Sequence[Row], refit: Callable[[Sequence[Row]], Model]
) -> dict[tuple[Head, str], float]:
    """Expected calibration error by head and language, each half judged by a model that was
    calibrated on the other half alone. The two texts of a pair, which often have other labels, are in
    one half: apart, one half would be the more abusive one."""
    halves = [[row for n, row in enumerate(rows) if n // 2 % 2 == half] for half in (0, 1)]
    said = [scored(refit(halves[1 - n]), half) for n, half in enumerate(halves)]
    both = halves[0] + halves[1]
    labels, weights = meant(both), balanced([row.source for row in both])
    found = {}
    for head in HEADS:
        chances = np.concatenate([column(scores, head) for scores in said])
        for language in ("en", "fr"):
            known = ~np.isnan(labels[:, HEADS.index(head)])
            known &= np.array([row.language == language for row in both])
            judged = labels[known, HEADS.index(head)]
            if not few(judged):
                found[head, language] = expected_error(chances[known], judged, weights[known])
    return found


@dataclass(frozen=True, slots=True)
class Fairness:
    """AUCs of one group: of its texts; of its harmless and others' abusive (BPSN); the reverse."""

    texts: int
    subgroup: float
    bpsn: float
    bnsp: float


def groups_worded(text: str, language: str) -> set[str]:
    """Groups of which it has a word of that language, said of them or not."""
    forms = IDENTITIES.forms[language]
    return {TERMS[word] for word in together(words(plain(text))) if word in forms}


def fairness(
    rows: Sequence[Row],
    said: Floats,
    language: str,
    not_said: Mapping[str, frozenset[str]] | None = None,
) -> dict[str, Fairness]:
    """By the group that a text names, for one language; groups with too few texts are left out. not_said: by text, groups
    of whom a word is not said there; None for what was read one by one (`things`)."""
    toxic = labels_of(rows)[:, HEADS.index(Head.ABUSIVE)]
    apart = things() if not_said is None else not_said
    named = [groups_worded(row.text, language) - apart.get(row.text, frozenset()) for row in rows]
    here = np.array([row.language == language for row in rows]) & ~np.isnan(toxic)
    found = {}
    for group in sorted({group for groups_named in named for group in groups_named}):
        inside = np.array([group in names for names in named]) & here
        if few(toxic[inside]):
            continue
        outside = here & ~inside
        found[group] = Fairness(
            int(inside.sum()),
            roc_auc(toxic[inside], said[inside]),
            _auc(said, inside & (toxic == 0), outside & (toxic == 1)),
            _auc(said, outside & (toxic == 0), inside & (toxic == 1)),
        )
    return found


def _auc(said: Floats, harmless: NDArray[np.bool_], abusive: NDArray[np.bool_]) -> float:
    both = harmless | abusive
    return roc_auc(abusive[both], said[both])
