"""Alarms: what our accounts show that nobody here sent, and the three answers."""

from typing import Any
from uuid import UUID

from ninja import Router

from breakwater.api.auth import Call
from breakwater.api.route import route
from breakwater.api.schemas.alarms import (
    AlarmOut,
    AlarmsOut,
    AlarmWithStraysOut,
    ContainWish,
    IncidentOpenedOut,
    StrayOut,
)
from breakwater.incidents.models import Incident
from breakwater.incidents.services import answering
from breakwater.people.roles import Right
from breakwater.strays.models import Alarm, Sighting
from breakwater.strays.selectors import alarm_of, alarms, beside, strays_of

router = Router(tags=["alarms"])
_HERE = "/w/{slug}/alarms"
_ONE = f"{_HERE}/{{alarm_id}}"


@route(router, "GET", _HERE, right=Right.RESPOND, answer=AlarmsOut)
def listed(call: Call) -> AlarmsOut:
    """The alarms of the workspace, the latest first."""
    return AlarmsOut(items=[AlarmOut(**_shown(one)) for one in alarms(call.workspace_id)])


@route(router, "GET", _ONE, right=Right.RESPOND, answer=AlarmWithStraysOut)
def one(call: Call, alarm_id: UUID) -> AlarmWithStraysOut:
    """The alarm with what belongs to it; what was written is read on the page alone."""
    found = alarm_of(call.workspace_id, alarm_id)
    rows = [*strays_of(found), *beside(found)]
    return AlarmWithStraysOut(**_shown(found), strays=[_stray(row) for row in rows])


@route(router, "POST", f"{_ONE}/fine", right=Right.RESPOND, status=204)
def fine(call: Call, alarm_id: UUID) -> None:
    """It is ours, and fine: the alarm is over. 409 when somebody has said otherwise."""
    answering.fine(call.access, alarm_of(call.workspace_id, alarm_id), via="api", now=call.now)


@route(router, "POST", f"{_ONE}/wrong", right=Right.RESPOND, answer=IncidentOpenedOut, apart=True)
def wrong(call: Call, alarm_id: UUID) -> IncidentOpenedOut:
    """Ours, but wrong: everything is held and what is out is sealed; nothing is deleted."""
    found = alarm_of(call.workspace_id, alarm_id)
    return _opened(answering.wrong(call.access, found, via="api", now=call.now))


@route(router, "POST", f"{_ONE}/contain", right=Right.RESPOND, answer=IncidentOpenedOut, apart=True)
def contain(call: Call, alarm_id: UUID, wish: ContainWish) -> IncidentOpenedOut:
    """Not us: everything is held, sealed, then taken down. Every API token of the workspace dies,
    this one too. As all is held, the token needs `pause` beside `respond`."""
    found = alarm_of(call.workspace_id, alarm_id)
    incident = answering.not_us(
        call.access, found, via="api", sign_partial=wish.sign_partial,
        keep_channels=wish.keep_channels, now=call.now,
    )  # fmt: skip
    return _opened(incident)


@route(router, "POST", f"{_ONE}/help", right=Right.RESPOND, status=204)
def call_help(call: Call, alarm_id: UUID) -> None:
    """Everybody who may respond is rung, at once."""
    found = alarm_of(call.workspace_id, alarm_id)
    answering.call_for_help(call.access, found, via="api", now=call.now)


def _opened(incident: Incident) -> IncidentOpenedOut:
    return IncidentOpenedOut(incident_id=incident.pk, number=incident.number)


def _shown(row: Alarm) -> dict[str, Any]:
    return {
        "id": row.pk,
        "state": row.state,
        "answer": row.answer,
        "via": row.via,
        "answered_by": str(row.answered_by) if row.answered_by else None,
        "opened_at": row.created_at,
        "told_at": row.told_at,
        "answered_at": row.answered_at,
    }


def _stray(row: Sighting) -> StrayOut:
    return StrayOut(
        id=row.pk, channel_id=row.channel_id, kind=row.kind, remote_id=row.ref, url=row.url,
        state=row.state, seen_at=row.created_at,
    )  # fmt: skip
