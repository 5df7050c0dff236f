"""What a conversation is as a whole, from what of it is still open."""

from collections.abc import Iterable, Mapping, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db.models import Count, F, OuterRef, Subquery
from django.db.models.functions import Coalesce

from breakwater.audit.services import move_many, stand_in_line
from breakwater.core.rows import write_rows
from breakwater.domain.triage import Category, worst
from breakwater.inbox.lifecycle import THREAD
from breakwater.inbox.models import Item, Pulse, Setup, Thread
from breakwater.inbox.services import alarms
from breakwater.inbox.services.dues import setups_of, targets_of
from breakwater.inbox.services.locking import lock_talks

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
    "due_at",
)


def roll_up(
    thread_ids: Iterable[UUID], *, now: datetime, setups: Mapping[UUID, Setup] | None = None
) -> None:
    """The conversations say what their messages do; one in which nothing waits any more, because it
    is gone or answered by hand, is done. Those on duty are told of a person in danger and of threats.
    Locks them; call it inside the deed's transaction. setups: of their workspaces, by workspace, where
    they are at hand.

    Six queries (one less with setups) and a write for each conversation, whatever their number, and a
    few more where states change or somebody is told. Of a conversation's messages those are read that
    wait; the others are counted along an index: some milliseconds for two thousand.
    """
    talks = lock_talks(thread_ids)
    workspaces = {one.workspace_id for one in talks}
    wholes, of = _wholes(talks), _waiting(talks)
    rows = setups_of(workspaces) if setups is None else setups
    targets = {one: targets_of(rows.get(one)) for one in workspaces}
    urgent = {one.pk: alarms.urgent(one) for one in talks}
    grown = set()
    for thread in talks:
        before = thread.waiting, thread.danger
        _say(thread, wholes[thread.pk], of[thread.pk])
        if thread.waiting > before[0] or (thread.danger and not before[1]):
            grown.add(thread.pk)
        target = targets[thread.workspace_id]
        thread.due_at = target.due(of[thread.pk]) if target else None
    stand_in_line(workspaces)
    write_rows(talks, _FIELDS)
    alarms.raise_alarm(talks, urgent, of, now=now)
    _settle(talks, grown, now)
    _beat(workspaces)


def beat(workspace_ids: Iterable[UUID]) -> None:
    """Whoever looks at these workspaces' conversations looks again. At the end of a transaction: it
    makes those of one workspace wait for one another, in the line of those who record."""
    wanted = set(workspace_ids)
    stand_in_line(wanted)
    _beat(wanted)


def _beat(workspace_ids: AbstractSet[UUID]) -> None:
    for workspace_id in sorted(workspace_ids):
        if not Pulse.objects.filter(pk=workspace_id).update(number=F("number") + 1):
            Pulse.objects.bulk_create([Pulse(pk=workspace_id, number=1)], ignore_conflicts=True)


@dataclass(frozen=True)
class _Whole:
    """items: of the conversation. first_at: of the first of them; last_at, language: of their last."""

    items: int
    first_at: datetime | None
    last_at: datetime | None
    language: str | None


def _wholes(talks: Sequence[Thread]) -> dict[UUID, _Whole]:
    """By conversation. One query, along the index of each."""
    own = Item.objects.filter(thread=OuterRef("pk")).order_by("at", "pk")
    theirs = own.filter(own=False).order_by("-at", "-pk")
    count = own.order_by().values("thread").annotate(n=Count("pk")).values("n")
    rows = Thread.objects.filter(pk__in=[one.pk for one in talks]).values_list(
        "pk", Coalesce(Subquery(count), 0), Subquery(own.values("at")[:1]),
        Subquery(theirs.values("at")[:1]), Subquery(theirs.values("language")[:1]),
    )  # fmt: skip
    return {pk: _Whole(*whole) for pk, *whole in rows}


def _waiting(talks: Sequence[Thread]) -> dict[UUID, list[Item]]:
    """By conversation, what of theirs waits, oldest first. One query."""
    found: dict[UUID, list[Item]] = {one.pk: [] for one in talks}
    rows = Item.objects.filter(thread_id__in=found, own=False, closed=False, gone=False)
    for item in rows.order_by("at", "pk"):
        found[item.thread_id].append(item)
    return found


def _say(thread: Thread, whole: _Whole, waiting: Sequence[Item]) -> None:
    thread.items = whole.items
    thread.waiting = len(waiting)
    thread.first_at = whole.first_at or thread.first_at
    if whole.last_at is not None:
        thread.last_at, thread.language = whole.last_at, whole.language or ""
    if waiting:
        thread.category = worst([Category(one.category) for one in waiting])
        thread.danger = any(one.danger for one in waiting)
        thread.rank = _worst_rank(waiting)
        thread.pile_id = next((one.pile_id for one in reversed(waiting) if one.pile_id), None)


def _worst_rank(items: Sequence[Item]) -> int | None:
    """Unscored counts as worse than what is shown, and milder than what is veiled."""
    known = [one.rank for one in items if one.rank is not None]
    if len(known) < len(items) and (not known or min(known) > 1):
        return None
    return min(known)


def _settle(talks: Sequence[Thread], grown: AbstractSet[UUID], now: datetime) -> None:
    """grown: those in which more waits than before. What was put off sleeps on until then."""
    wakes = [
        one for one in talks
        if one.waiting and (
            one.state == "done"
            or (one.state == "snoozed" and one.pk in grown)
            or (one.state == "aside" and one.danger)
        )
    ]  # fmt: skip
    again = {one.pk: {"snoozed_until": None} for one in wakes}
    move_many(wakes, THREAD, "open", by=None, now=now, changes=again)
    rests = [one for one in talks if not one.waiting and one.state in ("open", "snoozed")]
    move_many(rests, THREAD, "done", by=None, now=now, why={"because": "nothing_waits"})
