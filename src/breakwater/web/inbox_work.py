"""Deeds of a team on conversations, one or many: done, later, given to somebody, labelled."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, QueryDict
from django.urls import path, reverse
from django.utils.html import format_html
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from breakwater.core import clock
from breakwater.core.messages import say
from breakwater.domain import walltime
from breakwater.domain.errors import Invalid, NotFound
from breakwater.domain.later import moments
from breakwater.inbox import desk, selectors
from breakwater.inbox.models import Thread
from breakwater.inbox.services import assigning, labels, working
from breakwater.people.roles import Right
from breakwater.people.selectors import Access, with_right
from breakwater.web.asked import uuid
from breakwater.web.inbox_chosen import back_of, of_chosen
from breakwater.web.numbers import number
from breakwater.web.page import FORM, POST, go, page, show

CHOOSE = "inbox/choose.html"
LATER = {
    "afternoon": _("This afternoon"),
    "tomorrow": _("Tomorrow morning"),
    "monday": _("Monday morning"),
}
_CHOICES = ("later", "give", "label")
_ME = "me"


@page(right=Right.ANSWER, methods=FORM)
@of_chosen
def choose(request: HttpRequest, access: Access, chosen: list[UUID], what: str) -> HttpResponse:
    """Until when, to whom or which label, for the conversations that were chosen."""
    if what not in _CHOICES:
        raise NotFound(what="deed")
    return show(request, CHOOSE, _choosing(request, access, what, chosen))


@page(right=Right.ANSWER, methods=POST)
@of_chosen
def done(request: HttpRequest, access: Access, chosen: list[UUID]) -> HttpResponse:
    upto = number(request.POST.get("upto", ""))
    moved = working.finish(access, chosen, upto=upto, now=clock.now())
    if len(chosen) == 1:
        _say_one(request, access, chosen[0], moved)
    else:
        text = ngettext("%(n)d conversation is done.", "%(n)d conversations are done.", len(moved))
        messages.success(request, text % {"n": len(moved)})
    return go(request, back_of(request, access))


@page(right=Right.ANSWER, methods=POST)
@of_chosen
def reopen(request: HttpRequest, access: Access, chosen: list[UUID]) -> HttpResponse:
    moved = working.reopen(access, chosen, now=clock.now())
    text = ngettext("%(n)d conversation is open again.", "%(n)d conversations are open again.",
                    len(moved))  # fmt: skip
    messages.success(request, text % {"n": len(moved)})
    return go(request, back_of(request, access))


@page(right=Right.ANSWER, methods=POST)
@of_chosen
def later(request: HttpRequest, access: Access, chosen: list[UUID]) -> HttpResponse:
    """Out of the way until then; or the page that asks when, with what was typed, and why not."""
    now = clock.now()
    try:
        moved = working.snooze(access, chosen, _until(access, request.POST, now), now=now)
    except Invalid as problem:
        typed = {"wall": request.POST.get("wall", ""), "problem": say(problem)}
        context = {**_choosing(request, access, "later", chosen), **typed}
        return show(request, CHOOSE, context, status=400)
    text = ngettext("%(n)d conversation comes back then.", "%(n)d conversations come back then.",
                    len(moved))  # fmt: skip
    messages.success(request, text % {"n": len(moved)})
    return go(request, back_of(request, access))


@page(right=Right.ANSWER, methods=POST)
@of_chosen
def give(request: HttpRequest, access: Access, chosen: list[UUID]) -> HttpResponse:
    """To a colleague, to oneself ("me"), to nobody ("")."""
    person, now = request.POST.get("person", ""), clock.now()
    if person == _ME and len(chosen) == 1:
        thread = selectors.thread_of(access.workspace.pk, chosen[0])
        thread.assignee_id = uuid(request.POST.get("was", ""))
        assigning.take(access, thread, now=now)
        messages.success(request, _now("You look after it now."))
        return go(request, back_of(request, access))
    to = access.person.pk if person == _ME else uuid(person)
    if person and to is None:
        raise NotFound(what="person")
    moved = assigning.assign(access, chosen, to, now=now)
    text = ngettext("%(n)d conversation changed hands.", "%(n)d conversations changed hands.",
                    len(moved))  # fmt: skip
    messages.success(request, text % {"n": len(moved)})
    return go(request, back_of(request, access))


@page(right=Right.ANSWER, methods=POST)
@of_chosen
def label(request: HttpRequest, access: Access, chosen: list[UUID]) -> HttpResponse:
    """The label is put on these conversations, or taken off with `off`."""
    label_id = uuid(request.POST.get("label", ""))
    if label_id is None:
        raise NotFound(what="label")
    name = desk.label_of(access.workspace.pk, label_id).name
    if request.POST.get("off"):
        labels.take_off(access, label_id, chosen, now=clock.now())
        messages.success(request, _now("“%(name)s” is taken off.") % {"name": name})
    else:
        labels.put_on(access, label_id, chosen, now=clock.now())
        messages.success(request, _now("“%(name)s” is put on.") % {"name": name})
    return go(request, back_of(request, access))


def later_of(access: Access, now: datetime) -> list[dict[str, Any]]:
    """What a person is offered: a code, a word and the instant."""
    found = moments(now, access.workspace.zone)
    return [{"code": code, "word": LATER[code], "at": at} for code, at in found.items()]


def _choosing(
    request: HttpRequest, access: Access, what: str, chosen: Sequence[UUID]
) -> dict[str, Any]:
    return {
        "what": what,
        "chosen": chosen,
        "next": back_of(request, access),
        "area": "inbox",
        **_choice(access, what),
    }


def _choice(access: Access, what: str) -> Mapping[str, Any]:
    if what == "later":
        now = clock.now()
        least = walltime.local(now, access.workspace.zone)
        return {"moments": later_of(access, now), "least": least.strftime("%Y-%m-%dT%H:%M")}
    if what == "give":
        return {"people": with_right(access.workspace.pk, Right.ANSWER)}
    return {"labels": desk.labels_of(access.workspace.pk), "may_set_up": access.may(Right.INVITE)}


def _until(access: Access, typed: QueryDict, now: datetime) -> datetime:
    """A named moment, or a time as typed on the workspace's wall. Raises: Invalid("snooze_past")."""
    named = moments(now, access.workspace.zone).get(typed.get("until", ""))
    if named is not None:
        return named
    try:
        wall = datetime.fromisoformat(typed.get("wall", ""))
        return walltime.plan(wall, access.workspace.zone).instant
    except (ValueError, TypeError, OverflowError) as error:
        raise Invalid(code="snooze_past", field="wall") from error


def _say_one(
    request: HttpRequest, access: Access, thread_id: UUID, moved: Sequence[Thread]
) -> None:
    url = reverse("inbox-thread", args=[access.workspace.slug, thread_id])
    if moved:
        link = format_html('<a href="{}">{}</a>', url, _now("See it again"))
        messages.success(request, format_html("{} {}", _now("It is done."), link))
    else:
        link = format_html('<a href="{}">{}</a>', url, _now("See it"))
        said = _now("Something new has come there meanwhile.")
        messages.info(request, format_html("{} {}", said, link))


urlpatterns = [
    path("work/choose/<slug:what>/", choose, name="inbox-choose"),
    path("work/done/", done, name="inbox-done"),
    path("work/reopen/", reopen, name="inbox-reopen"),
    path("work/later/", later, name="inbox-later"),
    path("work/give/", give, name="inbox-give"),
    path("work/label/", label, name="inbox-label"),
]
