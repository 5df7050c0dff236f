"""Answers to be used again: written once by the team, filled in for each conversation."""

import hashlib
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db import IntegrityError, transaction
from django.db.models import F

from breakwater.audit.services import Fact, record
from breakwater.domain.automation_deeds import Action
from breakwater.domain.errors import Invalid, NotFound
from breakwater.domain.triage import Category
from breakwater.domain.variables import NAMES, shown, unknown
from breakwater.inbox.models import Rule, SavedReply
from breakwater.people import checks
from breakwater.people.roles import Right
from breakwater.people.selectors import Access

LONGEST = 10_000
_NAME_MAX = 100


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
    """Answers that left with its words stay as they are. Other words for rules that answer with it are
    for those who set up rules; a rule that is off is tried again before it is switched on.

    Raises: as `add_reply`; NotFound; Invalid "saved_reply_in_rules", "saved_reply_derived".
    """
    checks.may(by, Right.ANSWER)
    said = _checked(wording)
    with transaction.atomic():
        rules = _rules_with(by, reply_id)
        row = _own(by, reply_id)
        if row.source is not None:
            raise Invalid(code="saved_reply_derived", field="text")
        if (row.text, row.language) != (said["text"], said["language"]):
            _check_rules(by, rules)
        row = _written(row, said, fresh=False)
        _record(by, row, "saved_reply.changed", now)
    return row


def remove_reply(by: Access, reply_id: UUID, *, now: datetime) -> None:
    """Raises: Forbidden; NotFound."""
    checks.may(by, Right.ANSWER)
    with transaction.atomic():
        row = _own(by, reply_id)
        _record(by, row, "saved_reply.removed", now)
        SavedReply.objects.filter(pk=row.pk).delete()


def offer_said(
    workspace_id: UUID,
    source: UUID,
    wording: Wording,
    *,
    since: datetime,
    instead_of: Collection[UUID] = (),
    by: UUID | None,
    now: datetime,
) -> SavedReply:
    """What was said in public can be taken into answers to what was written from then on; what was said
    before it (instead_of: their sources) no more from now on. Call inside a transaction."""
    rows = SavedReply.objects.filter(workspace_id=workspace_id)
    rows.filter(source__in=instead_of, language=wording.language, until=None).update(until=now)
    row = SavedReply.objects.create(
        workspace_id=workspace_id, name=wording.name[:_NAME_MAX], language=wording.language,
        text=wording.text, by_id=by, source=source, since=since, created_at=now,
    )  # fmt: skip
    data = {"name": row.name, "language": row.language}
    fact = Fact(workspace_id, "saved_reply.added", "saved_reply", row.pk, data)
    record([fact], by=by, now=now)
    return row


def end_said(sources: Collection[UUID], *, now: datetime) -> None:
    """Not offered for what is written from now on."""
    SavedReply.objects.filter(source__in=sources, until=None).update(until=now)


def go_on_said(sources: Collection[UUID], *, ended_at: datetime) -> None:
    """Offered again: those that ended at that moment."""
    SavedReply.objects.filter(source__in=sources, until=ended_at).update(until=None)


def _rules_with(by: Access, reply_id: UUID) -> list[Rule]:
    """Those that answer with it, locked: none is switched on meanwhile."""
    rows = Rule.objects.select_for_update().filter(workspace=by.workspace).order_by("pk")
    one = Action("answer", reply_id).stored()
    return [rule for rule in rows if one in rule.actions]


def _check_rules(by: Access, rules: Sequence[Rule]) -> None:
    """Nobody sends words unattended who may not set up what sends them."""
    on = sorted(rule.name for rule in rules if rule.on)
    if on and not by.may(Right.INVITE):
        raise Invalid(code="saved_reply_in_rules", field="text", rules=", ".join(on))
    off = [rule.pk for rule in rules if not rule.on]
    Rule.objects.filter(pk__in=off).update(revision=F("revision") + 1)


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
    digest = hashlib.sha256(row.text.encode()).hexdigest()
    data = {"name": row.name, "language": row.language, "digest": digest}
    fact = Fact(by.workspace.pk, verb, "saved_reply", row.pk, data)
    record([fact], by=by.person.pk, now=now)
