"""What the frame around every page needs."""

from typing import Any

from django.conf import settings
from django.http import HttpRequest
from django.utils.functional import SimpleLazyObject

from breakwater.notices.selectors import unread
from breakwater.people.selectors import workspaces_of
from breakwater.web.navigation import links
from breakwater.web.page import access_of


def shell(request: HttpRequest) -> dict[str, Any]:
    """person, access, nav, mine (workspaces), unread (a number), theme; lazily, where used."""
    found = getattr(request, "user", None)
    person = found if found is not None and found.is_authenticated else None
    access = access_of(request)
    return {
        "access": access,
        "nav": links(access) if access else [],
        "mine": SimpleLazyObject(lambda: list(workspaces_of(person)) if person else []),
        "unread": SimpleLazyObject(lambda: unread(person) if person else 0),
        "theme": person.theme if person else "auto",
        "mails": bool(settings.MAIL_URL),
        "version": settings.VERSION,
    }
