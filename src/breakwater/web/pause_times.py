"""New times after a pause, and what may leave on a day of a pause that is day by day."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.urls import path
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from breakwater.core import clock
from breakwater.core.messages import sentence
from breakwater.domain.walltime import local
from breakwater.pauses.models import Pause, Slot
from breakwater.pauses.reviewing import day_list, planned_of, slots_of, undecided
from breakwater.pauses.selectors import pause_of
from breakwater.pauses.services import slots
from breakwater.pauses.services.resuming import confirm_day
from breakwater.people.roles import Right
from breakwater.people.selectors import Access
from breakwater.publishing.models import Version
from breakwater.web.asked import uuids
from breakwater.web.page import FORM, POST, go, page, show


@page(right=Right.SEE)
def times(request: HttpRequest, access: Access, pause_id: UUID) -> HttpResponse:
    """What the pause made late, with the times that were proposed for it, and what may pass."""
    return _times(request, access, pause_of(access.workspace.pk, pause_id))


@page(right=Right.SCHEDULE, methods=POST)
def propose(request: HttpRequest, access: Access, pause_id: UUID) -> HttpResponse:
    pause = pause_of(access.workspace.pk, pause_id)
    found = slots.propose(access, pause, now=clock.now())
    if not found:
        messages.info(request, _("Nothing of this pause waits for a new time."))
    return go(request, "pause-slots", access.workspace.slug, pause.pk)


@page(right=Right.RESUME, methods=POST)
def accept(request: HttpRequest, access: Access, pause_id: UUID) -> HttpResponse:
    """The chosen ones leave at their new times; those that cannot are named, with the reason."""
    pause = pause_of(access.workspace.pk, pause_id)
    chosen = uuids(request.POST.getlist("slot"))
    done, refused = slots.accept(access, pause, chosen, now=clock.now())
    if done:
        said = ngettext(
            "%(n)s post has its new time.", "%(n)s posts have their new times.", len(done)
        )
        messages.success(request, said % {"n": len(done)})
    if not chosen:
        messages.info(request, _("Nothing was chosen."))
    return (
        _times(request, access, pause, refused)
        if refused
        else go(request, "pause-slots", access.workspace.slug, pause.pk)
    )


@page(right=Right.SCHEDULE, methods=POST)
def refuse(request: HttpRequest, access: Access, pause_id: UUID) -> HttpResponse:
    pause = pause_of(access.workspace.pk, pause_id)
    chosen = uuids(request.POST.getlist("slot"))
    n = len(slots.refuse(access, pause, chosen, now=clock.now()))
    said = ngettext(
        "%(n)s post goes on waiting for a person.", "%(n)s posts go on waiting for a person.", n
    )
    messages.success(request, said % {"n": n})
    return go(request, "pause-slots", access.workspace.slug, pause.pk)


@page(right=Right.RESUME, methods=POST)
def let_pass(request: HttpRequest, access: Access, pause_id: UUID) -> HttpResponse:
    """Lines that were decided "keep" pass the pause before it ends."""
    pause = pause_of(access.workspace.pk, pause_id)
    chosen = uuids(request.POST.getlist("line"))
    n = len(slots.resume_lines(access, pause, chosen, now=clock.now()))
    said = ngettext("%(n)s line passes the pause.", "%(n)s lines pass the pause.", n)
    messages.success(request, said % {"n": n})
    return go(request, "pause-slots", access.workspace.slug, pause.pk)


@page(right=Right.SCHEDULE, methods=FORM)
def day(request: HttpRequest, access: Access, pause_id: UUID) -> HttpResponse:
    """What is due today; of a day-by-day pause only what is confirmed here leaves."""
    pause = pause_of(access.workspace.pk, pause_id)
    now = clock.now()
    if request.method == "POST":
        chosen = uuids(request.POST.getlist("delivery"))
        n = len(confirm_day(access, pause, chosen, now=now))
        said = ngettext("%(n)s post may leave today.", "%(n)s posts may leave today.", n)
        messages.success(request, said % {"n": n})
        return go(request, "pause-day", access.workspace.slug, pause.pk)
    today = local(now, access.workspace.zone).date()
    context = {
        "pause": pause,
        "today": today,
        "rows": day_list(pause, today),
        "daily": pause.mode == "daily" and not pause.over,
        "may_audit": access.may(Right.AUDIT),
        "area": "pauses",
    }
    return show(request, "pauses/day.html", context)


def _times(
    request: HttpRequest, access: Access, pause: Pause, refused: dict[UUID, str] | None = None
) -> HttpResponse:
    rows = slots_of(pause)
    titles = planned_of(rows)
    said = {pk: sentence(code) for pk, code in (refused or {}).items()}
    context = {
        "pause": pause,
        "slots": [_slot(row, titles, said) for row in rows],
        "proposed": any(row.state == "proposed" for row in rows),
        "late": len(slots.late_of(pause)),
        "ready": slots.ready_lines(pause)[:50],
        "undecided": undecided(pause),
        "may_plan": access.may(Right.SCHEDULE),
        "may_resume": access.may(Right.RESUME),
        "may_audit": access.may(Right.AUDIT),
        "area": "pauses",
    }
    return show(request, "pauses/slots.html", context, status=409 if refused else 200)


def _slot(row: Slot, versions: dict[UUID, Version], said: dict[UUID, str]) -> dict[str, Any]:
    version = versions.get(row.version)
    return {
        "row": row,
        "title": version.post.title if version else "",
        "post": version.post_id if version else None,
        "problem": said.get(row.pk, ""),
    }


urlpatterns = [
    path("<uuid:pause_id>/day/", day, name="pause-day"),
    path("<uuid:pause_id>/slots/", times, name="pause-slots"),
    path("<uuid:pause_id>/slots/propose/", propose, name="pause-slots-propose"),
    path("<uuid:pause_id>/slots/accept/", accept, name="pause-slots-accept"),
    path("<uuid:pause_id>/slots/refuse/", refuse, name="pause-slots-refuse"),
    path("<uuid:pause_id>/lines/pass/", let_pass, name="pause-lines-pass"),
]
