"""A worker takes deliveries in hand: claim, prepare, and `sending` before the first byte."""

import logging
from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from django.db import DatabaseError, connection, transaction
from django.db.models import Q, QuerySet

from breakwater.audit.services import move_many, stand_in_line
from breakwater.delivery.lifecycle import DELIVERY, IN_HAND
from breakwater.delivery.models import COMMIT_CALLS_FOR_LIFE, Attempt, Delivery, Worker
from breakwater.delivery.services import budget, chains, circuits, walls
from breakwater.delivery.services.fitness import (
    Approved,
    Aside,
    Asked,
    Refused,
    aside_at_claim,
    aside_at_door,
    none_refused,
)
from breakwater.delivery.services.queue import due as _due
from breakwater.delivery.services.queue import unlocked
from breakwater.domain.guarantees import Outcome
from breakwater.domain.kinds import REPEATABLE, REPORT
from breakwater.domain.timings import Timings

log = logging.getLogger(__name__)
_USUAL = Timings()
_AT_ONCE = 200
_AFTER_BREAK = timedelta(seconds=30)
_SELF = ("self",)


@dataclass(frozen=True)
class Claimed:
    """What one look into the queue gave. stopped: went to held or missed instead."""

    taken: tuple[Delivery, ...]
    stopped: tuple[Delivery, ...]


def claim(
    worker: Worker,
    *,
    limit: int,
    approved: Approved,
    refused: Refused = none_refused,
    timings: Timings = _USUAL,
    now: datetime,
) -> Claimed:
    """At most `limit` due deliveries are in this worker's hand, in one transaction.

    Behind an open circuit all wait but one that tries it. What is late, held, revoked or altered
    since its approval goes aside, with the reason.
    Holds the walls FOR SHARE, so that no hold is released between our look at it and our
    commit: a row put aside by a hold that is gone would wait for ever.
    """
    with transaction.atomic(durable=not connection.in_atomic_block):
        due = _due(now, limit, timings)
        walls.stand_at(row.workspace_id for row in due)
        aside = aside_at_claim(due, Asked(approved, refused), now - timings.probe_within, now)
        chain = chains.answered([row for row in due if row.pk not in aside])
        aside |= dict.fromkeys(chain.alone, ("needs_human", "first_gone"))
        if aside:
            stand_in_line(row.workspace_id for row in due)
        stopped = [
            row
            for state, reason in sorted(set(aside.values()))
            for row in _put_aside(due, aside, state, reason, now)
        ]
        ready = [row for row in due if row.pk not in aside and row.pk not in chain.early]
        hand = {row.pk: {"worker": worker, **chain.found.get(row.pk, {})} for row in ready}
        taken = move_many(ready, DELIVERY, "claimed", by=None, now=now, changes=hand)
    return Claimed(tuple(taken), tuple(stopped))


def keep_handle(row: Delivery, worker: Worker, handle: Mapping[str, Any], *, now: datetime) -> bool:
    """What `prepare` made is on the row; False when the row is no longer this worker's."""
    own = Delivery.objects.filter(pk=row.pk, worker=worker, state__in=("claimed", "prepared"))
    return bool(own.update(handle=dict(handle), state="prepared", state_at=now))


def begin(rows: Sequence[Delivery], worker: Worker, *, now: datetime) -> list[Delivery]:
    """Those of `rows` that may leave are `sending`, durably, with their ledger row `begun`.

    Holds the walls FOR SHARE and looks at the holds once more. What may not leave goes aside:
    held, or (calls used up) to a person. What its network stops, or its channel's budget, goes
    back to wait. What is no longer this worker's is left alone.
    """
    with transaction.atomic(durable=not connection.in_atomic_block):
        walls.stand_at(row.workspace_id for row in rows)
        own = _own(rows, worker)
        stand_in_line(row.workspace_id for row in own)
        aside = aside_at_door(own, now)
        for state, reason in sorted(set(aside.values())):
            _put_aside(own, aside, state, reason, now)
        ready = [row for row in own if row.pk not in aside]
        back, too_many = _not_now(ready, now)
        _back(ready, back, now)
        begun = _mark_sending([row for row in ready if row.pk not in back], worker, now)
    _hold(too_many, now)
    return begun


def _hold(too_many: Sequence[Delivery], now: datetime) -> None:
    """Outside: it updates the walls, which those at the door hold. Those that have begun leave,
    whatever becomes of it: the others come to the door again, and are too many again."""
    try:
        budget.hold([row.channel for row in too_many], now=now)
    except DatabaseError:
        log.exception("budget.not_held deliveries=%d", len(too_many))


def wait(rows: Sequence[Delivery], worker: Worker, *, reason: str, now: datetime) -> None:
    """What this worker has in hand of `rows` and has not begun is queued again, with a reason."""
    with transaction.atomic():
        own = _own(rows, worker)
        _back(own, {row.pk: (now, reason) for row in own}, now)


def let_go(worker: Worker, *, now: datetime) -> int:
    """What this worker had in hand and had not begun is queued again (a graceful stop)."""
    rows = list(Delivery.objects.filter(worker=worker, state__in=("claimed", "prepared")))
    back = {row.pk: {"worker": None, "not_before": now} for row in rows}
    return len(move_many(rows, DELIVERY, "retry_wait", by=None, now=now, changes=back))


def drop(keys: Sequence[UUID], worker: Worker, *, now: datetime) -> None:
    """Tries that broke in our own hands before their commit call: the rows wait to be tried again.

    Six times at most: the tries are counted with the calls, then a person is asked.
    """
    with transaction.atomic():
        own = _lined_up(Delivery.objects.filter(pk__in=keys, worker=worker, state__in=IN_HAND))
        spent = [one for one in own if one.tries >= COMMIT_CALLS_FOR_LIFE]
        again = [one for one in own if one.tries < COMMIT_CALLS_FOR_LIFE]
        back = {
            one.pk: {"worker": None, "not_before": now + _AFTER_BREAK, "tries": one.tries + 1}
            for one in again
        }
        move_many(again, DELIVERY, "retry_wait", by=None, now=now, changes=back)
        ask = {one.pk: {"worker": None, "reason": "internal", "to_tell": True} for one in spent}
        move_many(spent, DELIVERY, "needs_human", by=None, now=now, changes=ask)


def doubt(
    keys: Sequence[UUID], worker: Worker, *, because: str = "internal", now: datetime
) -> list[Delivery]:
    """Rows whose commit call may have been made and whose outcome nobody knows are `unknown`."""
    own = Delivery.objects.filter(pk__in=keys, worker=worker, state="sending")
    return _doubt(list(own), because, now)


def disown(worker: Worker, *, held: Collection[UUID], now: datetime) -> int:
    """What the table says this worker has in hand, and it has not, is free again; how many.

    A claim whose commit was answered by a broken connection leaves such rows.
    """
    own = Delivery.objects.filter(worker=worker, state__in=IN_HAND).exclude(pk__in=held)
    lost = dict(own.values_list("pk", "state"))
    if lost:
        doubt([pk for pk, state in lost.items() if state == "sending"], worker, now=now)
        drop([pk for pk, state in lost.items() if state != "sending"], worker, now=now)
    return len(lost)


def take_over(
    *, gone: Callable[[int], bool], older_than: timedelta, now: datetime
) -> list[Delivery]:
    """Rows of workers that are gone and old enough are free again; `sending` is `unknown`.

    gone: whether nobody holds a worker's lock any more. A frozen worker still holds its
    own, so nobody takes over from it. Returns the rows that moved.
    """
    with transaction.atomic():
        old = Delivery.objects.filter(state__in=IN_HAND, state_at__lte=now - older_than)
        holders = Worker.objects.filter(pk__in=old.values("worker"))
        dead = [worker for worker in holders if gone(worker.lock_key)]
        theirs = unlocked(old.filter(worker__in=dead)).order_by("state_at")[:_AT_ONCE]
        lost = list(theirs) if dead else []
        stand_in_line(row.workspace_id for row in lost)
        begun = [row for row in lost if row.state == "sending"]
        free = [row for row in lost if row.state != "sending"]
        moved = _doubt(begun, "worker_gone", now)
        back = {row.pk: {"worker": None, "not_before": now} for row in free}
        moved += move_many(free, DELIVERY, "retry_wait", by=None, now=now, changes=back)
    return moved


def sweep_missed(*, now: datetime, limit: int = _AT_ONCE) -> list[Delivery]:
    """What could not even be claimed in its window (its channel is shut, or its network wants peace
    for longer) waits for a person."""
    with transaction.atomic():
        late = Delivery.objects.filter(_swept(now), missed_at__lt=now, doubtful=False)
        rows = list(unlocked(late).order_by("not_before")[:limit])
        told = {row.pk: {"to_tell": True, "reason": row.reason or "late"} for row in rows}
        return move_many(rows, DELIVERY, "missed", by=None, now=now, changes=told)


def sweep_doubtful(
    *, resend_within: timedelta, now: datetime, limit: int = _AT_ONCE
) -> list[Delivery]:
    """What may be out, waited to leave again and could not (its network or channel is shut) for
    too long asks a person, as it would have at its claim."""
    with transaction.atomic():
        old = Delivery.objects.filter(
            _swept(now), doubtful=True, first_sent_at__lt=now - resend_within
        ).exclude(Q(kind__in=REPEATABLE) & ~Q(payload__deed=REPORT))
        rows = list(unlocked(old).order_by("not_before")[:limit])
        told = {row.pk: {"to_tell": True, "reason": "not_found"} for row in rows}
        return move_many(rows, DELIVERY, "needs_human", by=None, now=now, changes=told)


def _swept(now: datetime) -> Q:
    """What waits and is due, or was tried already: that waits for a back-off or a network's wish,
    which may be days. Two ranges of one index."""
    return Q(state="queued", not_before__lte=now) | Q(state="retry_wait")


def _lined_up(rows: QuerySet[Delivery]) -> list[Delivery]:
    """`rows` and their chains are locked, for a deed in several steps."""
    found = list(rows.select_for_update().order_by("pk"))
    stand_in_line(row.workspace_id for row in found)
    return found


def _doubt(rows: Sequence[Delivery], because: str, now: datetime) -> list[Delivery]:
    values = {
        "worker": None, "not_before": now, "doubtful": True, "looks": 0, "reason": because,
    }  # fmt: skip
    with transaction.atomic():
        changes = {row.pk: values for row in rows}
        moved = move_many(
            rows, DELIVERY, "unknown", by=None, now=now, why={"because": because}, changes=changes
        )
        Attempt.objects.bulk_create(
            Attempt(
                delivery=row, number=row.tries, step="commit", outcome=Outcome.UNKNOWN, at=now,
                code=because,
            )
            for row in moved
        )  # fmt: skip
    return moved


_Back = dict[UUID, tuple[datetime, str]]


def _own(rows: Sequence[Delivery], worker: Worker) -> list[Delivery]:
    """Those of `rows` that this worker has in hand and has not begun, locked, with channels."""
    own = Delivery.objects.filter(
        pk__in=[row.pk for row in rows], worker=worker, state__in=("claimed", "prepared")
    )
    of = _SELF if connection.features.has_select_for_update_of else ()
    return list(own.select_related("channel").select_for_update(of=of).order_by("pk"))


def _not_now(rows: Sequence[Delivery], now: datetime) -> tuple[_Back, list[Delivery]]:
    """What goes back to wait at the door: pk -> (until, reason); and of these the rows that would
    be too many for their channel's budget.

    What turns out to be too early (its time was counted anew, the clock was set back a little)
    waits for its time.
    """
    stand = circuits.standing(now)
    back: _Back = {}
    for row in rows:
        until = row.channel.quiet_until
        if row.due_at > now and not row.doubtful:
            back[row.pk] = (row.due_at, "")
        elif until is not None and until > now:
            back[row.pk] = (until, "throttled")
        elif why := stand.stops(row, row.channel.origin):
            back[row.pk] = (stand.quiet.get(row.channel.origin, now), why)
    too_many = budget.beyond([row for row in rows if row.pk not in back], now=now)
    back |= {row.pk: (now, "over_budget") for row in too_many}
    return back, too_many


def _back(rows: Sequence[Delivery], back: _Back, now: datetime) -> None:
    changes = {
        pk: {"worker": None, "not_before": until, "reason": why}
        for pk, (until, why) in back.items()
    }
    own = [row for row in rows if row.pk in back]
    move_many(own, DELIVERY, "retry_wait", by=None, now=now, changes=changes)


def _put_aside(
    rows: Sequence[Delivery], aside: Aside, state: str, reason: str, now: datetime
) -> list[Delivery]:
    own = [row for row in rows if aside.get(row.pk) == (state, reason)]
    tell = reason != "hold"
    values = {"reason": reason, "worker": None, "to_tell": tell}
    changes = {row.pk: values for row in own}
    why = {"because": reason}
    return move_many(own, DELIVERY, state, by=None, now=now, why=why, changes=changes)


def _mark_sending(rows: Sequence[Delivery], worker: Worker, now: datetime) -> list[Delivery]:
    begun = move_many(
        rows,
        DELIVERY,
        "sending",
        by=None,
        now=now,
        changes={
            row.pk: {
                "commit_calls": row.commit_calls + 1,
                "tries": row.tries + 1,
                "first_sent_at": row.first_sent_at or now,
                "last_sent_at": now,
            }
            for row in rows
        },
    )
    Attempt.objects.bulk_create(
        Attempt(
            delivery=row, number=row.tries, step="commit", outcome=Outcome.BEGUN, at=now,
            worker_id=worker.pk, sent=row.digest,
        )
        for row in begun
    )  # fmt: skip
    return begun
