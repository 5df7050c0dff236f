"""Measures of a ranking and of a choice, in numpy, so that floors can be held wherever tests run."""

from collections.abc import Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray


def roc_auc(labels: NDArray[Any], said: NDArray[Any]) -> float:
    """The chance that a text with label 1 is said higher than one with label 0; ties count half.

    Raises: ZeroDivisionError where one of the two is missing.
    """
    _, place, counts = np.unique(said, return_inverse=True, return_counts=True)
    ranks = (np.cumsum(counts) - (counts - 1) / 2)[place]
    true = labels == 1
    ones, zeros = int(true.sum()), int((~true).sum())
    return (float(ranks[true].sum()) - ones * (ones + 1) / 2) / (ones * zeros)


def macro_f1(true: NDArray[Any], said: NDArray[Any]) -> float:
    """The mean over the classes that are true or said of the harmonic mean of precision and recall."""
    scores = []
    for kind in sorted(set(true.tolist()) | set(said.tolist())):
        both = int(((true == kind) & (said == kind)).sum())
        scores.append(2 * both / (int((true == kind).sum()) + int((said == kind).sum())))
    return float(np.mean(scores))


def balanced(sources: Sequence[str]) -> NDArray[np.float32]:
    """Each source counts as much as any other, whatever its size."""
    names, which, counts = np.unique(np.array(sources), return_inverse=True, return_counts=True)
    weights: NDArray[np.float32] = (len(sources) / len(names) / counts[which]).astype(np.float32)
    return weights


def expected_error(
    chances: NDArray[Any],
    labels: NDArray[Any],
    weights: NDArray[Any],
    bins: int = 10,
) -> float:
    """Expected calibration error: how far a chance is from what comes true, on the mean."""
    which = np.minimum((chances * bins).astype(int), bins - 1)
    whole = weights.sum()
    error = 0.0
    for n in range(bins):
        some = which == n
        if some.any():
            share = weights[some].sum() / whole
            said = np.average(chances[some], weights=weights[some])
            true = np.average(labels[some], weights=weights[some])
            error += share * abs(said - true)
    return float(error)
