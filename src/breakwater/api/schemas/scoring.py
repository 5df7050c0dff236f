"""Scores of texts, and what a workspace changes about them."""

from datetime import datetime
from typing import Annotated, Literal
from uuid import UUID

from ninja import Schema
from pydantic import Field

from breakwater.api.schemas.base import Wish
from breakwater.domain.scoring.scores import Abstention, Band, Head
from breakwater.scoring.verdicts import Opinion, Stage

MOST_TEXTS = 100
MOST_CHARACTERS = 200_000
"""Of all texts of a call together."""
MOST_EXPLAINED = 20
"""Texts of a call whose words are looked at one by one."""
Text = Annotated[str, Field(max_length=20_000)]
Hint = Annotated[str, Field(pattern="^([a-z]{2})?$")]


class ScoreWish(Wish):
    """language: ISO 639-1, of texts that are too short to tell; without it the workspace's."""

    texts: list[Text] = Field(min_length=1, max_length=MOST_TEXTS)
    language: Hint = ""
    explain: bool = False


class SpanOut(Schema):
    """Characters start to end (exclusive) of the text. weight: 0 to 1, how much they speak for it."""

    start: int
    end: int
    head: Head
    weight: float


class ScoreOut(Schema):
    """band: clear, veiled, held, or null where nothing can be said of the text (never harmless).

    stage: what decided it. reasons: kinds of abuse it is veiled for, the worst first. denied,
    allowed: ids of terms that it has. abstained: why the model says nothing. message: the same,
    for people, without the text. danger: somebody may be in danger; a person should read it. spans: only when they were asked for.
    """

    band: Band | None
    stage: Stage
    reasons: list[Head]
    message: str
    danger: bool
    language: str
    chances: dict[Head, float]
    denied: list[UUID]
    allowed: list[UUID]
    opinion: Opinion
    abstained: Abstention | None
    model: str
    spans: list[SpanOut]


class ScoresOut(Schema):
    """In the order of the texts."""

    items: list[ScoreOut]


class TermWish(Wish):
    """effect: allow (the words count for nothing) or deny (a text that has them is veiled)."""

    text: str = Field(min_length=1, max_length=200)
    effect: Literal["allow", "deny"]


class TermOut(Schema):
    """words: as texts are compared with them."""

    id: UUID
    text: str
    words: str
    effect: Literal["allow", "deny"]
    by: str | None
    at: datetime


class TermsOut(Schema):
    items: list[TermOut]


class CorrectionWish(Wish):
    """should: whether the text should be veiled, for `head`; without one: it should not, for all
    that it is veiled for. consent: the text may be kept and given away, without names and links."""

    text: str = Field(min_length=1, max_length=20_000)
    should: bool
    head: Head | None = None
    consent: bool = False


class CorrectionOut(Schema):
    """said: the chance that the head had. veiled: whether the text was veiled for it. kept: whether
    its text is kept."""

    id: UUID
    head: Head
    said: float
    veiled: bool
    should: bool
    language: str
    model: str
    kept: bool
    by: str | None
    at: datetime


class CorrectionsOut(Schema):
    """Newest first."""

    items: list[CorrectionOut]


class ThresholdOut(Schema):
    """moved: how far the limits of the head are from the model's, -0.15 to 0.15. proposed: how far
    the corrections say they should be. too_strict, too_mild: texts that say so."""

    head: Head
    moved: float
    proposed: float
    too_strict: int
    too_mild: int
    can_go_back: bool


class ThresholdsOut(Schema):
    items: list[ThresholdOut]


class ThresholdWish(Wish):
    """to: what is proposed, as it was seen."""

    head: Head
    to: float = Field(ge=-0.15, le=0.15)


class BackWish(Wish):
    head: Head
