"""The review of a pause: its lines, the most urgent first, decided by name and with a reason."""

from typing import Any
from urllib.parse import urlencode
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.urls import path, reverse
from django.utils.text import Truncator
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from breakwater.core import clock
from breakwater.core.messages import say
from breakwater.domain.errors import Forbidden, Invalid, NotFound, StaleState
from breakwater.pauses.lines import What
from breakwater.pauses.models import Pause, ReviewLine
from breakwater.pauses.reviewing import Wanted, groups, hands, lines, progress
from breakwater.pauses.selectors import pause_of
from breakwater.pauses.services import reviewing
from breakwater.pauses.services.carrying import carry
from breakwater.people.roles import Right
from breakwater.people.selectors import Access
from breakwater.web import review_words as words
from breakwater.web.page import POST, go, page, safe_next, show
from breakwater.web.problems import status_of
from breakwater.web.shown import network_name

PAGE = "pauses/review.html"
_HEARD = 60
"""Characters of a text that name a line."""
_NAMES = ("what", "state", "hint", "alike", "after")


@page(right=Right.SEE)
def review(request: HttpRequest, access: Access, pause_id: UUID) -> HttpResponse:
    return _page(request, access, pause_of(access.workspace.pk, pause_id))


@page(right=Right.SCHEDULE, methods=POST)
def decide(request: HttpRequest, access: Access, pause_id: UUID) -> HttpResponse:
    """One line, or all that are alike; what was wrong is said beside the line."""
    pause = pause_of(access.workspace.pk, pause_id)
    line_id = _uuid(request.POST.get("line", ""))
    choice, why = request.POST.get("decision", ""), request.POST.get("why", "")
    now = clock.now()
    try:
        if request.POST.get("all") == "on":
            alike = request.POST.get("alike", "")
            n = reviewing.decide_alike(access, pause, alike, choice, why, now=now)
        else:
            n = len(reviewing.decide(access, pause, [line_id], choice, why, now=now))
    except (Invalid, StaleState, Forbidden) as error:
        problem = {"line": line_id, "said": say(error), "why": why, "decision": choice}
        return _page(request, access, pause, problem, status=status_of(error))
    carry(pause, now=now)
    messages.success(
        request, ngettext("%(n)s line is decided.", "%(n)s lines are decided.", n) % {"n": n}
    )
    return _back(request, access, pause)


@page(right=Right.SCHEDULE, methods=POST)
def second(request: HttpRequest, access: Access, pause_id: UUID) -> HttpResponse:
    """A second person confirms one decision, or all that others made."""
    pause = pause_of(access.workspace.pk, pause_id)
    now = clock.now()
    if request.POST.get("all") == "on":
        n = reviewing.second_all(access, pause, now=now)
    else:
        wanted = [_uuid(request.POST.get("line", ""))]
        n = len(reviewing.second(access, pause, wanted, now=now))
    carry(pause, now=now)
    messages.success(
        request,
        ngettext("%(n)s decision is confirmed.", "%(n)s decisions are confirmed.", n) % {"n": n},
    )
    return _back(request, access, pause)


@page(right=Right.INVITE, methods=POST)
def manner(request: HttpRequest, access: Access, pause_id: UUID) -> HttpResponse:
    """One person or two decide, from now on, in this workspace."""
    pause = pause_of(access.workspace.pk, pause_id)
    two = request.POST.get("persons") == "2"
    reviewing.set_manner(access, two_persons=two, now=clock.now())
    messages.success(
        request, _("It counts from the next pause on, and for this one if nothing is decided yet.")
    )
    return go(request, "review", access.workspace.slug, pause.pk)


def _page(
    request: HttpRequest,
    access: Access,
    pause: Pause,
    problem: dict[str, Any] | None = None,
    status: int = 200,
) -> HttpResponse:
    asked = {name: request.GET.get(name, "")[:200] for name in _NAMES}
    wanted = Wanted(asked["what"], asked["state"], asked["hint"], asked["alike"])
    found = lines(pause, wanted, after=asked["after"])
    equals = groups(pause)
    here = {name: value for name, value in asked.items() if value and name != "after"}
    context = {
        "pause": pause,
        "problem": problem or {},
        "lines": [_line(row, pause, access, equals) for row in found.rows],
        "next": urlencode({**here, "after": found.after}) if found.after else "",
        "first": f"?{urlencode(here)}" if asked["after"] else "",
        "asked": asked,
        "narrowed": bool(here),
        "progress": [(words.WHATS[one.what], one) for one in progress(pause)],
        "hands": hands(pause),
        "whats": words.WHATS.items(),
        "states": words.STATES.items(),
        "categories": words.CATEGORIES.items(),
        "may_decide": access.may(Right.SCHEDULE) and not pause.over,
        "may_audit": access.may(Right.AUDIT),
        "area": "pauses",
        "may_arrange": access.may(Right.INVITE),
        "here": request.get_full_path() if request.method == "GET" else "",
    }
    return show(request, PAGE, context, status=status)


def _line(row: ReviewLine, pause: Pause, access: Access, equals: Any) -> dict[str, Any]:
    text = str(row.shown.get("text", ""))
    mine = row.by_id == access.person.pk
    waits = bool(pause.two_persons and row.decision and row.second_by_id is None)
    return {
        "row": row,
        "what": words.WHATS[row.what],
        "title": _title(row),
        "name": _name(row),
        "pieces": words.pieces(text, row.hints),
        "long": len(text) > 400,
        "hints": words.hints(row),
        "reminder": words.reminder(row),
        "choices": words.choices(row.what),
        "decided": words.choice(row.what, row.decision) if row.decision else "",
        "outcome": words.outcome(row, two=pause.two_persons),
        "others": equals.get(row.alike, 1) - 1 if not row.decision else 0,
        "may_confirm": waits and not mine and access.may(reviewing.needs(row.what, row.decision)),
        "settled": reviewing.settled(row),
        "planned": row.what in (What.PLANNED, What.OUT),
        "url": _url(row, access),
    }


def _name(row: ReviewLine) -> str:
    """What tells this line from others, for who hears its links and buttons."""
    about = _title(row) or Truncator(str(row.shown.get("text", ""))).chars(_HEARD)
    where = ", ".join(str(one) for one in row.shown.get("channels", ()))
    return ", ".join(one for one in (about, where) if one) or str(words.WHATS[row.what])


def _title(row: ReviewLine) -> str:
    title = str(row.shown.get("title", ""))
    if row.what == What.ADS:
        return network_name(str(row.shown.get("network", "")))
    return title


def _url(row: ReviewLine, access: Access) -> str:
    slug = access.workspace.slug
    if row.what == What.PLANNED and row.shown.get("post"):
        return reverse("post", args=[slug, row.shown["post"]])
    if row.what == What.OUT and row.subject:
        return reverse("delivery", args=[slug, row.subject])
    return ""


def _back(request: HttpRequest, access: Access, pause: Pause) -> HttpResponse:
    default = reverse("review", args=[access.workspace.slug, pause.pk])
    return go(request, safe_next(request, default))


def _uuid(text: str) -> UUID:
    try:
        return UUID(text)
    except ValueError as error:
        raise NotFound(what="line") from error


urlpatterns = [
    path("<uuid:pause_id>/review/", review, name="review"),
    path("<uuid:pause_id>/review/decide/", decide, name="review-decide"),
    path("<uuid:pause_id>/review/second/", second, name="review-second"),
    path("<uuid:pause_id>/review/manner/", manner, name="review-manner"),
]
