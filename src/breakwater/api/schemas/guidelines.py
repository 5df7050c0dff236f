"""Guidelines, and what they find."""

from datetime import datetime
from typing import Annotated, Any, Literal
from uuid import UUID

from ninja import Schema
from pydantic import Field

from breakwater.api.schemas.base import Moment, Wish
from breakwater.domain.guidelines import Effect, Kind

_Line = Annotated[str, Field(max_length=100)]


class GuidelineValue(Wish):
    """What is looked for: words (kind words), pattern, domains (kind domain), from, to and weekdays
    (0 Monday; kind hours), days as MM-DD or YYYY-MM-DD (kind day)."""

    words: list[_Line] | None = Field(None, max_length=200)
    pattern: Annotated[str, Field(max_length=200)] | None = None
    domains: list[_Line] | None = Field(None, max_length=200)
    days: list[_Line] | None = Field(None, max_length=100)
    begins: Annotated[str, Field(max_length=8)] | None = Field(None, alias="from")
    ends: Annotated[str, Field(max_length=8)] | None = Field(None, alias="to")
    weekdays: list[Annotated[int, Field(ge=0, le=6)]] | None = Field(None, max_length=7)


class GuidelineWish(Wish):
    """clause: the sentence that writers read. incident: the one it comes from, of a new guideline."""

    kind: Literal["words", "pattern", "domain", "hours", "day"]
    value: GuidelineValue
    effect: Literal["block", "warn"]
    clause: Annotated[str, Field(min_length=1, max_length=500)]
    since: Moment | None = None
    until: Moment | None = None
    incident: UUID | None = None


class GuidelineOut(Schema):
    """tried: whether what it says now was tried, so that it may be on; found: in how many of the posts
    that left last."""

    id: UUID
    kind: Kind
    value: dict[str, Any]
    effect: Effect
    clause: str
    on: bool
    tried: bool
    found: int | None
    since: datetime | None
    until: datetime | None
    incident: UUID | None
    at: datetime


class GuidelinesOut(Schema):
    """Newest first."""

    items: list[GuidelineOut]


class GuidelineMetOut(Schema):
    """A post that it finds something in. found: what, as it is written there."""

    post_id: UUID
    title: str
    found: str


class GuidelineTriedOut(Schema):
    """posts: that left last and were looked at; hits: in how many something was found; met: the latest
    50 of those."""

    posts: int
    hits: int
    met: list[GuidelineMetOut]
