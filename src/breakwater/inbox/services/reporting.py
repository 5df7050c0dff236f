"""What became of reports to networks, as people learn it: networks seldom tell programs."""

from datetime import datetime
from uuid import UUID

from django.db import transaction

from breakwater.audit.services import Fact, record
from breakwater.domain.errors import Invalid, NotFound, StaleState
from breakwater.inbox.models import Reported
from breakwater.people import checks
from breakwater.people.roles import Right
from breakwater.people.selectors import Access

OUTCOMES = ("upheld", "rejected", "appealed", "overturned")
_LONGEST = 500


def follow_up(
    by: Access, report_id: UUID, outcome: str, *, seen: str, note: str = "", now: datetime
) -> Reported:
    """What the network decided, or that we appealed. seen: the outcome that the person saw.

    Raises: NotFound; Forbidden; Invalid; StaleState where somebody else was first.
    """
    checks.may(by, Right.ANSWER)
    if outcome not in OUTCOMES:
        raise Invalid(code="unknown_outcome", field="outcome")
    if len(note) > _LONGEST:
        raise Invalid(code="deed_text_long", field="note", limit=_LONGEST)
    own = Reported.objects.filter(workspace=by.workspace, pk=report_id)
    if not own.exists():
        raise NotFound(what="report")
    with transaction.atomic():
        changed = own.filter(outcome=seen).update(
            outcome=outcome, outcome_at=now, note=note.strip()
        )
        if not changed:
            raise StaleState(subject="report", id=str(report_id))
        fact = Fact(
            by.workspace.pk, f"report.{outcome}", "report", report_id, {"from": seen}
        )  # fmt: skip
        record([fact], by=by.person.pk, now=now)
    return own.get()
