"""Relief: one click, and somebody else has it; no reason asked."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.urls import path
from django.utils.translation import gettext as _now

from breakwater.core import clock
from breakwater.inbox import selectors
from breakwater.inbox.services import relief
from breakwater.people.roles import Right
from breakwater.people.selectors import Access
from breakwater.web.page import POST, go, page, show


@page(right=Right.ANSWER, methods=POST)
def relieve(request: HttpRequest, access: Access, thread_id: UUID) -> HttpResponse:
    """Somebody else has it, and the page says who: not the conversation again."""
    relief.relieve(access, thread_id, now=clock.now())
    return go(request, "inbox-relieved", access.workspace.slug, thread_id)


@page(right=Right.ANSWER)
def relieved(request: HttpRequest, access: Access, thread_id: UUID) -> HttpResponse:
    thread = selectors.thread_of(access.workspace.pk, thread_id)
    last = relief.last_relief(thread_id)
    context = {
        "thread": thread,
        "may_take_back": relief.may_take_back(access, thread, last, now=clock.now()),
        "area": "inbox",
    }
    return show(request, "inbox/relieved.html", context)


@page(right=Right.ANSWER, methods=POST)
def take_back(request: HttpRequest, access: Access, thread_id: UUID) -> HttpResponse:
    relief.take_back(access, thread_id, now=clock.now())
    messages.success(request, _now("It is with whom it was before."))
    return go(request, "inbox-thread", access.workspace.slug, thread_id)


urlpatterns = [
    path("<uuid:thread_id>/relief/", relieve, name="inbox-relief"),
    path("<uuid:thread_id>/relieved/", relieved, name="inbox-relieved"),
    path("<uuid:thread_id>/relief/undo/", take_back, name="inbox-relief-undo"),
]
