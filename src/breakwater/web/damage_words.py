"""The figures of an incident in words: the same lines on the page, on paper and in the table file."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from django.utils.formats import number_format
from django.utils.functional import Promise
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from breakwater.core.charts import Point
from breakwater.core.dates import dated
from breakwater.domain.damage import DAYS_ENOUGH
from breakwater.incidents.damage import Damage
from breakwater.incidents.models import Measure
from breakwater.web.incident_words import PHASES

WINDOWS: dict[int, str | Promise] = {
    24: _("24 hours"),
    72: _("3 days"),
    168: _("7 days"),
    672: _("28 days"),
}
_BY_HOUR = 72
Line = tuple[str | Promise, str]


def few(found: Damage) -> str:
    """What is said where too little of before is known; "" where it is enough."""
    if found.volume.enough:
        return ""
    return _now(
        "Days of before that are known here: %(n)s. It takes %(enough)s to compare, so nothing is."
    ) % {"n": found.volume.days, "enough": DAYS_ENOUGH}


def said_lines(found: Damage, zone: str) -> list[Line]:
    """What was said."""
    own = found.volume
    return [
        (_("Messages"), _figure(own.total)),
        (_("Usual in that time"), _figure(own.expected)),
        (_("More than usual"), _figure(own.excess)),
        (_("Times the usual"), _figure(own.times, 1)),
        (_("Displeased"), _share(own.negative)),
        (_("Displeased before"), _share(own.negative_before)),
        (_("Loudest hour"), _loudest(own.peak, own.peak_at, zone)),
        (_("Below its posts"), _figure(found.below)),
        (_("Still without an answer"), _figure(found.unanswered)),
    ]


def account_lines(found: Damage) -> list[Line]:
    """What the networks gave of the posts and of the account."""
    return [
        (_("Views and reach of its posts"), _figure(found.reach)),
        (_("Likes, comments and shares of its posts"), _figure(found.engagement)),
        (_("Posts that a network gave figures of"), _of(found.counted, found.posts)),
        (_("Followers before"), _figure(found.followers_before)),
        (_("Followers after"), _figure(found.followers_after)),
        (_("Followers lost"), _figure(found.followers_lost)),
    ]


def time_lines(found: Damage, began_at: datetime, zone: str) -> list[Line]:
    """Minutes from the beginning."""
    answered = found.answered_at
    lines: list[Line] = [
        (PHASES[one.name], _minutes(one.after_min)) for one in found.phases if one.name != "calm"
    ]
    first = None if answered is None else int((answered - began_at).total_seconds() // 60)
    calm = found.volume.calm_at
    return [
        *lines,
        (_("First answer to somebody"), _minutes(first)),
        (PHASES["calm"], _moment(calm, zone) if calm else _unknown()),
    ]


def points(found: Damage, zone: str) -> list[Point]:
    """By the hour in a short window, by the day in a long one."""
    wall = ZoneInfo(zone)
    if found.window <= _BY_HOUR:
        return [
            Point(dated(at.astimezone(wall), "j M H:i"), said, usual)
            for at, said, usual in found.series
        ]
    days: dict[str, list[tuple[int, float | None]]] = {}
    for at, said, usual in found.series:
        label = dated(at.astimezone(wall), "j M")
        days.setdefault(label, []).append((said, usual))
    return [
        Point(label, sum(one for one, _usual in rows), _sum(rows)) for label, rows in days.items()
    ]


def shown_points(rows: Sequence[Point]) -> list[tuple[str, str, str]]:
    """The drawing as a table."""
    return [(one.label, _figure(one.value), _figure(one.usual, 1)) for one in rows]


def compared(rows: Sequence[Measure]) -> list[dict[str, Any]]:
    """Earlier incidents by the figures that were kept of them."""
    return [
        {
            "row": row,
            "window": WINDOWS.get(row.window, str(row.window)),
            "cells": [
                _figure(row.numbers.get("total")),
                _figure(row.numbers.get("excess")),
                _share(row.numbers.get("negative")),
                _figure(row.numbers.get("followers_lost")),
                _minutes(row.numbers.get("noticed_min")),
                _minutes(row.numbers.get("contained_min")),
                _minutes(row.numbers.get("said_min")),
            ],
        }
        for row in rows
    ]


def _unknown() -> str:
    return _now("not known")


def _figure(value: float | None, digits: int = 0) -> str:
    if value is None:
        return _unknown()
    return str(number_format(round(value, digits), decimal_pos=digits, use_l10n=True))


def _of(n: int, whole: int) -> str:
    if not whole:
        return _unknown()
    return _now("%(n)s of %(all)s") % {"n": _figure(n), "all": _figure(whole)}


def _share(value: float | None) -> str:
    if value is None:
        return _unknown()
    return _now("%(n)s%%") % {"n": _figure(value * 100)}


def _minutes(value: int | None) -> str:
    if value is None:
        return _unknown()
    return ngettext("after %(n)s minute", "after %(n)s minutes", value) % {"n": _figure(value)}


def _moment(at: datetime, zone: str) -> str:
    return dated(at.astimezone(ZoneInfo(zone)), "DATETIME_FORMAT")


def _loudest(peak: int, at: datetime | None, zone: str) -> str:
    if at is None:
        return _figure(0)
    return _now("%(n)s (%(when)s)") % {"n": _figure(peak), "when": _moment(at, zone)}


def _sum(rows: Sequence[tuple[int, float | None]]) -> float | None:
    known = [usual for _said, usual in rows if usual is not None]
    return sum(known) if len(known) == len(rows) else None
