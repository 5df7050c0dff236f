"""Nobody answered: the alarm goes on to more people, each told once."""

from collections.abc import Sequence
from datetime import datetime, timedelta

from breakwater.notices.selectors import told
from breakwater.notices.services import tell
from breakwater.people.links import LinkFor
from breakwater.people.models import Person, Purpose
from breakwater.strays import duty
from breakwater.strays.models import Alarm


def escalate(now: datetime) -> int:
    """How many people were told of alarms that nobody answered: after five minutes all who may
    respond and do not know yet, after fifteen the owners, again. May run twice without harm."""
    waiting = Alarm.objects.filter(state="open", state_at__lte=now - duty.EVERYBODY_AFTER)
    return sum(_escalate(alarm, now) for alarm in waiting.select_related("workspace"))


def key_of(alarm: Alarm) -> str:
    """Under which everybody is told of this alarm, once each time that it is opened."""
    again = alarm.state_at > alarm.created_at
    return f"alarm:{alarm.pk}:{alarm.state_at:%Y%m%dT%H%M%S%f}" if again else f"alarm:{alarm.pk}"


def _escalate(alarm: Alarm, now: datetime) -> int:
    count = _tell(alarm, duty.everybody(alarm.workspace), key_of(alarm), duty.EVERYBODY_AFTER, now)
    if alarm.state_at <= now - duty.OWNERS_AFTER:
        key = f"{key_of(alarm)}:owners"
        count += _tell(alarm, duty.owners(alarm.workspace), key, duty.OWNERS_AFTER, now)
    return count


def _tell(
    alarm: Alarm, persons: Sequence[Person], key: str, after: timedelta, now: datetime
) -> int:
    known = told(key)
    fresh = [one for one in persons if one.pk not in known]
    if fresh:
        workspace = alarm.workspace
        minutes = int(after.total_seconds() // 60)
        tell(
            fresh, "alarm_again", key=key, data={**duty.said_of(alarm), "minutes": minutes},
            path=f"/w/{workspace.slug}/alarms/{alarm.pk}/", workspace_id=workspace.pk, now=now,
            urgent=True, link=LinkFor(Purpose.ALARM, alarm.pk),
        )  # fmt: skip
    return len(fresh)
