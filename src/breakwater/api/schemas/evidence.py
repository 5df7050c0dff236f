"""Captures, by machines: states and digests; words only in the package that is handed out."""

from datetime import datetime
from typing import Literal
from uuid import UUID

from ninja import Schema
from pydantic import Field

from breakwater.api.schemas.base import Wish

State = Literal["asked", "taking", "sealed", "partial", "failed"]
Outcome = Literal["", "absent", "there", "unknown"]


class LackOut(Schema):
    """name: post, media, page, profile, comments, figures or disk. code: why it is missing."""

    name: str
    code: str
    url: str


class AbsenceOut(Schema):
    """round: 0 at once, 1 after an hour, 2 after a day. outcome: "" while it is to come. status:
    HTTP, of the page that anybody gets."""

    round: int
    outcome: Outcome
    status: int | None
    due_at: datetime
    looked_at: datetime | None


class StampOut(Schema):
    """Of somebody else (RFC 3161), over the package. outcome: "" while it is to come; refused: given up.
    trouble: why the last try gave nothing."""

    outcome: Literal["", "stamped", "refused"]
    at: datetime | None
    authority: str
    trouble: str


class CaptureOut(Schema):
    """number: in the workspace's chain. Digests are SHA-256, hexadecimal; "" before it is sealed.
    stamp: null where no authority is asked."""

    id: UUID
    channel_id: UUID
    remote_id: str
    url: str
    state: State
    address_only: bool
    incident_id: UUID | None
    asked_at: datetime
    taken_at: datetime | None
    number: int | None
    manifest_digest: str
    package_digest: str
    stamp: StampOut | None
    missing: list[LackOut]
    signed: bool
    kept_until: datetime | None
    shredded_at: datetime | None
    absences: list[AbsenceOut]


class CapturesOut(Schema):
    """head: "number:seal" of the chain's last link; "" where nothing was kept."""

    items: list[CaptureOut]
    head: str


class CaptureWish(Wish):
    """remote_id: as the network names the post. url: leave it empty, or the known one. address_only: nothing of it is fetched (minors)."""

    channel_id: UUID
    remote_id: str = Field(min_length=1, max_length=500)
    url: str = Field(default="", max_length=1000)
    why: str = Field(min_length=1, max_length=500)
    address_only: bool = False


class SignWish(Wish):
    why: str = Field(min_length=1, max_length=500)


Kind = Literal["names", "handles", "avatars", "addresses", "texts"]


class CopyWish(Wish):
    """why: whom it is for, and what for. kinds: what of others is blacked out. words: further ones that
    go wherever they stand. pictures: whether those of the post are in it."""

    why: str = Field(min_length=1, max_length=500)
    kinds: list[Kind] = ["names", "handles", "avatars", "addresses", "texts"]
    words: list[str] = Field(default=[], max_length=200)
    pictures: bool = False
