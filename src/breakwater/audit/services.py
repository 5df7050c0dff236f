"""Writing the chain, and the only functions that change a state."""

import hashlib
import hmac
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, TypeVar
from uuid import UUID

from django.conf import settings
from django.db import models, transaction

from breakwater.audit.models import Entry, Head
from breakwater.core.rows import write_rows
from breakwater.domain.digest import canonical
from breakwater.domain.errors import StaleState
from breakwater.domain.graph import Graph

Stateful = TypeVar("Stateful", bound=models.Model)


@dataclass(frozen=True)
class Fact:
    """One entry to be written. data: plain JSON values, never a secret, never a text body."""

    workspace_id: UUID
    verb: str
    subject: str
    subject_id: UUID
    data: Mapping[str, Any] = field(default_factory=dict)


def record(facts: Sequence[Fact], *, by: UUID | None, now: datetime) -> None:
    """The facts are at the end of their workspaces' chains. Call inside the deed's transaction.

    The chain's head row is locked (workspaces in id order), so groups queue, not tangle.
    """
    for workspace_id in sorted({fact.workspace_id for fact in facts}):
        own = [fact for fact in facts if fact.workspace_id == workspace_id]
        _append(workspace_id, own, by=by, now=now)


def stand_in_line(workspace_ids: Iterable[UUID]) -> None:
    """The chains of these workspaces are this transaction's until its end. Called, with all rows
    locked, before a deed that records in several steps: steps of two deeds would tangle."""
    wanted = sorted(set(workspace_ids))
    heads = Head.objects.select_for_update().filter(pk__in=wanted).order_by("pk")
    if len(heads) < len(wanted):
        Head.objects.bulk_create((Head(workspace_id=one) for one in wanted), ignore_conflicts=True)
        list(heads.all())


def seal(before: str, entry: Entry) -> str:
    """The seal of `entry` after a chain that ended in `before`."""
    row = canonical(
        [
            entry.workspace_id,
            entry.number,
            entry.at,
            entry.actor_id,
            entry.verb,
            entry.subject,
            entry.subject_id,
            entry.data,
        ]
    )
    return hmac.new(settings.AUDIT_KEY, before.encode() + row, hashlib.sha256).hexdigest()


def move(
    row: Stateful,
    graph: Graph,
    to: str,
    *,
    by: UUID | None,
    now: datetime,
    why: Mapping[str, Any] | None = None,
    **changes: Any,
) -> Stateful:
    """`row` is in state `to` with `changes`, if it was still in the state the caller saw.

    Raises: IllegalMove; StaleState when somebody else was first (nothing written).
    """
    graph.check(_state(row), to)
    moved = move_many([row], graph, to, by=by, now=now, why=why, changes={row.pk: changes})
    if not moved:
        raise StaleState(subject=row._meta.model_name, id=str(row.pk), wanted=to)
    return moved[0]


def move_many(
    rows: Sequence[Stateful],
    graph: Graph,
    to: str,
    *,
    by: UUID | None,
    now: datetime,
    why: Mapping[str, Any] | None = None,
    changes: Mapping[Any, Mapping[str, Any]] | None = None,
) -> list[Stateful]:
    """Those of `rows` that were still as seen are now in `to`; the others are left alone.

    Compare-and-set in a group: the rows are locked (in pk order; on SQLite the writer is
    alone), compared with the state the caller saw, and written.
    changes: pk -> field values written together with the state. Entries of the audit
    chain are written unless `to` is one of the graph's quiet states.
    """
    seen = {row.pk: row for row in rows if graph.allows(_state(row), to)}
    if not seen:
        return []
    model = type(next(iter(seen.values())))
    fields = {"state", "state_at"}
    with transaction.atomic():
        locked = model._default_manager.select_for_update().filter(pk__in=seen).order_by("pk")
        moved = [row for row in locked if _state(row) == _state(seen[row.pk])]
        before = {row.pk: _state(row) for row in moved}
        for row in moved:
            values = {**(changes or {}).get(row.pk, {}), "state": to, "state_at": now}
            for name, value in values.items():
                setattr(row, name, value)
            fields |= values.keys()
        if moved:
            write_rows(moved, sorted(fields))
        if to not in graph.quiet:
            record([_moved(row, before[row.pk], to, why) for row in moved], by=by, now=now)
    return moved


def _append(workspace_id: UUID, facts: Sequence[Fact], *, by: UUID | None, now: datetime) -> None:
    with transaction.atomic():
        head, _ = Head.objects.select_for_update().get_or_create(workspace_id=workspace_id)
        entries = []
        for fact in facts:
            head.number += 1
            entry = Entry(
                workspace_id=workspace_id,
                number=head.number,
                at=now,
                actor_id=by,
                verb=fact.verb,
                subject=fact.subject,
                subject_id=fact.subject_id,
                data=dict(fact.data),
            )
            entry.seal = head.seal = seal(head.seal, entry)
            entries.append(entry)
        Entry.objects.bulk_create(entries)
        head.save(update_fields=["number", "seal"])


def _moved(row: models.Model, before: str, to: str, why: Mapping[str, Any] | None) -> Fact:
    name = row._meta.model_name or ""
    workspace_id: UUID = getattr(row, "workspace_id")  # noqa: B009 - by convention of stateful rows
    return Fact(workspace_id, f"{name}.{to}", name, row.pk, {"from": before, **(why or {})})


def _state(row: models.Model) -> str:
    return str(getattr(row, "state"))  # noqa: B009
