"""Who is woken for an alarm: the duty person first, then upwards."""

from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Any

from breakwater.inbox.rotas import on_duty
from breakwater.people.models import Person, Workspace
from breakwater.people.roles import Right, Role
from breakwater.people.selectors import members, with_right
from breakwater.strays.models import Alarm

EVERYBODY_AFTER = timedelta(minutes=5)
OWNERS_AFTER = timedelta(minutes=15)
CHANNELS_SAID = 3


def first(workspace: Workspace, now: datetime) -> list[Person]:
    """Whoever is on duty by the inbox's rota at this moment and may respond; where nobody is, those
    who may respond and look after the workspace."""
    able = with_right(workspace.pk, Right.RESPOND)
    duty = {one.pk for one in on_duty(workspace, now)}
    found = [one for one in able if one.pk in duty]
    if found:
        return found
    managing = {one.pk for one in with_right(workspace.pk, Right.INVITE)}
    return [one for one in able if one.pk in managing] or able


def everybody(workspace: Workspace) -> list[Person]:
    """All who may respond."""
    return with_right(workspace.pk, Right.RESPOND)


def owners(workspace: Workspace) -> list[Person]:
    """The last to be woken. Whoever owns the workspace may respond."""
    rows = members(workspace.pk).filter(role=Role.OWNER, person__is_active=True)
    return [row.person for row in rows]


def said_of(alarm: Alarm) -> Mapping[str, Any]:
    """What mail, push and webhook say of an alarm: which of our channels, and nothing else."""
    rows = alarm.sightings.select_related("channel").order_by("pk")
    names = list(dict.fromkeys(str(one.channel) for one in rows))
    return {"channel": ", ".join(names[:CHANNELS_SAID])}
