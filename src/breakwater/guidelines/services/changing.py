"""Writing a guideline down, changing it, turning it on once it was tried, and taking it out."""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import transaction

from breakwater.audit.services import Fact, record
from breakwater.domain.errors import Invalid, NotFound, StaleState
from breakwater.domain.guidelines import Effect, Kind, checked
from breakwater.domain.text import one_line, storable
from breakwater.guidelines.models import Guideline
from breakwater.people import checks
from breakwater.people.models import Workspace
from breakwater.people.roles import Right
from breakwater.people.selectors import Access

MOST = 200
MOST_PATTERNS = 40
"""Each may take 40 ms of a draft's look: together they stay below two seconds."""
CLAUSE = 500


@dataclass(frozen=True)
class Wish:
    """A guideline as somebody writes it. value: as domain.guidelines reads it."""

    kind: str
    value: Mapping[str, Any]
    effect: str
    clause: str
    since: datetime | None = None
    until: datetime | None = None


def add(by: Access, wish: Wish, *, incident: UUID | None = None, now: datetime) -> Guideline:
    """It is written down, and off: it is tried before it counts.

    Raises: Forbidden; Invalid: guideline_…, pattern_… with `field`, guideline_many.
    """
    checks.may(by, Right.INVITE)
    said = _checked(wish)
    with _changing(by):
        _check_room(by.workspace.pk, wish.kind)
        row = Guideline.objects.create(
            workspace=by.workspace, incident=incident, by=by.person, created_at=now, **said
        )
        _record(by, row, "guideline.added", now)
    return row


def change(by: Access, guideline_id: UUID, wish: Wish, *, now: datetime) -> Guideline:
    """It says what `wish` does. Where that may find something else it is off until it was tried again.

    Raises: as `add`; NotFound.
    """
    checks.may(by, Right.INVITE)
    said = _checked(wish)
    with _changing(by):
        row = _row(by, guideline_id)
        other = (row.kind, row.value) != (said["kind"], said["value"])
        if other:
            _check_room(by.workspace.pk, wish.kind, besides=row.pk)
            row.revision, row.on = row.revision + 1, False
        for name, value in said.items():
            setattr(row, name, value)
        row.save()
        _record(by, row, "guideline.changed", now)
    return row


def mark_tried(
    by: Access, guideline_id: UUID, *, revision: int, found: int, now: datetime
) -> Guideline:
    """This revision was tried on past posts, and found something in so many of them.

    Raises: Forbidden; NotFound; StaleState("guideline_changed") when it is another one by now.
    """
    checks.may(by, Right.INVITE)
    with _changing(by):
        row = _row(by, guideline_id)
        if row.revision != revision:
            raise StaleState(code="guideline_changed")
        row.tried, row.tried_at, row.found = revision, now, found
        row.save(update_fields=["tried", "tried_at", "found"])
        _record(by, row, "guideline.tried", now)
    return row


def turn_on(by: Access, guideline_id: UUID, *, now: datetime) -> Guideline:
    """From now on drafts are held against it. Raises: Forbidden; NotFound; Invalid("guideline_untried")
    while what it says now was not tried."""
    checks.may(by, Right.INVITE)
    with _changing(by):
        row = _row(by, guideline_id)
        if row.tried != row.revision:
            raise Invalid(code="guideline_untried")
        if not row.on:
            row.on = True
            row.save(update_fields=["on"])
            _record(by, row, "guideline.on", now)
    return row


def turn_off(by: Access, guideline_id: UUID, *, now: datetime) -> Guideline:
    """Nothing is held against it any more. Raises: Forbidden; NotFound."""
    checks.may(by, Right.INVITE)
    with _changing(by):
        row = _row(by, guideline_id)
        if row.on:
            row.on = False
            row.save(update_fields=["on"])
            _record(by, row, "guideline.off", now)
    return row


def remove(by: Access, guideline_id: UUID, *, now: datetime) -> None:
    """It is gone; the audit says what it was. Raises: Forbidden; NotFound."""
    checks.may(by, Right.INVITE)
    with _changing(by):
        row = _row(by, guideline_id)
        _record(by, row, "guideline.removed", now)
        row.delete()


@contextmanager
def _changing(by: Access) -> Iterator[None]:
    """A transaction in which nobody else changes this workspace's guidelines."""
    with transaction.atomic():
        Workspace.objects.select_for_update(no_key=True).get(pk=by.workspace.pk)
        yield


def _row(by: Access, guideline_id: UUID) -> Guideline:
    row = Guideline.objects.filter(workspace=by.workspace, pk=guideline_id).first()
    if row is None:
        raise NotFound(what="guideline")
    return row


def _checked(wish: Wish) -> dict[str, Any]:
    if wish.effect not in set(Effect):
        raise Invalid(code="guideline_effect", field="effect")
    clause = one_line(storable(wish.clause))
    if not clause:
        raise Invalid(code="guideline_no_clause", field="clause")
    if len(clause) > CLAUSE:
        raise Invalid(code="guideline_clause_long", field="clause", limit=CLAUSE)
    if wish.since and wish.until and wish.until <= wish.since:
        raise Invalid(code="guideline_until", field="until")
    return {
        "kind": wish.kind,
        "value": checked(wish.kind, wish.value),
        "effect": wish.effect,
        "clause": clause,
        "since": wish.since,
        "until": wish.until,
    }


def _check_room(workspace_id: UUID, kind: str, *, besides: UUID | None = None) -> None:
    rows = Guideline.objects.filter(workspace_id=workspace_id)
    rows = rows.exclude(pk=besides) if besides else rows
    if rows.count() >= MOST:
        raise Invalid(code="guideline_many", limit=MOST)
    if kind == Kind.PATTERN and rows.filter(kind=kind).count() >= MOST_PATTERNS:
        raise Invalid(code="guideline_many_patterns", limit=MOST_PATTERNS)


def _record(by: Access, row: Guideline, verb: str, now: datetime) -> None:
    """With what it says: who wrote which rule when is what the record is for."""
    data = {
        "kind": row.kind, "value": row.value, "effect": row.effect, "clause": row.clause,
        "revision": row.revision, "found": row.found,
        "since": row.since.isoformat() if row.since else "",
        "until": row.until.isoformat() if row.until else "",
    }  # fmt: skip
    fact = Fact(row.workspace_id, verb, "guideline", row.pk, data)
    record([fact], by=by.person.pk, now=now)
