"""The agreed rota as it is read: turns of those who may answer."""

from datetime import datetime
from uuid import UUID

from breakwater.domain.business_hours import clock_of
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


def on_now(workspace: Workspace, now: datetime, *, duty: bool = False) -> list[Person]:
    """Who answers at this moment by the rota and may. duty: only those who are told of danger."""
    turns = on(turns_of(workspace.pk), now, workspace.zone)
    ids = {turn.person for turn in turns if turn.duty or not duty}
    return [person for person in with_right(workspace.pk, Right.ANSWER) if person.pk in ids]
