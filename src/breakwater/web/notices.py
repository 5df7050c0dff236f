"""What a person was told. Opening a notice marks it read and leads to its page."""

from uuid import UUID

from django.http import HttpRequest, HttpResponse

from breakwater.core import clock
from breakwater.domain.errors import NotFound
from breakwater.notices.selectors import recent
from breakwater.notices.services import mark_read
from breakwater.people.models import Person
from breakwater.web.page import POST, go, own_page, show


@own_page()
def notices(request: HttpRequest, person: Person) -> HttpResponse:
    return show(request, "notices/list.html", {"told": recent(person), "area": "notices"})


@own_page(POST)
def notices_read(request: HttpRequest, person: Person) -> HttpResponse:
    mark_read(person, None, now=clock.now())
    return go(request, "notices")


@own_page(POST)
def notice(request: HttpRequest, person: Person, notice_id: UUID) -> HttpResponse:
    """The notice is read, and on to what it is about."""
    told = next((one for one in recent(person, limit=200) if one.id == notice_id), None)
    if told is None:
        raise NotFound(what="notice")
    mark_read(person, [notice_id], now=clock.now())
    return go(request, told.path)
