"""The tab of the damage: before and after, on the page, on paper and as a table file."""

import csv
import io
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.urls import path
from django.utils.translation import gettext as _now

from breakwater.core import clock
from breakwater.core.charts import bars
from breakwater.core.printing import pdf
from breakwater.domain.damage import WINDOWS
from breakwater.inbox.reading import author
from breakwater.incidents import selectors
from breakwater.incidents.damage import Damage, damage, earlier, numbers_of
from breakwater.incidents.models import Incident
from breakwater.incidents.services.measuring import measure
from breakwater.people.roles import Right
from breakwater.people.selectors import Access
from breakwater.web import damage_words as words
from breakwater.web.incidents import frame
from breakwater.web.page import POST, go, page, show
from breakwater.wellbeing.selectors import shield_of

_USUAL = 72


@page(right=Right.RESPOND)
def figures(request: HttpRequest, access: Access, incident_id: UUID) -> HttpResponse:
    own = selectors.incident_of(access.workspace.pk, incident_id)
    found = damage(own, _window(request), clock.now())
    context = {**frame(own, "damage"), **_context(access, own, found)}
    context |= {"may_print": access.may(Right.AUDIT), "kept": selectors.measures(own)[:1]}
    return show(request, "incidents/damage.html", context)


@page(right=Right.RESPOND, methods=POST)
def keep(request: HttpRequest, access: Access, incident_id: UUID) -> HttpResponse:
    """The figures are frozen as they are, to be compared with later incidents."""
    own = selectors.incident_of(access.workspace.pk, incident_id)
    row = measure(access, own, _window(request), now=clock.now())
    messages.success(request, _now("The figures were kept as they are."))
    to = go(request, "incident-damage", access.workspace.slug, own.pk)
    to["Location"] += f"?window={row.window}"
    return to


@page(right=Right.AUDIT)
def report(request: HttpRequest, access: Access, incident_id: UUID) -> HttpResponse:
    """On paper: without the names of those who wrote."""
    own = selectors.incident_of(access.workspace.pk, incident_id)
    now = clock.now()
    found = damage(own, _window(request), now)
    context = {**frame(own, "damage"), **_context(access, own, found)}
    context |= {"workspace": access.workspace, "now": now, "amplifiers": ()}
    return _file(pdf("print/damage.html", context), "application/pdf", own, "pdf")


@page(right=Right.AUDIT)
def table(request: HttpRequest, access: Access, incident_id: UUID) -> HttpResponse:
    """Plain values, hour by hour: names of columns are not translated, moments are ISO 8601."""
    own = selectors.incident_of(access.workspace.pk, incident_id)
    found = damage(own, _window(request), clock.now())
    out = io.StringIO()
    rows = csv.writer(out)
    rows.writerow(["figure", "value"])
    rows.writerows([name, _plain(value)] for name, value in numbers_of(found).items())
    rows.writerow([])
    rows.writerow(["hour", "messages", "usual"])
    rows.writerows([at.isoformat(), said, _plain(usual)] for at, said, usual in found.series)
    return _file(out.getvalue().encode(), "text/csv; charset=utf-8", own, "csv")


def _window(request: HttpRequest) -> int:
    """As asked, if it is one; else three days."""
    typed = request.POST.get("window") or request.GET.get("window") or ""
    asked = int(typed) if typed.isascii() and typed.isdigit() and len(typed) < _DIGITS else 0
    return asked if asked in WINDOWS else _USUAL


_DIGITS = 5


def _plain(value: object) -> object:
    return "" if value is None else value


def _file(data: bytes, mime: str, own: Incident, kind: str) -> HttpResponse:
    response = HttpResponse(data, content_type=mime)
    response["Content-Disposition"] = f'attachment; filename="incident-{own.number}-damage.{kind}"'
    return response


def _context(access: Access, own: Incident, found: Damage) -> dict[str, Any]:
    zone = access.workspace.zone
    drawn = words.points(found, zone)
    shield = shield_of(access.person, access.workspace.pk)
    return {
        "found": found,
        "few": words.few(found),
        "windows": [(hours, word, hours == found.window) for hours, word in words.WINDOWS.items()],
        "window_word": words.WINDOWS[found.window],
        "said": words.said_lines(found, zone),
        "account": words.account_lines(found),
        "times": words.time_lines(found, own.began_at, zone),
        "chart": bars(_now("Messages, and what is usual in that time"), drawn),
        "points": words.shown_points(drawn),
        "amplifiers": [(author(one.contact, shield), one.items) for one in found.amplifiers],
        "earlier": words.compared(earlier(own)),
    }


urlpatterns = [
    path("<uuid:incident_id>/damage/", figures, name="incident-damage"),
    path("<uuid:incident_id>/damage/keep/", keep, name="incident-damage-keep"),
    path("<uuid:incident_id>/damage.pdf", report, name="incident-damage-pdf"),
    path("<uuid:incident_id>/damage.csv", table, name="incident-damage-csv"),
]
