"""How well an account is locked, as people declare it."""

from datetime import date, datetime
from typing import Annotated, Literal
from uuid import UUID

from ninja import Schema
from pydantic import Field

from breakwater.api.schemas.base import Wish

Said = Literal["yes", "no", "unknown"]


class PostureWish(Wish):
    """What is known of the account. Never a password."""

    unique_password: Said
    in_manager: Said
    mfa: Said


class HolderWish(Wish):
    """Somebody who can get into the account, until the end of `ends_on` if one is agreed."""

    name: Annotated[str, Field(min_length=1, max_length=100)]
    kind: Literal["staff", "agency"]
    ends_on: date | None = None


class HolderOut(Schema):
    """overdue: it should have ended by now."""

    id: UUID
    name: str
    kind: Literal["staff", "agency"]
    ends_on: date | None
    overdue: bool


class PostureOut(Schema):
    """said_at: when somebody last declared it; null: nobody ever did."""

    unique_password: Said
    in_manager: Said
    mfa: Said
    said_by: str | None
    said_at: datetime | None
    remind_at: datetime | None
    holders: list[HolderOut]
