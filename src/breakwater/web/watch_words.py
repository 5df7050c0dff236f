"""A signal in words: what it is, with which reasons, and what a pause for it would be called."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from breakwater.core.dates import dated
from breakwater.pauses.models import Signal

_LEAP = 2024
"""Has a 29 February."""


@dataclass(frozen=True)
class Said:
    """reason: proposed as the reason of a pause. facts: why this is shown."""

    title: str
    facts: list[str]
    reason: str


def signal(row: Signal, channels: Mapping[str, str], language: str) -> Said:
    """channels: id -> name."""
    facts = row.facts
    if row.why == "feeds":
        return _news(row)
    if row.why == "mentions":
        channel = channels.get(str(facts.get("channel")), "")
        title = _("Far more people than usual speak of %(channel)s") % {"channel": channel}
        said = _("%(n)s messages in the last hour; %(mean)s in a usual one.")
        return Said(title, [said % {"n": facts.get("last"), "mean": facts.get("mean")}], title)
    if row.why == "day":
        name = str(facts.get("fr" if language.startswith("fr") else "en", ""))
        day = dated(date.fromisoformat(str(facts["day"])), "DATE_FORMAT")
        return Said(f"{name}, {day}", [_("It is in the list of days of mourning.")], name)
    said = str(facts.get("said", ""))
    return Said(said, [_("%(name)s says so.") % {"name": facts.get("person", "")}], said)


def moment(iso: str) -> datetime | None:
    try:
        return datetime.fromisoformat(iso)
    except ValueError:
        return None


def day(month: int, number: int, year: int | None) -> str:
    """As the language in use says a day of one year, or of every year."""
    at = date(year or _LEAP, month, number)
    return dated(at, "DATE_FORMAT" if year else "MONTH_DAY_FORMAT")


def _news(row: Signal) -> Said:
    n = int(row.facts.get("feeds", 0))
    words = ", ".join(str(one) for one in row.facts.get("words", []))
    title = _("News speak of: %(words)s") % {"words": words}
    said = ngettext(
        "%(n)s feed shares these words within two hours.",
        "%(n)s feeds share these words within two hours.",
        n,
    )
    headlines = [str(one["title"]) for one in row.facts.get("headlines", [])]
    return Said(title, [said % {"n": n}], headlines[0] if headlines else words)
