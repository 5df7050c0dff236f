"""What a team does with conversations, and what it says among itself."""

from datetime import datetime
from typing import Annotated
from uuid import UUID

from ninja import Schema
from pydantic import Field

from breakwater.api.schemas.base import Moment, Wish

Talks = Annotated[list[UUID], Field(min_length=1, max_length=200)]


class TalksWish(Wish):
    """talks: ids of conversations; those of other workspaces are none."""

    talks: Talks


class DoneWish(TalksWish):
    """upto: id of the newest message that was seen; what came after it still waits."""

    upto: int | None = Field(None, ge=0, lt=2**63)


class SnoozeWish(TalksWish):
    until: Moment


class AssignWish(TalksWish):
    """person_id: null for nobody."""

    person_id: UUID | None


class LabelledWish(TalksWish):
    """off: it is taken off instead of put on."""

    label_id: UUID
    off: bool = False


class ChangedOut(Schema):
    """changed: how many conversations were not so before."""

    changed: int


class LookingOut(Schema):
    """person_id, name: who looks after the conversation now."""

    person_id: UUID
    name: str


class NoteWish(Wish):
    text: str = Field(max_length=100_000)


class NoteOut(Schema):
    """by: a person's id; none where they are gone. mentions: ids of persons who were told."""

    id: UUID
    at: datetime
    by: UUID | None
    text: str
    mentions: list[UUID]


class NotesOut(Schema):
    items: list[NoteOut]


class LabelWish(Wish):
    """tone: of its mark: idle, sea, done, care or ask."""

    name: str = Field(max_length=1000)
    tone: str = Field("idle", max_length=10)


class LabelOut(Schema):
    id: UUID
    name: str
    tone: str


class LabelsOut(Schema):
    items: list[LabelOut]


class ContactOut(Schema):
    """name, handle, url: empty where the name is veiled for the token's person; then `veiled_name`
    is true. veiled: how many of their messages were abusive; kept: threats kept as evidence."""

    id: UUID
    network: str
    name: str
    handle: str
    url: str
    veiled_name: bool
    first_at: datetime
    last_at: datetime
    talks: int
    items: int
    veiled: int
    answers: int
    kept: int
    labels: list[LabelOut]
    notes: list[NoteOut]
