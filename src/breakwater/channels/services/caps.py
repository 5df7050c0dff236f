"""What a workspace wants to spend at most in a month at one network: set, changed, taken away."""

from datetime import datetime
from uuid import UUID

from django.db import transaction

from breakwater.audit.services import Fact, record
from breakwater.channels import installed
from breakwater.channels.meters import OVER_CAP
from breakwater.channels.models import Cursor, SpendingCap
from breakwater.domain.errors import Invalid

MOST = 10**12
"""A million dollars. More is a slip of the hand."""


def set_cap(
    *, workspace_id: UUID, network: str, micros: int | None, by: UUID, now: datetime
) -> None:
    """The cap is `micros` (millionths of a dollar a month), or none; on record. What had stopped
    for the old one is tried again.

    Raises: Unsupported where the network is not installed; Invalid: "cap_free" where its calls
    cost nothing, "cap_wrong" for less than nothing or more than a million dollars.
    """
    if not installed.network(network).manifest.prices:
        raise Invalid(code="cap_free", field="network")
    if micros is not None and not 0 <= micros <= MOST:
        raise Invalid(code="cap_wrong", field="micros")
    with transaction.atomic():
        rows = SpendingCap.objects.select_for_update()
        row = rows.filter(workspace_id=workspace_id, network=network).first()
        before = row.micros if row else None
        if before == micros:
            return
        _store(row, workspace_id, network, micros, now)
        data = {"network": network, "from": before, "to": micros}
        fact = Fact(workspace_id, "spending.capped", "workspace", workspace_id, data)
        record([fact], by=by, now=now)
        _wake(workspace_id, network, now)


def _store(
    row: SpendingCap | None, workspace_id: UUID, network: str, micros: int | None, now: datetime
) -> None:
    if micros is None:
        if row is not None:
            row.delete()
        return
    SpendingCap.objects.update_or_create(
        workspace_id=workspace_id,
        network=network,
        defaults={"micros": micros, "reached_at": None},
        create_defaults={"micros": micros, "created_at": now},
    )


def _wake(workspace_id: UUID, network: str, now: datetime) -> None:
    """Reading that rests until next month goes on now; if the new cap is too low, it rests again."""
    resting = Cursor.objects.filter(
        channel__workspace_id=workspace_id, channel__network=network, trouble=OVER_CAP
    )
    resting.filter(next_at__gt=now).update(next_at=now, trouble="")
