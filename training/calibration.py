"""From logits to chances, by head and language; and where the bands begin, by what errors cost."""

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray
from sklearn.linear_model import LogisticRegression

from breakwater.domain.scoring.scores import ABUSE, Head
from training.corpus import HEADS

Floats = NDArray[np.float32]

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


def limits(
    chances: Floats,
    labels: Floats,
    weights: Floats,
    cost: float,
    complaints: NDArray[np.bool_],
) -> Floats:
    """For each head the chance from which it decides; NEVER for those that veil nothing.

    All kinds of abuse veil by the same limit, the cheapest on these texts. chances, labels: of
    texts that were not trained on, all judged for toxicity. weights: what each counts.
    complaints: which are honest ones; where each limit veils too many, it is the highest.
    """
    out = np.full(len(HEADS), NEVER, np.float32)
    abuse = [HEADS.index(head) for head in ABUSE]
    worst = np.nan_to_num(chances[:, abuse]).max(1)
    toxic = labels[:, HEADS.index(Head.TOXIC)] == 1
    tried = np.linspace(0.3, 0.99, 70)
    costs = [
        cost * weights[~toxic & (worst >= limit)].sum() + weights[toxic & (worst < limit)].sum()
        for limit in tried
    ]
    most = MOST_COMPLAINTS * complaints.sum()
    fine = [(worst[complaints] >= limit).sum() <= most for limit in tried]
    fine[-1] = True
    allowed = [c if ok else np.inf for c, ok in zip(costs, fine, strict=True)]
    out[abuse] = tried[int(np.argmin(allowed))]
    return out


def danger(chances: Floats, labels: Floats) -> float:
    """The chance from which somebody may be in danger: few are missed, at the price of false alarms."""
    true = labels == 1
    tried = np.linspace(0.02, 0.6, 59)
    costs = [
        (chances[true] < limit).sum() + FALSE_ALARM * (chances[~true] >= limit).sum()
        for limit in tried
    ]
    return float(tried[int(np.argmin(costs))])
