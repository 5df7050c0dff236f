"""Posts: what is written, what would be sent, and what became of it."""

from datetime import date, datetime
from typing import Annotated, Any
from uuid import UUID

from ninja import Schema
from pydantic import Field

from breakwater.api.schemas.base import FindingOut, Wish
from breakwater.api.schemas.delivery import DeliveryOut

Option = str | int | bool | None
Digest = Annotated[str, Field(pattern=r"^[0-9a-f]{64}$")]
Wall = Annotated[str, Field(max_length=19)]
Zone = Annotated[str, Field(max_length=64)]


class MediumWish(Wish):
    asset_id: UUID
    alt: str = ""


class LinkCardWish(Wish):
    """A link as a card, where the post has no media. asset_id: its picture."""

    url: str = Field(max_length=2000)
    title: str = Field("", max_length=300)
    description: str = Field("", max_length=1000)
    asset_id: UUID | None = None


Label = Annotated[str, Field(max_length=40)]


class TargetWish(Wish):
    """text: instead of the common one, or null."""

    text: str | None = None
    options: dict[str, Option] = Field(default_factory=dict)


class ContentWish(Wish):
    """thread: what follows the text, post by post; comment: the first comment below it.
    targets: channel id -> what is different there. wall: "YYYY-MM-DDTHH:MM" in `zone`, or "".
    labels: the team's own words for it; a pause can be about them."""

    text: str = ""
    language: str = ""
    media: list[MediumWish] = Field(default_factory=list)
    card: LinkCardWish | None = None
    thread: list[str] = Field(default_factory=list, max_length=25)
    comment: str = ""
    targets: dict[UUID, TargetWish] = Field(default_factory=dict)
    wall: Wall = ""
    zone: Zone = ""
    labels: list[Label] = Field(default_factory=list, max_length=10)


class CreateWish(Wish):
    """content: null for an empty draft in the workspace's language and zone."""

    content: ContentWish | None = None


class SaveWish(Wish):
    """revision: the one that you changed; refused (409, who and when) if it is no longer that."""

    revision: int = Field(ge=1)
    content: ContentWish


class ReportWish(Wish):
    content: ContentWish


class SubmitWish(Wish):
    """confirmed_digest: of the preview that you were shown; needed under the policy "none"."""

    confirmed_digest: Digest | None = None


class MoveWish(Wish):
    wall: Wall
    zone: Zone


class DecideWish(Wish):
    """digest: of the version that you were shown. comment: needed for a no."""

    approved: bool
    digest: Digest
    comment: str = Field("", max_length=5000)


class MediumOut(Schema):
    asset_id: UUID
    alt: str


class LinkCardOut(Schema):
    url: str
    title: str
    description: str
    asset_id: UUID | None


class TargetOut(Schema):
    text: str | None
    options: dict[str, Option]


class ContentOut(Schema):
    text: str
    language: str
    media: list[MediumOut]
    card: LinkCardOut | None
    thread: list[str]
    comment: str
    targets: dict[UUID, TargetOut]
    wall: str
    zone: str
    labels: list[str]


class DecisionOut(Schema):
    """about: "version", "now" for leaving at once, or "later" for another time. revoked: it no longer counts."""

    person: str
    about: str
    approved: bool
    digest: str
    comment: str
    at: datetime
    revoked: bool


class VersionOut(Schema):
    """What was submitted last. digest: what an approval is bound to."""

    id: UUID
    number: int
    digest: str
    policy: str
    planned_at: datetime
    submitted_by: str
    submitted_at: datetime


class PostOut(Schema):
    """state: of the post; status: what became of it, from its deliveries. left_at: when the first
    of it left for a network."""

    id: UUID
    title: str
    state: str
    status: str
    revision: int
    author: str
    edited_by: str
    edited_at: datetime
    planned_at: datetime | None
    left_at: datetime | None
    content: ContentOut
    version: VersionOut | None
    decisions: list[DecisionOut]
    deliveries: list[DeliveryOut]


class CardOut(Schema):
    """One post in a list. wall: left_at, else planned_at, as the workspace's clock shows it,
    "YYYY-MM-DDTHH:MM"."""

    id: UUID
    title: str
    state: str
    status: str
    author: str
    planned_at: datetime | None
    left_at: datetime | None
    wall: str | None
    channels: list[UUID]
    media: int


class PageOut(Schema):
    """next: `cursor` of the following page, "" at the end."""

    items: list[CardOut]
    next: str


class DayOut(Schema):
    date: date
    items: list[CardOut]


class MonthOut(Schema):
    zone: str
    days: list[DayOut]


class CountOut(Schema):
    channel_id: UUID
    used: int
    limit: int
    unit: str


class CostOut(Schema):
    """What publishing costs on one channel, its thread and first comment included. micros:
    millionths of a US dollar. posts: how many; linked: of which have a link, if that costs more."""

    channel_id: UUID
    micros: int
    posts: int
    linked: int
    message: str


class ReportOut(Schema):
    """stops: whether a finding stops it. costs: of the channels where publishing costs anything."""

    stops: bool
    counts: list[CountOut]
    findings: list[FindingOut]
    costs: list[CostOut]


class PartOut(Schema):
    """Exactly what one channel would be sent."""

    channel_id: UUID
    digest: str
    payload: dict[str, Any]


class PreviewOut(ReportOut):
    """digest: to confirm with; "" while something stops it."""

    revision: int
    digest: str
    planned_at: datetime | None
    parts: list[PartOut]


class WaitingOut(Schema):
    """What waits for the token's person: to decide on, to change, to answer."""

    to_approve: list["ReviewOut"]
    changes_asked: list["ReviewOut"]
    questions: list[DeliveryOut]


class ReviewOut(Schema):
    """A post with what was submitted of it. parts: exactly what would be sent."""

    id: UUID
    title: str
    state: str
    author: str
    version: VersionOut | None
    parts: list[PartOut]
