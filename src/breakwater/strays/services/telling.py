"""Who is told of what was seen: of an alarm whoever is on duty, of the rest those who plan."""

from datetime import datetime

from breakwater.inbox.rotas import on_duty
from breakwater.notices.services import tell as tell_people
from breakwater.people.links import LinkFor
from breakwater.people.models import Person, Purpose, Workspace
from breakwater.people.roles import Right
from breakwater.people.selectors import with_right
from breakwater.strays.models import Alarm, Sighting
from breakwater.strays.services import alarming

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


def responders(workspace: Workspace, now: datetime) -> list[Person]:
    """Who is on duty and may respond; where that is nobody, all who may."""
    able = with_right(workspace.pk, Right.RESPOND)
    duty = {one.pk for one in on_duty(workspace, now)}
    return [one for one in able if one.pk in duty] or able


def _tell_of(alarm: Alarm, now: datetime) -> None:
    """No word of a post: what an intruder writes may be vile, and pages have a shield."""
    channels = sorted({str(one.channel) for one in alarm.sightings.select_related("channel")})
    tell_people(
        responders(alarm.workspace, now),
        "alarm",
        key=f"alarm:{alarm.pk}",
        data={"channel": ", ".join(channels[:3])},
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
