"""Roles and weight of an incident, and its end."""

from datetime import datetime
from uuid import UUID

from django.db import transaction

from breakwater.audit.services import move
from breakwater.domain.errors import Invalid, NotFound, StaleState
from breakwater.incidents.checks import one_of, words
from breakwater.incidents.kinds import KINDS, ROLES, SEVERITIES
from breakwater.incidents.lifecycle import INCIDENT
from breakwater.incidents.models import Incident, Review
from breakwater.incidents.services import deriving
from breakwater.incidents.services.guests import end_all
from breakwater.incidents.services.opening import TITLE_MAX, copy_playbook
from breakwater.incidents.services.tasks import somebody
from breakwater.incidents.services.timeline import note
from breakwater.people import checks
from breakwater.people.roles import Right
from breakwater.people.selectors import Access
from breakwater.strays.models import Alarm
from breakwater.strays.services import close as close_alarm

WHY_MAX = 500


def give_role(
    by: Access, incident: Incident, role: str, who: UUID | None, *, now: datetime
) -> None:
    """That person has it; None: nobody. Raises: Forbidden; Invalid; NotFound."""
    checks.may(by, Right.RESPOND)
    one_of(role, ROLES, "role")
    person = somebody(by, who)
    with transaction.atomic():
        own = locked(by, incident.pk)
        if getattr(own, f"{role}_id") == (person.pk if person else None):
            return
        setattr(own, role, person)
        own.save(update_fields=[role])
        data = {"role": role, "who": str(person.pk) if person else ""}
        note(own, "role", by=by.person.pk, data=data, now=now)


def change(
    by: Access, incident: Incident, *, title: str, kind: str, severity: int, now: datetime
) -> Incident:
    """Called and weighed so from now on; a new kind brings the tasks of its playbook along."""
    checks.may(by, Right.RESPOND)
    said, kind = words(title, "title", TITLE_MAX), one_of(kind, KINDS, "kind")
    if severity not in SEVERITIES:
        raise Invalid(code="incident_value", field="severity")
    with transaction.atomic():
        own = locked(by, incident.pk)
        before = (own.title, own.kind, own.severity)
        if before == (said, kind, severity):
            return own
        own.title, own.kind, own.severity = said, kind, severity
        own.save(update_fields=["title", "kind", "severity"])
        if before[1] != kind:
            copy_playbook(own, by.workspace, now=now)
        data = {"kind": kind, "severity": severity}
        note(own, "changed", by=by.person.pk, data=data, now=now)
    return own


def close(
    by: Access, incident: Incident, *, why: str = "", via: str = "page", now: datetime
) -> Incident:
    """It is over, and so are its guests' links and its alarm: with its review written, or with a reason
    why there is none. The next post that nobody sent is another alarm.

    Raises: Forbidden; Invalid "incident_review_first"; StaleState "incident_containing" while posts
    are still being contained.
    """
    checks.may(by, Right.RESPOND)
    said = words(why, "why", WHY_MAX, needed=False)
    with transaction.atomic():
        alarm = _alarm_of(by, incident)
        own = locked(by, incident.pk)
        if not said and not Review.objects.filter(incident=own).exists():
            raise Invalid(code="incident_review_first", field="why")
        if getattr(own, "containment", None) and own.containment.state not in (
            "proved",
            "done",
            "stuck",
        ):
            raise StaleState(code="incident_containing")
        data = {"reviewed": not said}
        own = move(own, INCIDENT, "closed", by=by.person.pk, now=now, why=data, closed_why=said)
        note(own, "closed", by=by.person.pk, via=via, data=data, text=said, now=now)
        end_all(own, by=by.person.pk, now=now)
        deriving.end(own, now=now)
        if alarm is not None:
            close_alarm(alarm, by=by.person.pk, now=now)
    return own


def reopen(by: Access, incident: Incident, *, why: str, now: datetime) -> Incident:
    """It goes on, under its number. Raises: Forbidden; Invalid; StaleState."""
    checks.may(by, Right.RESPOND)
    said = words(why, "why", WHY_MAX)
    with transaction.atomic():
        own = locked(by, incident.pk)
        ended_at = own.state_at
        own = move(own, INCIDENT, "open", by=by.person.pk, now=now)
        deriving.go_on(own, ended_at=ended_at)
        note(own, "reopened", by=by.person.pk, text=said, now=now)
    return own


def locked(by: Access, incident_id: UUID) -> Incident:
    """Raises: NotFound for none and for another workspace's alike."""
    rows = Incident.objects.select_for_update(of=("self",)).filter(workspace=by.workspace)
    own = rows.filter(pk=incident_id).first()
    if own is None:
        raise NotFound(what="incident")
    return own


def _alarm_of(by: Access, incident: Incident) -> Alarm | None:
    """The incident's alarm, locked before the incident as everywhere: the watch begins with it."""
    if incident.alarm is None:
        return None
    rows = Alarm.objects.select_for_update().filter(workspace=by.workspace, pk=incident.alarm)
    return rows.first()
