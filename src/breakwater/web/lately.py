"""Where a person is at work, on pages that belong to no workspace: home, notices, profile.

Their side shows the workspace that the person was in last, so that the way back to it is one
click. Somebody with one workspace is always in that one.
"""

from django.conf import settings
from django.http import HttpRequest, HttpResponseBase

from breakwater.people.models import Person
from breakwater.people.selectors import Access, accesses


def cookie() -> str:
    """Its name. Over https a browser takes it from this very host only."""
    return "__Host-workspace" if settings.SECURE else "workspace"


def keep(request: HttpRequest, response: HttpResponseBase, slug: str) -> None:
    """The browser remembers that the person is here now. Not in the session: that would be a
    write to the database for looking at a page.

    Only a whole page counts: a part that another tab asks for by itself moves nobody.
    """
    if request.COOKIES.get(cookie()) == slug or not _is_page(request, response):
        return
    response.set_cookie(
        cookie(),
        slug,
        max_age=settings.SESSION_COOKIE_AGE,
        secure=settings.SECURE,
        httponly=True,
        samesite="Lax",
    )


def forget(response: HttpResponseBase) -> None:
    """The browser says to whoever signs in next nothing of where somebody was."""
    response.delete_cookie(cookie(), samesite="Lax")


def lately(request: HttpRequest, person: Person) -> Access | None:
    """The workspace that the person was in last, or their only one; None between several. What
    the browser remembers is only a wish: it counts while the person is a member there."""
    mine = mine_of(request, person)
    if len(mine) == 1:
        return mine[0]
    slug = request.COOKIES.get(cookie())
    return next((one for one in mine if one.workspace.slug == slug), None)


def mine_of(request: HttpRequest, person: Person) -> list[Access]:
    """The person's access to each of their workspaces, by name; asked once a request."""
    known: list[Access] | None = getattr(request, "breakwater_mine", None)
    if known is None:
        known = accesses(person)
        request.breakwater_mine = known  # type: ignore[attr-defined]  # read above
    return known


def _is_page(request: HttpRequest, response: HttpResponseBase) -> bool:
    written = response.headers.get("Content-Type", "").startswith("text/html")
    return written and "HX-Request" not in request.headers
