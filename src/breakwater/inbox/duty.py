"""Who is told of a person in danger, or of a threat, at a given moment."""

from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from breakwater.inbox.models import Rota
from breakwater.people.models import Person, Workspace
from breakwater.people.roles import Right
from breakwater.people.selectors import with_right


def on_duty(workspace: Workspace, now: datetime) -> list[Person]:
    """Those of the rota's duty whose hours these are; where nobody's are, those who both answer
    people and manage the workspace, for somebody has to look. Two or three queries."""
    answering = with_right(workspace.pk, Right.ANSWER)
    local = now.astimezone(ZoneInfo(workspace.zone))
    rows = Rota.objects.filter(workspace=workspace, duty=True)
    there = {row.person_id for row in rows if _covers(row, local)}
    found = [one for one in answering if one.pk in there]
    if found:
        return found
    managing = {one.pk for one in with_right(workspace.pk, Right.INVITE)}
    return [one for one in answering if one.pk in managing]


def has_duty(workspace: Workspace, person: Person) -> bool:
    """Whether the rota ever has this person on duty there."""
    return Rota.objects.filter(workspace=workspace, person=person, duty=True).exists()


def _covers(row: Rota, local: datetime) -> bool:
    """A shift whose end is not after its beginning goes on past midnight."""
    time, yesterday = f"{local:%H:%M}", (local - timedelta(days=1)).weekday()
    if row.starts < row.ends:
        return local.weekday() == row.weekday and row.starts <= time < row.ends
    begun = local.weekday() == row.weekday and time >= row.starts
    return begun or (yesterday == row.weekday and time < row.ends)
