"""Asking for a capture: a row that the loop `respond` takes up at once."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import IntegrityError, transaction

from breakwater.audit.services import Fact, move, record
from breakwater.channels.models import Channel
from breakwater.domain.errors import Invalid, StaleState
from breakwater.evidence.lifecycle import CAPTURE
from breakwater.evidence.models import Capture
from breakwater.people import checks
from breakwater.people.roles import Right
from breakwater.people.selectors import Access

WHY_MAX = 500


def ask(
    channel: Channel,
    remote_id: str,
    url: str,
    *,
    about: Mapping[str, Any],
    why: str,
    incident: UUID | None,
    by: UUID | None,
    address_only: bool = False,
    now: datetime,
) -> Capture:
    """The capture of this thing for this incident: asked for now, or the one that was asked before.

    about: {"what": "stray" | "post" | …, "facts": {name: plain JSON}}: what the ledger knows; it
    goes into the package. by: a person's id. Belongs into the caller's transaction; the loop
    `respond` takes it within half a second. address_only: nothing is fetched (minors).
    Raises: Invalid("capture_of_nothing").
    """
    if not remote_id:
        raise Invalid(code="capture_of_nothing")
    there = _same(channel, remote_id, incident)
    if there is not None:
        return there
    try:
        with transaction.atomic():
            row = Capture.objects.create(
                workspace_id=channel.workspace_id, channel=channel, remote_id=remote_id[:500],
                url=url[:1000], about=dict(about), why=why[:WHY_MAX], incident=incident,
                asked_by_id=by, address_only=address_only, created_at=now, state_at=now,
            )  # fmt: skip
            said = {"why": row.why, "incident": str(incident or "")}
            record([_fact(row, "evidence.asked", said)], by=by, now=now)
    except IntegrityError:
        return Capture.objects.get(channel=channel, remote_id=remote_id, incident=incident)
    return row


def ask_again(by: Access, capture: Capture, *, now: datetime) -> Capture:
    """A partial or failed one is taken once more; what there is of it stays in the chain.

    Raises: Forbidden; StaleState when it is sealed, or being taken.
    """
    checks.may(by, Right.RESPOND)
    if capture.state not in ("partial", "failed"):
        raise StaleState(code="capture_not_again")
    return move(capture, CAPTURE, "asked", by=by.person.pk, now=now, lease_until=None)


def _same(channel: Channel, remote_id: str, incident: UUID | None) -> Capture | None:
    return Capture.objects.filter(
        channel=channel, remote_id=remote_id[:500], incident=incident
    ).first()


def _fact(row: Capture, verb: str, data: Mapping[str, Any]) -> Fact:
    return Fact(row.workspace_id, verb, "capture", row.pk, dict(data))
