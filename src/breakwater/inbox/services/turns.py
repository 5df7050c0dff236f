"""Whose turn it is: readers of arrivals and of messages, one of each name at a time (`Intake`).

A lease that is not kept ends by itself, so that a reader that was killed is followed by another. Who
writes by what it has read asks in the writing transaction whether it is still its turn (`fence`).
"""

from datetime import datetime, timedelta
from uuid import UUID

from django.db.models import Q

from breakwater.core.ids import new_id
from breakwater.domain.errors import StaleState
from breakwater.inbox.models import Intake

INBOX = "inbox"
"""Who takes arrivals in."""
LEASE = timedelta(seconds=60)


def take(name: str, *, now: datetime) -> UUID | None:
    """An id to hand back, or None while another one is at it."""
    Intake.objects.get_or_create(name=name)
    free = Q(lease_until=None) | Q(lease_until__lt=now)
    mine = new_id()
    rows = Intake.objects.filter(free, name=name)
    return mine if rows.update(lease_id=mine, lease_until=now + LEASE) else None


def keep(name: str, mine: UUID, *, now: datetime) -> bool:
    """Whether it is still this one's turn; for longer, then."""
    rows = Intake.objects.filter(name=name, lease_id=mine)
    return bool(rows.update(lease_until=now + LEASE))


def let_go(name: str, mine: UUID) -> None:
    Intake.objects.filter(name=name, lease_id=mine).update(lease_id=None, lease_until=None)


def fence(name: str, mine: UUID | None) -> None:
    """Nobody else takes a turn until the end of this transaction. Raises: StaleState when somebody
    has."""
    row = Intake.objects.select_for_update().get(name=name)
    if row.lease_id != mine:
        raise StaleState(subject=name)


def wait_for_intake() -> None:
    """Until the end of this transaction nothing is taken in; what was being taken in is there. Before
    any other lock."""
    Intake.objects.get_or_create(name=INBOX)
    Intake.objects.select_for_update().get(name=INBOX)
