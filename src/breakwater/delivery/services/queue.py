"""Which deliveries are due, locked for the one that asks."""

from datetime import datetime

from django.db import connection
from django.db.models import Q, QuerySet

from breakwater.channels.selectors import shut_channels
from breakwater.delivery.lifecycle import WAITING
from breakwater.delivery.models import Delivery
from breakwater.delivery.services import circuits
from breakwater.delivery.services.circuits import Standing
from breakwater.domain.kinds import MENDS
from breakwater.domain.timings import Timings

_SELF = ("self",)


def due(now: datetime, limit: int, timings: Timings) -> list[Delivery]:
    """Due rows, locked: those that try a network again, and those that nothing stops."""
    stand = circuits.standing(now)
    if stand.fine:
        return _earliest(_queue(now), limit)
    probes = _probes(stand, now, limit, timings)
    shut = Q(channel__origin__in=list(stand.opened)) & ~Q(kind__in=MENDS)
    free = _queue(now).exclude(shut).exclude(channel__origin__in=list(stand.quiet))
    tried = {row.pk for row in probes}
    rest = [row for row in _earliest(free, limit) if row.pk not in tried]
    return [*probes, *rest][:limit]


def _probes(stand: Standing, now: datetime, limit: int, timings: Timings) -> list[Delivery]:
    """For each network whose pause is over the one row that tries it, if this worker is first."""
    lease = timings.prepare_deadline + timings.takeover
    fit = Q(doubtful=False, missed_at__gte=now) | Q(
        doubtful=True, first_sent_at__gte=now - timings.probe_within
    )
    found = []
    for one in circuits.half_open(stand, now)[:limit]:
        own = _queue(now).filter(fit, channel__origin=one.origin).exclude(kind__in=MENDS)
        row = next(iter(_earliest(own, 1)), None)
        if row and circuits.let_out(one, row, lease=lease, now=now):
            found.append(row)
    return found


def _earliest(rows: QuerySet[Delivery], limit: int) -> list[Delivery]:
    """The first `limit` of them by their time.

    One query a state: each walks the index of (state, not_before) in order and ends at the
    limit. Both states in one query would sort everything that is due, at every claim.
    """
    found = [row for state in WAITING for row in rows.filter(state=state)[:limit]]
    return sorted(found, key=lambda row: row.not_before)[:limit]


def _queue(now: datetime) -> QuerySet[Delivery]:
    """Due rows of channels that are open. The shut ones are named, not joined: a planner that
    joins first reads and sorts all that is due to give the first few."""
    rows = Delivery.objects.filter(not_before__lte=now).exclude(channel__in=shut_channels(now))
    return unlocked(rows).order_by("not_before")


def unlocked(rows: QuerySet[Delivery]) -> QuerySet[Delivery]:
    """Those of `rows` that nobody else has locked, locked until the end of the transaction."""
    return rows.select_for_update(
        skip_locked=connection.features.has_select_for_update_skip_locked,
        of=_SELF if connection.features.has_select_for_update_of else (),
    )
