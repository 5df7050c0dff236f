"""Where a person is at work, on pages that belong to no workspace: home, notices, profile.

Their side shows the workspace that the person was in last, so that the way back to it is one
click. Somebody with one workspace is always in that one.
"""

from django.conf import settings
from django.http import HttpRequest, HttpResponseBase

from breakwater.people.models import Person
from breakwater.people.selectors import Access, accesses

COOKIE = "workspace"


def keep(request: HttpRequest, response: HttpResponseBase, slug: str) -> None:
    """The browser remembers that the person is here now. Not in the session: that would be a
    write to the database for looking at a page."""
    if request.COOKIES.get(COOKIE) == slug:
        return
    response.set_cookie(
        COOKIE,
        slug,
        max_age=settings.SESSION_COOKIE_AGE,
        secure=settings.SESSION_COOKIE_SECURE,
        httponly=True,
        samesite="Lax",
    )


def lately(request: HttpRequest, person: Person) -> Access | None:
    """The workspace that the person was in last, or their only one; None between several. What
    the browser remembers is only a wish: it counts while the person is a member there."""
    mine = accesses(person)
    if len(mine) == 1:
        return mine[0]
    slug = request.COOKIES.get(COOKIE)
    return next((one for one in mine if one.workspace.slug == slug), None)
