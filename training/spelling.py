"""The words that the scorer knows when it mends others."""

from collections import Counter
from collections.abc import Sequence
from math import log2
from pathlib import Path

import numpy as np

from breakwater.domain.scoring.identities import TERMS
from breakwater.domain.scoring.known import OCTAVE, RUDE, Known, hashes, keys_of
from breakwater.domain.scoring.normal import plain
from breakwater.domain.scoring.slips import LONGEST
from breakwater.domain.scoring.words import words
from training.corpus import Row
from training.lexicons import listed

OFTEN = 2
"""How often an English word of public texts is to be met: what is met once is mostly a slip. All
words of French and of our own texts count: there are few."""
_SURE = frozenset(("own", "grammar"))
_ALONE = frozenset("aiyournc")
"""Letters that are words, or are written for one. Others are mostly pieces of words."""
_RUDE = frozenset(("swear", "slur", "insult"))


def known(rows: Sequence[Row], lexicons: Path) -> Known:
    """rows: none of them written in disguise. lexicons: shared/data/scoring/lexicons, whose words
    are known too, as are those that name groups."""
    listing = listed(lexicons)
    counts = _counted(rows)
    for word in filter(_spelt, (*listing, *TERMS)):
        counts[word] = max(counts[word], 1)
    rude = {word for word, flags in listing.items() if _RUDE & flags.keys()}
    names = sorted(counts, key=lambda word: (-counts[word], word))
    keys = keys_of(hashes(names))
    usual = [1 + round(OCTAVE * log2(counts[one])) + (one in rude) * int(RUDE) for one in names]
    levels = np.array(usual, np.uint8)
    kept, first = np.unique(keys, return_index=True)
    return Known(kept, levels[first])


def _counted(rows: Sequence[Row]) -> Counter[str]:
    counts: Counter[str] = Counter()
    sure: set[str] = set()
    for row in rows:
        found = list(filter(_spelt, words(plain(row.text))))
        counts.update(found)
        if row.language == "fr" or row.source in _SURE:
            sure.update(found)
    return Counter({word: n for word, n in counts.items() if n >= OFTEN or word in sure})


def _spelt(word: str) -> bool:
    letters = word.removesuffix("'")
    return (
        letters.isascii()
        and letters.isalpha()
        and len(letters) <= LONGEST
        and (len(word) > 1 or word in _ALONE)
    )
