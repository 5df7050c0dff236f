"""A stray belongs to an alarm: to the one that is going on, or to a new one."""

from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from django.db import IntegrityError, transaction
from django.db.models import Max

from breakwater.audit.services import Fact, move, record
from breakwater.strays.lifecycle import ALARM, ONGOING, SIGHTING
from breakwater.strays.models import Alarm, Sighting

QUIET = timedelta(hours=24)
"""How long after its last stray an alarm that somebody follows goes on."""


def ring(
    sighting: Sighting, code: str, *, by: UUID | None, now: datetime, **changes: Any
) -> Sighting:
    """The sighting is a stray and part of an alarm. People are told of an alarm once, by `untold`, and
    again when something joins what somebody called "ours, but wrong": nobody has seen the new one."""
    with transaction.atomic():
        alarm = ongoing(sighting.workspace_id) or opened(sighting.workspace_id, now)
        if alarm.state == "followed" and alarm.answer != "not_us":
            alarm = _again(alarm, now)
        facts = {"channel": str(sighting.channel_id), "ref": sighting.ref, "alarm": str(alarm.pk)}
        return move(
            sighting, SIGHTING, "stray", by=by, now=now, why=facts, alarm=alarm, code=code,
            look_at=None, to_tell=False, **changes,
        )  # fmt: skip


def ongoing(workspace_id: UUID) -> Alarm | None:
    """The alarm that is going on, locked until the end of the transaction."""
    rows = Alarm.objects.select_for_update().filter(workspace_id=workspace_id)
    return rows.filter(state__in=ONGOING).first()


def untold(limit: int = 20) -> list[Alarm]:
    """Alarms that nobody knows of yet."""
    rows = Alarm.objects.filter(state="open", told_at=None).select_related("workspace")
    return list(rows.order_by("created_at")[:limit])


def mark_told(alarm: Alarm, *, now: datetime) -> None:
    Alarm.objects.filter(pk=alarm.pk, told_at=None).update(told_at=now)


def end_quiet(*, now: datetime) -> int:
    """Alarms that somebody follows, and that nothing joined for a day, are over; how many."""
    rows = Alarm.objects.filter(state="followed", state_at__lt=now - QUIET)
    last = rows.annotate(last=Max("sightings__created_at"))
    over = [row for row in last if row.last is None or row.last < now - QUIET]
    for row in over:
        move(row, ALARM, "answered", by=None, now=now, why={"because": "quiet"})
    return len(over)


def opened(workspace_id: UUID, now: datetime) -> Alarm:
    """A new alarm, or the one that somebody else opened meanwhile. Call inside a transaction."""
    try:
        with transaction.atomic():
            alarm = Alarm.objects.create(workspace_id=workspace_id, state_at=now, created_at=now)
            record([Fact(workspace_id, "alarm.opened", "alarm", alarm.pk)], by=None, now=now)
            return alarm
    except IntegrityError:
        there = ongoing(workspace_id)
        if there is None:
            raise
        return there


def _again(alarm: Alarm, now: datetime) -> Alarm:
    """It is open once more and rings under another key; its first answer stays on record."""
    return move(
        alarm, ALARM, "open", by=None, now=now, why={"because": "joined"}, told_at=None, answer="",
        answered_by_id=None,
    )  # fmt: skip
