"""What a workspace's own corrections add to the model, and how little that may be."""

import struct
from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from breakwater.domain.scoring.scores import ABUSE, Head

Floats = NDArray[np.float32]
Chances = NDArray[np.float64]

LEARNS = tuple(head for head in ABUSE if head is not Head.THREAT)
"""The kinds of abuse that may be learnt. Threats stay as the model says: people are asked to look at them
from a low chance on, and nobody's corrections may take that away."""
FURTHEST = 0.25
"""How far a chance may be from what the model alone says, either way."""
HEAVIEST = 1.0
"""Length of an adapter's weights and bias together. Those of a head of the network are some 0.7 to 1.1 long."""


@dataclass(frozen=True, slots=True)
class Taught:
    """What one text teaches of one kind of abuse: numbers that the text cannot be read back from.

    hidden: K float16 as bytes, of the pass of the network in which the head says most. odds: the logarithm
    of the model's odds (calibrated; 0 is a chance of a half). slope: by how much they rise with the logit.
    """

    hidden: bytes
    odds: float
    slope: float


@dataclass(frozen=True, slots=True, eq=False)
class Adapter:
    """Of one head: `hidden @ weights + bias` is added to its logit. weights: K. model: name and version of the
    one whose hidden layer that is; in another it means nothing."""

    weights: Floats
    bias: float
    model: str = ""

    def packed(self) -> bytes:
        """What `unpacked` reads: K + 1 float32, little-endian."""
        return np.append(self.weights, np.float32(self.bias)).astype("<f4").tobytes()


@dataclass(frozen=True, slots=True, eq=False)
class Adapters:
    """All of a workspace. number: of the last change among them."""

    number: int
    of: Mapping[Head, Adapter]


def unpacked(data: bytes, model: str) -> Adapter:
    """Raises: ValueError for what is not whole or not finite."""
    numbers = np.frombuffer(data, "<f4").astype(np.float32)
    if len(numbers) < 2 or not np.isfinite(numbers).all():
        raise ValueError("not an adapter")
    return Adapter(numbers[:-1], float(numbers[-1]), model)


def bounded(alone: Chances, learnt: Chances) -> Chances:
    """Chances after learning, no further than FURTHEST from those of the model alone."""
    return np.clip(learnt, alone - FURTHEST, alone + FURTHEST)


def packed_lesson(taught: Taught) -> bytes:
    """What `unpacked_lesson` reads: odds and slope (float32), then the hidden layer."""
    return struct.pack("<ff", taught.odds, taught.slope) + taught.hidden


def unpacked_lesson(data: bytes) -> Taught:
    odds, slope = struct.unpack_from("<ff", data)
    return Taught(data[8:], odds, slope)
