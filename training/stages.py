"""Whether each thousand of our French rows makes dev better: `python -m training.stages [FOLDER]`.

Each stage trains anew on the French public texts, a share of the English ones, and the rows so far, and prints
the mean AUC on French dev; FOLDER: the first that is tried, beside what is before it. Its last lines are in
training/data/STAGES.md.
"""

import sys
from collections.abc import Sequence

import numpy as np

from breakwater.domain.scoring.model import Model
from breakwater.domain.scoring.scores import Head
from training import figures
from training.__main__ import SHARED
from training.build import Recipe, built
from training.corpus import OWN, Row, own, public
from training.fit import Plan

STAGES = (
    "fr-clients", "fr-forum", "fr-regions", "fr-adapted", "fr-sourdine", "fr-desk", "fr-comments",
    "fr-replies", "fr-crude", "fr-miroir",
)  # fmt: skip
"""Folders of a thousand rows and more, in the order in which they were written."""
ENGLISH = 6
"""Each so many-th English public text is trained on: a stage is to take minutes."""
SEEDS = (0,)


def stage(rows: Sequence[Row], dev: Sequence[Row], held: Sequence[Row]) -> dict[str, float]:
    """AUC of toxicity by French source, the mean of the seeds."""
    found: dict[str, list[float]] = {}
    for seed in SEEDS:
        recipe = Recipe(rows, [], held, SHARED / "lexicons", Plan(seed=seed), "stage")
        said = figures.scored(Model(built(recipe)), dev)
        auc = figures.auc(dev, figures.column(said, Head.TOXIC), Head.TOXIC)
        for (source, _), value in auc.items():
            found.setdefault(source, []).append(value)
    return {source: float(np.mean(values)) for source, values in found.items()}


def main() -> None:
    everything = public("train", SHARED)
    english = [row for row in everything if row.language == "en"][::ENGLISH]
    rows = [*(row for row in everything if row.language == "fr"), *english]
    kept = own(kept_back=True)
    dev = [row for row in public("dev", SHARED) if row.language == "fr"]
    first = STAGES.index(sys.argv[1]) if sys.argv[1:] else 0
    rows += [row for name in STAGES[:first] for row in _ours(name)]
    for name in ("before", *STAGES[first:]):
        rows += [] if name == "before" else _ours(name)
        found = stage(rows, dev, [*dev, *kept])
        listed = ", ".join(f"{source} {value:.4f}" for source, value in found.items())
        sys.stdout.write(
            f"| {name} | {len(rows):,} | {listed} | {np.mean(list(found.values())):.4f} |\n"
        )
        sys.stdout.flush()


def _ours(name: str) -> list[Row]:
    return own(OWN, kept_back=False, only=name)


if __name__ == "__main__":
    main()
