"""Proof of absence: what was deleted is looked for at once, after an hour and after a day."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from uuid import UUID

from breakwater.channels.models import Channel
from breakwater.evidence.models import Absence

ROUNDS = (timedelta(0), timedelta(hours=1), timedelta(hours=24))
"""Caches of networks show what is gone for a while."""


def expect_absence(
    channel: Channel,
    remote_id: str,
    url: str,
    *,
    delivery: UUID,
    capture: UUID | None,
    now: datetime,
) -> Sequence[Absence]:
    """The three looks, due from now on; asked for twice, they are the same. Called when the delete
    (delivery: its id) is verified; the loop `respond` looks."""
    rows = [
        Absence(
            workspace_id=channel.workspace_id, channel=channel, capture_id=capture,
            remote_id=remote_id, url=url, delivery=delivery, round=number, due_at=now + after,
            created_at=now,
        )
        for number, after in enumerate(ROUNDS)
    ]  # fmt: skip
    Absence.objects.bulk_create(rows, ignore_conflicts=True)
    return list(Absence.objects.filter(delivery=delivery).order_by("round"))
