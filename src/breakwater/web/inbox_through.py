"""A helper goes through the lock-out folder: one conversation at a time, veiled, as a decision."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.urls import path, reverse
from django.utils.translation import gettext as _now

from breakwater.core import clock
from breakwater.core.ids import new_id
from breakwater.domain.errors import NotFound
from breakwater.domain.triage import Category
from breakwater.inbox import folder, grants, reading, selectors
from breakwater.inbox.models import Grant, Thread
from breakwater.inbox.reading import Message
from breakwater.inbox.services import helping
from breakwater.inbox.services.helping import VEILED, Decision
from breakwater.people.roles import Right
from breakwater.people.selectors import Access
from breakwater.web import inbox_words as words
from breakwater.web.asked import click
from breakwater.web.inbox_aside import STANDINGS
from breakwater.web.inbox_masked import show_opened
from breakwater.web.numbers import number
from breakwater.web.page import POST, go, page, show


@page(right=Right.ANSWER)
def through(request: HttpRequest, access: Access, grant_id: UUID) -> HttpResponse:
    grant = _grant(access, grant_id)
    thread = grants.next_aside(access.workspace.pk)
    left = sum(folder.counts(access.workspace.pk).values())
    context = {"grant": grant, "left": left, "one": thread and _one(thread), "area": "inbox"}
    return show(
        request, "inbox/through.html", {**context, "may_remove": access.may(Right.TAKE_DOWN)}
    )


@page(right=Right.ANSWER, methods=POST)
def reveal(
    request: HttpRequest, access: Access, grant_id: UUID, item_id: int, what: str
) -> HttpResponse:
    """What was veiled, in place of its veil; the whole page where there is no script."""
    if what not in reading.OPENABLE:
        raise NotFound(what="item")
    message = helping.reveal(
        access, grant_id, item_id, what, request=click(request.POST), now=clock.now()
    )
    grant = _grant(access, grant_id)
    back = reverse("inbox-through", args=[access.workspace.slug, grant_id])
    context = {"it": _said(message), "grant": grant, "back": back}
    return show_opened(request, "inbox/through-message.html", context)


@page(right=Right.ANSWER, methods=POST)
def decide(request: HttpRequest, access: Access, grant_id: UUID, thread_id: UUID) -> HttpResponse:
    said = request.POST.get("decision", "")
    if said not in {one.value for one in Decision}:
        raise NotFound(what="thread")
    done = helping.decide(
        access, grant_id, thread_id, Decision(said), upto=number(request.POST.get("upto", "")) or 0,
        request=click(request.POST), now=clock.now(),
    )  # fmt: skip
    messages.success(
        request,
        _now("Decided. It is done.") if done
        else _now("Decided. Something else came meanwhile, so the conversation is still here."),
    )  # fmt: skip
    return go(request, "inbox-through", access.workspace.slug, grant_id)


def _grant(access: Access, grant_id: UUID) -> Grant:
    """Raises: NotFound for all but the helper."""
    grant = grants.grant_of(access, grant_id, clock.now())
    if grant.helper_id != access.person.pk:
        raise NotFound(what="grant")
    return grant


def _one(thread: Thread) -> dict[str, Any]:
    talk = selectors.talk_of(thread)
    items = [one for one in talk if not one.own and not one.closed]
    category = Category(thread.category)
    return {
        "thread": thread,
        "title": words.ONE[category],
        "icon": words.ICONS[category],
        "standing": STANDINGS[folder.standings([thread])[thread.pk]],
        "messages": [_said(reading.message(item, VEILED)) for item in items],
        "upto": max((item.pk for item in talk), default=0),
        "request": new_id(),
    }


def _said(message: Message) -> dict[str, Any]:
    return {
        "message": message,
        "veil": words.veil_of(message) if message.text is None else None,
        "request": new_id(),
    }


urlpatterns = [
    path("folder/through/<uuid:grant_id>/", through, name="inbox-through"),
    path(
        "folder/through/<uuid:grant_id>/<int:item_id>/reveal/<slug:what>/", reveal,
        name="inbox-through-reveal",
    ),
    path("folder/through/<uuid:grant_id>/<uuid:thread_id>/", decide, name="inbox-through-decide"),
]  # fmt: skip
