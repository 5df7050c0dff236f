"""What a call gave is written: the ledger row and the next state, in one group."""

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import connection, transaction
from django.db.models import F

from breakwater.audit.services import move_many, stand_in_line
from breakwater.delivery.lifecycle import ASKS, DELIVERY, OUT
from breakwater.delivery.models import Attempt, Delivery
from breakwater.delivery.services.chains import stand_by, wake
from breakwater.domain.guarantees import Guarantee, Outcome
from breakwater.domain.kinds import MAKES
from breakwater.domain.resolution import BUDGET_USED, Next, Story
from breakwater.domain.text import storable

_TRIM = 500


@dataclass(frozen=True)
class Result:
    """One call's end. step: prepare, commit, look, verify. before: the state it was made in,
    tries: the row's count of tries then (a late answer to an older try moves nothing).

    seen: candidates that a read-back found, as plain JSON, for the person who may be asked.
    origin: of the network, when this end counts against it (domain.circuit); "" otherwise.
    duplicate_of: the post that a refusal named as the same; a look asks for it first.
    """

    delivery_id: UUID
    before: str
    tries: int
    step: str
    outcome: Outcome
    next: Next
    at: datetime
    worker_id: UUID | None = None
    code: str = ""
    detail: str = ""
    remote_id: str = ""
    remote_url: str = ""
    seen: tuple[dict[str, Any], ...] = field(default_factory=tuple)
    origin: str = ""
    duplicate_of: str = ""


def story(row: Delivery, guarantee: Guarantee) -> Story:
    """What domain.resolution needs to know of this row."""
    return Story(
        guarantee=guarantee,
        calls=row.commit_calls,
        looks=row.looks,
        probes=row.probes,
        doubtful=row.doubtful,
        kind=row.kind,
        deed=row.deed,
        first_sent_at=row.first_sent_at,
        last_sent_at=row.last_sent_at,
        accepted_at=row.accepted_at,
        missed_at=row.missed_at,
        due_at=row.due_at,
        unknown_since=row.state_at if row.state == "unknown" else None,
    )


def clean(result: Result) -> Result:
    """The result in words that every database keeps: a network may answer anything."""
    return replace(
        result,
        code=storable(result.code),
        detail=storable(result.detail)[:_TRIM],
        remote_id=storable(result.remote_id),
        remote_url=storable(result.remote_url),
        duplicate_of=storable(result.duplicate_of)[:_TRIM],
        seen=tuple({name: _clean(value) for name, value in one.items()} for one in result.seen),
    )


def settle(given: Sequence[Result], *, now: datetime) -> list[Delivery]:
    """Every result is in the ledger, and its delivery is where it belongs; the moved rows.

    A row that is no longer in the state the call was made in is left as it is (somebody
    took it over); the ledger row is written all the same: it is what happened. Writing the
    same result twice (after a lost database) changes nothing the second time but the ledger.
    """
    results = [clean(result) for result in given]
    with transaction.atomic(durable=not connection.in_atomic_block):
        wanted = [result.delivery_id for result in results]
        if out := [result.delivery_id for result in results if result.next.state in OUT]:
            stand_by(out, beside=wanted)
        rows = Delivery.objects.select_for_update().filter(pk__in=wanted).order_by("pk").in_bulk()
        Attempt.objects.bulk_create(
            _ledger(result, rows[result.delivery_id])
            for result in results
            if result.delivery_id in rows
        )
        live = [
            (rows[result.delivery_id], result)
            for result in results
            if result.delivery_id in rows and _answers(rows[result.delivery_id], result)
        ]
        _wait([pair for pair in live if pair[1].next.state == pair[0].state])
        moving = [pair for pair in live if pair[1].next.state != pair[0].state]
        stand_in_line(row.workspace_id for row, _ in moving)
        moved = _move(moving, now)
        if out := [row.pk for row in moved if row.state in OUT and row.kind in MAKES]:
            wake(out, now=now)
        return moved


def _clean(value: Any) -> Any:
    if isinstance(value, str):
        return storable(value)
    if isinstance(value, list):
        return [_clean(one) for one in value]
    if isinstance(value, dict):
        return {name: _clean(one) for name, one in value.items()}
    return value


def _answers(row: Delivery, result: Result) -> bool:
    """Whether the row still waits for this result.

    A commit call's answer that comes late (it lay in a spool while somebody marked the row
    unknown) is still the best knowledge there is. So is a "yes" to a later try than any that the
    row knows of: it lay in a spool while an older backup was restored.
    """
    if result.tries > row.tries and result.step == "commit":
        return result.outcome is Outcome.ACCEPTED and DELIVERY.allows(row.state, "accepted")
    if row.tries != result.tries:
        return False
    if row.state == result.before:
        return True
    if result.step != "commit" or result.next.state == "unknown":
        return False
    took_it = result.outcome is Outcome.ACCEPTED and row.accepted_at is None
    return row.state == "unknown" or (took_it and row.state in ("retry_wait", "needs_human"))


def _move(live: Sequence[tuple[Delivery, Result]], now: datetime) -> list[Delivery]:
    moved: list[Delivery] = []
    for target in sorted({result.next.state for _, result in live}):
        pairs = [(row, result) for row, result in live if result.next.state == target]
        changes = {row.pk: _changes(row, result, now) for row, result in pairs}
        rows = [row for row, _ in pairs]
        moved += move_many(rows, DELIVERY, target, by=None, now=now, changes=changes)
    return moved


def _wait(live: Sequence[tuple[Delivery, Result]]) -> None:
    for row, result in live:
        Delivery.objects.filter(pk=row.pk, state=result.before).update(
            not_before=result.next.at,
            looks=F("looks") + (1 if result.step == "look" else 0),
            detail=result.detail[:_TRIM],
            seen=list(result.seen),
        )


def _changes(row: Delivery, result: Result, now: datetime) -> dict[str, Any]:
    step, target = result.next, result.next.state
    values: dict[str, Any] = {
        "not_before": step.at,
        "worker": None,
        "reason": step.reason,
        "detail": result.detail[:_TRIM],
        "seen": list(result.seen) if result.seen else row.seen,
        "probes": row.probes + (1 if step.probe else 0),
        "doubtful": row.doubtful,
        "looks": row.looks + (1 if result.step == "look" else 0),
        "to_tell": target in ASKS,
        "first_sent_at": row.first_sent_at,
        "remote_id": result.remote_id[:_TRIM] or row.remote_id,
        "remote_url": result.remote_url[:_TRIM] or row.remote_url,
        "accepted_at": row.accepted_at,
        "verified_at": row.verified_at,
    }
    if target == "unknown":
        values |= {"doubtful": True, "looks": 0}
    elif target == "accepted":
        values |= {"accepted_at": now, "doubtful": False, "reason": "", "seen": []}
        values["first_sent_at"] = row.first_sent_at or result.at
    elif target == "verified":
        values |= {"verified_at": now, "reason": ""}
    elif not row.doubtful and result.step == "commit":
        # A definite answer to the only calls made: nothing is out, so it may still be missed.
        values["first_sent_at"] = None
    values["commit_calls"] = row.commit_calls - _uncounted(result)
    named = {"duplicate_of": result.duplicate_of} if result.duplicate_of else {}
    values["handle"] = {**row.handle, **named}
    return values


def _uncounted(result: Result) -> int:
    """1 for a commit call of which no byte left: it is none of the six for life."""
    unsent = result.outcome is Outcome.NOT_SENT or result.code == BUDGET_USED
    return int(result.step == "commit" and unsent)


def _ledger(result: Result, row: Delivery) -> Attempt:
    return Attempt(
        delivery=row,
        number=row.tries,
        step=result.step,
        outcome=result.outcome,
        at=result.at,
        worker_id=result.worker_id,
        code=(result.code or result.next.reason)[:64],
        detail=result.detail[:_TRIM],
        remote_id=result.remote_id[:_TRIM],
        sent=row.digest if result.step == "commit" else "",
        counts=bool(result.origin),
        origin=result.origin,
    )
