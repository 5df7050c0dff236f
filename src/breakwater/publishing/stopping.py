"""What can still be stopped, and what has begun: one rule for what is done and what is offered."""

from collections.abc import Sequence

from breakwater.delivery.lifecycle import BEGUN, WAITING
from breakwater.delivery.models import Delivery
from breakwater.delivery.services import PUBLISH

STOPPABLE = (*WAITING, "claimed", "prepared", "held", "missed")
"""A publish delivery in one of these could still leave, and taking an approval back stops it."""


def to_stop(rows: Sequence[Delivery]) -> list[Delivery]:
    """What could still leave and has not begun to: a refused one leaves no more, and one that
    may be out already (doubtful) is not stopped."""
    return [
        row for row in rows if row.kind == PUBLISH and row.state in STOPPABLE and not row.doubtful
    ]


def begun(rows: Sequence[Delivery]) -> list[Delivery]:
    """What a network has, or may have."""
    sent = [row for row in rows if row.kind == PUBLISH and row.state != "cancelled"]
    return [row for row in sent if row.state in BEGUN or row.doubtful]
