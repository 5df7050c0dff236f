"""Where a conversation stands, as a person says: done, open again, put off until later."""

from collections.abc import Collection, Iterable
from datetime import datetime, timedelta
from uuid import UUID

from django.db import transaction
from django.db.models import Max, Q, QuerySet

from breakwater.audit.services import move_many
from breakwater.domain.errors import Invalid, NotFound
from breakwater.inbox.lifecycle import THREAD
from breakwater.inbox.models import Item, Seat, Thread
from breakwater.inbox.services.rollup import beat, roll_up
from breakwater.people import checks
from breakwater.people.roles import Right
from breakwater.people.selectors import Access

AT_ONCE = 200
"""Conversations that one click may be about; also how many wake in one turn."""
FARTHEST = timedelta(days=366)


def finish(
    by: Access, thread_ids: Collection[UUID], *, upto: int | None = None, now: datetime
) -> list[Thread]:
    """Those of these conversations that are done now. What came after item `upto`, which is the last
    that the person could see, still waits, and its conversation stays open. Raises: Forbidden."""
    checks.may(by, Right.ANSWER)
    with transaction.atomic():
        talks = locked(by, thread_ids, ("open", "snoozed", "aside"))
        waiting = Item.objects.filter(thread__in=talks, own=False, closed=False)
        seen = waiting if upto is None else waiting.filter(pk__lte=upto)
        seen.update(closed=True)
        left = set(waiting.filter(gone=False).values_list("thread_id", flat=True))
        ready = [one for one in talks if one.pk not in left]
        moved = move_many(
            ready, THREAD, "done", by=by.person.pk, now=now,
            changes={one.pk: {"snoozed_until": None} for one in ready},
        )  # fmt: skip
        roll_up([one.pk for one in talks], now=now)
    return moved


def reopen(by: Access, thread_ids: Collection[UUID], *, now: datetime) -> list[Thread]:
    """Those that wait for us again: with what they said since we last answered, or at least the last
    of it. One of which all is deleted stays done. Raises: Forbidden."""
    checks.may(by, Right.ANSWER)
    with transaction.atomic():
        talks = locked(by, thread_ids, ("done", "snoozed"))
        for thread in talks:
            if thread.state == "done":
                _since_answered(thread).update(closed=False)
        left = Item.objects.filter(thread__in=talks, own=False, closed=False, gone=False)
        waiting = set(left.values_list("thread_id", flat=True))
        moved = _open([one for one in talks if one.pk in waiting], by=by.person.pk, now=now)
        roll_up([one.pk for one in talks], now=now)
    return moved


def snooze(
    by: Access, thread_ids: Collection[UUID], until: datetime, *, now: datetime
) -> list[Thread]:
    """Those that are out of the way until then, or until something new comes. Raises: Forbidden;
    Invalid("snooze_past") unless `until` lies ahead, by a year at most."""
    checks.may(by, Right.ANSWER)
    if not now < until <= now + FARTHEST:
        raise Invalid(code="snooze_past", field="until")
    with transaction.atomic():
        talks = locked(by, thread_ids, ("open", "snoozed"))
        again = [one for one in talks if one.state == "snoozed"]
        Thread.objects.filter(pk__in=[one.pk for one in again]).update(snoozed_until=until)
        fresh = [one for one in talks if one.state == "open"]
        moved = move_many(
            fresh, THREAD, "snoozed", by=by.person.pk, now=now, why={"until": until.isoformat()},
            changes={one.pk: {"snoozed_until": until} for one in fresh},
        )  # fmt: skip
        beat({one.workspace_id for one in talks})
    return [*again, *moved]


def wake(*, now: datetime) -> int:
    """How many conversations are open again because their time has come. Run twice at once, each
    wakes once; one that is put off further meanwhile sleeps on."""
    with transaction.atomic():
        due = Thread.objects.select_for_update().filter(state="snoozed", snoozed_until__lte=now)
        rows = list(due.order_by("pk")[:AT_ONCE])
        woken = _open(rows, by=None, now=now)
        roll_up([one.pk for one in woken], now=now)
    return len(woken)


def forget_seats(*, now: datetime) -> None:
    """Places that nobody sits at any more are gone."""
    Seat.objects.filter(until__lt=now).delete()


def not_too_many(thread_ids: Collection[UUID]) -> None:
    """Raises: Invalid("too_many_talks") for more than one click may be about."""
    if len(thread_ids) > AT_ONCE:
        raise Invalid(code="too_many_talks", field="talks", limit=AT_ONCE)


def locked(
    by: Access, thread_ids: Iterable[UUID], states: Collection[str] = THREAD.states
) -> list[Thread]:
    """Those of the workspace's conversations with these ids and in these states, locked in one order.
    Other workspaces' are none. Call it inside the deed's transaction. Raises: as `not_too_many`."""
    ids = sorted(set(thread_ids))
    not_too_many(ids)
    rows = Thread.objects.select_for_update().filter(
        workspace=by.workspace, pk__in=ids, state__in=states
    )
    return list(rows.order_by("pk"))


def locked_one(by: Access, thread_id: UUID) -> Thread:
    """As `locked`, for one. Raises: NotFound."""
    found = locked(by, [thread_id])
    if not found:
        raise NotFound(what="thread")
    return found[0]


def _open(rows: list[Thread], *, by: UUID | None, now: datetime) -> list[Thread]:
    again = {one.pk: {"snoozed_until": None} for one in rows}
    return move_many(rows, THREAD, "open", by=by, now=now, changes=again)


def _since_answered(thread: Thread) -> QuerySet[Item]:
    theirs = Item.objects.filter(thread=thread, own=False, gone=False)
    ours = Item.objects.filter(thread=thread, own=True).aggregate(at=Max("at"))["at"]
    since = max((at for at in (ours, thread.answered_at) if at is not None), default=None)
    last = theirs.order_by("-at", "-pk").values("pk")[:1]
    newest = Q(pk__in=list(last.values_list("pk", flat=True)))
    return theirs if since is None else theirs.filter(newest | Q(at__gt=since))
