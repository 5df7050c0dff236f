"""An incident is opened: from a post, a conversation, a pile, a signal, an alarm, or by hand. What it
is opened from is looked up in its own workspace, and its posts come along."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from uuid import UUID

from django.db import transaction
from django.db.models import Max

from breakwater.audit.services import Fact, record
from breakwater.domain.errors import Forbidden, Invalid
from breakwater.incidents.checks import one_of, words
from breakwater.incidents.kinds import FROM, HAND, KINDS, PLAYBOOK, SEVERITIES
from breakwater.incidents.models import Incident, Subject, Task
from breakwater.incidents.origins import Thing, origin_of
from breakwater.incidents.playbooks import book_of
from breakwater.incidents.services.timeline import note
from breakwater.people.models import Workspace
from breakwater.people.roles import Right
from breakwater.people.selectors import Access

TITLE_MAX = 200
_TASK_MAX = 500


@dataclass(frozen=True)
class Opening:
    """from_id: of what it is opened from, "" by hand. began_at: of the first post, None if unknown."""

    kind: str
    title: str
    severity: int = 2
    began_at: datetime | None = None
    from_kind: str = "hand"
    from_id: str = ""
    pause: UUID | None = None
    alarm: UUID | None = None


def open_incident(by: Access, opening: Opening, *, via: str = "page", now: datetime) -> Incident:
    """The incident, with its tasks from the playbook and the posts of what it is opened from; opened
    from the same thing before, that one.

    Raises: Forbidden (RESPOND or ANSWER); Invalid; NotFound for a thing that is not in this workspace.
    """
    if not (by.may(Right.RESPOND) or by.may(Right.ANSWER)):
        raise Forbidden(right=Right.RESPOND.value, role=by.role)
    _check(opening, now)
    opening, subjects = _with_origin(by.workspace.pk, opening, now)
    with transaction.atomic():
        lock_workspace(by.workspace.pk)
        found = _there(by.workspace.pk, opening)
        if found is not None:
            add_subjects(found, subjects, now=now)
            return found
        incident = _made(by, opening, now)
        add_subjects(incident, subjects, now=now)
        copy_playbook(incident, by.workspace, now=now)
        data = {"kind": opening.kind, "from": opening.from_kind}
        note(incident, "opened", by=by.person.pk, via=via, data=data, now=now)
        fact = Fact(by.workspace.pk, "incident.opened", "incident", incident.pk, data)
        record([fact], by=by.person.pk, now=now)
    return incident


def add_subjects(incident: Incident, things: Sequence[Thing], *, now: datetime) -> list[Subject]:
    """Those that were not there yet are. How many times it is called does not matter."""
    known = set(Subject.objects.filter(incident=incident).values_list("channel_id", "remote_id"))
    rows = [
        Subject(
            incident=incident, channel=one.channel, remote_id=one.remote_id, url=one.url, at=one.at,
            delivery=one.delivery, arrival=one.arrival, sighting=one.sighting,
            created_at=now,
        )
        for one in things
        if (one.channel.pk, one.remote_id) not in known
    ]  # fmt: skip
    Subject.objects.bulk_create(rows, ignore_conflicts=True)
    return rows


def copy_playbook(incident: Incident, workspace: Workspace, *, now: datetime) -> None:
    """The steps of its kind are tasks of it, in the workspace's language; once."""
    book = book_of(workspace.pk, incident.kind)
    rows = [
        Task(
            incident=incident, key=f"{incident.kind}:{step.key}",
            text=step.said(workspace.language)[:_TASK_MAX], source=PLAYBOOK, origin=step.source,
            role=step.who, position=place, created_at=now,
            due_at=now + timedelta(minutes=step.within) if step.within else None,
        )
        for place, step in enumerate(book.steps)
    ]  # fmt: skip
    Task.objects.bulk_create(rows, ignore_conflicts=True)


def _check(opening: Opening, now: datetime) -> None:
    words(opening.title, "title", TITLE_MAX)
    one_of(opening.kind, KINDS, "kind")
    one_of(opening.from_kind, FROM, "from_kind")
    if opening.severity not in SEVERITIES:
        raise Invalid(code="incident_value", field="severity")
    if opening.began_at is not None and opening.began_at > now:
        raise Invalid(code="incident_early", field="began_at")


def _with_origin(
    workspace_id: UUID, opening: Opening, now: datetime
) -> tuple[Opening, tuple[Thing, ...]]:
    """When it began, where nobody said it, and its posts. An alarm brings its own."""
    if opening.alarm is not None or (opening.from_kind == HAND and not opening.from_id):
        return opening, ()
    origin = origin_of(workspace_id, opening.from_kind, opening.from_id)
    began = opening.began_at or (min(origin.began_at, now) if origin.began_at else None)
    return replace(opening, began_at=began, from_id=str(origin.row.pk)), origin.things


def lock_workspace(workspace_id: UUID) -> None:
    """Two who open at once queue here: numbers have no gap, and a thing has one incident."""
    Workspace.objects.select_for_update(no_key=True).get(pk=workspace_id)


def _there(workspace_id: UUID, opening: Opening) -> Incident | None:
    rows = Incident.objects.filter(workspace_id=workspace_id)
    if opening.alarm is not None:
        return rows.filter(alarm=opening.alarm).first()
    if opening.from_id:
        return rows.filter(from_kind=opening.from_kind, from_id=opening.from_id).first()
    return None


def _made(by: Access, opening: Opening, now: datetime) -> Incident:
    rows = Incident.objects.filter(workspace=by.workspace)
    last = rows.aggregate(last=Max("number"))["last"] or 0
    return Incident.objects.create(
        workspace=by.workspace, number=last + 1, kind=opening.kind,
        title=words(opening.title, "title", TITLE_MAX), severity=opening.severity, state_at=now,
        opened_by=by.person, from_kind=opening.from_kind, from_id=opening.from_id,
        pause=opening.pause, alarm=opening.alarm, began_at=opening.began_at or now,
        noticed_at=now, created_at=now,
    )  # fmt: skip
