"""What a conversation is as a whole, from what of it is still open."""

from collections.abc import Iterable, Mapping, Sequence
from collections.abc import Set as AbstractSet
from datetime import datetime
from uuid import UUID

from django.db.models import F

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
    Locks them; call it inside the deed's transaction. Four queries, whatever their number, and a few
    more where states change or somebody is told. setups: of their workspaces, by workspace, where they
    are at hand."""
    talks = lock_talks(thread_ids)
    ids = [one.pk for one in talks]
    of: dict[UUID, list[Item]] = {}
    for item in Item.objects.filter(thread_id__in=ids).order_by("at", "pk"):
        of.setdefault(item.thread_id, []).append(item)
    workspaces = {one.workspace_id for one in talks}
    rows = setups_of(workspaces) if setups is None else setups
    targets = {one: targets_of(rows.get(one)) for one in workspaces}
    urgent = {one.pk: alarms.urgent(one) for one in talks}
    grown = set()
    for thread in talks:
        before = thread.waiting, thread.danger
        _say(thread, of.get(thread.pk, []))
        if thread.waiting > before[0] or (thread.danger and not before[1]):
            grown.add(thread.pk)
        target = targets[thread.workspace_id]
        thread.due_at = target.due(_open(of.get(thread.pk, []))) if target else None
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


def _say(thread: Thread, items: Sequence[Item]) -> None:
    theirs = [one for one in items if not one.own]
    open_ = _open(items)
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
        thread.pile_id = next((one.pile_id for one in reversed(open_) if one.pile_id), None)


def _open(items: Sequence[Item]) -> list[Item]:
    return [one for one in items if not (one.own or one.closed or one.gone)]


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
