"""The figures of an incident are frozen as they were shown, to be compared with later ones."""

from datetime import datetime

from django.db import transaction

from breakwater.audit.services import Fact, record
from breakwater.domain.damage import WINDOWS
from breakwater.domain.errors import Invalid
from breakwater.incidents.damage import damage, numbers_of
from breakwater.incidents.models import Incident, Measure
from breakwater.incidents.services.timeline import note
from breakwater.people import checks
from breakwater.people.roles import Right
from breakwater.people.selectors import Access


def measure(
    by: Access, incident: Incident, window: int, *, via: str = "page", now: datetime
) -> Measure:
    """What is known now of so many hours from the beginning is kept as it is.

    Raises: Forbidden; Invalid("damage_window").
    """
    checks.may(by, Right.RESPOND)
    if window not in WINDOWS:
        raise Invalid(code="damage_window", field="window")
    numbers = numbers_of(damage(incident, window, now))
    with transaction.atomic():
        row = Measure.objects.create(
            incident=incident, window=window, numbers=numbers, by=by.person, created_at=now
        )
        said = {"measure": str(row.pk), "window": window}
        note(incident, "measured", by=by.person.pk, via=via, data=said, now=now)
        fact = Fact(by.workspace.pk, "incident.measured", "incident", incident.pk, said)
        record([fact], by=by.person.pk, now=now)
    return row
