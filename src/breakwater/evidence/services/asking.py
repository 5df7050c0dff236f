"""Asking for a capture: a row that the loop `respond` takes up at once."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
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


@dataclass(frozen=True)
class Wanted:
    """One thing on a network that is to be kept. about: {"what": "stray" | "post" | …, "facts": {name:
    plain JSON}}: what the ledger knows; it goes into the package. address_only: nothing is fetched
    (minors)."""

    channel: Channel
    remote_id: str
    url: str
    about: Mapping[str, Any]
    address_only: bool = False

    @property
    def key(self) -> tuple[UUID, str]:
        return self.channel.pk, self.remote_id[:500]


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
    """As `ask_all`, of one."""
    wanted = Wanted(channel, remote_id, url, about, address_only)
    return ask_all([wanted], why=why, incident=incident, by=by, now=now)[0]


def ask_all(
    wanted: Sequence[Wanted], *, why: str, incident: UUID | None, by: UUID | None, now: datetime
) -> list[Capture]:
    """The capture of each for this incident: asked for now, or the one that was asked before. In one
    group: somebody waits for the answer, and fifty-five posts are asked for at once.

    by: a person's id. Belongs into the caller's transaction; the loop `respond` takes them within half
    a second. Raises: Invalid("capture_of_nothing").
    """
    if not all(one.remote_id for one in wanted):
        raise Invalid(code="capture_of_nothing")
    there = _there(wanted, incident)
    fresh = {
        one.key: Capture(
            workspace_id=one.channel.workspace_id, channel=one.channel, remote_id=one.key[1],
            url=one.url[:1000], about=dict(one.about), why=why[:WHY_MAX], incident=incident,
            asked_by_id=by, address_only=one.address_only, created_at=now, state_at=now,
        )
        for one in wanted if one.key not in there
    }  # fmt: skip
    try:
        with transaction.atomic():
            Capture.objects.bulk_create(fresh.values())
            said = {"why": why[:WHY_MAX], "incident": str(incident or "")}
            facts = [_fact(row, "evidence.asked", said) for row in fresh.values()]
            record(facts, by=by, now=now)
    except IntegrityError:
        if fresh.keys().isdisjoint(_there(wanted, incident)):
            raise
        # somebody asked for one of them at the same moment
        return ask_all(wanted, why=why, incident=incident, by=by, now=now)
    rows = {**there, **fresh}
    return [rows[one.key] for one in wanted]


def ask_again(by: Access, capture: Capture, *, now: datetime) -> Capture:
    """A partial or failed one is taken once more; what there is of it stays in the chain.

    Raises: Forbidden; StaleState when it is sealed, or being taken.
    """
    checks.may(by, Right.RESPOND)
    if capture.state not in ("partial", "failed"):
        raise StaleState(code="capture_not_again")
    return move(capture, CAPTURE, "asked", by=by.person.pk, now=now, lease_until=None)


def _there(wanted: Sequence[Wanted], incident: UUID | None) -> dict[tuple[UUID, str], Capture]:
    rows = Capture.objects.filter(
        channel__in={one.channel.pk for one in wanted},
        remote_id__in={one.key[1] for one in wanted}, incident=incident,
    )  # fmt: skip
    return {(row.channel_id, row.remote_id): row for row in rows}


def _fact(row: Capture, verb: str, data: Mapping[str, Any]) -> Fact:
    return Fact(row.workspace_id, verb, "capture", row.pk, dict(data))
