"""An image of a minor is in it: nothing of it is kept but its address.

What is on disk goes before its day, so two persons say so: one alone could get rid of evidence. Between
the two nobody has it in hand.
"""

from datetime import datetime

from django.db import transaction

from breakwater.audit.services import Fact, move, record
from breakwater.domain.errors import NotFound, StaleState
from breakwater.evidence import files
from breakwater.evidence.lifecycle import CAPTURE
from breakwater.evidence.models import Capture, Shredding
from breakwater.notices.services import tell
from breakwater.people import checks
from breakwater.people.models import Person
from breakwater.people.roles import Right
from breakwater.people.selectors import Access, with_right


def minor(by: Access, capture: Capture, *, now: datetime) -> Capture:
    """Said by a first person: nothing more is taken, and nobody opens what is there, until somebody
    else answers. Said by a second: key and packages are gone, and the address alone is sealed anew.

    Where nothing is on disk yet, or nobody else may answer, one is enough. What was known of it goes,
    too: words and facts may describe the image. The chain keeps its digests, which say nothing.
    Raises: Forbidden;
    StaleState("capture_under_way", "capture_held", "shredding_needs_another").
    """
    checks.may(by, Right.RESPOND)
    if capture.address_only:
        return capture
    with transaction.atomic():
        row = Capture.objects.select_for_update().get(pk=capture.pk)
        _may_go(row)
        names = files.of(row)
        if names and not _second(by, row, now):
            return row
        row = _address_alone(by, row, now)
    files.remove(names)
    return row


def keep_it(by: Access, capture: Capture, *, now: datetime) -> None:
    """It is no such image: the package opens again. Said by anybody who responds, who asked included.

    Raises: Forbidden; NotFound("no_shredding").
    """
    checks.may(by, Right.RESPOND)
    with transaction.atomic():
        row = Shredding.objects.select_for_update().filter(capture=capture, outcome="").first()
        if row is None:
            raise NotFound(code="no_shredding")
        _answer(by.person, row, "no", now)
        _record(by, capture, "evidence.minor_refused", now)


def _may_go(row: Capture) -> None:
    if row.state == "taking":
        raise StaleState(code="capture_under_way")
    if row.held_why:
        raise StaleState(code="capture_held")


def _second(by: Access, row: Capture, now: datetime) -> bool:
    """Whether somebody else asked for it before, or there is nobody else to ask: such an image is kept
    no day longer for that. The first who asks is written down."""
    asked = Shredding.objects.select_for_update().filter(capture=row, outcome="").first()
    others = [one for one in with_right(row.workspace_id, Right.RESPOND) if one != by.person]
    if not others:
        if asked is not None:
            _answer(None, asked, "yes", now)
        return True
    if asked is None:
        Shredding.objects.create(capture=row, asked_by=by.person, created_at=now)
        _record(by, row, "evidence.minor_asked", now)
        _tell("evidence_minor_asked", others, by, row, now)
        return False
    if asked.asked_by_id == by.person.pk:
        raise StaleState(code="shredding_needs_another")
    _answer(by.person, asked, "yes", now)
    return True


def _answer(by: Person | None, row: Shredding, outcome: str, now: datetime) -> None:
    """by: None where nobody was left who could."""
    row.outcome, row.answered_by, row.answered_at = outcome, by, now
    row.save(update_fields=["outcome", "answered_by", "answered_at"])


def _address_alone(by: Access, row: Capture, now: datetime) -> Capture:
    if row.state == "asked":
        row.address_only, row.about, row.blob, row.key = True, {}, "", b""
        row.items, row.missing = [], []
        row.save(update_fields=["address_only", "about", "blob", "key", "items", "missing"])
    else:
        row = move(
            row, CAPTURE, "asked", by=by.person.pk, now=now, address_only=True, about={},
            items=[], missing=[], blob="", key=b"", lease_until=None,
        )  # fmt: skip
    _record(by, row, "evidence.minor", now)
    _tell("evidence_minor", with_right(row.workspace_id, Right.INVITE), by, row, now)
    return row


def _record(by: Access, row: Capture, verb: str, now: datetime) -> None:
    fact = Fact(row.workspace_id, verb, "capture", row.pk, {})
    record([fact], by=by.person.pk, now=now)


def _tell(code: str, persons: list[Person], by: Access, row: Capture, now: datetime) -> None:
    """At once, whoever it was: it must not be a quiet way to get rid of evidence."""
    tell(
        persons, code, key=f"{code}:{row.pk}:{now.isoformat()}",
        data={"who": by.person.name, "channel": str(row.channel)},
        path=f"/w/{by.workspace.slug}/evidence/{row.pk}/", workspace_id=row.workspace_id, now=now,
        urgent=True,
    )  # fmt: skip
