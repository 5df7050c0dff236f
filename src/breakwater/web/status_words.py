"""Troubles put for a person: their sentences, their deliveries, and the way to what can be done."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from breakwater.core import troubles
from breakwater.core.dates import dated
from breakwater.core.troubles import Said
from breakwater.delivery.allright import Answer, Compared, Level, Trouble, Verdict
from breakwater.delivery.models import Delivery
from breakwater.delivery.selectors import why_of
from breakwater.people.roles import Right
from breakwater.people.selectors import Access
from breakwater.web.delivery_words import title_of

_EXCERPT = 80
TONES = {
    Verdict.ALL_RIGHT: "done",
    Verdict.TAKING_CARE: "sea",
    Verdict.NEEDS_YOU: "ask",
    Verdict.CANNOT_TELL: "care",
}
_SIGNS = {Level.CARE: "refresh-cw", Level.PERSON: "hand", Level.UNKNOWN: "circle-help"}
_LISTS = {"delivery_late": "on-the-way", "delivery_unknown": "on-the-way"}


@dataclass(frozen=True)
class Line:
    """A delivery of a trouble: where it leads, what it says, since when, and why."""

    url: str
    title: str
    channel: str
    since: datetime
    why: str
    until: datetime | None


@dataclass(frozen=True)
class Shown:
    """A trouble as the page has it. quote: what whoever raised the hold wrote; by: who that was.
    why: of all its deliveries, where it is the same (their lines then have none). url, deed: the way to what can be done, for those who may; more_url: to all of its rows."""

    trouble: Trouble
    said: Said
    sign: str
    tone: str
    lines: Sequence[Line] = ()
    why: str = ""
    quote: str = ""
    by: str = ""
    url: str = ""
    deed: str | Promise = ""
    more_url: str = ""


def sections(access: Access, answer: Answer) -> list[tuple[str | Promise, list[Shown], int]]:
    """(title, troubles, how many besides) of each part that has trouble."""
    parts = (
        (_("This installation"), answer.machine, 0),
        (_("Holds"), answer.holds, answer.more_holds),
        (_("Channels"), answer.channels, answer.more_channels),
        (_("Deliveries"), answer.deliveries, 0),
    )
    return [(title, [shown(access, one) for one in own], more) for title, own, more in parts if own]


def shown(access: Access, one: Trouble) -> Shown:
    pause = one.code == "hold_pause"
    url, deed = _deed(access, one)
    lines = _lines(access, one)
    common = {line.why for line in lines}
    same = len(lines) > 1 and len(common) == 1
    return Shown(
        trouble=one,
        said=troubles.say(one.code, one.data),
        sign="circle-x" if one.code == "no_worker" else _SIGNS[one.level],
        tone=_tone(one),
        lines=[replace(line, why="") for line in lines] if same else lines,
        why=common.pop() if same else "",
        quote=str(one.data["why"]) if pause else "",
        by=str(one.data["who"]) if pause else "",
        url=url,
        deed=deed,
        more_url=f"{_at(access, 'deliveries')}?show={_LISTS.get(one.code, 'needs-you')}",
    )


def _tone(one: Trouble) -> str:
    if one.code in ("no_worker", "disk_low"):
        return "stop"
    return "sea" if one.level is Level.CARE else "ask"


def _deed(access: Access, one: Trouble) -> tuple[str, str | Promise]:
    """The way to what this person can do about it; ("", "") for nothing from here."""
    if one.data.get("pause"):
        return _at(access, "pause", one.data["pause"]), _("See the pause")
    if one.code.startswith("hold_") and one.subject and access.may(Right.INVITE):
        return _at(access, "status-release", one.subject), _("Release it")
    if one.code in ("clock_jump", "clock_behind") and access.may(Right.INVITE):
        return _at(access, "status-clock"), _("Confirm the time")
    if one.code in ("reconnect", "expiring") and one.subject and access.may(Right.CONNECT):
        return _at(access, "channel-reconnect", one.subject), _("Reconnect")
    if one.code == "cap_reached":
        return _at(access, "costs"), _("Costs")
    if one.subject and not one.code.startswith("hold_"):
        return _at(access, "channel", one.subject), _("The channel's page")
    return "", ""


def _at(access: Access, name: str, *args: object) -> str:
    return reverse(name, args=[access.workspace.slug, *args])


def _lines(access: Access, one: Trouble) -> list[Line]:
    return [
        Line(
            url=_at(access, "delivery", row.delivery.pk),
            title=title_of(row.delivery, _EXCERPT),
            channel=str(row.delivery.channel),
            since=row.since,
            why=_why(one.code, row.why, row.delivery),
            until=row.until,
        )
        for row in one.rows
    ]


def _why(trouble: str, code: str, row: Delivery) -> str:
    if trouble in ("delivery_stuck", "delivery_behind") and code in ("", "hold"):
        return ""
    return why_of(row, code)


def compared(one: Compared) -> str:
    """How the account was last held against the ledger."""
    row = one.last
    if row is None:
        return _now("Never compared with its account.")
    values = {
        "day": dated(row.created_at, "DATE_FORMAT"),
        "first": dated(row.since, "DATE_FORMAT"),
        "last": dated(row.until - timedelta(seconds=1), "DATE_FORMAT"),
        "agreed": row.agreed,
        "n": sum(row.counts.values()),
    }
    whole = ngettext(
        "Compared on %(day)s, from %(first)s to %(last)s: %(agreed)s agree, %(n)s differs.",
        "Compared on %(day)s, from %(first)s to %(last)s: %(agreed)s agree, %(n)s differ.",
        values["n"],
    )
    partly = ngettext(
        "Compared on %(day)s, from %(first)s to %(last)s, not all was seen: %(agreed)s agree, "
        "%(n)s differs.",
        "Compared on %(day)s, from %(first)s to %(last)s, not all was seen: %(agreed)s agree, "
        "%(n)s differ.",
        values["n"],
    )
    return (whole if row.complete else partly) % values
