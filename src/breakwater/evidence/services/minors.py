"""An image of a minor is in it: nothing of it is kept but its address."""

from datetime import datetime

from django.db import transaction

from breakwater.audit.services import Fact, move, record
from breakwater.domain.errors import StaleState
from breakwater.evidence import files
from breakwater.evidence.lifecycle import CAPTURE
from breakwater.evidence.models import Capture
from breakwater.notices.services import tell
from breakwater.people import checks
from breakwater.people.roles import Right
from breakwater.people.selectors import Access, with_right


def minor(by: Access, capture: Capture, *, now: datetime) -> Capture:
    """The key and the package are gone, and the address alone is sealed anew by `respond`.

    What was known of it goes, too: words and facts may describe the image. The chain keeps its
    digests, which say nothing. Those who look after the workspace are told at once, whoever it was:
    it must not be a quiet way to get rid of evidence. Raises: Forbidden;
    StaleState("capture_under_way", or "capture_held" while somebody keeps it for a reason).
    """
    checks.may(by, Right.RESPOND)
    if capture.address_only:
        return capture
    if capture.state == "taking":
        raise StaleState(code="capture_under_way")
    with transaction.atomic():
        if Capture.objects.select_for_update().get(pk=capture.pk).held_why:
            raise StaleState(code="capture_held")
        if capture.state == "asked":
            row = Capture.objects.select_for_update().get(pk=capture.pk, state="asked")
            row.address_only, row.about = True, {}
            row.save(update_fields=["address_only", "about"])
        else:
            row = move(
                capture, CAPTURE, "asked", by=by.person.pk, now=now, address_only=True, about={},
                items=[], missing=[], blob="", key=b"", lease_until=None,
            )  # fmt: skip
        fact = Fact(row.workspace_id, "evidence.minor", "capture", row.pk, {})
        record([fact], by=by.person.pk, now=now)
        _tell(by, row, now)
    files.remove(files.of(row))
    return row


def _tell(by: Access, row: Capture, now: datetime) -> None:
    tell(
        with_right(row.workspace_id, Right.INVITE), "evidence_minor", key=f"evidence_minor:{row.pk}",
        data={"who": by.person.name, "channel": str(row.channel)},
        path=f"/w/{by.workspace.slug}/evidence/{row.pk}/", workspace_id=row.workspace_id, now=now,
        urgent=True,
    )  # fmt: skip
