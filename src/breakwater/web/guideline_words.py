"""Guidelines in words that people use."""

from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from breakwater.core.dates import dated
from breakwater.domain.guidelines import Effect, Kind
from breakwater.guidelines.models import Guideline
from breakwater.web.inbox_setup_rota import WEEKDAYS

KINDS: dict[Kind, str | Promise] = {
    Kind.WORDS: _("Words"),
    Kind.PATTERN: _("Pattern"),
    Kind.DOMAIN: _("Links to a domain"),
    Kind.HOURS: _("Hours"),
    Kind.DAY: _("Days"),
}
HELPS: dict[Kind, str | Promise] = {
    Kind.WORDS: _(
        "A post that has one of these words is met, whole words only, whatever the case."
    ),
    Kind.PATTERN: _(
        "A regular expression, for those who know them. It is refused where it takes too long."
    ),
    Kind.DOMAIN: _("A post that links to or names one of these domains, or one below it, is met."),
    Kind.HOURS: _("A post that would leave in these hours is met, on the clock of the workspace."),
    Kind.DAY: _(
        "A post that would leave on one of these days is met: days of mourning, elections."
    ),
}
EFFECTS: dict[Effect, str | Promise] = {
    Effect.BLOCK: _("stops"),
    Effect.WARN: _("warns"),
}
_FEW = 6


def says(row: Guideline) -> str:
    """What it looks for, on one line."""
    value: dict[str, Any] = row.value
    if row.kind == Kind.PATTERN:
        return str(value["pattern"])
    if row.kind == Kind.HOURS:
        return _hours(value)
    listed = [str(one) for one in value[_LISTS[Kind(row.kind)]]]
    shown = ", ".join(listed[:_FEW])
    if len(listed) <= _FEW:
        return shown
    return _now("%(some)s and %(n)s more") % {"some": shown, "n": len(listed) - _FEW}


def time_of(row: Guideline) -> str:
    """From and until when it counts; "" for always."""
    said = {
        "since": dated(row.since, "DATE_FORMAT") if row.since else "",
        "until": dated(row.until, "DATE_FORMAT") if row.until else "",
    }
    if row.since and row.until:
        return _now("from %(since)s to %(until)s") % said
    if row.since:
        return _now("from %(since)s on") % said
    return _now("before %(until)s") % said if row.until else ""


_LISTS = {Kind.WORDS: "words", Kind.DOMAIN: "domains", Kind.DAY: "days"}


def _hours(value: dict[str, Any]) -> str:
    span = _now("from %(begin)s to %(end)s") % {"begin": value["from"], "end": value["to"]}
    days = [str(WEEKDAYS[one]) for one in value.get("weekdays", ())]
    return f"{span} ({', '.join(days)})" if days else span
