"""Which deliveries are due, locked for the one that asks."""

from datetime import datetime

from django.db import connection
from django.db.models import Q, QuerySet

from breakwater.delivery.lifecycle import WAITING
from breakwater.delivery.models import Delivery
from breakwater.delivery.services import circuits
from breakwater.delivery.services.circuits import Standing
from breakwater.domain.timings import Timings

_SELF = ("self",)


def due(now: datetime, limit: int, timings: Timings) -> list[Delivery]:
    """Due rows, locked: those that try a network again, and those that nothing stops."""
    stand = circuits.standing(now)
    if stand.fine:
        return list(_queue(now)[:limit])
    probes = _probes(stand, now, limit, timings)
    shut = Q(channel__origin__in=list(stand.opened)) & ~Q(kind="delete")
    free = _queue(now).exclude(shut).exclude(channel__origin__in=list(stand.quiet))
    tried = {row.pk for row in probes}
    rest = [row for row in free[:limit] if row.pk not in tried]
    return [*probes, *rest][:limit]


def _probes(stand: Standing, now: datetime, limit: int, timings: Timings) -> list[Delivery]:
    """For each network whose pause is over the one row that tries it, if this worker is first."""
    lease = timings.prepare_deadline + timings.takeover
    fit = Q(doubtful=False, missed_at__gte=now) | Q(
        doubtful=True, first_sent_at__gte=now - timings.probe_within
    )
    found = []
    for one in circuits.half_open(stand, now)[:limit]:
        row = _queue(now).filter(fit, channel__origin=one.origin).exclude(kind="delete").first()
        if row and circuits.let_out(one, row, lease=lease, now=now):
            found.append(row)
    return found


def _queue(now: datetime) -> QuerySet[Delivery]:
    open_door = Q(channel__quiet_until=None) | Q(channel__quiet_until__lte=now)
    rows = Delivery.objects.filter(
        open_door, state__in=WAITING, not_before__lte=now, channel__state="connected"
    )
    return unlocked(rows).order_by("not_before")


def unlocked(rows: QuerySet[Delivery]) -> QuerySet[Delivery]:
    """Those of `rows` that nobody else has locked, locked until the end of the transaction."""
    return rows.select_for_update(
        skip_locked=connection.features.has_select_for_update_skip_locked,
        of=_SELF if connection.features.has_select_for_update_of else (),
    )
