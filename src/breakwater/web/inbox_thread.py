"""One conversation, one thing at a time: what was said, veiled as its reader wants to be spared."""

from collections.abc import Collection, Sequence
from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.urls import path, reverse

from breakwater.core import clock
from breakwater.core.ids import new_id
from breakwater.domain.errors import NotFound
from breakwater.domain.triage import Category
from breakwater.inbox import reading, selectors
from breakwater.inbox.reading import Message
from breakwater.inbox.services.masking import without_insults
from breakwater.inbox.services.revealing import reveal as open_it
from breakwater.people.roles import Right
from breakwater.people.selectors import Access
from breakwater.web import inbox_words as words
from breakwater.web.asked import click
from breakwater.web.delivery_words import safe_link
from breakwater.web.inbox_masked import masked_on, show_opened
from breakwater.web.inbox_media import pictures_of
from breakwater.web.inbox_page_parts import MARKS, PANELS
from breakwater.web.inbox_panels import Mark, marks_of, panels_of
from breakwater.web.inbox_said import in_order
from breakwater.web.inbox_sight import look, look_at
from breakwater.web.inbox_walk import onward
from breakwater.web.page import POST, page, show


@page(right=Right.SEE)
def thread(request: HttpRequest, access: Access, thread_id: UUID) -> HttpResponse:
    sight = look(access, thread_id, clock.here())  # shown only: what decides asks the database
    found, items, shield = sight.thread, sight.items, sight.shield
    opened = masked_on(request, access, items, shield, sight.now)
    marks = marks_of(sight, MARKS)
    messages = [said(reading.message(item, shield, opened), marks[item.pk]) for item in items]
    context = {
        "thread": found,
        "title": words.ONE[Category(found.category)],
        "author": reading.author(found.contact, shield) if found.contact else None,
        "talk": in_order(messages, sight),
        "panels": panels_of(sight, PANELS),
        "onward": onward(request.GET, access, found),
        "may_answer": access.may(Right.ANSWER),
        "area": "inbox",
    }
    return show(request, "inbox/thread.html", context)


@page(right=Right.ANSWER, methods=POST)
def reveal(request: HttpRequest, access: Access, item_id: int, what: str) -> HttpResponse:
    """What was veiled, in place of its veil."""
    if what not in reading.OPENABLE:
        raise NotFound(what="item")
    now = clock.now()
    also = request.POST.getlist("open")
    message = open_it(access, item_id, what, also=also, request=click(request.POST), now=now)
    item = selectors.item_of(access.workspace.pk, item_id)
    marks = marks_of(look_at(access, item, now), MARKS)
    return _alone(request, access, said(message, marks[item.pk], {what, *also}))


@page(right=Right.SEE)
def masked(request: HttpRequest, access: Access, item_id: int) -> HttpResponse:
    """The message with its insults masked, in place of its veil; nothing is counted."""
    now = clock.now()
    message = without_insults(access, item_id, now=now)
    item = selectors.item_of(access.workspace.pk, item_id)
    marks = marks_of(look_at(access, item, now), MARKS)
    return _alone(request, access, said(message, marks[item.pk]))


def _alone(request: HttpRequest, access: Access, one: dict[str, Any]) -> HttpResponse:
    message: Message = one["message"]
    there = reverse("inbox-thread", args=[access.workspace.slug, message.thread_id])
    context = {
        "one": one, "may_answer": access.may(Right.ANSWER), "back": f"{there}#message-{message.id}",
    }  # fmt: skip
    return show_opened(request, "inbox/message.html", context)


def said(
    message: Message, marks: Sequence[Mark] = (), opened: Collection[str] = ()
) -> dict[str, Any]:
    """A message for the template, with the veil in its place where there is one. opened: what of it
    is open on the page, so that opening something else does not veil it again."""
    return {
        "template": "inbox/message.html",
        "at": message.at,
        "message": message,
        "veil": words.veil_of(message) if message.text is None else None,
        "masked": words.masked_of(message),
        "media": pictures_of(message),
        "link": safe_link(message.url),
        "opened": [one for one in reading.OPENABLE if one in opened],
        "request": new_id(),
        "request_media": new_id(),
        "request_name": new_id(),
        "marks": marks,
    }


urlpatterns = [
    path("<uuid:thread_id>/", thread, name="inbox-thread"),
    path("items/<int:item_id>/masked/", masked, name="inbox-masked"),
    path("items/<int:item_id>/reveal/<slug:what>/", reveal, name="inbox-reveal"),
]
