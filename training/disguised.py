"""Copies of texts that are written as people write to pass a filter, or to type fast: labels stay."""

import random
from collections.abc import Sequence
from dataclasses import replace

from training.corpus import Row
from training.obfuscation import WAYS

LEARNT = (
    "swapped", "dropped", "starred", "spaced", "dotted", "pointed", "leet", "drawn_out",
    "dropped", "starred", "spaced", "emoji_between", "emoji_between",
)  # fmt: skip
"""Twice those that cost most. Emoji among words, since in some collections they stand for whom one hates. What the second view does not undo, or not always; harmless texts are written so as well, as
otherwise the disguise itself would be learnt to be abuse."""


def copies(rows: Sequence[Row], share: float, seed: int) -> list[Row]:
    """Of about that share of the rows, each in one way that is drawn by the seed."""
    draw = random.Random(seed)
    chosen = [row for row in rows if draw.random() < share]
    return [replace(row, text=WAYS[draw.choice(LEARNT)](row.text, draw, ())) for row in chosen]
