"""What is to be done in an incident, by whom, until when; and what was done."""

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from django.db import transaction

from breakwater.domain.errors import Forbidden, NotFound
from breakwater.incidents.checks import words
from breakwater.incidents.kinds import HAND
from breakwater.incidents.models import Incident, Task
from breakwater.incidents.services.timeline import note
from breakwater.people import checks
from breakwater.people.models import Person
from breakwater.people.roles import Right
from breakwater.people.selectors import Access, with_right

TEXT_MAX = 500


def add(
    by: Access,
    incident: Incident,
    text: str,
    *,
    who: UUID | None = None,
    due_at: datetime | None = None,
    now: datetime,
) -> Task:
    """Raises: Forbidden; Invalid; NotFound for somebody who cannot respond."""
    checks.may(by, Right.RESPOND)
    return Task.objects.create(
        incident=incident, text=words(text, "text", TEXT_MAX), source=HAND,
        who=somebody(by, who), due_at=due_at, position=1000, created_at=now,
    )  # fmt: skip


def done(by: Access, task_id: UUID, *, via: str = "page", now: datetime) -> Task:
    """It is done, and the timeline says so; done before, nothing changes. Raises: NotFound."""
    with transaction.atomic():
        task = _locked(by, task_id)
        if task.done_at is None:
            task.done_by, task.done_at, task.nag_at = by.person, now, None
            task.save(update_fields=["done_by", "done_at", "nag_at"])
            data = {"task": str(task.pk), "what": task.text}
            note(task.incident, "task_done", by=by.person.pk, via=via, data=data, now=now)
    return task


def reopen(by: Access, task_id: UUID, *, now: datetime) -> Task:
    """It is to be done after all; the timeline keeps both lines."""
    with transaction.atomic():
        task = _locked(by, task_id)
        if task.done_at is not None:
            task.done_by, task.done_at = None, None
            task.save(update_fields=["done_by", "done_at"])
            data = {"task": str(task.pk), "what": task.text}
            note(task.incident, "task_open", by=by.person.pk, data=data, now=now)
    return task


def give(by: Access, task_id: UUID, who: UUID | None, *, now: datetime) -> Task:
    """It is that person's. None: nobody's. Raises: NotFound."""
    with transaction.atomic():
        task = _locked(by, task_id)
        task.who = somebody(by, who)
        task.save(update_fields=["who"])
        data = {"task": str(task.pk), "what": task.text}
        note(task.incident, "task_given", by=by.person.pk, data=data, now=now)
    return task


def copy(incident: Incident, tasks: Sequence[Task]) -> None:
    """Those whose key is not there yet are added."""
    for task in tasks:
        task.incident = incident
    Task.objects.bulk_create(tasks, ignore_conflicts=True)


def somebody(by: Access, who: UUID | None) -> Person | None:
    """A member who may respond. Raises: NotFound."""
    if who is None:
        return None
    found = {person.pk: person for person in with_right(by.workspace.pk, Right.RESPOND)}
    if who not in found:
        raise NotFound(what="person")
    return found[who]


def _locked(by: Access, task_id: UUID) -> Task:
    if not by.may(Right.RESPOND):
        raise Forbidden(right=Right.RESPOND.value, role=by.role)
    rows = Task.objects.select_for_update(of=("self",)).select_related("incident")
    task = rows.filter(pk=task_id, incident__workspace=by.workspace).first()
    if task is None:
        raise NotFound(what="task")
    return task
