"""Alarms and their answers, by machines."""

from datetime import datetime
from uuid import UUID

from ninja import Field, Schema

from breakwater.api.schemas.base import Wish


class StrayOut(Schema):
    """One thing that an account shows and nobody here sent; never its text. kind: "post", "profile",
    "altered" … url: where the network shows it."""

    id: UUID
    channel_id: UUID
    kind: str
    remote_id: str
    url: str
    state: str
    seen_at: datetime


class AlarmOut(Schema):
    """state: "open", "followed" (answered, and being worked on) or "answered" (over). answer: "",
    "fine", "wrong" or "not_us"."""

    id: UUID
    state: str
    answer: str
    via: str
    answered_by: str | None
    opened_at: datetime
    told_at: datetime | None
    answered_at: datetime | None


class AlarmsOut(Schema):
    items: list[AlarmOut]


class AlarmWithStraysOut(AlarmOut):
    strays: list[StrayOut]


class ContainWish(Wish):
    """keep_channels: the channels stay signed in afterwards. sign_partial: with this reason, what
    cannot be kept whole as evidence is deleted all the same, in the person's name."""

    keep_channels: bool = False
    sign_partial: str = Field(default="", max_length=500)


class IncidentOpenedOut(Schema):
    incident_id: UUID
    number: int
