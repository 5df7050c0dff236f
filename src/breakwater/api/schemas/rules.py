"""Rules of an inbox, and what one would have done."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any
from uuid import UUID

from ninja import Schema

from breakwater.api.schemas.base import Wish


class RuleOut(Schema):
    """conditions: all have to hold. tried: since its last change. stopped: why it is off by itself:
    rate, author, changed, broken; empty otherwise."""

    id: UUID
    name: str
    position: int
    on: bool
    conditions: Sequence[Mapping[str, Any]]
    actions: Sequence[Mapping[str, Any]]
    why: str
    hourly: int
    revision: int
    tried: bool
    stopped: str
    tripped_at: datetime | None


class RulesOut(Schema):
    items: Sequence[RuleOut]


class SwitchWish(Wish):
    """revision: of the rule as it was seen; needed to switch it on."""

    on: bool
    revision: int = 0


class TriedOut(Schema):
    """looked: messages, the newest; capped: there were more. spared: "action:why" -> messages that it
    would have left to people. busiest: messages within one hour, at most."""

    since: datetime
    looked: int
    capped: bool
    matched: int
    busiest: int
    actions: Mapping[str, int]
    spared: Mapping[str, int]
    categories: Mapping[str, int]
