"""What the layers above ask for: put in the queue, cancel, revoke, bring forward, release."""

import secrets
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from django.db import transaction

from breakwater.audit.services import Fact, move, move_many, record
from breakwater.delivery.lifecycle import DELIVERY, OUT, WAITING
from breakwater.delivery.models import NOT_YET, Delivery
from breakwater.delivery.services.clocks import check
from breakwater.domain.errors import StaleState
from breakwater.domain.parcels import wording_of
from breakwater.domain.tid import CLOCK_IDS, tid

_UNBEGUN = (*WAITING, "claimed", "prepared", "held")
_OVER = (*OUT, "cancelled")


@dataclass(frozen=True)
class Order:
    """One thing that has to leave. payload: see domain/parcels. digest: what was approved.

    after: which part of the same source, channel and occurrence it answers; it waits for that.
    tags: what holds are compared with, e.g. ["channel:<id>", "label:launch"]; the tag
    "workspace" is always added. needs_blob: SHA-256 of a file without which it does not begin.
    """

    workspace_id: UUID
    channel_id: UUID
    kind: str
    source: UUID
    payload: Mapping[str, Any]
    digest: str
    tags: Sequence[str]
    due_at: datetime
    missed_after: timedelta
    occurrence: int = 0
    part: int = 0
    after: int | None = None
    needs_blob: str = ""


def enqueue(orders: Sequence[Order], *, by: UUID | None, now: datetime) -> list[Delivery]:
    """One delivery per order, queued; asked twice, the row that is there comes back.

    The record key and the stamp are chosen here, once, so that each try sends the same bytes.
    """
    with transaction.atomic():
        there = _already(orders)
        fresh = {_key(one): _row(one, now) for one in orders if _key(one) not in there}
        _chain(orders, {**there, **fresh})
        Delivery.objects.bulk_create(fresh.values())
        record([_queued(row) for row in fresh.values()], by=by, now=now)
    rows = {**there, **fresh}
    return [rows[_key(order)] for order in orders]


def cancel(deliveries: Iterable[Delivery], *, by: UUID, now: datetime) -> list[Delivery]:
    """Those that had not begun are cancelled and come back; the others are left alone."""
    movable = [row for row in deliveries if DELIVERY.allows(row.state, "cancelled")]
    safe = [row for row in movable if not row.doubtful and row.state != "needs_human"]
    told = {row.pk: {"to_tell": False} for row in safe}
    return move_many(safe, DELIVERY, "cancelled", by=by, now=now, changes=told)


def revoke(source: UUID, *, by: UUID, now: datetime) -> int:
    """No delivery of `source` that may still leave, or leave again, carries an approved digest;
    how many had one.

    What has not begun is held by the claim. What is leaving now ends as the network says, and
    what is refused, in doubt, failed or asked about is not sent another time. What is out keeps
    its digest: it is what was approved when it left; so does the ledger.
    """
    with transaction.atomic():
        every = Delivery.objects.select_for_update().filter(source=source).order_by("pk")
        rows = [row for row in every if row.digest and row.state not in _OVER]
        Delivery.objects.filter(pk__in=[row.pk for row in rows]).update(digest="")
        record([_fact(row, "delivery.revoked") for row in rows], by=by, now=now)
    return len(rows)


def bring_forward(deliveries: Iterable[Delivery], *, by: UUID, now: datetime) -> list[Delivery]:
    """Send now: those still queued are due at once. A person's new decision, on record.

    Raises: StaleState("clock_doubted") while the clock is not believed.
    """
    check(now)
    moved = []
    with transaction.atomic():
        for row in _locked(deliveries):
            if row.state not in WAITING:
                continue
            _due(row, now)
            row.save(update_fields=["due_at", "not_before", "missed_at", "stuck_told"])
            moved.append(row)
        record([_fact(row, "delivery.brought_forward") for row in moved], by=by, now=now)
    return moved


def shift(
    deliveries: Iterable[Delivery], *, planned: datetime, by: timedelta, now: datetime
) -> list[Delivery]:
    """Those that have not begun and are due at `planned` are due so much later (or earlier), with
    their window: the rules of a zone's clocks changed. Nobody's decision; on record.

    What a worker has in hand moves along: at the door it is too early, and waits.
    """
    moved = []
    with transaction.atomic():
        for row in _locked(deliveries):
            if row.state not in _UNBEGUN or row.first_sent_at or row.due_at != planned:
                continue
            row.not_before += by if row.not_before == planned else timedelta(0)
            row.created_stamp += by if row.tries == 0 and not row.handle else timedelta(0)
            row.due_at += by
            row.missed_at += by
            row.save(update_fields=["due_at", "not_before", "missed_at", "created_stamp"])
            moved.append(row)
        record([_fact(row, "delivery.recounted") for row in moved], by=None, now=now)
    return moved


def release_missed(delivery: Delivery, *, by: UUID, now: datetime) -> Delivery:
    """A missed (or held, or failed) delivery leaves after all: a person's new decision.

    Raises: StaleState when somebody else decided first, or "clock_doubted"; IllegalMove elsewhere.
    """
    check(now)
    if delivery.state not in ("missed", "held", "failed"):
        raise StaleState(subject="delivery", id=str(delivery.pk), state=delivery.state)
    _due(delivery, now)
    return move(
        delivery,
        DELIVERY,
        "queued",
        by=by,
        now=now,
        why={"decision": "send_now"},
        due_at=delivery.due_at,
        not_before=delivery.not_before,
        missed_at=delivery.missed_at,
        stuck_told=False,
        to_tell=False,
        reason="",
    )


def _due(row: Delivery, now: datetime) -> None:
    window = row.missed_at - row.due_at
    row.due_at = row.not_before = now
    row.missed_at = now + window
    row.stuck_told = False


def _locked(deliveries: Iterable[Delivery]) -> list[Delivery]:
    keys = [row.pk for row in deliveries]
    return list(Delivery.objects.select_for_update().filter(pk__in=keys).order_by("pk"))


_Key = tuple[str, UUID, UUID, int, int]


def _key(thing: Order | Delivery) -> _Key:
    return (thing.kind, thing.source, thing.channel_id, thing.occurrence, thing.part)


def _already(orders: Sequence[Order]) -> dict[_Key, Delivery]:
    sources = {order.source for order in orders}
    wanted = {_key(order) for order in orders}
    rows = Delivery.objects.select_for_update().filter(source__in=sources).order_by("pk")
    return {_key(row): row for row in rows if _key(row) in wanted}


def _chain(orders: Sequence[Order], rows: Mapping[_Key, Delivery]) -> None:
    """What answers another part knows it. Parts come before what answers them."""
    for order in orders:
        if order.after is not None and rows[_key(order)]._state.adding:
            kind, source, channel, occurrence, _ = _key(order)
            rows[_key(order)].after = rows[kind, source, channel, occurrence, order.after]


def _row(order: Order, now: datetime) -> Delivery:
    return Delivery(
        workspace_id=order.workspace_id,
        channel_id=order.channel_id,
        kind=order.kind,
        source=order.source,
        occurrence=order.occurrence,
        part=order.part,
        payload=dict(order.payload),
        wording=wording_of(order.payload),
        digest=order.digest,
        needs_blob=order.needs_blob,
        tags=sorted({"workspace", f"channel:{order.channel_id}", *order.tags}),
        record_key=_record_key(now),
        created_stamp=order.due_at,
        state=DELIVERY.initial,
        state_at=now,
        created_at=now,
        due_at=order.due_at,
        not_before=order.due_at if order.after is None else NOT_YET,
        missed_at=order.due_at + order.missed_after,
    )


def _record_key(now: datetime) -> str:
    """A key of its own, within the second before `now`: whoever approves a hundred posts with one
    click makes them all at one moment, and a key that comes twice writes one over the other."""
    drawn = secrets.randbits(30)
    return tid(now - timedelta(microseconds=drawn // CLOCK_IDS), drawn % CLOCK_IDS)


def _queued(row: Delivery) -> Fact:
    data = {"channel": str(row.channel_id), "digest": row.digest, "due": row.due_at.isoformat()}
    return Fact(row.workspace_id, "delivery.queued", "delivery", row.pk, {**data, "kind": row.kind})


def _fact(row: Delivery, verb: str) -> Fact:
    return Fact(row.workspace_id, verb, "delivery", row.pk, {"state": row.state})
