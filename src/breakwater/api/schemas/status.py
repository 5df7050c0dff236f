"""Is everything all right? The answer, as machines read it."""

from datetime import datetime
from uuid import UUID

from ninja import Schema


class TroubledOut(Schema):
    """A delivery of a trouble. until: when it is tried or looked for next."""

    delivery_id: UUID
    channel: str
    state: str
    since: datetime
    until: datetime | None
    reason: str
    message: str


class TroubleOut(Schema):
    """level: care (Breakwater sees to it), person (somebody has to) or unknown. count: how many
    things; 0 when another trouble counts them. deliveries: the first five of its deliveries, `more`
    besides. itself: what happens by itself; person: what somebody can do."""

    code: str
    level: str
    count: int
    since: datetime | None
    until: datetime | None
    subject_id: UUID | None
    message: str
    itself: str
    person: str
    deliveries: list[TroubledOut]
    more: int


class ComparedOut(Schema):
    """How a channel's account was last held against the ledger; null: never."""

    channel_id: UUID
    channel: str
    compared_at: datetime | None
    complete: bool | None
    agreed: int | None
    differ: int | None


class StatusOut(Schema):
    """verdict: all_right, taking_care, needs_you or cannot_tell. free_bytes: null when it cannot
    be told. backup_at: null when none is known here."""

    workspace: str
    at: datetime
    verdict: str
    message: str
    needs_you: int
    taking_care: int
    troubles: list[TroubleOut]
    compared: list[ComparedOut]
    workers: int
    free_bytes: int | None
    backup_at: datetime | None
