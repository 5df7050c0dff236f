"""What was seen on our accounts, and the hours of posts made by hand."""

from collections.abc import Sequence
from datetime import date, datetime, time
from uuid import UUID

from ninja import Schema

from breakwater.api.schemas.base import Wish


class SightingOut(Schema):
    """kind: post, altered, missing, duplicate, profile or followers. state: waits, explained, allowed,
    twin (a question to people), told, stray (an alarm), fine, wrong, contained or gone. code: why.
    delivery_id: of ours, that it may be. confirmed: whether the account showed it when it was asked
    once more; null: not asked, or no answer. No text: that stands on the alarm's page, behind the
    shield."""

    id: UUID
    channel_id: UUID
    kind: str
    state: str
    code: str
    remote_id: str
    url: str
    at: datetime
    delivery_id: UUID | None
    alarm_id: UUID | None
    confirmed: bool | None


class SightingsOut(Schema):
    items: Sequence[SightingOut]


class HandRuleOut(Schema):
    """weekdays: 0 (Monday) to 6. begins, ends: of the workspace's wall."""

    id: UUID
    channel_id: UUID
    weekdays: Sequence[int]
    begins: time
    ends: time
    until: date | None
    why: str


class HandRulesOut(Schema):
    items: Sequence[HandRuleOut]


class HandRuleWish(Wish):
    """weekdays: 0 (Monday) to 6. begins, ends: of the workspace's wall; an end that is not later than
    the beginning is on the next day, 12 hours a day at most. until: the last day, within 14 days."""

    channel_id: UUID
    weekdays: Sequence[int]
    begins: time
    ends: time
    why: str
    until: date


class WatchedChannelOut(Schema):
    """how: stream, push, poll or never; every_s: seconds between two looks. since: when the watch
    began; null: not yet. answers: whether answers in the account's name are judged, too."""

    channel_id: UUID
    how: str
    every_s: int | None
    since: datetime | None
    answers: bool


class WatchedChannelsOut(Schema):
    items: Sequence[WatchedChannelOut]


class WatchWish(Wish):
    answers: bool
