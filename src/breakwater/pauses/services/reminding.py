"""What a pause does by itself, and never more than this: its lines are made, decisions are carried
out, and people are told that it is time to look again, or to confirm the day."""

from datetime import datetime, time, timedelta

from breakwater.domain.walltime import local
from breakwater.notices.services import tell
from breakwater.pauses.models import Pause
from breakwater.pauses.reviewing import day_list, undecided
from breakwater.pauses.services.carrying import carry
from breakwater.pauses.services.filling import fill
from breakwater.people.roles import Right
from breakwater.people.selectors import with_right

FILLS = 5
"""A thousand lines a round; the loop has other duties."""
MORNING = time(7, 30)
UNTIL = time(12)
AGAIN = timedelta(hours=12)
"""A date to look again that is over is told of once in this."""


def tend(*, now: datetime) -> None:
    """All pauses that have not ended. May run twice at once without harm: lines are unique, a
    decision is carried out once, a notice has a key."""
    for pause in Pause.objects.exclude(state="ended").select_related("workspace").order_by("pk"):
        for _ in range(FILLS):
            if not fill(pause, now=now):
                break
        carry(pause, now=now)
        _look_again(pause, now)
        _confirm_day(pause, now)


def _look_again(pause: Pause, now: datetime) -> None:
    """The key changes each half day, so that nobody is told twice in it."""
    if pause.reevaluate_at > now:
        return
    times = (now - pause.reevaluate_at) // AGAIN
    tell(
        with_right(pause.workspace_id, Right.RESUME), "pause_reevaluate",
        key=f"{pause.pk}:{pause.reevaluate_at.isoformat()}:{times}",
        data={"workspace": pause.workspace.name, "n": undecided(pause)},
        path=f"/w/{pause.workspace.slug}/pauses/{pause.pk}/", workspace_id=pause.workspace_id,
        now=now,
    )  # fmt: skip


def _confirm_day(pause: Pause, now: datetime) -> None:
    """One notice in the morning with the list, not one a post."""
    wall = local(now, pause.workspace.zone)
    if pause.mode != "daily" or not MORNING <= wall.time() < UNTIL:
        return
    waiting = [row for row, passes in day_list(pause, wall.date()) if not passes]
    if not waiting:
        return
    tell(
        with_right(pause.workspace_id, Right.SCHEDULE), "pause_day",
        key=f"{pause.pk}:{wall.date().isoformat()}",
        data={"workspace": pause.workspace.name, "n": len(waiting)},
        path=f"/w/{pause.workspace.slug}/pauses/{pause.pk}/day/", workspace_id=pause.workspace_id,
        now=now,
    )  # fmt: skip
