"""What the responding loop does beside captures: containments go a step further."""

from datetime import datetime

from breakwater.incidents.services.progress import advance_all
from breakwater.workers.desk import Desk


async def containing(desk: Desk, now: datetime) -> bool:
    """True while a containment is on its way."""
    return await desk(advance_all, now)
