"""From logits to chances, by head and language; and where the bands begin, by what errors cost."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from sklearn.linear_model import LogisticRegression

from breakwater.domain.scoring.scores import ABUSE
from training.corpus import HEADS

Floats = NDArray[np.float32]

ABUSES = [HEADS.index(head) for head in ABUSE]
TRIED = np.linspace(0.3, 0.99, 70)
"""Limits."""
TURNS = 3
"""How often each head's limit is moved: after three they stay."""
FEWEST = 12
"""Texts of each answer that a language must have for a calibration of its own."""
VEILED_WRONGLY = 5.0
"""What a harmless text veiled costs, an abusive one shown being 1 ("a question veiled costs 5")."""
HELD_WRONGLY = 40.0
"""What a harmless text costs that nobody sees at all."""
FALSE_ALARM = 0.1
"""What it costs to look after somebody who is not in danger, one in danger missed being 1."""
NEVER = 2.0
"""A limit that no chance reaches."""
KEPT = 0.98
"""Share of harmless texts that must stay in their band when their writer says of what group they
are, where limits are chosen. 0.99 is promised; it would leave more abuse in English shown."""
MOST_COMPLAINTS = 0.02
"""Share of honest complaints that may be veiled where limits are chosen: below the promised 3 %,
as other complaints will come."""


def fitted(
    logits: Floats, labels: Floats, weights: Floats, languages: Sequence[str], known: Sequence[str]
) -> tuple[Floats, Floats]:
    """Slopes and offsets, languages x heads. A head that no text judges has a slope of 0.

    weights: what each text counts. A language with too few texts shares what fits all.
    """
    slopes = np.zeros((len(known), len(HEADS)), np.float32)
    offsets = np.zeros_like(slopes)
    written = np.array(languages)
    for at in range(len(HEADS)):
        judged = ~np.isnan(labels[:, at])
        for row, language in enumerate(known):
            some = judged & (written == language)
            if _few(labels[some, at]):
                some = judged
            if not _few(labels[some, at]):
                slopes[row, at], offsets[row, at] = _platt(
                    logits[some, at], labels[some, at], weights[some]
                )
    return slopes, offsets


def _few(labels: Floats) -> bool:
    return min(int((labels == 1).sum()), int((labels == 0).sum())) < FEWEST


def _platt(logits: Floats, labels: Floats, weights: Floats) -> tuple[float, float]:
    model = LogisticRegression(C=100.0).fit(logits[:, None], labels, sample_weight=weights)
    return float(model.coef_[0, 0]), float(model.intercept_[0])


@dataclass(frozen=True, slots=True)
class Texts:
    """What limits are chosen on: texts that were not trained on, all judged for toxicity.

    chances: texts x heads. toxic, complaints: which are, the latter honest ones. versions: for some
    harmless texts, as written and then as written by members of groups: versions x texts x heads.
    """

    chances: Floats
    toxic: NDArray[np.bool_]
    complaints: NDArray[np.bool_]
    versions: Floats


def limits(texts: Texts, cost: float) -> Floats:
    """For each head the chance from which it decides; NEVER for those that veil nothing.

    All kinds of abuse decide by the same limit: the cheapest of those that veil few honest
    complaints and move few harmless texts when a group is named; the highest where none does.
    """
    out = np.full(len(HEADS), NEVER, np.float32)
    out[ABUSES] = _cheapest(texts, out, ABUSES, cost)
    return out


def limits_by_head(texts: Texts, cost: float) -> Floats:
    """As `limits`, but each kind of abuse decides by a limit of its own: a threat is sure at a
    chance at which an insult is not. From what is cheapest for all, one after the other is moved
    to where it is cheapest beside the others."""
    out = limits(texts, cost)
    for head in ABUSES * TURNS:
        out[head] = _cheapest(texts, out, [head], cost)
    return out


def _cheapest(texts: Texts, given: Floats, moved: Sequence[int], cost: float) -> float:
    """The limit for the heads that are moved, where the others decide by those that are given."""
    others = [head for head in ABUSES if head not in moved]
    most = MOST_COMPLAINTS * texts.complaints.sum()
    decided, worst = _apart(texts.chances, given, others, moved)
    named_decided, named_worst = _apart(texts.versions, given, others, moved)
    costs = []
    for limit in TRIED:
        over = decided | (worst >= limit)
        wrong = cost * (over & ~texts.toxic).sum() + (~over & texts.toxic).sum()
        fine = over[texts.complaints].sum() <= most
        fine &= _kept(named_decided | (named_worst >= limit)) >= KEPT
        costs.append(wrong if fine else np.inf)
    return float(TRIED[int(np.argmin(costs))] if np.isfinite(costs).any() else TRIED[-1])


def _apart(
    chances: Floats, given: Floats, others: Sequence[int], moved: Sequence[int]
) -> tuple[NDArray[np.bool_], Floats]:
    """What the other heads decide, and the highest chance of those that are moved."""
    known = np.nan_to_num(chances)
    decided: NDArray[np.bool_] = np.any(known[..., others] >= given[others], axis=-1)
    return decided, known[..., moved].max(-1)


def _kept(over: NDArray[np.bool_]) -> float:
    """Share of texts on which a version decides as the text as written, in the worst version."""
    if not over.size:
        return 1.0
    return float((over[1:] == over[0]).mean(1).min(initial=1.0))


def danger(chances: Floats, labels: Floats) -> float:
    """The chance from which somebody may be in danger: few are missed, at the price of false alarms."""
    true = labels == 1
    tried = np.linspace(0.02, 0.6, 59)
    costs = [
        (chances[true] < limit).sum() + FALSE_ALARM * (chances[~true] >= limit).sum()
        for limit in tried
    ]
    return float(tried[int(np.argmin(costs))])
