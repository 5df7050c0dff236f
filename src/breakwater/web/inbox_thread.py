"""One conversation, one thing at a time: what was said, veiled as its reader wants to be spared."""

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.urls import path

from breakwater.core import clock
from breakwater.core.ids import new_id
from breakwater.domain.errors import NotFound
from breakwater.domain.triage import Category
from breakwater.inbox import reading, selectors
from breakwater.inbox.reading import Message
from breakwater.inbox.services.revealing import reveal as open_it
from breakwater.people.roles import Right
from breakwater.people.selectors import Access
from breakwater.web import inbox_words as words
from breakwater.web.inbox_page_parts import MARKS, PANELS
from breakwater.web.inbox_panels import Mark, Sight, marks_of, panels_of
from breakwater.web.page import POST, page, show
from breakwater.wellbeing.selectors import shield_of

_WHAT = (reading.TEXT, reading.MEDIA, reading.NAME)


@page(right=Right.SEE)
def thread(request: HttpRequest, access: Access, thread_id: UUID) -> HttpResponse:
    found = selectors.thread_of(access.workspace.pk, thread_id)
    shield = shield_of(access.person, access.workspace.pk)
    items = selectors.talk_of(found)
    sight = Sight(access, found, items, shield, clock.now())
    marks = marks_of(sight, MARKS)
    context = {
        "thread": found,
        "title": words.ONE[Category(found.category)],
        "author": reading.author(found.contact, shield) if found.contact else None,
        "talk": [said(reading.message(item, shield), marks[item.pk]) for item in items],
        "panels": panels_of(sight, PANELS),
        "area": "inbox",
    }
    return show(request, "inbox/thread.html", context)


@page(right=Right.ANSWER, methods=POST)
def reveal(request: HttpRequest, access: Access, item_id: int, what: str) -> HttpResponse:
    """What was veiled, in place of its veil."""
    if what not in _WHAT:
        raise NotFound(what="item")
    now = clock.now()
    message = open_it(access, item_id, what, request=_click(request), now=now)
    item = selectors.item_of(access.workspace.pk, item_id)
    shield = shield_of(access.person, access.workspace.pk)
    marks = marks_of(Sight(access, item.thread, [item], shield, now), MARKS)
    return show(request, "inbox/message.html", {"one": said(message, marks[item.pk])})


def _click(request: HttpRequest) -> UUID:
    """The form's own id, so that the same click counts once."""
    try:
        return UUID(request.POST.get("request", ""))
    except ValueError:
        return new_id()


def said(message: Message, marks: Sequence[Mark] = ()) -> dict[str, Any]:
    """A message for the template, with the veil in its place where there is one."""
    return {
        "message": message,
        "veil": words.veil_of(message) if message.text is None else None,
        "request": new_id(),
        "marks": marks,
    }


urlpatterns = [
    path("<uuid:thread_id>/", thread, name="inbox-thread"),
    path("items/<int:item_id>/reveal/<slug:what>/", reveal, name="inbox-reveal"),
]
