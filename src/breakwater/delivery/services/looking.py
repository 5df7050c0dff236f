"""Which deliveries are due for a look: unknown ones to be resolved, accepted ones to be proved."""

from datetime import datetime, timedelta
from uuid import UUID

from django.db import connection, transaction

from breakwater.delivery.models import Delivery

LOOKED_AT = ("unknown", "accepted")


def lease_looks(*, limit: int, lease: timedelta, now: datetime) -> list[Delivery]:
    """At most `limit` rows due for a read-only look; others leave them alone for `lease`.

    A look changes nothing on the network, so a lease in time is enough here: two looks at
    once are harmless, and what they find is written by compare-and-set.
    """
    with transaction.atomic(durable=not connection.in_atomic_block):
        rows = list(
            Delivery.objects.select_for_update(
                skip_locked=connection.features.has_select_for_update_skip_locked
            )
            .filter(state__in=LOOKED_AT, not_before__lte=now)
            .order_by("not_before")[:limit]
        )
        Delivery.objects.filter(pk__in=[row.pk for row in rows]).update(not_before=now + lease)
    return rows


def explained(channel_id: UUID, remote_ids: list[str], but: Delivery) -> set[str]:
    """Those of `remote_ids` that belong to another delivery of the channel."""
    return set(
        Delivery.objects.filter(channel_id=channel_id, kind="publish", remote_id__in=remote_ids)
        .exclude(pk=but.pk)
        .values_list("remote_id", flat=True)
    )
