"""What is set aside, kept and told, by machines."""

from datetime import datetime
from typing import Literal
from uuid import UUID

from ninja import Schema

from breakwater.api.schemas.base import Wish
from breakwater.domain.triage import Category


class AsideOut(Schema):
    """aside: conversations in the folder now. hiding: messages on their way to being hidden."""

    aside: int
    hiding: int


class FolderLineOut(Schema):
    category: Category
    conversations: int


class FolderOut(Schema):
    """items: by category. offered: open conversations that nobody needs to read."""

    items: list[FolderLineOut]
    offered: int


class DangerWish(Wish):
    danger: bool


class KeepWish(Wish):
    """minor: an illegal image of a minor, of which the address alone is kept."""

    why: Literal["threat", "crime", "minor"]


class KeptOut(Schema):
    """digest: SHA-256 of what was sealed. What was kept itself is read on the page alone."""

    id: UUID
    why: str
    digest: str
    address_only: bool
    kept_at: datetime


class HelplineOut(Schema):
    """kind: "help", for a person in danger; "report", for a crime."""

    kind: str
    name: str
    number: str
    url: str
    note: str


class HelplinesOut(Schema):
    """country: ISO 3166."""

    country: str
    items: list[HelplineOut]
