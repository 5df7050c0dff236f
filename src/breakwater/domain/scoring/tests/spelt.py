"""Words that are known, for tests."""

from collections.abc import Collection, Mapping
from math import log2

import numpy as np

from breakwater.domain.scoring.known import OCTAVE, RUDE, Known, hashes, keys_of
from breakwater.domain.scoring.spans import Read
from breakwater.domain.scoring.spelling import Reading, Speller, Words


def known(often: Mapping[str, int], rude: Collection[str] = ()) -> Known:
    """Words, and how often each was met."""
    if not often:
        return Known(np.zeros(0, np.uint32), np.zeros(0, np.uint8))
    keys = keys_of(hashes(list(often)))
    levels = [1 + round(OCTAVE * log2(n)) + int(RUDE) * (one in rude) for one, n in often.items()]
    order = np.argsort(keys)
    return Known(keys[order], np.array(levels, np.uint8)[order])


def reader(**often: int) -> Read:
    speller = Speller(known(often))

    def read(plain: Words, bare: Words) -> Reading:
        return speller.readings([(plain, bare)])[0]

    return read
