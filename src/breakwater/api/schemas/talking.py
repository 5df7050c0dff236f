"""What people say to us, and what is said and done about it."""

from datetime import datetime
from typing import Annotated, Any
from uuid import UUID

from ninja import Schema
from pydantic import Field

from breakwater.api.schemas.base import Wish
from breakwater.networks.base import Deed

_Id = Annotated[str, Field(max_length=500)]


class ArrivalOut(Schema):
    """One thing that came from a network. id: in the order of arrival. what: post, comment,
    mention, quote, tag, message or review. at: when it was written there. about: remote id of our
    own post; parent: of what it answers; thread: of the conversation. own: we wrote it ourselves."""

    id: int
    channel_id: UUID
    network: str
    what: str
    remote_id: str
    at: datetime
    arrived_at: datetime
    changed_at: datetime | None
    gone_at: datetime | None
    author: dict[str, Any]
    text: str
    url: str
    about: str
    parent: str
    thread: str
    media: list[dict[str, Any]]
    own: bool
    ad: bool
    rating: int | None


class ArrivalsOut(Schema):
    """next: `after` of the following page; the same again when there is nothing new."""

    items: list[ArrivalOut]
    next: int


class ReplyWish(Wish):
    """arrival_id: what is answered. Without it the network's own ids: to_post (a comment, mention
    or review) with the root of its conversation, or to (of a conversation of messages)."""

    text: str = Field(max_length=100_000)
    arrival_id: int | None = Field(None, ge=0, lt=2**63)
    to_post: _Id = ""
    root: _Id = ""
    to: _Id = ""
    language: str = Field("", max_length=35)
    options: dict[str, Annotated[str, Field(max_length=1000)] | bool | None] = Field(
        default_factory=dict, max_length=20
    )


class DeedWish(Wish):
    """arrival_id: what it is done to, or whose author (mute, block, unfollow). Without it target:
    the network's own id of either; about: of our post above. detail: why, for how long."""

    deed: Deed
    arrival_id: int | None = Field(None, ge=0, lt=2**63)
    target: _Id = ""
    about: _Id = ""
    detail: dict[str, Annotated[str, Field(max_length=1000)]] = Field(
        default_factory=dict, max_length=20
    )


class ChangeWish(Wish):
    """text: what it says from now on."""

    text: str = Field(max_length=100_000)
