"""What the frame around every page needs."""

from typing import Any, cast

from django.conf import settings
from django.http import HttpRequest
from django.utils.functional import SimpleLazyObject

from breakwater.notices.selectors import unread
from breakwater.pauses.selectors import open_pause
from breakwater.people.models import Person, Workspace
from breakwater.people.selectors import Access
from breakwater.web.lately import lately, mine_of
from breakwater.web.navigation import links
from breakwater.web.page import access_of


def shell(request: HttpRequest) -> dict[str, Any]:
    """access: to the workspace that the page belongs to. place: the same, or where the person was
    last. paused: the pause that stands there. nav, mine (workspaces), unread (a number), theme. Read from the database only where used."""
    found = getattr(request, "user", None)
    person = found if found is not None and found.is_authenticated else None
    access = access_of(request)
    place: Access | None = access or (
        cast("Access | None", SimpleLazyObject(lambda: lately(request, person))) if person else None
    )
    return {
        "access": access,
        "place": place,
        "nav": SimpleLazyObject(lambda: links(place) if place else []),
        "mine": SimpleLazyObject(lambda: _workspaces(request, person) if person else []),
        "paused": SimpleLazyObject(lambda: open_pause(place.workspace.pk) if place else None),
        "unread": SimpleLazyObject(lambda: unread(person) if person else 0),
        "theme": person.theme if person else "auto",
        "mails": bool(settings.MAIL_URL),
        "version": settings.VERSION,
    }


def _workspaces(request: HttpRequest, person: Person) -> list[Workspace]:
    return [one.workspace for one in mine_of(request, person)]
