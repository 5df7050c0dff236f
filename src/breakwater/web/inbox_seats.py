"""Somebody is answering: who else is at a conversation, asked again every ten seconds; it tells, and
keeps nobody from anything."""

from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.urls import path

from breakwater.core import clock
from breakwater.inbox import desk
from breakwater.inbox.services import seats
from breakwater.people.roles import Right
from breakwater.people.selectors import Access
from breakwater.web.inbox_panels import Panel, Sight
from breakwater.web.page import POST, page, show


def sitting(sight: Sight) -> Panel:
    """Costs nothing for those who answer: their page asks as soon as it is there, which says too that
    they are. One query for those who only look."""
    may = sight.access.may(Right.ANSWER)
    there = [] if may else desk.seats_of(sight.access, sight.thread.pk, now=sight.now)
    values = {"thread": sight.thread, "seats": there, "may": may}
    return Panel("top", "inbox/seats.html", values)


@page(right=Right.ANSWER, methods=POST)
def sit(request: HttpRequest, access: Access, thread_id: UUID) -> HttpResponse:
    """The person is there for some seconds more, and is shown who else is."""
    now = clock.now()
    seats.sit(access, thread_id, now=now)
    there = desk.seats_of(access, thread_id, now=now)
    return show(request, "inbox/seats-there.html", {"seats": there})


@page(right=Right.ANSWER, methods=POST)
def leave(_request: HttpRequest, access: Access, thread_id: UUID) -> HttpResponse:
    """Said by a page as it goes; where it cannot, the seat ends by itself."""
    seats.leave(access, thread_id)
    return HttpResponse(status=204)


urlpatterns = [
    path("<uuid:thread_id>/sit/", sit, name="inbox-sit"),
    path("<uuid:thread_id>/leave/", leave, name="inbox-leave"),
]
