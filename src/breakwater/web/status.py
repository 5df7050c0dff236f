"""Is everything all right? What is late, unknown, stuck or held, and why; and two deeds about it:
a hold is released, a clock is confirmed."""

import hashlib
from datetime import datetime, timedelta
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.urls import path
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from breakwater.core import clock, troubles
from breakwater.delivery.allright import Answer, Level, Verdict, all_right, open_hold
from breakwater.delivery.selectors import not_compared
from breakwater.delivery.services import release
from breakwater.delivery.services.clocks import confirm
from breakwater.delivery.standing import held_clocks
from breakwater.domain.errors import StaleState
from breakwater.hygiene.selectors import unlocked
from breakwater.people.roles import Right
from breakwater.people.selectors import Access
from breakwater.web import status_words as words
from breakwater.web.page import FORM, go, page, show

COMPARED = 20
_SEEN_WITHIN = timedelta(minutes=10)
"""For so long a clock's time that was shown may be confirmed."""


@page(right=Right.SEE)
def status(request: HttpRequest, access: Access) -> HttpResponse:
    """The page; for its own polling only what changes, or 204 when nothing did."""
    answer = all_right(access.workspace.pk, clock.now())
    open_locks = unlocked(access.workspace.pk)
    stamp = f"{_stamp(answer)}{len(open_locks) or ''}"
    if getattr(request, "htmx", False) and request.GET.get("seen") == stamp:
        return HttpResponse(status=204)
    verdict = answer.verdict
    counted = Level.PERSON if verdict is Verdict.NEEDS_YOU else Level.CARE
    care = answer.things(Level.CARE)
    context = {
        "answer": answer,
        "stamp": stamp,
        "tone": words.TONES[verdict] if answer.facts.workers else "stop",
        "verdict": troubles.verdict(verdict.value, answer.things(counted)),
        "besides": troubles.besides(care) if care and counted is Level.PERSON else "",
        "unlocked": open_locks,
        "sections": words.sections(access, answer),
        "compared": [(one, words.compared(one)) for one in answer.compared[:COMPARED]],
        "more_compared": max(0, len(answer.compared) - COMPARED),
        "area": "status",
    }
    return show(request, "status/status.html", context, part="live")


@page(right=Right.INVITE, methods=FORM)
def release_hold(request: HttpRequest, access: Access, hold_id: UUID) -> HttpResponse:
    """What will happen is said first. What a pause holds is released there. After a restore the channels that were not compared are
    named, and the release without that is a choice of its own."""
    hold, trouble = open_hold(access.workspace.pk, hold_id)
    if hold.of is not None:
        return go(request, "pause", access.workspace.slug, hold.of)
    if request.method == "POST":
        unchecked = request.POST.get("unchecked") == "yes"
        moved = release(hold, by=access.person.pk, unchecked=unchecked, now=clock.now())
        late = sum(row.state == "missed" for row in moved)
        messages.success(request, _released(len(moved) - late, late))
        return go(request, "status", access.workspace.slug)
    context = {
        "hold": hold,
        "one": words.shown(access, trouble),
        "left": not_compared(hold),
        "area": "status",
    }
    return show(request, "status/release.html", context)


@page(right=Right.INVITE, methods=FORM)
def confirm_clock(request: HttpRequest, access: Access) -> HttpResponse:
    """The time that the page showed is right, says a person: sending goes on by it."""
    now = clock.now()
    if request.method == "POST":
        if not _was_shown(request.POST.get("shown", ""), now):
            raise StaleState(subject="clock")
        if confirm(by=access.person.pk, now=now):
            messages.success(request, _("Confirmed. Sending goes on; what is late asks first."))
        else:
            messages.info(request, _("No clock waits to be confirmed."))
        return go(request, "status", access.workspace.slug)
    context = {
        "now": now,
        "clocks": [one for one in held_clocks() if one.reason != "skew"],
        "area": "status",
    }
    return show(request, "status/clock.html", context)


def _released(ready: int, late: int) -> str:
    first = ngettext(
        "Released. %(n)s delivery goes on by itself.",
        "Released. %(n)s deliveries go on by themselves.",
        ready,
    ) % {"n": ready}
    if not late:
        return first
    more = ngettext("%(n)s is late and asks first.", "%(n)s are late and ask first.", late) % {
        "n": late
    }
    return f"{first} {more}"


def _was_shown(stamp: str, now: datetime) -> bool:
    try:
        return abs(now - datetime.fromisoformat(stamp)) < _SEEN_WITHIN
    except (ValueError, TypeError):
        return False


def _stamp(answer: Answer) -> str:
    """Changes with everything that the page shows, and with nothing else."""
    seen = [
        (
            t.code,
            t.count,
            t.since,
            t.until,
            t.subject,
            [(r.delivery.pk, r.why, r.until) for r in t.rows],
        )
        for t in answer.troubles
    ]
    last = [(one.channel.pk, one.last and one.last.pk) for one in answer.compared]
    return hashlib.sha256(repr((seen, last)).encode()).hexdigest()[:16]


urlpatterns = [
    path("", status, name="status"),
    path("holds/<uuid:hold_id>/release/", release_hold, name="status-release"),
    path("clock/", confirm_clock, name="status-clock"),
]
