"""Somebody else takes it: one click, no reason asked, and it does not come back."""

from collections.abc import Collection
from datetime import datetime, timedelta
from uuid import UUID

from django.db import transaction
from django.db.models import Count

from breakwater.audit.models import Entry
from breakwater.audit.selectors import history
from breakwater.core.ids import new_id
from breakwater.domain.errors import Problem, StaleState
from breakwater.inbox.models import Thread
from breakwater.inbox.rotas import on_now
from breakwater.inbox.services.assigning import give
from breakwater.inbox.services.working import locked_one
from breakwater.notices.services import tell
from breakwater.people import checks
from breakwater.people.models import Person
from breakwater.people.roles import Right
from breakwater.people.selectors import Access, with_right

RELIEVED = "thread.relieved"
UNDO_WITHIN = timedelta(hours=1)


def relieve(by: Access, thread_id: UUID, *, now: datetime) -> Person:
    """Who looks after the conversation now: a colleague on the rota, else one who may answer, with
    least to do; nobody who gave it away before. They are told that it is theirs, not why.

    Raises: Forbidden; NotFound; Problem("nobody_else") where no other person may answer.
    """
    checks.may(by, Right.ANSWER)
    with transaction.atomic():
        thread = locked_one(by, thread_id)
        gave = {one.actor_id for one in history(thread_id).filter(verb=RELIEVED)}
        chosen = _colleague(by, thread, {*gave, by.person.pk}, now)
        give([thread], chosen.pk, RELIEVED, by=by.person.pk, now=now)
        tell(
            [chosen], "inbox_relief", key=f"inbox:{new_id()}", data={"who": by.person.name},
            path=f"/w/{by.workspace.slug}/inbox/{thread_id}/", workspace_id=by.workspace.pk,
            now=now,
        )  # fmt: skip
    return chosen


def take_back(by: Access, thread_id: UUID, *, now: datetime) -> Thread:
    """The conversation is with whom it was before they gave it away. Raises: Forbidden; NotFound;
    StaleState("relief_over") once somebody else moved it on, or an hour later."""
    checks.may(by, Right.ANSWER)
    with transaction.atomic():
        thread = locked_one(by, thread_id)
        last = last_relief(thread_id)
        if not may_take_back(by, thread, last, now=now):
            raise StaleState(code="relief_over")
        before = last.data["from"] if last else None
        give(
            [thread], None if before is None else UUID(before), "thread.taken_back",
            by=by.person.pk, now=now,
        )  # fmt: skip
    return thread


def last_relief(thread_id: UUID) -> Entry | None:
    """The last time that somebody gave it away or took it back. One query."""
    verbs = (RELIEVED, "thread.taken_back")
    return history(thread_id).filter(verb__in=verbs).order_by("-number").first()


def may_take_back(by: Access, thread: Thread, last: Entry | None, *, now: datetime) -> bool:
    """Whether it was they who gave it, and it still is with whom they gave it to."""
    if last is None or last.verb != RELIEVED or last.actor_id != by.person.pk:
        return False
    return str(thread.assignee_id) == last.data["to"] and now - last.at <= UNDO_WITHIN


def _colleague(
    by: Access, thread: Thread, without: Collection[UUID | None], now: datetime
) -> Person:
    """Those who gave it away are asked again only where nobody else is left, and never the giver."""
    able = [one for one in with_right(by.workspace.pk, Right.ANSWER) if one != by.person]
    fresh = [one for one in able if one.pk not in without]
    on = {one.pk for one in on_now(by.workspace, now)}
    for some in ([one for one in fresh if one.pk in on], fresh, able):
        others = [one for one in some if one.pk != thread.assignee_id] or some
        if others:
            return _least_loaded(by.workspace.pk, others)
    raise Problem(code="nobody_else")


def _least_loaded(workspace_id: UUID, people: Collection[Person]) -> Person:
    mine = Thread.objects.filter(workspace_id=workspace_id, state="open", assignee__in=people)
    load = dict(mine.values_list("assignee").annotate(n=Count("pk")))
    return min(people, key=lambda one: (load.get(one.pk, 0), one.pk))
