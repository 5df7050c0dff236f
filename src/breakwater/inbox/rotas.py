"""Who answers people: those who may, and when, by the agreed rota; who is told of danger."""

from datetime import datetime
from uuid import UUID

from breakwater.domain.business_hours import clock_of
from breakwater.domain.errors import Invalid
from breakwater.domain.rota import Turn, on
from breakwater.inbox.models import Rota
from breakwater.people.models import Person, Workspace
from breakwater.people.roles import Right
from breakwater.people.selectors import with_right


def rota_of(workspace_id: UUID) -> list[Rota]:
    """Its rows with their persons, in the order of the week."""
    rows = Rota.objects.select_related("person").filter(workspace_id=workspace_id)
    return list(rows.order_by("weekday", "starts", "person__name", "pk"))


def turns_of(workspace_id: UUID) -> list[Turn]:
    """One query."""
    return [
        Turn(
            row.person_id, row.weekday, clock_of(row.starts), clock_of(row.ends),
            frozenset(row.languages), row.duty,
        )
        for row in Rota.objects.filter(workspace_id=workspace_id).order_by("pk")
    ]  # fmt: skip


def able_person(
    workspace_id: UUID, person_id: UUID, *, field: str = "person", code: str = "cannot_answer"
) -> Person:
    """Raises: Invalid(code) for somebody who may not answer people here."""
    for person in with_right(workspace_id, Right.ANSWER):
        if person.pk == person_id:
            return person
    raise Invalid(code=code, field=field)


def on_now(workspace: Workspace, now: datetime, *, duty: bool = False) -> list[Person]:
    """Who answers at this moment by the rota and may. duty: only those who are told of danger."""
    turns = on(turns_of(workspace.pk), now, workspace.zone)
    ids = {turn.person for turn in turns if turn.duty or not duty}
    return [person for person in with_right(workspace.pk, Right.ANSWER) if person.pk in ids]


def on_duty(workspace: Workspace, now: datetime) -> list[Person]:
    """Those of the rota's duty whose hours these are; where nobody's are, those who both answer
    people and manage the workspace, for somebody has to look. Two queries, or four."""
    found = on_now(workspace, now, duty=True)
    if found:
        return found
    managing = {one.pk for one in with_right(workspace.pk, Right.INVITE)}
    return [one for one in with_right(workspace.pk, Right.ANSWER) if one.pk in managing]


def has_duty(workspace: Workspace, person: Person) -> bool:
    """Whether the rota ever has this person on duty there."""
    return Rota.objects.filter(workspace=workspace, person=person, duty=True).exists()
