"""What a conversation is as a whole, from what of it is still open."""

from collections.abc import Iterable, Sequence
from datetime import datetime
from uuid import UUID

from django.db.models import F

from breakwater.audit.services import move_many
from breakwater.core.rows import write_rows
from breakwater.domain.triage import Category, worst
from breakwater.inbox.lifecycle import THREAD
from breakwater.inbox.models import Item, Pulse, Thread

_FIELDS = (
    "category",
    "danger",
    "rank",
    "language",
    "pile",
    "waiting",
    "items",
    "last_at",
    "first_at",
)


def roll_up(thread_ids: Iterable[UUID], *, now: datetime) -> None:
    """The conversations say what their messages do; one in which nothing waits any more, because it
    is gone or answered by hand, is done. Locks them; call it inside the deed's transaction. Three
    queries, whatever their number, and one more where states change."""
    talks = list(Thread.objects.select_for_update().filter(pk__in=set(thread_ids)).order_by("pk"))
    ids = [one.pk for one in talks]
    of: dict[UUID, list[Item]] = {}
    for item in Item.objects.filter(thread_id__in=ids).order_by("at", "pk"):
        of.setdefault(item.thread_id, []).append(item)
    for thread in talks:
        _say(thread, of.get(thread.pk, []))
    write_rows(talks, _FIELDS)
    _settle(talks, now)
    beat({one.workspace_id for one in talks})


def beat(workspace_ids: Iterable[UUID]) -> None:
    """Whoever looks at these workspaces' conversations looks again. At the end of a transaction: it
    makes those of one workspace wait for one another."""
    for workspace_id in sorted(set(workspace_ids)):
        if not Pulse.objects.filter(pk=workspace_id).update(number=F("number") + 1):
            Pulse.objects.bulk_create([Pulse(pk=workspace_id, number=1)], ignore_conflicts=True)


def _say(thread: Thread, items: Sequence[Item]) -> None:
    theirs = [one for one in items if not one.own]
    open_ = [one for one in theirs if not one.closed and not one.gone]
    thread.items = len(items)
    thread.waiting = len(open_)
    if items:
        thread.first_at = items[0].at
    if theirs:
        thread.last_at = theirs[-1].at
        thread.language = theirs[-1].language
    if open_:
        thread.category = worst([Category(one.category) for one in open_])
        thread.danger = any(one.danger for one in open_)
        thread.rank = _worst_rank(open_)
        thread.pile = next((one.pile for one in reversed(open_) if one.pile_id), None)


def _worst_rank(items: Sequence[Item]) -> int | None:
    """Unscored counts as worse than what is shown, and milder than what is veiled."""
    known = [one.rank for one in items if one.rank is not None]
    if len(known) < len(items) and (not known or min(known) > 1):
        return None
    return min(known)


def _settle(talks: Sequence[Thread], now: datetime) -> None:
    wakes = [
        one for one in talks
        if one.waiting and (one.state in ("done", "snoozed") or (one.state == "aside" and one.danger))
    ]  # fmt: skip
    move_many(wakes, THREAD, "open", by=None, now=now)
    rests = [one for one in talks if not one.waiting and one.state in ("open", "snoozed")]
    move_many(rests, THREAD, "done", by=None, now=now, why={"because": "nothing_waits"})
