"""Somebody may be in danger: what stands above their conversation, and what a person can do at once."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.urls import path
from django.utils.translation import gettext as _now

from breakwater.core import clock
from breakwater.domain.errors import NotFound
from breakwater.inbox import helplines, humane, selectors
from breakwater.inbox.models import Thread
from breakwater.inbox.services import danger
from breakwater.people.models import Workspace
from breakwater.people.roles import Right
from breakwater.people.selectors import Access
from breakwater.web.helpline_words import country_name
from breakwater.web.inbox_panels import Panel, Sight
from breakwater.web.page import POST, go, page

_TO = (humane.AUTHOR, humane.OTHER)


def danger_panel(sight: Sight) -> Panel | None:
    """Above all else. One query where somebody may be in danger, none elsewhere."""
    if not sight.thread.danger:
        return None
    return Panel("top", "inbox/danger.html", _values(sight))


def _values(sight: Sight) -> dict[str, Any]:
    thread, workspace = sight.thread, sight.access.workspace
    country = sight.country
    lines = helplines.lines(workspace.pk, country, helplines.HELP)
    drafts = {to: _draft(to, thread, workspace, lines) for to in _TO}
    return {
        "first": lines[: humane.FIRST],
        "rest": lines[humane.FIRST :],
        "country": country_name(country),
        "own": any(one.id for one in lines),
        "author": drafts[humane.AUTHOR],
        "other": drafts[humane.OTHER],
        "items": [one.pk for one in sight.items if one.danger and not one.own and not one.closed],
        "thread": thread,
        "mine": thread.assignee_id == sight.access.person.pk,
        "may": sight.access.may(Right.ANSWER),
        "may_change": sight.access.may(Right.INVITE),
    }


def _draft(to: str, thread: Thread, workspace: Workspace, lines: list[helplines.Line]) -> str:
    return humane.draft(to, thread.language, lines, otherwise=workspace.language)


@page(right=Right.ANSWER, methods=POST)
def look_after(request: HttpRequest, access: Access, thread_id: UUID) -> HttpResponse:
    danger.look_after(access, thread_id, now=clock.now())
    messages.success(request, _now("You look after it. Your colleagues see that."))
    return go(request, "inbox-thread", access.workspace.slug, thread_id)


@page(right=Right.ANSWER, methods=POST)
def no_danger(request: HttpRequest, access: Access, item_id: int) -> HttpResponse:
    thread_id = selectors.item_of(access.workspace.pk, item_id).thread_id
    danger.no_danger(access, item_id, now=clock.now())
    messages.success(request, _now("Noted, with your name: nobody is in danger there."))
    return go(request, "inbox-thread", access.workspace.slug, thread_id)


@page(right=Right.ANSWER, methods=POST)
def in_danger(request: HttpRequest, access: Access, item_id: int) -> HttpResponse:
    thread_id = selectors.item_of(access.workspace.pk, item_id).thread_id
    danger.in_danger(access, item_id, now=clock.now())
    messages.success(request, _now("Those on duty are told. It stands before all else now."))
    return go(request, "inbox-thread", access.workspace.slug, thread_id)


@page(right=Right.ANSWER, methods=POST)
def begin(request: HttpRequest, access: Access, thread_id: UUID, to: str) -> HttpResponse:
    """The humane text is this person's draft, to be changed; nothing is sent."""
    if to not in _TO:
        raise NotFound(what="draft")
    thread = selectors.thread_of(access.workspace.pk, thread_id)
    workspace = access.workspace
    lines = helplines.lines(workspace.pk, helplines.country_of(workspace.pk), helplines.HELP)
    text = _draft(to, thread, workspace, lines)
    if danger.begin_draft(access, thread_id, text, now=clock.now()):
        messages.success(request, _now("It is your draft now. Nothing is sent before you send it."))
    else:
        messages.warning(
            request, _now("You have typed something already, so it was left as it is.")
        )
    return go(request, "inbox-thread", workspace.slug, thread_id)


urlpatterns = [
    path("<uuid:thread_id>/look-after/", look_after, name="inbox-look-after"),
    path("<uuid:thread_id>/humane-draft/<slug:to>/", begin, name="inbox-humane-draft"),
    path("items/<int:item_id>/no-danger/", no_danger, name="inbox-no-danger"),
    path("items/<int:item_id>/in-danger/", in_danger, name="inbox-in-danger"),
]
