"""A person lets single deliveries past a hold, or gives them another time."""

from collections.abc import Iterable
from datetime import date, datetime
from uuid import UUID

from django.db import transaction

from breakwater.audit.services import Fact, move_many, record, stand_in_line
from breakwater.delivery.lifecycle import DELIVERY, WAITING
from breakwater.delivery.models import NOT_YET, Delivery, Hold
from breakwater.delivery.services.clocks import check
from breakwater.delivery.services.walls import day_of, pass_of

_ASIDE = ("held", "missed")
UNBEGUN = (*WAITING, "claimed", "prepared", *_ASIDE)
"""What can still be let past a hold, or stopped by one."""


def let_pass(
    deliveries: Iterable[Delivery], hold: Hold, *, day: date | None = None, by: UUID, now: datetime
) -> list[Delivery]:
    """Those that have not begun pass this hold, and no other. day: on that day of the workspace
    alone, where the hold is daily. What was held goes on at its time, or asks when that is past
    (confirmed for a day: when its window is over).

    It wants no wall, so it waits for nobody who has one. Returns the rows that pass.
    """
    tag = pass_of(hold) if day is None else day_of(hold, day)
    with transaction.atomic():
        rows = [row for row in _locked(deliveries) if row.state in UNBEGUN]
        stand_in_line(row.workspace_id for row in rows)
        for row in rows:
            row.tags = sorted({*row.tags, tag})
        Delivery.objects.bulk_update(rows, ["tags"])
        data = {"hold": str(hold.pk), "day": day.isoformat() if day else ""}
        record([_fact(row, "delivery.let_pass", data) for row in rows], by=by, now=now)
        held = [row for row in rows if row.state == "held" and row.reason == "hold"]
        late = [row for row in held if (row.due_at if day is None else row.missed_at) <= now]
        ready = [row for row in held if row not in late]
        asks = {row.pk: {"to_tell": False, "reason": "paused"} for row in late}
        move_many(late, DELIVERY, "missed", by=by, now=now, changes=asks)
        goes = {row.pk: {"to_tell": False, "reason": ""} for row in ready}
        move_many(ready, DELIVERY, "queued", by=by, now=now, changes=goes)
    return rows


def mark(deliveries: Iterable[Delivery], tag: str, *, by: UUID, now: datetime) -> list[Delivery]:
    """Those that have not begun bear this tag from now on, so that a hold with it stops them. It
    wants no wall. Returns the rows that bear it."""
    with transaction.atomic():
        rows = [row for row in _locked(deliveries) if row.state in UNBEGUN]
        fresh = [row for row in rows if tag not in row.tags]
        stand_in_line(row.workspace_id for row in fresh)
        for row in fresh:
            row.tags = sorted({*row.tags, tag})
        Delivery.objects.bulk_update(fresh, ["tags"])
        record([_fact(row, "delivery.marked", {"tag": tag}) for row in fresh], by=by, now=now)
    return rows


def put_off(
    deliveries: Iterable[Delivery], at: datetime, *, by: UUID, now: datetime
) -> list[Delivery]:
    """Those that are missed, held or wait, and certainly are not out, leave at `at`, with the
    window that they had. A person's new decision, which the caller has on record.

    It wants no wall. Holds stand before it as before. Raises: StaleState("clock_doubted").
    """
    check(now)
    with transaction.atomic():
        states = (*WAITING, *_ASIDE)
        rows = [row for row in _locked(deliveries) if row.state in states and not row.doubtful]
        stand_in_line(row.workspace_id for row in rows)
        for row in rows:
            _plan(row, at)
        Delivery.objects.bulk_update(
            rows, ["due_at", "not_before", "missed_at", "created_stamp", "stuck_told"]
        )
        data = {"at": at.isoformat()}
        record([_fact(row, "delivery.put_off", data) for row in rows], by=by, now=now)
        aside = [row for row in rows if row.state in _ASIDE]
        goes = {row.pk: {"to_tell": False, "reason": ""} for row in aside}
        move_many(aside, DELIVERY, "queued", by=by, now=now, changes=goes)
    return rows


def _plan(row: Delivery, at: datetime) -> None:
    """What answers a post of ours that is not out goes on waiting for that."""
    window = row.missed_at - row.due_at
    row.due_at, row.missed_at = at, at + window
    row.not_before = NOT_YET if row.not_before == NOT_YET else at
    row.stuck_told = False
    if row.tries == 0 and not row.handle:
        row.created_stamp = at


def _locked(deliveries: Iterable[Delivery]) -> list[Delivery]:
    keys = [row.pk for row in deliveries]
    return list(Delivery.objects.select_for_update().filter(pk__in=keys).order_by("pk"))


def _fact(row: Delivery, verb: str, data: dict[str, str]) -> Fact:
    return Fact(row.workspace_id, verb, "delivery", row.pk, data)
