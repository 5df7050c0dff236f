"""Networks and channels. No secret is among the fields."""

from datetime import datetime
from typing import Annotated
from uuid import UUID

from ninja import Schema
from pydantic import Field

from breakwater.api.schemas.base import Wish
from breakwater.api.schemas.costs import LeftOut


class CapabilityOut(Schema):
    """answer: yes, no, plan (only on some plans) or probe (known by trying). source: where read.
    proof: shown on a real server (real), on recorded answers (recorded), or not (unproved)."""

    answer: str
    note: str
    source: str
    read_on: str
    proof: str


class AllowedOut(Schema):
    """Whether this very channel may. why: ok, shown (tried: it worked), no, not_granted (`missing`
    scopes: reconnect for more), refused (tried: the network said no), plan, untried."""

    yes: bool
    why: str
    tried_at: datetime | None
    missing: list[str]


class LimitsOut(Schema):
    """unit: what the network counts. A 0 means: not said."""

    text: int
    unit: str
    text_bytes: int | None
    link_cost: int | None
    pictures: int
    picture_bytes: int
    picture_pixels: int
    picture_types: list[str]
    alt_characters: int


class FieldOut(Schema):
    """One thing that connecting asks. secret: is never shown again."""

    name: str
    label: str
    help: str
    secret: bool
    default: str
    choices: list[str]


class NetworkOut(Schema):
    """auth: password or open (connect here with `fields`), or oauth (connect on the pages).
    one_server: its address is not asked. asks_keys, lacks_keys: an administrator has to enter the
    installation's own keys first. purposes: what a sign-in may be for."""

    slug: str
    name: str
    auth: str
    default_origin: str
    one_server: bool
    asks_keys: bool
    lacks_keys: bool
    purposes: list[str]
    fields: list[FieldOut]
    can: dict[str, CapabilityOut]
    guarantee: str
    limits: LimitsOut


class NetworksOut(Schema):
    items: list[NetworkOut]


class ChannelOut(Schema):
    """health: ok, expiring, reconnect, trouble or disconnected; health_message says it in words.

    limits and guarantee are null, can and allows are empty, while its network is not installed.
    scopes: what the network granted; null where it did not say.
    """

    id: UUID
    network: str
    network_name: str
    origin: str
    handle: str
    name: str
    url: str
    state: str
    health: str
    health_message: str
    trouble: str
    checked_at: datetime | None
    expires_at: datetime | None
    quiet_until: datetime | None
    guarantee: str | None
    purpose: str
    scopes: list[str] | None
    allows: dict[str, AllowedOut]
    can: dict[str, CapabilityOut]
    limits: LimitsOut | None


class PushesOut(Schema):
    """told: comes (until: the end of the promise, null for good; last: when something was pushed),
    soon, failing (asked again at next_at), unreachable (BREAKWATER_PUBLIC_URL) or never."""

    told: str
    message: str
    until: datetime | None
    last: datetime | None
    next_at: datetime | None


class ReadingOut(Schema):
    """What is read of the account. next_at: null where that is not possible. pushed: pushes bring
    it, so it is looked at seldom. trouble: the code of why it is not read at the moment."""

    source: str
    read_at: datetime | None
    next_at: datetime | None
    pushed: bool
    trouble: str


class ChoiceOut(Schema):
    value: str
    label: str


class ChannelDetailOut(ChannelOut):
    """budgets: what is left of the network's. choices: option of a post -> what the account
    offered at choices_at; an empty list of a flag means that it is switched off there."""

    budgets: list[LeftOut]
    pushes: PushesOut
    reading: list[ReadingOut]
    choices: dict[str, list[ChoiceOut]]
    choices_at: datetime | None


class ChannelsOut(Schema):
    items: list[ChannelOut]


class ConnectWish(Wish):
    """network: its slug. origin: "" for the network's own. fields: as the network's `fields`.

    channel_id: renews this channel instead (network and origin are then its own). account: the id
    of the account to take, where the fields open several.
    """

    network: str = Field("", max_length=40)
    origin: str = Field("", max_length=255)
    fields: dict[str, Annotated[str, Field(max_length=1000)]] = Field(
        default_factory=dict, max_length=20
    )
    channel_id: UUID | None = None
    account: str = Field("", max_length=255)


class AssetOut(Schema):
    """A picture after cleaning. size: bytes."""

    id: UUID
    sha256: str
    mime: str
    size: int
    width: int
    height: int
    file_name: str
