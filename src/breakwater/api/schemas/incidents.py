"""Incidents by machines: what happened, what is to be done, what was decided."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any
from uuid import UUID

from ninja import Schema
from pydantic import Field

from breakwater.api.schemas.base import Wish


class IncidentOut(Schema):
    """kind: rogue, hijack, bad_post, event, pile_on, false or other. severity: 1 (small) to 4 (grave).
    containing: asked, walled, sealing, deleting, stuck, proved or done; empty where nothing is."""

    id: UUID
    number: int
    title: str
    kind: str
    severity: int
    state: str
    began_at: datetime
    noticed_at: datetime
    containing: str


class IncidentsOut(Schema):
    items: Sequence[IncidentOut]


class PhaseOut(Schema):
    """name: noticed, contained, decided, said or calm. at: null while it is not reached."""

    name: str
    at: datetime | None
    after_min: int | None


class LineOut(Schema):
    """A line of the timeline: a code with its values, and what a person typed."""

    at: datetime
    by: UUID | None
    via: str
    code: str
    data: Mapping[str, Any]
    text: str


class TaskOut(Schema):
    """source: playbook, promise, review, runbook or hand."""

    id: UUID
    text: str
    source: str
    role: str
    who: UUID | None
    due_at: datetime | None
    done_at: datetime | None


class IncidentWithAllOut(IncidentOut):
    phases: Sequence[PhaseOut]
    timeline: Sequence[LineOut]
    tasks: Sequence[TaskOut]


class OpenWish(Wish):
    """from_kind: post, delivery, thread, pile, signal or pause, with the id of the thing, whose
    posts come along: the same thing gives the same incident."""

    kind: str
    title: str
    severity: int = 2
    from_kind: str = "hand"
    from_id: str = ""


class LineWish(Wish):
    text: str


class ClosingWish(Wish):
    """why: needed where no review is written."""

    why: str = ""


class AdviceWish(Wish):
    """What is known of the post; the values are those of the page. negligence: how access was badly
    kept, empty for well kept, null while nobody has said."""

    origin: str
    harm: Sequence[str] = Field(default_factory=list)
    minors: str = "no"
    captured_elsewhere: bool | None = None
    history: bool = False
    reputation: str = "neutral"
    negligence: Sequence[str] | None = None
    evident: bool | None = None
    pressed_by: str = "nobody"


class AdviceOut(Schema):
    """outcome: leave, correct, delete or delete_fast. lines: reasons, with source and strength."""

    id: UUID
    outcome: str
    cluster: str
    lines: Sequence[Mapping[str, Any]]
    edition: str


class VerdictWish(Wish):
    """decision: leave, delete, hide or correct. Signed by the person of the token."""

    decision: str
    why: str


class VerdictOut(Schema):
    id: UUID
    decision: str
    why: str
    at: datetime


class StatementWish(Wish):
    """parts: what, who, when_where, how, changes; of a holding line what and next. It waits for
    somebody else's yes. of: the statement that it translates."""

    kind: str
    language: str
    parts: Mapping[str, str]
    channels: Sequence[UUID]
    proof: str = ""
    author_willing: bool | None = None
    signer: UUID | None = None
    signer_named: bool = False
    as_thread: bool = False
    alone: bool = False
    of: UUID | None = None


class StatementOut(Schema):
    id: UUID
    kind: str
    language: str
    post_id: UUID
    of: UUID | None


class MeasureWish(Wish):
    """window: hours from the beginning: 24, 72, 168 or 672."""

    window: int


class MeasureOut(Schema):
    id: UUID
    at: datetime
    window: int
    numbers: Mapping[str, Any]


class ActionWish(Wish):
    """kind: guideline, approval, access, drill or other. owner: null for the person of the token."""

    text: str
    kind: str
    due_at: datetime
    owner: UUID | None = None


class ActionOut(Schema):
    id: UUID
    text: str
    kind: str
    state: str
    due_at: datetime
