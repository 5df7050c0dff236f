"""Good moments to look at something again, on the wall of a zone."""

from collections.abc import Mapping
from datetime import datetime, time, timedelta

from breakwater.domain.walltime import instant, local

MORNING = time(9)
AFTERNOON = time(15)
_WEEK = 7
_HOUR = timedelta(hours=1)


def moments(now: datetime, zone: str) -> Mapping[str, datetime]:
    """ "afternoon" (while it is an hour ahead at least), "tomorrow" and "monday" -> the instant."""
    today = local(now, zone).date()
    monday = today + timedelta(days=_WEEK - today.weekday())
    found = {
        "afternoon": instant(today, AFTERNOON, zone),
        "tomorrow": instant(today + timedelta(days=1), MORNING, zone),
        "monday": instant(monday, MORNING, zone),
    }
    return {name: at for name, at in found.items() if at >= now + _HOUR}
