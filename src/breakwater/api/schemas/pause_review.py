"""Lines of a review, new times, signals, feeds, days."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Annotated
from uuid import UUID

from ninja import Schema
from pydantic import Field

from breakwater.api.schemas.base import Wish

Why = Annotated[str, Field(min_length=1, max_length=500)]
Ids = Annotated[Sequence[UUID], Field(min_length=1, max_length=500)]


class LineHintOut(Schema):
    """why: list, event (it is about just that) or news."""

    category: str
    word: str
    why: str
    source: str


class ReviewLineOut(Schema):
    id: UUID
    what: str
    subject: UUID | None
    ref: str
    title: str
    text: str
    channels: Sequence[str]
    stands_at: datetime
    hints: Sequence[LineHintOut]
    alike: str
    decision: str
    why: str
    by: UUID | None
    at: datetime | None
    second_by: UUID | None
    outcome: str
    released_at: datetime | None


class ReviewDoneOut(Schema):
    what: str
    decided: int
    all: int
    second: int


class ReviewLinesOut(Schema):
    """after: where the next page begins; "" at the end."""

    items: Sequence[ReviewLineOut]
    after: str
    progress: Sequence[ReviewDoneOut]


class LineDecideWish(Wish):
    """lines: these, which must be alike; or alike: all undecided ones of this group."""

    decision: Annotated[str, Field(max_length=8)]
    why: Why
    lines: Annotated[Sequence[UUID], Field(max_length=500)] = ()
    alike: Annotated[str, Field(max_length=32)] = ""


class LinesChosenWish(Wish):
    lines: Ids


class LinesCountOut(Schema):
    n: int


class PauseSlotOut(Schema):
    id: UUID
    version: UUID
    was_at: datetime
    to_at: datetime
    state: str


class PauseSlotsOut(Schema):
    items: Sequence[PauseSlotOut]


class SlotsChosenWish(Wish):
    slots: Ids


class SlotsAcceptedOut(Schema):
    """refused: id of the slot -> code of why."""

    accepted: Sequence[UUID]
    refused: Mapping[str, str]


class SignalHitOut(Schema):
    version: UUID
    post: UUID
    title: str
    when: datetime
    words: Sequence[str]


class WatchSignalOut(Schema):
    """why: feeds, mentions, day or person. facts: as the page tells them."""

    id: UUID
    why: str
    state: str
    at: datetime
    facts: Mapping[str, object]
    hits: Sequence[SignalHitOut]
    pause_id: UUID | None


class WatchSignalsOut(Schema):
    items: Sequence[WatchSignalOut]


class SignalTapWish(Wish):
    what: Why


class SignalDismissWish(Wish):
    why: Why


class NewsFeedOut(Schema):
    id: UUID
    url: str
    name: str
    on: bool
    read_at: datetime | None
    trouble: str


class NewsFeedsOut(Schema):
    items: Sequence[NewsFeedOut]


class NewsFeedWish(Wish):
    url: Annotated[str, Field(min_length=1, max_length=1000)]
    name: Annotated[str, Field(max_length=100)] = ""


class WatchSwitchWish(Wish):
    on: bool


class MourningDayOut(Schema):
    """name: the id of one's own day, or the key of a shipped one."""

    name: str
    month: int
    day: int
    year: int | None
    en: str
    fr: str
    country: str
    source: str
    on: bool


class MourningDaysOut(Schema):
    items: Sequence[MourningDayOut]


class MourningDayWish(Wish):
    month: Annotated[int, Field(ge=1, le=12)]
    day: Annotated[int, Field(ge=1, le=31)]
    year: Annotated[int | None, Field(ge=2000, le=2200)] = None
    en: Annotated[str, Field(min_length=1, max_length=120)]
    fr: Annotated[str, Field(max_length=120)] = ""
    source: Annotated[str, Field(max_length=500)] = ""
