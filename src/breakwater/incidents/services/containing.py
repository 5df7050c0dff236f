"""Contain: hold everything, ask for evidence of each stray, and cut off whoever may be inside.

What follows (removing, proving, disconnecting) is done post by post by the worker (progress).
"""

from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.utils import translation
from django.utils.translation import gettext

from breakwater.channels.selectors import networks
from breakwater.core.urgent import urgent
from breakwater.incidents.checks import words
from breakwater.incidents.kinds import RUNBOOK
from breakwater.incidents.lifecycle import CONTAINMENT
from breakwater.incidents.models import Containment, Incident, Subject, Task
from breakwater.incidents.services.gathering import began_at, gather
from breakwater.incidents.services.opening import Opening, lock_workspace, open_incident
from breakwater.incidents.services.tasks import copy
from breakwater.incidents.services.timeline import note
from breakwater.notices.services.shutting import shut_doors
from breakwater.pauses.services import pausing
from breakwater.people import checks
from breakwater.people.roles import Right
from breakwater.people.selectors import Access, members
from breakwater.people.services.cutting import cut_off
from breakwater.people.services.links import revoke_of_members
from breakwater.strays.models import Alarm, Sighting
from breakwater.strays.selectors import strays_of
from breakwater.strays.services import answer

SIGN_MAX = 500
_TASK_MAX = 500
GRAVE = 3


def begin(
    by: Access,
    alarm: Alarm,
    *,
    via: str,
    sign_partial: str = "",
    keep_channels: bool = False,
    now: datetime,
) -> Incident:
    """One incident for all of the alarm's posts; everything is held, evidence is asked for, our API
    tokens are dead and everybody signs in again. Pressed twice it is the same containment.

    sign_partial: why posts may go although their evidence is partial, signed beforehand; "": nobody
    signed. keep_channels: they stay connected once it is over. Raises: Forbidden; StaleState where
    the alarm was answered otherwise meanwhile.
    """
    checks.may(by, Right.RESPOND)
    signed = words(sign_partial, "sign_why", SIGN_MAX, needed=False)
    with urgent():
        _lock(alarm)
        incident = _incident(by, alarm, "hijack", via, now)
        answer(alarm, "not_us", by=by.person.pk, via=via, now=now)
        gather(incident, alarm, by=by.person.pk, why=incident.title, now=now)
        _contain(by, incident, via, signed, keep_channels, now)
    cut(incident.containment, by=by.person.pk, now=now)
    return incident


def hold_and_seal(by: Access, alarm: Alarm, *, via: str, now: datetime) -> Incident:
    """Ours, but wrong: everything is held and sealed; nothing is deleted. Raises: as `begin`."""
    checks.may(by, Right.RESPOND)
    with urgent():
        _lock(alarm)
        incident = _incident(by, alarm, "rogue", via, now)
        answer(alarm, "wrong", by=by.person.pk, via=via, now=now)
        gather(incident, alarm, by=by.person.pk, why=incident.title, now=now)
        note(incident, "wrong", by=by.person.pk, via=via, now=now)
    return incident


def cut(row: Containment, *, by: UUID | None, now: datetime) -> None:
    """Tokens and sessions are dead. Outside any transaction; done before, nothing happens: the mark
    comes last, so that whoever is killed in the middle leaves it to the next."""
    fresh = Containment.objects.select_related("incident", "workspace").get(pk=row.pk)
    if "cut" in fresh.marks:
        return
    found = cut_off(fresh.workspace, by=by, now=now)
    _shut(fresh, by, now)
    with transaction.atomic():
        if mark(row.pk, "cut", now):
            data = {"tokens": found.tokens, "persons": found.persons}
            note(fresh.incident, "cut_off", by=by, data=data, now=now)


def _shut(row: Containment, by: UUID | None, now: datetime) -> None:
    """Sessions and tokens are not all that opens: links, browsers and webhooks may be an intruder's,
    too. A drill leaves them alone, as it does the sessions."""
    if row.workspace.drill:
        return
    persons = list(members(row.workspace_id).values_list("person_id", flat=True))
    shut_doors(row.workspace, persons, by=by, now=now)
    revoke_of_members(row.workspace, but_about=row.incident.alarm, by=by, now=now)


def mark(containment_id: UUID, name: str, now: datetime) -> bool:
    """The step has its moment from now on; False: it had one. Call inside a transaction."""
    row = Containment.objects.select_for_update(of=("self",)).get(pk=containment_id)
    if name in row.marks:
        return False
    row.marks = {**row.marks, name: now.isoformat()}
    row.save(update_fields=["marks"])
    return True


def _incident(by: Access, alarm: Alarm, kind: str, via: str, now: datetime) -> Incident:
    with translation.override(by.workspace.language):
        title = (
            gettext("Posts that nobody here sent")
            if kind == "hijack"
            else gettext("Posts that should not be out")
        )
    lock_workspace(by.workspace.pk)
    paused = pausing.pause_all(by, title, via=via, now=now)
    opening = Opening(
        kind, title, GRAVE, began_at=began_at(strays_of(alarm), now), from_kind="alarm",
        from_id=str(alarm.pk), pause=paused.pause.pk, alarm=alarm.pk,
    )  # fmt: skip
    return open_incident(by, opening, via=via, now=now)


def _contain(
    by: Access, incident: Incident, via: str, signed: str, keep: bool, now: datetime
) -> None:
    row, made = Containment.objects.get_or_create(
        incident=incident,
        defaults={
            "workspace": by.workspace, "asked_by": by.person, "via": via, "sign_partial": signed,
            "keep_channels": keep, "state": CONTAINMENT.initial, "state_at": now, "due_at": now,
            "created_at": now,
        },
    )  # fmt: skip
    incident.containment = row
    if made:
        runbook(incident, now=now)
        note(incident, "contain", by=by.person.pk, via=via, now=now)
    else:
        Containment.objects.filter(pk=row.pk).update(due_at=now)
    if signed and (made or not row.sign_partial):
        Containment.objects.filter(pk=row.pk).update(sign_partial=signed)
        note(incident, "signed", by=by.person.pk, via=via, text=signed, now=now)


def runbook(incident: Incident, *, now: datetime) -> None:
    """What each network itself advises, behind the steps of the playbook; once each."""
    slugs = Subject.objects.filter(incident=incident).values_list("channel__network", flat=True)
    known = networks()
    with translation.override(incident.workspace.language):
        tasks = [
            Task(
                key=f"{slug}:{at}", text=gettext(step.text)[:_TASK_MAX], source=RUNBOOK,
                origin=step.source, link=step.url, role="lead", position=100 + at, created_at=now,
            )
            for slug in sorted(set(slugs) & set(known))
            for at, step in enumerate(known[slug].runbook)
        ]  # fmt: skip
    copy(incident, tasks)


def _lock(alarm: Alarm) -> None:
    """First of all: the watch locks alarm and sightings before it writes the chain."""
    Alarm.objects.select_for_update().get(pk=alarm.pk)
    list(Sighting.objects.select_for_update(of=("self",)).filter(alarm=alarm).order_by("pk"))
