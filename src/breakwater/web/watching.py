"""Pages that look again by themselves, while something on them moves."""

from datetime import datetime, timedelta

from breakwater.delivery import selectors
from breakwater.delivery.models import Delivery

SOON = timedelta(minutes=2)


def moves(row: Delivery, now: datetime) -> bool:
    """Whether its page should look again by itself. What waits for a later day does not move."""
    if row.state in ("queued", "retry_wait"):
        return row.not_before - now < SOON
    return row.state in selectors.MOVING
