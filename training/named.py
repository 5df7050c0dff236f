"""Texts whose writer says first of what group they are: nothing else about them changes."""

import random
from collections.abc import Sequence
from dataclasses import replace

from breakwater.domain.scoring.masks import TOKENS
from training.corpus import Row

SAID = {"en": ("As a {}, {}", "{}, {}"), "fr": ("En tant que {}, {}", "{}, {}")}
"""How it is said, by language: the group, and the text."""


def behind(frame: str, term: str, text: str) -> str:
    return frame.format(term, text[:1].lower() + text[1:])


def versions(text: str, language: str) -> list[str]:
    """One for each kind of group and way of saying it. What a kind is read as stands for its words."""
    return [behind(frame, token, text) for frame in SAID[language] for token in TOKENS]


def copies(rows: Sequence[Row], share: float, seed: int) -> list[Row]:
    """Of about that share of the rows, each with its writer's group named in a way that is drawn by the seed; labels
    stay, so that it is learnt to change nothing."""
    draw = random.Random(f"named {seed}")
    chosen = [row for row in rows if draw.random() < share]
    return [replace(row, text=draw.choice(versions(row.text, row.language))) for row in chosen]
