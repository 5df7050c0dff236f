"""What the columns of a model in a folder mean to us: `breakwater.json` beside it.

    {"labels": [["toxic", "abusive"], ["obscene", null], ["threat", "threat"]],
     "activation": "sigmoid", "temperature": 1.0, "tokens": 256, "languages": ["en"]}

A list, not an object, since the order of columns is what matters and tools sort objects.
"""

import json
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

from breakwater.domain.errors import Refused
from breakwater.domain.scoring.scores import ABUSE, Head

FILE: Final = "breakwater.json"
_LONGEST = 65_536
_KINDS = {**{head.value: head for head in ABUSE}, Head.TOXIC.value: Head.ABUSIVE}
"""What models of others call toxic counts as abuse."""
_KEYS = {"labels", "activation", "temperature", "tokens", "languages"}
_ACTIVATIONS = ("sigmoid", "softmax")
FEWEST_TOKENS, MOST_TOKENS = 16, 512
_COLDEST, _HOTTEST = 0.05, 20.0
_MOST_LABELS = 256


@dataclass(frozen=True, slots=True)
class Columns:
    """heads: for each column of the model the kind of abuse it speaks of, or None. softmax: columns
    exclude one another. temperature: what logits are divided by. tokens: read at once. languages:
    ISO 639-1 of the texts that it reads; empty for all."""

    heads: tuple[Head | None, ...]
    softmax: bool = False
    temperature: float = 1.0
    tokens: int = 256
    languages: frozenset[str] = frozenset()


def columns(folder: Path) -> Columns:
    """Raises: Refused: scorer_no_mapping, scorer_mapping (nothing that can be read, or a value out
    of bounds), scorer_labels (a kind that there is not)."""
    try:
        with (folder / FILE).open("rb") as file:
            content = file.read(_LONGEST + 1)
    except OSError as error:
        raise Refused("scorer_no_mapping") from error
    try:
        said = json.loads(content if len(content) <= _LONGEST else b"")
    except (ValueError, RecursionError) as error:
        raise Refused("scorer_mapping", str(type(error).__name__)) from error
    if not isinstance(said, dict) or not said.keys() <= _KEYS:
        raise Refused("scorer_mapping", "other keys")
    heads = _heads(said.get("labels"))
    activation = said.get("activation", "sigmoid")
    languages = said.get("languages", [])
    if activation not in _ACTIVATIONS or not _are_words(languages):
        raise Refused("scorer_mapping", "activation or languages")
    return Columns(
        heads,
        activation == "softmax",
        float(_within(said.get("temperature", 1.0), _COLDEST, _HOTTEST)),
        int(_within(said.get("tokens", 256), FEWEST_TOKENS, MOST_TOKENS)),
        frozenset(languages),
    )


def _heads(labels: Any) -> tuple[Head | None, ...]:
    if not isinstance(labels, list) or not 1 <= len(labels) <= _MOST_LABELS:
        raise Refused("scorer_mapping", "labels")
    heads = []
    for pair in labels:
        if not isinstance(pair, list) or len(pair) != 2 or not isinstance(pair[0], str):
            raise Refused("scorer_mapping", "labels")
        if pair[1] is not None and (not isinstance(pair[1], str) or pair[1] not in _KINDS):
            raise Refused("scorer_labels")
        heads.append(None if pair[1] is None else _KINDS[pair[1]])
    if not any(heads):
        raise Refused("scorer_labels")
    return tuple(heads)


def _are_words(value: Any) -> bool:
    return isinstance(value, list) and all(isinstance(one, str) for one in value)


def _within(value: Any, least: float, most: float) -> float:
    if isinstance(value, bool) or not isinstance(value, int | float) or not least <= value <= most:
        raise Refused("scorer_mapping", f"a number not from {least} to {most}")
    return value
