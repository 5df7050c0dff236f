"""Texts as they come to a desk, of which the model's word is right: what a workspace teaches may not unsettle them.

They are in the weights file as numbers of that model, chosen when it is trained (`training/ordinary.py`).
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray


@dataclass(frozen=True, slots=True)
class Ordinary:
    """N texts. languages: N uint8, each a number among those of the weights. hidden: N x K float16, of the pass of the
    network in which abuse is likeliest. logits: N x heads float16, of that pass. About two in five are abusive."""

    languages: NDArray[np.uint8]
    hidden: NDArray[np.float16]
    logits: NDArray[np.float16]


def none(hidden: int, heads: int) -> Ordinary:
    """Before any are chosen."""
    halves = [np.zeros((0, width), np.float16) for width in (hidden, heads)]
    return Ordinary(np.zeros(0, np.uint8), *halves)
