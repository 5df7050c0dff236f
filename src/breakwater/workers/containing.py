"""What the responding loop does beside captures: containments go a step further, and statements that
somebody said yes to leave, are pinned, and are offered as answers once they are out."""

from datetime import datetime

from breakwater.incidents.services.deriving import hand_on
from breakwater.incidents.services.pinning import pin_what_is_out
from breakwater.incidents.services.progress import advance_all
from breakwater.incidents.services.saying import let_leave
from breakwater.workers.desk import Desk


async def containing(desk: Desk, now: datetime) -> bool:
    """True while a containment is on its way."""
    busy = await desk(advance_all, now)
    await desk(let_leave, now)
    await desk(pin_what_is_out, now)
    await desk(hand_on, now)
    return busy
