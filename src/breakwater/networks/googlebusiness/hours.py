"""Opening hours as people write them, and as Google has them.

Regular: "Mon-Fri 09:00-18:00", "Sat 10:00-13:00, 14:00-17:00", "Sun closed", "Mon-Sun 24h".
Single days: "2026-12-25 closed", "2026-12-31 18:00-02:00". One line each; English or French days.
A span that ends at or before its beginning ends on the next day. What is compared are minutes.
Source of the shapes: discovery document mybusinessbusinessinformation v1, revision 20261026.
"""

import hashlib
import json
import re
from collections.abc import Iterator, Mapping
from dataclasses import asdict, dataclass
from datetime import date, timedelta
from typing import Any

from breakwater.domain.errors import Refused

DAYS = ("MONDAY", "TUESDAY", "WEDNESDAY", "THURSDAY", "FRIDAY", "SATURDAY", "SUNDAY")
_SHORT = {
    **{day[:3].lower(): number for number, day in enumerate(DAYS)},
    **{day: number for number, day in enumerate(("lun", "mar", "mer", "jeu", "ven", "sam", "dim"))},
}
_CLOSED = ("closed", "fermé", "ferme")
_ALL_DAY = ("24h", "24/24")
_NONE = ("none", "aucun")
_DAYS = re.compile(
    r"(?P<first>[^\W\d]{3})[^\W\d]*\.?(?:\s*[-–]\s*(?P<last>[^\W\d]{3})[^\W\d]*\.?)?"
)
_SPAN = re.compile(r"(\d{1,2})[:h](\d{2})\s*[-–]\s*(\d{1,2})[:h](\d{2})")
_MIDNIGHT = 24 * 60


@dataclass(frozen=True, order=True)
class Period:
    """Open on `day` (0 is Monday) from `opens` to `closes`, minutes of the day; past 1,440: the
    next day's morning."""

    day: int
    opens: int
    closes: int


@dataclass(frozen=True, order=True)
class Special:
    """The same of one date (ISO 8601). closes 0: closed all day."""

    day: str
    opens: int
    closes: int


def regular(text: str) -> tuple[Period, ...]:
    """Raises: Refused("hours_unreadable") with the line."""
    found: set[Period] = set()
    for line in _lines(text):
        days, rest = _DAYS.match(line), ""
        if days:
            rest = line[days.end() :].lstrip(" :")
        run = _run(days["first"], days["last"]) if days else []
        spans = _spans(rest)
        if not run or spans is None:
            raise Refused("hours_unreadable", line)
        found |= {Period(day, *span) for day in run for span in spans}
    return tuple(sorted(found))


def special(text: str) -> tuple[Special, ...]:
    """Raises: Refused("hours_unreadable") with the line."""
    if text.strip().lower() in _NONE:
        return ()
    found: set[Special] = set()
    for line in _lines(text):
        day, _, rest = line.partition(" ")
        spans = _spans(rest.strip())
        if not _is_date(day) or spans is None:
            raise Refused("hours_unreadable", line)
        found |= {Special(day, *span) for span in spans or [(0, 0)]}
    return tuple(sorted(found))


def digest(mask: str, body: Mapping[str, Any]) -> str:
    """12 characters that stand for these hours, in whatever order they are said."""
    said = [
        [asdict(one) for one in shown_regular(body)] if "regularHours" in mask else None,
        [asdict(one) for one in shown_special(body)] if "specialHours" in mask else None,
    ]
    return hashlib.sha256(json.dumps(said).encode()).hexdigest()[:12]


def location(regular_text: str, special_text: str) -> tuple[str, dict[str, Any]]:
    """(updateMask, body) of the change. Raises: Refused when there is none."""
    body: dict[str, Any] = {}
    if regular_text.strip():
        body["regularHours"] = {"periods": [_period(one) for one in regular(regular_text)]}
    if special_text.strip():
        body["specialHours"] = {"specialHourPeriods": [_day(one) for one in special(special_text)]}
    if not body:
        raise Refused("hours_unreadable", "neither regular hours nor hours of single days")
    return ",".join(sorted(body)), body


def shown_regular(body: Mapping[str, Any]) -> tuple[Period, ...]:
    """The regular hours of a location as Google shows it."""
    return tuple(sorted(_shown_periods((body.get("regularHours") or {}).get("periods") or [])))


def shown_special(body: Mapping[str, Any]) -> tuple[Special, ...]:
    rows = (body.get("specialHours") or {}).get("specialHourPeriods") or []
    return tuple(sorted(_shown_days(rows)))


def _lines(text: str) -> list[str]:
    return [line.strip().lower() for line in re.split(r"[\n;]", text) if line.strip()]


def _run(first: str, last: str | None) -> list[int]:
    """The days of "fri-mon", round the week; none for a word that is no day."""
    start, end = _SHORT.get(first), _SHORT.get(last or first)
    if start is None or end is None:
        return []
    return [(start + step) % 7 for step in range((end - start) % 7 + 1)]


def _spans(text: str) -> list[tuple[int, int]] | None:
    """[] for closed, None for what cannot be read."""
    if text in _CLOSED:
        return []
    if text in _ALL_DAY:
        return [(0, _MIDNIGHT)]
    found = [_span(one.strip()) for one in text.split(",")]
    return [one for one in found if one] if all(found) else None


def _span(text: str) -> tuple[int, int] | None:
    match = _SPAN.fullmatch(text)
    if match is None:
        return None
    hours = [int(match[1]), int(match[3])]
    opens, closes = hours[0] * 60 + int(match[2]), hours[1] * 60 + int(match[4])
    if int(match[2]) > 59 or int(match[4]) > 59 or opens >= _MIDNIGHT or closes > _MIDNIGHT:
        return None
    return opens, closes if closes > opens else closes + _MIDNIGHT


def _is_date(text: str) -> bool:
    try:
        return date.fromisoformat(text).isoformat() == text
    except ValueError:
        return False


def _clock(minutes: int) -> dict[str, int]:
    return {"hours": minutes // 60, "minutes": minutes % 60}


def _minutes(clock: object) -> int:
    said = clock if isinstance(clock, dict) else {}
    return int(said.get("hours") or 0) * 60 + int(said.get("minutes") or 0)


def _period(one: Period) -> dict[str, Any]:
    later = one.closes > _MIDNIGHT
    return {
        "openDay": DAYS[one.day],
        "openTime": _clock(one.opens),
        "closeDay": DAYS[(one.day + later) % 7],
        "closeTime": _clock(one.closes - _MIDNIGHT * later),
    }


def _day(one: Special) -> dict[str, Any]:
    start = date.fromisoformat(one.day)
    if not one.closes:
        return {"startDate": _date(start), "closed": True}
    later = one.closes > _MIDNIGHT
    return {
        "startDate": _date(start),
        "endDate": _date(start + timedelta(days=later)),
        "openTime": _clock(one.opens),
        "closeTime": _clock(one.closes - _MIDNIGHT * later),
    }


def _date(day: date) -> dict[str, int]:
    return {"year": day.year, "month": day.month, "day": day.day}


def _shown_periods(rows: list[Mapping[str, Any]]) -> Iterator[Period]:
    for row in rows:
        if row.get("openDay") in DAYS and row.get("closeDay") in DAYS:
            later = row["openDay"] != row["closeDay"]
            closes = _minutes(row.get("closeTime")) + _MIDNIGHT * later
            yield Period(DAYS.index(row["openDay"]), _minutes(row.get("openTime")), closes)


def _shown_days(rows: list[Mapping[str, Any]]) -> Iterator[Special]:
    for row in rows:
        start, end = _said_date(row.get("startDate")), _said_date(row.get("endDate"))
        if row.get("closed"):
            yield Special(start, 0, 0)
        else:
            later = bool(end) and end != start
            closes = _minutes(row.get("closeTime")) + _MIDNIGHT * later
            yield Special(start, _minutes(row.get("openTime")), closes)


def _said_date(said: object) -> str:
    facts = said if isinstance(said, dict) else {}
    if not facts.get("year"):
        return ""
    return f"{int(facts['year']):04}-{int(facts['month']):02}-{int(facts['day']):02}"
