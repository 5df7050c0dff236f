"""A person's word that something may be deleted although its evidence is partial."""

from datetime import datetime

from django.db import transaction

from breakwater.audit.services import Fact, record
from breakwater.domain.errors import Invalid, StaleState
from breakwater.domain.text import one_line, storable
from breakwater.evidence.models import Capture, Signature
from breakwater.people import checks
from breakwater.people.roles import Right
from breakwater.people.selectors import Access

WHY_MAX = 500


def sign(by: Access, capture: Capture, why: str, *, now: datetime) -> Signature:
    """From now on `selectors.ready` has this capture, as it is on disk or not.

    Raises: Forbidden; Invalid("signature_why"); StaleState("capture_is_whole") for a sealed one;
    StaleState("capture_under_way").
    """
    checks.may(by, Right.RESPOND)
    said = one_line(storable(why))[:WHY_MAX]
    if not said:
        raise Invalid(code="signature_why", field="why")
    with transaction.atomic():
        row = Capture.objects.select_for_update().get(pk=capture.pk)
        if row.state == "sealed":
            raise StaleState(code="capture_is_whole")
        if row.state not in ("partial", "failed"):
            raise StaleState(code="capture_under_way")
        made = Signature.objects.create(capture=row, person=by.person, why=said, created_at=now)
        fact = Fact(row.workspace_id, "evidence.signed", "capture", row.pk, {"why": said})
        record([fact], by=by.person.pk, now=now)
    return made
