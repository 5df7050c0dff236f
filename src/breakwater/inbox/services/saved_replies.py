"""Answers to be used again: written once by the team, filled in for each conversation."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db import IntegrityError, transaction

from breakwater.audit.services import Fact, record
from breakwater.domain.errors import Invalid, NotFound
from breakwater.domain.triage import Category
from breakwater.domain.variables import NAMES, shown, unknown
from breakwater.inbox.models import SavedReply
from breakwater.people import checks
from breakwater.people.roles import Right
from breakwater.people.selectors import Access

LONGEST = 10_000


@dataclass(frozen=True)
class Wording:
    """language: ISO 639-1. category: that it fits (domain.triage), or "" for any. text: with places
    in braces (domain.variables)."""

    name: str
    language: str
    text: str
    category: str = ""


def add_reply(by: Access, wording: Wording, *, now: datetime) -> SavedReply:
    """Raises: Forbidden; Invalid (name_empty, name_too_long, saved_reply_empty, saved_reply_places,
    saved_reply_there, field_choice, field_too_long)."""
    checks.may(by, Right.ANSWER)
    said = _checked(wording)
    with transaction.atomic():
        row = _written(
            SavedReply(workspace=by.workspace, by=by.person, created_at=now), said, fresh=True
        )
        _record(by, row, "saved_reply.added", now)
    return row


def change_reply(by: Access, reply_id: UUID, wording: Wording, *, now: datetime) -> SavedReply:
    """Answers that left with its words stay as they are. Raises: as `add_reply`; NotFound."""
    checks.may(by, Right.ANSWER)
    said = _checked(wording)
    with transaction.atomic():
        row = _written(_own(by, reply_id), said, fresh=False)
        _record(by, row, "saved_reply.changed", now)
    return row


def remove_reply(by: Access, reply_id: UUID, *, now: datetime) -> None:
    """Raises: Forbidden; NotFound."""
    checks.may(by, Right.ANSWER)
    with transaction.atomic():
        row = _own(by, reply_id)
        _record(by, row, "saved_reply.removed", now)
        SavedReply.objects.filter(pk=row.pk).delete()


def _checked(wording: Wording) -> dict[str, str]:
    text = wording.text.replace("\r\n", "\n").strip()
    if not text:
        raise Invalid(code="saved_reply_empty", field="text")
    if len(text) > LONGEST:
        raise Invalid(code="field_too_long", field="text", most=LONGEST)
    if strange := unknown(text):
        raise Invalid(
            code="saved_reply_places", field="text", names=shown(strange), known=shown(NAMES)
        )
    if wording.category and wording.category not in {one.value for one in Category}:
        raise Invalid(code="field_choice", field="category")
    if not (wording.language.isascii() and 2 <= len(wording.language) <= 8):
        raise Invalid(code="field_choice", field="language")
    return {
        "name": checks.name(wording.name), "language": wording.language,
        "category": wording.category, "text": text,
    }  # fmt: skip


def _written(row: SavedReply, said: dict[str, str], *, fresh: bool) -> SavedReply:
    for field, value in said.items():
        setattr(row, field, value)
    try:
        with transaction.atomic():
            row.save(force_insert=fresh, update_fields=None if fresh else [*said])
    except IntegrityError as error:
        raise Invalid(code="saved_reply_there", field="name") from error
    return row


def _own(by: Access, reply_id: UUID) -> SavedReply:
    rows = SavedReply.objects.select_for_update().filter(workspace=by.workspace, pk=reply_id)
    row = rows.first()
    if row is None:
        raise NotFound(what="saved_reply")
    return row


def _record(by: Access, row: SavedReply, verb: str, now: datetime) -> None:
    fact = Fact(by.workspace.pk, verb, "saved_reply", row.pk, {"name": row.name})
    record([fact], by=by.person.pk, now=now)
