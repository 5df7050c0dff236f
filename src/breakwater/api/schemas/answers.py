"""Answers in conversations, those that wait for a yes, and those to be used again."""

from datetime import datetime
from typing import Annotated
from uuid import UUID

from ninja import Schema
from pydantic import Field

from breakwater.api.schemas.base import ItemId, Wish
from breakwater.api.schemas.piles import PileProposalOut


class AnswerWish(Wish):
    """item_id: of the message that is answered. seen: as the conversation's answers gave it ("" for
    none yet); despite: leave although somebody has answered since. channel_id: refused where the
    conversation is of another. upto: id of the newest message that was looked at (none: the answered
    one). keep_open: the conversation goes on waiting."""

    item_id: ItemId
    text: str = Field(max_length=100_000)
    seen: str = Field("", max_length=40)
    despite: bool = False
    channel_id: UUID | None = None
    upto: int = Field(0, ge=0, lt=2**63)
    keep_open: bool = False


class AnsweredOut(Schema):
    """Just one of the two: the delivery that leaves, or the proposal that waits for a yes."""

    delivery_id: UUID | None
    proposal_id: UUID | None


class AnswerOut(Schema):
    """deed: "" for an answer in words. by: a person's id, or none for a rule. state, message: of its
    delivery."""

    id: UUID
    item_id: int | None
    deed: str
    text: str
    at: datetime
    by: UUID | None
    delivery_id: UUID
    state: str
    message: str


class AnswersOut(Schema):
    """Oldest first. seen: to be sent with the next answer."""

    items: list[AnswerOut]
    seen: str


class ProposalOut(Schema):
    """state: waiting, sent, refused or withdrawn."""

    id: UUID
    thread_id: UUID
    item_id: int
    text: str
    at: datetime
    by: UUID | None
    state: str
    why: str


class ProposalsOut(Schema):
    """piles: answers to all of a pile."""

    items: list[ProposalOut]
    piles: list[PileProposalOut]


class RefusalWish(Wish):
    why: str = Field(max_length=500)


class SavedReplyWish(Wish):
    """text: with {name}, {order}, {shop}, {agent}, {brand} and {post} where they are to be filled
    in. category: "" for any."""

    name: str = Field(max_length=200)
    language: Annotated[str, Field(pattern=r"^[a-z]{2,3}(-[A-Za-z]{2,4})?$")]
    text: str = Field(max_length=10_000)
    category: str = Field("", max_length=10)


class SavedReplyOut(Schema):
    id: UUID
    name: str
    language: str
    category: str
    text: str


class SavedRepliesOut(Schema):
    items: list[SavedReplyOut]
