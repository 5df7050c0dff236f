"""Persons, workspaces, members, invitations, notices, the audit trail."""

from datetime import datetime
from typing import Any, Literal
from uuid import UUID

from ninja import Schema
from pydantic import Field

from breakwater.api.schemas.base import Wish
from breakwater.people.roles import Role


class WorkspaceOut(Schema):
    """policy: "none" or "one" (approval by somebody else)."""

    id: UUID
    name: str
    slug: str
    zone: str
    language: str
    policy: str


class WorkspacesOut(Schema):
    items: list[WorkspaceOut]


class MeOut(Schema):
    """Whom the token acts for. rights: what it may do now; scopes: what it was made for."""

    id: UUID
    name: str
    email: str
    language: str
    zone: str
    workspace: WorkspaceOut
    role: str
    rights: list[str]
    token_name: str
    scopes: list[str]
    expires_at: datetime | None


class MemberOut(Schema):
    person_id: UUID
    name: str
    email: str
    role: str
    since: datetime


class MembersOut(Schema):
    items: list[MemberOut]


class RoleWish(Wish):
    role: Role


class InviteWish(Wish):
    email: str = Field(min_length=3, max_length=254)
    role: Role


class InvitationOut(Schema):
    id: UUID
    email: str
    role: str
    invited_by: str
    expires_at: datetime


class InvitationMadeOut(InvitationOut):
    """link: the way in, shown this once. mailed: whether it was sent to the address too."""

    link: str | None
    mailed: bool


class InvitationsOut(Schema):
    items: list[InvitationOut]


class NoticeOut(Schema):
    """mail: waiting, sent, failed or off. path: of the page that it leads to."""

    id: UUID
    code: str
    title: str
    body: str
    path: str
    at: datetime
    read: bool
    mail: str


class NoticesOut(Schema):
    items: list[NoticeOut]


class ReadWish(Wish):
    """ids: which notices; null for all of this workspace."""

    ids: list[UUID] | None = Field(max_length=200)


class ReadOut(Schema):
    read: int


class EntryOut(Schema):
    """actor_id: a person, or null for Breakwater itself. seal: HMAC-SHA256, hexadecimal."""

    number: int
    at: datetime
    actor_id: UUID | None
    verb: str
    subject: str
    subject_id: UUID
    data: dict[str, Any]
    seal: str


class EntriesOut(Schema):
    """Newest first. next: `before` of the following page, null at the end."""

    items: list[EntryOut]
    next: int | None


class VerifiedOut(Schema):
    """number: of the first entry that is wrong. what: changed, missing or head."""

    holds: bool
    number: int | None
    what: Literal["changed", "missing", "head"] | None
