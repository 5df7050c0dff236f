"""The step of the responding loop that plays drills."""

from datetime import datetime

from breakwater.drills.selectors import some_go_on
from breakwater.drills.services import play
from breakwater.workers.desk import Desk


async def beats(desk: Desk, now: datetime) -> bool:
    """What is due in each drill has happened; whether one goes on."""
    return await desk(lambda: play(now=now) or some_go_on())
