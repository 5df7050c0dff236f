"""Deliveries: what leaves, each attempt, and the answers of people."""

from datetime import datetime
from typing import Literal
from uuid import UUID

from ninja import Schema
from pydantic import Field

from breakwater.api.schemas.base import Wish


class DeliveryOut(Schema):
    """kind: publish, reply, edit, delete or act (deed: which one). reason: the code of why it
    stands where it does; message: what that means and what to do. waits_until: before then it is
    not tried again."""

    id: UUID
    kind: str
    deed: str
    title: str
    source: UUID
    channel_id: UUID
    channel: str
    network: str
    state: str
    due_at: datetime
    waits_until: datetime | None
    accepted_at: datetime | None
    verified_at: datetime | None
    remote_id: str
    remote_url: str
    reason: str
    message: str


class DeliveriesOut(Schema):
    items: list[DeliveryOut]


class AttemptOut(Schema):
    """One fact of the ledger. step: prepare, commit, look, verify or read."""

    number: int
    step: str
    outcome: str
    at: datetime
    code: str
    detail: str
    remote_id: str


class SeenOut(Schema):
    """A post that the last look found on the network."""

    remote_id: str
    url: str
    text: str
    at: str


class DeliveryWithAttemptsOut(DeliveryOut):
    """seen: what an answer `out` may name as its remote_id. can_take_down: whether it can be."""

    digest: str
    tries: int
    commit_calls: int
    can_take_down: bool
    attempts: list[AttemptOut]
    seen: list[SeenOut]


class SettleWish(Wish):
    """out: it is on the network (remote_id: which one); not_out: send it; leave: give it up."""

    answer: Literal["out", "not_out", "leave"]
    remote_id: str = Field("", max_length=500)
    url: str = Field("", max_length=500, pattern=r"^(https?://[^\s<>\"]+)?$")
