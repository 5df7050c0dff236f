"""What other layers call. The stories: orders, walls, releasing, passing, claims, outcomes, looking,
answers."""

from breakwater.delivery.services.answers import it_is_not_out, it_is_out, leave_it
from breakwater.delivery.services.clocks import check as check_clock
from breakwater.delivery.services.deeds import (
    Answer,
    Stray,
    answer,
    change,
    do,
    pin,
    rely_on,
    remove_strays,
    withdraw,
)
from breakwater.delivery.services.orders import (
    Order,
    bring_forward,
    cancel,
    enqueue,
    release_missed,
    revoke,
    shift,
)
from breakwater.delivery.services.passing import let_pass, mark, put_off
from breakwater.delivery.services.releasing import gather, narrow, release
from breakwater.delivery.services.telling import mark_told
from breakwater.delivery.services.walls import (
    Barrier,
    hold_everything,
    leaving,
    raise_wall,
    raise_walls,
)
from breakwater.domain.kinds import ACT, DELETE, EDIT, PUBLISH, REPLY

__all__ = [
    "ACT",
    "DELETE",
    "EDIT",
    "PUBLISH",
    "REPLY",
    "Answer",
    "Barrier",
    "Order",
    "Stray",
    "answer",
    "bring_forward",
    "cancel",
    "change",
    "check_clock",
    "do",
    "enqueue",
    "gather",
    "hold_everything",
    "it_is_not_out",
    "it_is_out",
    "leave_it",
    "leaving",
    "let_pass",
    "mark",
    "mark_told",
    "narrow",
    "pin",
    "put_off",
    "raise_wall",
    "raise_walls",
    "release",
    "release_missed",
    "rely_on",
    "remove_strays",
    "revoke",
    "shift",
    "withdraw",
]
