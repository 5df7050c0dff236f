"""What is kept, as a list of facts without words; and whether it is still what was kept."""

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from breakwater.audit.selectors import about
from breakwater.channels.models import Arrival
from breakwater.domain.errors import SealBroken
from breakwater.inbox.models import Kept
from breakwater.inbox.services.keeping import KEPT, opened

PAGE = 30


@dataclass(frozen=True)
class Evidence:
    """One thing kept. sound: what is sealed is what the digest says, and so does the audit chain.
    where: the channel, or "" where it is not known any more."""

    kept: Kept
    sound: bool
    where: str


def evidence(workspace_id: UUID, *, before: datetime | None = None) -> list[Evidence]:
    """The newest first, one page of it. Three queries."""
    rows = Kept.objects.filter(workspace_id=workspace_id).select_related("by")
    if before is not None:
        rows = rows.filter(created_at__lt=before)
    return _shown(list(rows.order_by("-created_at", "-pk")[:PAGE]))


def kept_for(arrival_ids: Sequence[int]) -> dict[int, list[Kept]]:
    """Arrival id -> what is kept of it, without opening anything. One query."""
    found: dict[int, list[Kept]] = {}
    rows = Kept.objects.filter(arrival__in=arrival_ids).defer("sealed").select_related("by")
    for row in rows.order_by("created_at"):
        found.setdefault(row.arrival, []).append(row)
    return found


def _shown(rows: Sequence[Kept]) -> list[Evidence]:
    facts = {one.subject_id: one.data for one in about([row.pk for row in rows], KEPT)}
    arrivals = Arrival.objects.filter(pk__in=[row.arrival for row in rows])
    where = {row.pk: str(row.channel) for row in arrivals.select_related("channel")}
    return [
        Evidence(row, _sound(row, facts.get(row.pk, {}).get("digest")), where.get(row.arrival, ""))
        for row in rows
    ]


def _sound(row: Kept, recorded: object) -> bool:
    try:
        found = hashlib.sha256(opened(row)).hexdigest()
    except SealBroken:
        return False
    return found == row.digest == recorded
