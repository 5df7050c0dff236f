"""Whether two pictures show the same, judged by fingerprints that survive a network's encoding.

A fingerprint is a difference hash (dHash: is each point darker than its right neighbour?) of
16 x 16 points, and the mean colours of a 4 x 4 grid, which tell plain areas apart.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

SIDE = 16
GRID = 4
NOISE = 3
"""Of 255: what encoding makes of a plain area. Such a difference is none."""
SAME_BITS = 32
"""Of 256. Measured with core/tests/test_fingerprints.py on photographs, cards of text, gradients
and plain areas, each as JPEG and WebP of quality 30 to 85 and down to a third of its size: the same
picture at most 24, two cards of one layout at least 43, two photographs at least 96."""
SAME_COLOUR = 16
"""Of 255, in any cell and channel. The same picture at most 5; two plain areas at least 30."""


class Likeness(StrEnum):
    SAME = "same"
    DIFFERENT = "different"
    UNKNOWN = "unknown"


@dataclass(frozen=True)
class Fingerprint:
    """bits: SIDE x SIDE of them. colours: GRID x GRID x 3 means, 0 to 255."""

    bits: int
    colours: tuple[int, ...]


def fingerprint(grey: Sequence[int], colours: Sequence[int]) -> Fingerprint:
    """grey: (SIDE + 1) x SIDE luminances, row by row. colours: GRID x GRID x RGB.

    Raises: ValueError for another number of points.
    """
    if len(grey) != (SIDE + 1) * SIDE or len(colours) != GRID * GRID * 3:
        raise ValueError("not the points of a fingerprint")
    bits = 0
    for row in range(SIDE):
        for column in range(SIDE):
            place = row * (SIDE + 1) + column
            bits = bits << 1 | (grey[place] + NOISE < grey[place + 1])
    return Fingerprint(bits, tuple(colours))


def distances(one: Fingerprint, other: Fingerprint) -> tuple[int, int]:
    """How many bits differ, and by how much the colours do at most."""
    colour = max(abs(a - b) for a, b in zip(one.colours, other.colours, strict=True))
    return (one.bits ^ other.bits).bit_count(), colour


def compared(one: Fingerprint | None, other: Fingerprint | None) -> Likeness:
    """UNKNOWN when one of them could not be read."""
    if one is None or other is None:
        return Likeness.UNKNOWN
    bits, colour = distances(one, other)
    same = bits <= SAME_BITS and colour <= SAME_COLOUR
    return Likeness.SAME if same else Likeness.DIFFERENT


def together(parts: Sequence[Likeness]) -> Likeness:
    """Of a post with several pictures: one that differs decides, then one that is unknown."""
    for verdict in (Likeness.DIFFERENT, Likeness.UNKNOWN):
        if verdict in parts:
            return verdict
    return Likeness.SAME
