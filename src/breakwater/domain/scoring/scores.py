"""What is said of a text: chances by head, a language, a band, the words that explain it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Protocol


class Head(StrEnum):
    """A question asked of a text. Each has a chance of its own; none excludes another,
    except that negative, neutral and positive share one whole."""

    TOXIC = "toxic"
    """Rude or hateful, as those who collect such texts for research call it: swearing may be enough."""
    ABUSIVE = "abusive"
    """What a sensible moderator would keep from whoever answers: it attacks, demeans, threatens, harasses."""
    INSULT = "insult"
    THREAT = "threat"
    IDENTITY_HATE = "identity_hate"
    PROFANITY = "profanity"
    SEXUAL = "sexual"
    NEGATIVE = "negative"
    NEUTRAL = "neutral"
    POSITIVE = "positive"
    COMPLAINT = "complaint"
    QUESTION = "question"
    PRAISE = "praise"
    REQUEST = "request"
    CRISIS = "crisis"
    DANGER = "danger"


ABUSE = (Head.ABUSIVE, Head.INSULT, Head.THREAT, Head.IDENTITY_HATE, Head.SEXUAL)
"""What a reader is shielded from. Neither profanity nor what is toxic to others is among them: swearing alone veils nothing."""
FEELING = (Head.NEGATIVE, Head.NEUTRAL, Head.POSITIVE)
INTENT = (Head.COMPLAINT, Head.QUESTION, Head.PRAISE, Head.REQUEST, Head.CRISIS)


class Band(StrEnum):
    """What a page may do with a text, before a person's own level is asked."""

    CLEAR = "clear"
    """Shown."""
    VEILED = "veiled"
    """Not in the page until its reader reveals it."""
    HELD = "held"
    """Nobody needs to read it now."""


class Abstention(StrEnum):
    """Why nothing is said of a text. Never to be read as harmless."""

    EMPTY = "empty"
    """No letter, digit or emoji is in it."""
    LANGUAGE = "language"
    """Written in a language that the model was not trained for, or in none that can be told."""


@dataclass(frozen=True, slots=True)
class Span:
    """Characters `start` to `end` (exclusive) of the text as it came, and what they speak for.

    weight: their share of what all words speak for the head, 0 to 1.
    """

    start: int
    end: int
    head: Head
    weight: float


@dataclass(frozen=True, slots=True)
class Score:
    """What the model says of one text.

    chances: 0 to 1 by head, calibrated; empty after an abstention. A head that was not trained
    for the language is absent, not 0. language: ISO 639-1, or "und". band: None after an
    abstention. model: its name and version, e.g. "breakwater-1.0", or "breakwater-1.0+a3" after what a
    workspace taught it. alone: what the network alone says, of those heads of which a workspace's
    lessons or a rule say otherwise.
    """

    model: str
    language: str
    chances: Mapping[Head, float] = field(default_factory=dict)
    band: Band | None = None
    spans: tuple[Span, ...] = ()
    abstained: Abstention | None = None
    alone: Mapping[Head, float] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Item:
    """A text to score. hint: the language its thread or workspace is in, for short texts."""

    text: str
    hint: str = ""


class Scorer(Protocol):
    """What scores texts: the embedded model, and plug-ins of the group `breakwater.scorers`.

    id and version name what a score came from. languages: ISO 639-1. heads: what it can say.
    """

    id: str
    version: str
    languages: frozenset[str]
    heads: frozenset[Head]

    def score(self, batch: Sequence[Item]) -> Sequence[Score]:
        """One score for each item, in order. Never raises for what a stranger wrote."""
        ...
