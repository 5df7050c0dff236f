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
TRIED = np.linspace(0.3, 0.99, 139, dtype=np.float32)
"""Limits."""
SURE = 0.88
"""What is likelier abuse than that is veiled, whatever else it would cost: no kind's limit is higher."""
TURNS = 3
"""How often each head's limit is moved: after three they stay."""
FEWEST = 12
"""Texts of each answer that a language must have for a calibration of its own."""


@dataclass(frozen=True, slots=True)
class Cost:
    """What a harmless text counts that is taken for abuse, an abusive one shown being 1. asked: of one
    that somebody waits to have answered, as it asks, complains or requests; idle: of any other."""

    asked: float
    idle: float


VEILED_WRONGLY = Cost(5.0, 2.0)
""""A question veiled costs 5"."""
HELD_WRONGLY = Cost(40.0, 40.0)
"""Nobody sees it at all."""
DANGER = (0.02, 0.6)
"""The limit is never outside of these."""
FOUND = 0.8
"""Share of those in danger who are found. Not what costs least: what a false alarm costs in all depends on
how many texts that look alike are kept back, and ours are many."""
NEVER = 2.0
"""A limit that no chance reaches."""
KEPT = 0.99
"""Share of harmless texts that must stay in their band when their writer says of what group they are, where limits are
chosen: on the mean of kinds of group and ways of saying it, as is promised."""
KEPT_WORST = 0.98
"""The same in the worst kind and way. With 0.99 more abuse in English would be shown."""
MOST_COMPLAINTS = 0.02
"""Share of honest complaints that may be veiled where limits are chosen: below the promised 3 %,
as other complaints will come."""
MOST_HARMLESS = 0.03
"""Share of all harmless texts that may be."""
STARTS = (0.4, 0.6, 0.8)
"""Limits, the same for all kinds, from which each kind's own is looked for..."""
DRAWN = 60
"""...and so many more starts, each kind's drawn by itself: most ends are cheapest only where one limit is moved at a time."""


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

    chances: texts x heads. toxic, complaints, asking: which are, the latter two honest ones. versions: for some
    harmless texts, as written and then as written by members of groups: versions x texts x heads.
    """

    chances: Floats
    toxic: NDArray[np.bool_]
    complaints: NDArray[np.bool_]
    asking: NDArray[np.bool_]
    versions: Floats


def limits(texts: Texts, cost: Cost) -> Floats:
    """For each head the chance from which it decides; NEVER for those that veil nothing.

    All kinds of abuse decide by the same limit: the cheapest of those that veil few honest
    complaints and move few harmless texts when a group is named; the highest where none does.
    """
    nothing = _alike(NEVER)
    return _alike(_cheapest(texts, nothing, ABUSES, cost, TRIED))


def limits_by_head(texts: Texts, cost: Cost) -> Floats:
    """As `limits`, but each kind of abuse decides by a limit of its own: a threat is sure at a
    chance at which an insult is not. From each start, one after the other is moved to where it is
    cheapest beside the others; the cheapest of the ends. SURE for each kind where nothing allows less: then more may be
    veiled than is promised, and the card and the floors say so."""
    draw = np.random.default_rng(0)
    begun = [*map(_alike, STARTS), *(_drawn(draw) for _ in range(DRAWN))]
    ends = [_moved(texts, limits_, cost) for limits_ in begun]
    return min(ends, key=lambda end: cost_of(texts, end, cost))


def _alike(limit: float) -> Floats:
    out = np.full(len(HEADS), NEVER, np.float32)
    out[ABUSES] = limit
    return out


def _drawn(draw: np.random.Generator) -> Floats:
    out = _alike(NEVER)
    out[ABUSES] = draw.choice(TRIED[TRIED <= SURE], len(ABUSES))
    return out


def _moved(texts: Texts, given: Floats, cost: Cost) -> Floats:
    out = given.copy()
    for head in ABUSES * TURNS:
        out[head] = _cheapest(texts, out, [head], cost, TRIED[TRIED <= SURE])
    return out


def _cheapest(
    texts: Texts, given: Floats, moved: Sequence[int], cost: Cost, tried: Floats
) -> float:
    """The limit for the heads that are moved, where the others decide by those that are given."""
    others = [head for head in ABUSES if head not in moved]
    decided, worst = _apart(texts.chances, given, others, moved)
    named, named_worst = _apart(texts.versions, given, others, moved)
    costs = _costs(
        texts,
        decided | (worst >= tried[:, None]),
        named | (named_worst >= tried[:, None, None]),
        cost,
    )
    return float(tried[int(np.argmin(costs))] if np.isfinite(costs).any() else tried[-1])


def cost_of(texts: Texts, given: Floats, cost: Cost) -> float:
    """Of all errors at these limits; infinite where too much is veiled that must stay shown."""
    over = _apart(texts.chances, given, ABUSES, ABUSES)[0]
    named = _apart(texts.versions, given, ABUSES, ABUSES)[0]
    return float(_costs(texts, over[None], named[None], cost)[0])


def _costs(
    texts: Texts, over: NDArray[np.bool_], named: NDArray[np.bool_], cost: Cost
) -> NDArray[np.float64]:
    """over: limits x texts, what is decided. named: limits x versions x texts."""
    harmless, most = ~texts.toxic, MOST_COMPLAINTS * texts.complaints.sum()
    fine = (over[:, texts.complaints].sum(1) <= most) & _keeps(named)
    fine &= over[:, harmless].sum(1) <= max(1, MOST_HARMLESS * harmless.sum())
    wrong = over[:, harmless] @ np.where(texts.asking, cost.asked, cost.idle)[harmless]
    return np.where(fine, wrong + (~over[:, texts.toxic]).sum(1), np.inf)


def _apart(
    chances: Floats, given: Floats, others: Sequence[int], moved: Sequence[int]
) -> tuple[NDArray[np.bool_], Floats]:
    """What the other heads decide, and the highest chance of those that are moved."""
    known = np.nan_to_num(chances)
    decided: NDArray[np.bool_] = np.any(known[..., others] >= given[others], axis=-1)
    return decided, known[..., moved].max(-1)


def _keeps(over: NDArray[np.bool_]) -> NDArray[np.bool_]:
    """At which limits a version decides as the text as written for enough texts. over: limits x versions x texts."""
    if not over.shape[1] or not over.shape[2]:
        return np.ones(len(over), np.bool_)
    kept = (over[:, 1:] == over[:, :1]).mean(2)
    enough: NDArray[np.bool_] = (kept.mean(1) >= KEPT) & (kept.min(1) >= KEPT_WORST)
    return enough


def danger(chances: Floats, labels: Floats) -> float:
    """The highest chance from which FOUND of those in danger are found; within DANGER."""
    true = np.sort(chances[labels == 1])
    limit = true[int((1 - FOUND) * len(true) + 1e-9)]
    return float(np.clip(limit, *DANGER))
