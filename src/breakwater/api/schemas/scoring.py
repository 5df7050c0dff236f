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
    for people, without the text. spans: only when they were asked for.
    """

    band: Band | None
    stage: Stage
    reasons: list[Head]
    message: str
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
