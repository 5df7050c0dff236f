"""Deeds on the network from the inbox, reports, and whom a channel follows."""

from datetime import datetime
from typing import Annotated, Literal
from uuid import UUID

from ninja import Schema
from pydantic import Field

from breakwater.api.schemas.base import ItemId, Wish
from breakwater.api.schemas.delivery import DeliveryOut
from breakwater.networks.base import Deed

_Text = Annotated[str, Field(max_length=500)]
Reason = Literal["", "spam", "rude", "sexual", "violation", "misleading", "other"]


class PossibleOut(Schema):
    """Whether a deed can be done to the message. why: a sentence where not; note: what the network
    makes of it; for_good: nothing takes it back."""

    deed: Deed
    possible: bool
    why: str
    note: str
    for_good: bool


class DeedOut(Schema):
    """A deed that was done, or is on its way: delivery says how far. by: null for a rule. undoes:
    the deed that this one takes back."""

    id: UUID
    deed: Deed
    item_id: int
    by: UUID | None
    at: datetime
    undoes: UUID | None
    delivery: DeliveryOut


class ItemDeedsOut(Schema):
    possible: list[PossibleOut]
    done: list[DeedOut]


class ItemDeedWish(Wish):
    """reason, text: of a report, for the people of the network."""

    deed: Deed
    reason: Reason = ""
    text: _Text = ""


class ManyWish(ItemDeedWish):
    """items: ids of messages, 200 at most. why: a written reason, kept on record."""

    items: list[ItemId] = Field(min_length=1, max_length=200)
    why: _Text = ""


class CountedOut(Schema):
    """How many messages of one network; why: where it cannot be done."""

    network: str
    messages: int
    why: str = ""


class PlanOut(Schema):
    """What `several` would do. needs_reason: whether it asks for `why`."""

    able: list[CountedOut]
    unable: list[CountedOut]
    needs_reason: bool


class DeedsOut(Schema):
    """made: those that are new by this request."""

    made: list[DeedOut]


class MadeReportOut(Schema):
    """reference: the network's own, "" where it gave none. outcome: "" while nobody knows."""

    id: UUID
    item_id: int
    reason: str
    reference: str
    outcome: str
    outcome_at: datetime | None
    note: str
    deed: DeedOut


class ReportsOut(Schema):
    items: list[MadeReportOut]


class OutcomeWish(Wish):
    """seen: the outcome that the caller saw, so that two do not write over one another."""

    outcome: Literal["upheld", "rejected", "appealed", "overturned"]
    seen: Literal["", "upheld", "rejected", "appealed", "overturned"]
    note: _Text = ""


class FollowedOut(Schema):
    """name, handle: "" where the name is veiled for the token's person. abusive: messages of theirs
    to this workspace."""

    remote_id: str
    name: str
    handle: str
    veiled: bool
    abusive: int


class FollowingOut(Schema):
    """next: `cursor` of the following page, "" on the last."""

    items: list[FollowedOut]
    next: str
