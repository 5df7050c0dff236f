"""The posts of an alarm become posts of its incident, each with its evidence asked for."""

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from django.db import transaction

from breakwater.core.rows import write_rows
from breakwater.evidence.services import Wanted, ask_all
from breakwater.incidents.models import Incident, Subject
from breakwater.incidents.origins import Thing
from breakwater.incidents.services.opening import add_subjects
from breakwater.people import checks
from breakwater.people.roles import Right
from breakwater.people.selectors import Access
from breakwater.strays.models import Alarm, Sighting
from breakwater.strays.selectors import strays_of

_OURS_TO_HANDLE = ("stray", "wrong", "contained", "gone")
_WHY_MAX = 500


def gather(
    incident: Incident, alarm: Alarm, *, by: UUID | None, why: str, now: datetime
) -> list[Subject]:
    """Those of the alarm's strays that were not in the incident yet, with evidence asked for. Call
    inside a transaction; called again, nothing happens twice."""
    rows = [one for one in strays_of(alarm) if one.state in _OURS_TO_HANDLE]
    known = set(Subject.objects.filter(incident=incident).values_list("sighting", flat=True))
    fresh = [one for one in rows if one.pk not in known]
    if not fresh:
        return []
    add_subjects(incident, [_thing(one) for one in fresh], now=now)
    return ask_for_evidence(incident, by=by, why=why, now=now)


def ask_for_evidence(
    incident: Incident, *, by: UUID | None, why: str, now: datetime
) -> list[Subject]:
    """Each post of the incident has a capture; those that had none until now."""
    rows = list(
        Subject.objects.filter(incident=incident, capture=None).select_related(
            "channel", "delivery"
        )
    )
    wanted = [Wanted(row.channel, row.remote_id, row.url, _about(row)) for row in rows]
    asked = ask_all(wanted, why=why[:_WHY_MAX], incident=incident.pk, by=by, now=now)
    for row, capture in zip(rows, asked, strict=True):
        row.capture = capture.pk
    write_rows(rows, ["capture"])
    return rows


def seal(by: Access, incident: Incident, *, now: datetime) -> list[Subject]:
    """Evidence is asked for of each post that has none. Raises: Forbidden."""
    checks.may(by, Right.RESPOND)
    with transaction.atomic():
        return ask_for_evidence(incident, by=by.person.pk, why=incident.title, now=now)


def began_at(strays: Sequence[Sighting], now: datetime) -> datetime:
    """When the first of them was published, as the network says, and never later than now."""
    at = [one.arrival.at for one in strays if one.arrival is not None]
    return min([*at, *(one.created_at for one in strays), now])


def _thing(one: Sighting) -> Thing:
    at = one.arrival.at if one.arrival is not None else one.created_at
    return Thing(
        one.channel, one.ref, one.url, at=at, delivery=one.delivery, arrival=one.arrival,
        sighting=one.pk,
    )  # fmt: skip


def _about(row: Subject) -> dict[str, object]:
    """What the ledger knows of it, for the package."""
    facts: dict[str, object] = {"sighting": str(row.sighting or "")}
    if row.delivery is not None:
        facts |= {"delivery": str(row.delivery.pk), "state": row.delivery.state}
    return {"what": "post" if row.delivery else "stray", "facts": facts}
