"""Proof of absence: what was deleted is looked for at once, after an hour and after a day."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from uuid import UUID

from django.db import transaction

from breakwater.audit.services import Fact, record
from breakwater.channels.models import Channel
from breakwater.evidence.looking import Looked
from breakwater.evidence.models import Absence

ROUNDS = (timedelta(0), timedelta(hours=1), timedelta(hours=24))
"""Caches of networks show what is gone for a while."""
_LEASE = timedelta(seconds=60)
_AGAIN = timedelta(minutes=5)
_TRIES = 6


def expect_absence(
    channel: Channel,
    remote_id: str,
    url: str,
    *,
    delivery: UUID,
    capture: UUID | None,
    now: datetime,
) -> Sequence[Absence]:
    """The three looks, due from now on; asked for twice, they are the same. Called when the delete
    (delivery: its id) is verified; the loop `respond` looks."""
    rows = [
        Absence(
            workspace_id=channel.workspace_id, channel=channel, capture_id=capture,
            remote_id=remote_id[:500], url=url[:1000], delivery=delivery, round=number,
            due_at=now + after, created_at=now,
        )
        for number, after in enumerate(ROUNDS)
    ]  # fmt: skip
    Absence.objects.bulk_create(rows, ignore_conflicts=True)
    return list(Absence.objects.filter(delivery=delivery).order_by("round"))


def lease_looks(*, limit: int, now: datetime) -> list[Absence]:
    """Looks that are due and now ours; those of somebody who is gone, too."""
    with transaction.atomic():
        due = Absence.objects.select_for_update(skip_locked=True, of=("self",)).filter(
            outcome="", due_at__lte=now
        )
        free = [
            row
            for row in due.select_related("channel").order_by("due_at", "pk")[: limit * 2]
            if row.lease_until is None or row.lease_until <= now
        ][:limit]
        Absence.objects.filter(pk__in=[row.pk for row in free]).update(lease_until=now + _LEASE)
    return free


def note_look(row: Absence, looked: Looked, *, now: datetime) -> None:
    """What the look gave; where it gave nothing, it is tried again in five minutes, six times. The public
    page alone is an answer: that of a channel that is not connected any more."""
    tries = row.tries + 1
    mine = Absence.objects.filter(pk=row.pk, outcome="", tries=row.tries)
    if looked.outcome == "unknown" and looked.status is None and tries < _TRIES:
        mine.update(tries=tries, due_at=now + _AGAIN, lease_until=None)
        return
    with transaction.atomic():
        done = mine.update(
            tries=tries, outcome=looked.outcome, status=looked.status, facts=looked.facts,
            looked_at=now, lease_until=None,
        )  # fmt: skip
        if done:
            said = {"remote_id": row.remote_id, "round": row.round, "outcome": looked.outcome}
            fact = Fact(row.workspace_id, "evidence.looked", "absence", row.pk, said)
            record([fact], by=None, now=now)
