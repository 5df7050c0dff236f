"""Pauses, and what is done about them."""

from collections.abc import Sequence
from datetime import datetime
from typing import Annotated, Literal
from uuid import UUID

from ninja import Schema
from pydantic import Field

from breakwater.api.schemas.base import Moment, Short, Wish

Why = Annotated[str, Field(max_length=500)]
Closable = Literal["replies", "deeds", "rules"]


class ScopeOut(Schema):
    """What it is about once it is narrowed: any of these. All empty: everything."""

    channels: Sequence[UUID] = ()
    labels: Sequence[str] = ()
    countries: Sequence[str] = ()


class PauseOut(Schema):
    """mode: "all" or "daily". via: page, api, command or link. state: open, resuming or ended.
    held, out_day: as its answer said them."""

    id: UUID
    mode: str
    why: str
    by: str
    via: str
    state: str
    scope: ScopeOut
    closed: Sequence[str]
    two_persons: bool
    reevaluate_at: datetime
    began_at: datetime
    ended_at: datetime | None
    held: int
    out_day: int


class PausesOut(Schema):
    items: Sequence[PauseOut]


class LeavingOut(Schema):
    """now: "out", "not_out", "asks" or "unknown", while it is not known yet."""

    delivery_id: UUID
    channel_id: UUID
    now: str


class PauseAnswerOut(Schema):
    """held: posts that wait behind it. leaving: what had begun and cannot be stopped. out_day: posts
    that went out in the 24 hours before."""

    pause_id: UUID
    held: int
    leaving: Sequence[LeavingOut]
    out_day: int


class PauseShownOut(PauseAnswerOut):
    """The same as it is now, with the pause. since: posts planned after it began."""

    pause: PauseOut
    since: int


class ResumedOut(Schema):
    """goes_on: how many leave at their time. asks: whose time came meanwhile. dropped: what rules
    wanted to answer."""

    pause: PauseOut
    goes_on: int
    asks: int
    dropped: int


class PauseWish(Wish):
    why: Why
    mode: Literal["all", "daily"] = "all"


class CloseWish(Wish):
    closed: Annotated[Sequence[Closable], Field(max_length=3)]


class NarrowWish(Wish):
    """why, despite: as when a pause is ended."""

    channels: Annotated[Sequence[UUID], Field(max_length=200)] = ()
    labels: Annotated[Sequence[Short], Field(max_length=50)] = ()
    countries: Annotated[Sequence[Short], Field(max_length=50)] = ()
    why: Why = ""
    despite: bool = False


class LookWish(Wish):
    at: Moment
    why: Why


class ResumeWish(Wish):
    """despite: although something is undecided, or the time to look again is over; with a reason."""

    why: Why = ""
    despite: bool = False
