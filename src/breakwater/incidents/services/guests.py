"""Guests of an incident, by link: they see its clock and its tasks, and no names."""

from datetime import datetime
from uuid import UUID

from django.db import transaction

from breakwater.domain.errors import StaleState
from breakwater.incidents.models import Incident
from breakwater.incidents.services.timeline import note
from breakwater.people import checks
from breakwater.people.models import Purpose, SignedLink
from breakwater.people.roles import Right
from breakwater.people.selectors import Access
from breakwater.people.services import links


def invite(by: Access, incident: Incident, name: str, *, now: datetime) -> SignedLink:
    """A link for somebody outside, for at most 30 days and until the incident is closed.

    name: so that we know whose it is; the timeline does not say it. Raises: Forbidden; Invalid;
    StaleState "incident_closed".
    """
    checks.may(by, Right.RESPOND)
    if incident.state != "open":
        raise StaleState(code="incident_closed")
    with transaction.atomic():
        link = links.make(
            Purpose.GUEST, workspace=by.workspace, guest_name=name, subject=incident.pk,
            by=by.person.pk, now=now,
        )  # fmt: skip
        note(incident, "guest", by=by.person.pk, now=now)
    return link


def end(by: Access, incident: Incident, link_id: UUID, *, now: datetime) -> None:
    """The link opens nothing any more. Raises: Forbidden; NotFound."""
    checks.may(by, Right.RESPOND)
    with transaction.atomic():
        links.revoke(by, link_id, now=now)
        note(incident, "guest_ended", by=by.person.pk, now=now)


def end_all(incident: Incident, *, by: UUID | None, now: datetime) -> int:
    return links.revoke_about(Purpose.GUEST, incident.pk, by=by, now=now)
