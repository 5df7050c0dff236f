"""Whose turn it is to watch: one reader at a time, wherever it runs.

A lease that is not kept ends by itself. Who writes by what it has read asks in the writing
transaction whether it is still its turn (`fence`).
"""

from datetime import datetime, timedelta
from uuid import UUID

from django.db.models import Q

from breakwater.core.ids import new_id
from breakwater.domain.errors import StaleState
from breakwater.strays.models import Turn

WATCH = "watch"
LEASE = timedelta(seconds=60)


def take(*, now: datetime) -> UUID | None:
    """An id to hand back, or None while another one is at it."""
    Turn.objects.get_or_create(name=WATCH, defaults={"altered_at": now})
    free = Q(lease_until=None) | Q(lease_until__lt=now)
    mine = new_id()
    rows = Turn.objects.filter(free, name=WATCH)
    return mine if rows.update(lease_id=mine, lease_until=now + LEASE) else None


def keep(mine: UUID, *, now: datetime) -> bool:
    """Whether it is still this one's turn; for longer, then."""
    rows = Turn.objects.filter(name=WATCH, lease_id=mine)
    return bool(rows.update(lease_until=now + LEASE))


def let_go(mine: UUID) -> None:
    Turn.objects.filter(name=WATCH, lease_id=mine).update(lease_id=None, lease_until=None)


def fence(mine: UUID) -> Turn:
    """The row; nobody else takes a turn until the end of this transaction. Raises: StaleState when
    somebody has."""
    row = Turn.objects.select_for_update().get(name=WATCH)
    if row.lease_id != mine:
        raise StaleState(subject=WATCH)
    return row
