"""Who is told of what was seen: of an alarm whoever is on duty, of the rest those who plan."""

from datetime import datetime

from breakwater.notices.services import tell as tell_people
from breakwater.people.links import LinkFor
from breakwater.people.models import Purpose
from breakwater.people.roles import Right
from breakwater.people.selectors import with_right
from breakwater.strays import duty
from breakwater.strays.models import Alarm, Sighting
from breakwater.strays.services import alarming, escalating

_AT_ONCE = 200


def tell(*, now: datetime) -> int:
    """Everybody who has to know knows; how many things were new to them."""
    alarms = alarming.untold()
    for alarm in alarms:
        _tell_of(alarm, now)
        alarming.mark_told(alarm, now=now)
    rows = Sighting.objects.filter(to_tell=True).select_related("channel", "workspace")
    found = list(rows.order_by("created_at")[:_AT_ONCE])
    for row in found:
        _tell_calmly(row, now)
    Sighting.objects.filter(pk__in=[row.pk for row in found]).update(to_tell=False)
    return len(alarms) + len(found)


def _tell_of(alarm: Alarm, now: datetime) -> None:
    """No word of a post: what an intruder writes may be vile, and pages have a shield. Nobody answers:
    `escalating` goes on under the same key."""
    tell_people(
        duty.first(alarm.workspace, now),
        "alarm",
        key=escalating.key_of(alarm),
        data=duty.said_of(alarm),
        path=f"/w/{alarm.workspace.slug}/alarms/{alarm.pk}/",
        workspace_id=alarm.workspace_id,
        now=now,
        urgent=True,
        link=LinkFor(Purpose.ALARM, alarm.pk),
    )


def _tell_calmly(row: Sighting, now: datetime) -> None:
    tell_people(
        with_right(row.workspace_id, Right.SCHEDULE),
        "twin" if row.state == "twin" else _CODES[row.kind],
        key=f"sighting:{row.pk}:{row.state}",
        data={"channel": str(row.channel), "count": row.data.get("fewer", 0)},
        path=f"/w/{row.workspace.slug}/strays/",
        workspace_id=row.workspace_id,
        now=now,
    )


_CODES = {
    "post": "duplicate", "altered": "altered_by_others", "missing": "missing",
    "profile": "profile_changed", "followers": "followers_fell",
}  # fmt: skip
