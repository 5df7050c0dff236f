"""What other layers call. The stories: orders, walls, claims, outcomes, looking, answers."""

from breakwater.delivery.services.answers import it_is_not_out, it_is_out, leave_it
from breakwater.delivery.services.clocks import check as check_clock
from breakwater.delivery.services.deeds import Answer, answer, change, do
from breakwater.delivery.services.orders import (
    Order,
    bring_forward,
    cancel,
    enqueue,
    release_missed,
    revoke,
    shift,
)
from breakwater.delivery.services.telling import mark_told
from breakwater.delivery.services.walls import hold_everything, raise_wall, release
from breakwater.domain.kinds import ACT, DELETE, EDIT, PUBLISH, REPLY

__all__ = [
    "ACT",
    "DELETE",
    "EDIT",
    "PUBLISH",
    "REPLY",
    "Answer",
    "Order",
    "answer",
    "bring_forward",
    "cancel",
    "change",
    "check_clock",
    "do",
    "enqueue",
    "hold_everything",
    "it_is_not_out",
    "it_is_out",
    "leave_it",
    "mark_told",
    "raise_wall",
    "release",
    "release_missed",
    "revoke",
    "shift",
]
