"""The answers to an alarm: fine, ours but wrong, not us; and a call for help."""

from datetime import datetime

from django.db import transaction

from breakwater.domain.errors import StaleState
from breakwater.incidents.models import Incident
from breakwater.incidents.services import containing
from breakwater.incidents.services.timeline import note
from breakwater.notices.services import tell
from breakwater.people import checks
from breakwater.people.links import LinkFor
from breakwater.people.models import Purpose
from breakwater.people.roles import Right
from breakwater.people.selectors import Access, with_right
from breakwater.strays import duty
from breakwater.strays.lifecycle import ONGOING
from breakwater.strays.models import Alarm
from breakwater.strays.services import answer

FINE, WRONG, NOT_US = "fine", "wrong", "not_us"


def fine(by: Access, alarm: Alarm, *, via: str, now: datetime) -> Alarm:
    """It is us, and fine: the alarm is over. Raises: Forbidden; StaleState."""
    checks.may(by, Right.RESPOND)
    return answer(alarm, FINE, by=by.person.pk, via=via, now=now)


def wrong(by: Access, alarm: Alarm, *, via: str, now: datetime) -> Incident:
    """Ours, but wrong: freeze and seal, delete nothing. Raises: Forbidden; StaleState."""
    return containing.hold_and_seal(by, alarm, via=via, now=now)


def not_us(
    by: Access,
    alarm: Alarm,
    *,
    via: str,
    sign_partial: str = "",
    keep_channels: bool = False,
    now: datetime,
) -> Incident:
    """Not us: contain. Raises: Forbidden; StaleState."""
    return containing.begin(
        by, alarm, via=via, sign_partial=sign_partial, keep_channels=keep_channels, now=now
    )


def call_for_help(by: Access, alarm: Alarm, *, via: str, now: datetime) -> int:
    """Everybody who may respond is rung, each with a link of their own. How many. Raises: Forbidden;
    StaleState for an alarm that is over: nobody is woken for it. Called again within five minutes
    it rings nobody a second time."""
    checks.may(by, Right.RESPOND)
    others = [one for one in with_right(by.workspace.pk, Right.RESPOND) if one != by.person]
    with transaction.atomic():
        row = Alarm.objects.select_for_update().get(pk=alarm.pk)
        if row.state not in ONGOING:
            raise StaleState(subject="alarm", id=str(row.pk), state=row.state)
        tell(
            others, "alarm_help", key=f"alarm:{alarm.pk}:help:{by.person.pk}:{now:%Y%m%d%H}:{now.minute // 5}",
            data={"who": by.person.name, **duty.said_of(alarm)},
            path=f"/w/{by.workspace.slug}/alarms/{alarm.pk}/", workspace_id=by.workspace.pk,
            now=now, urgent=True, link=LinkFor(Purpose.ALARM, alarm.pk),
        )  # fmt: skip
        incident = Incident.objects.filter(workspace=by.workspace, alarm=alarm.pk).first()
        if incident is not None:
            note(incident, "help", by=by.person.pk, via=via, now=now)
    return len(others)
