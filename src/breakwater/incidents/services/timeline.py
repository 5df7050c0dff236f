"""Lines of the timeline: they are only ever added."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any
from uuid import UUID

from breakwater.incidents.checks import words
from breakwater.incidents.models import Entry, Incident
from breakwater.people import checks
from breakwater.people.roles import Right
from breakwater.people.selectors import Access

LONGEST = 2000


def note(
    incident: Incident,
    code: str,
    *,
    by: UUID | None,
    now: datetime,
    via: str = "page",
    data: Mapping[str, Any] | None = None,
    text: str = "",
) -> Entry:
    """The line is there. data: plain values, never a stranger's text. Call inside the deed's
    transaction."""
    return Entry.objects.create(
        incident=incident, at=now, by_id=by, via=via, code=code, data=dict(data or {}), text=text
    )


def write(by: Access, incident: Incident, text: str, *, via: str = "page", now: datetime) -> Entry:
    """A person's own line. Raises: Forbidden; Invalid."""
    checks.may(by, Right.RESPOND)
    return note(
        incident, "said", by=by.person.pk, via=via, text=words(text, "text", LONGEST), now=now
    )
