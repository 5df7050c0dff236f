"""What each notice says: a code, the values that its sentences name, and the sentences.

Each area has a file beside this one, and a line in SENTENCES."""

from collections.abc import Mapping
from datetime import date, datetime
from zoneinfo import ZoneInfo

from breakwater.core.dates import dated
from breakwater.core.money import readable as with_money
from breakwater.domain.text import one_line
from breakwater.notices.sentences import (
    desk,
    doors,
    drills,
    evidence,
    incidents,
    pauses,
    prevention,
    strays,
    watching,
)
from breakwater.notices.sentences.base import Sentence

SENTENCES: Mapping[str, Sentence] = {
    **desk.SENTENCES,
    **doors.SENTENCES,
    **evidence.SENTENCES,
    **pauses.SENTENCES,
    **strays.SENTENCES,
    **prevention.SENTENCES,
    **incidents.SENTENCES,
    **drills.SENTENCES,
    **watching.SENTENCES,
}


def title(code: str, data: Mapping[str, object]) -> str:
    """In the language in use, on one line."""
    return one_line(str(SENTENCES[code].title) % _said(data))


def body(code: str, data: Mapping[str, object]) -> str:
    """In the language in use."""
    return str(SENTENCES[code].body) % _said(data)


def _said(data: Mapping[str, object]) -> dict[str, object]:
    """The values as the language in use says them. when: ISO 8601 with an offset, told on the
    wall of `zone` (an IANA name, told as its city); utc: the same, told in UTC; day: ISO 8601. The post is on one line.
    <name>_micros: money, told as <name>."""
    said = dict(data)
    zone = str(data.get("zone", ""))
    if "when" in data:
        said |= {"when": _moment(str(data["when"]), zone), "zone": _city(zone)}
    if "utc" in data:
        said["utc"] = _moment(str(data["utc"]), "UTC")
    for name in ("day", "until"):
        if name in data:
            said[name] = _day(str(data[name]))
    if "post" in data:
        said["post"] = one_line(str(data["post"]))
    return with_money(said)


def _moment(iso: str, zone: str) -> str:
    """What cannot be read as an instant is said as it is: a notice is never lost to a date."""
    try:
        local = datetime.fromisoformat(iso).astimezone(ZoneInfo(zone))
    except (ValueError, KeyError, OSError):
        return iso
    return dated(local, "DATETIME_FORMAT")


def _day(iso: str) -> str:
    try:
        return dated(date.fromisoformat(iso), "DATE_FORMAT")
    except ValueError:
        return iso


def _city(zone: str) -> str:
    return zone.split("/")[-1].replace("_", " ")
