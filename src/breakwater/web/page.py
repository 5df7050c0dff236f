"""The one way to write a page: a view says who may see it, and problems become clear answers.

Every view carries one of `page` (a right in a workspace), `installation_page` (an administrator),
`own_page` (anybody signed in), `open_page` (anybody) and `signed_page` (machines that sign). They
mark the view with `breakwater_right`, which a test looks for on
every address. Views never catch a Problem unless they can place it beside a field (web/forms.py).
"""

from collections.abc import Callable
from functools import lru_cache, wraps
from typing import Any, Concatenate, ParamSpec, cast
from uuid import UUID

from django.contrib.auth.views import redirect_to_login
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render, resolve_url
from django.urls import get_script_prefix, resolve, reverse
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods

from breakwater.domain.errors import BreakwaterError, Forbidden
from breakwater.people.models import Person
from breakwater.people.roles import Right
from breakwater.people.selectors import Access, access_among, administers, anybody
from breakwater.web.lately import keep, mine_of
from breakwater.web.problems import answer

READ = ("GET", "HEAD")
FORM = ("GET", "HEAD", "POST")
POST = ("POST",)

P = ParamSpec("P")
Shown = HttpResponseBase
Handler = Callable[Concatenate[HttpRequest, P], Shown]


def page(
    *, right: Right, methods: tuple[str, ...] = READ
) -> Callable[[Callable[Concatenate[HttpRequest, Access, P], Shown]], Callable[..., Shown]]:
    """The view is handed the `Access` of a member whose role has `right`; its address has `slug`.

    Anybody else: the sign-in page, 404 (none or not theirs, said alike) or 403.
    """

    def decorate(
        view: Callable[Concatenate[HttpRequest, Access, P], Shown],
    ) -> Callable[..., Shown]:
        @wraps(view)
        def shown(request: HttpRequest, slug: str, *args: P.args, **kwargs: P.kwargs) -> Shown:
            if not request.user.is_authenticated:
                return _to_sign_in(request)
            granted = access_among(mine_of(request, request.user), slug, right)
            remember(request, granted)
            response = view(request, granted, *args, **kwargs)
            keep(request, response, granted.workspace.slug)
            return response

        return _declared(shown, right, methods)

    return decorate


def own_page(
    methods: tuple[str, ...] = READ,
) -> Callable[[Callable[Concatenate[HttpRequest, Person, P], Shown]], Callable[..., Shown]]:
    """The view is handed the person who is signed in; anybody else is asked to sign in."""

    def decorate(
        view: Callable[Concatenate[HttpRequest, Person, P], Shown],
    ) -> Callable[..., Shown]:
        @wraps(view)
        def shown(request: HttpRequest, *args: P.args, **kwargs: P.kwargs) -> Shown:
            if not request.user.is_authenticated:
                return _to_sign_in(request)
            return view(request, request.user, *args, **kwargs)

        return _declared(shown, "own", methods)

    return decorate


def installation_page(
    methods: tuple[str, ...] = READ,
) -> Callable[[Callable[Concatenate[HttpRequest, Person, P], Shown]], Callable[..., Shown]]:
    """The view is handed the administrator who is signed in; another person gets 403, whatever
    their roles: it is about what all workspaces share."""

    def decorate(
        view: Callable[Concatenate[HttpRequest, Person, P], Shown],
    ) -> Callable[..., Shown]:
        @wraps(view)
        def shown(request: HttpRequest, *args: P.args, **kwargs: P.kwargs) -> Shown:
            if not request.user.is_authenticated:
                return _to_sign_in(request)
            if not administers(request.user):
                raise Forbidden(code="not_administrator")
            return view(request, request.user, *args, **kwargs)

        return _declared(shown, Right.INSTALLATION, methods)

    return decorate


def open_page(methods: tuple[str, ...] = READ) -> Callable[[Handler[P]], Callable[..., Shown]]:
    """The view is for anybody, signed in or not."""

    def decorate(view: Handler[P]) -> Callable[..., Shown]:
        return _declared(view, "open", methods)

    return decorate


def signed_page(
    methods: tuple[str, ...],
) -> Callable[[Handler[P]], Callable[..., Shown]]:
    """The view is for machines that sign what they send, which it checks itself: there is no session
    that a foreign page could ride, so no token is asked for."""

    def decorate(view: Handler[P]) -> Callable[..., Shown]:
        return csrf_exempt(_declared(view, "signed", methods))

    return decorate


def show(
    request: HttpRequest,
    template: str,
    context: dict[str, Any] | None = None,
    *,
    part: str = "",
    status: int = 200,
) -> HttpResponse:
    """The page, or for htmx only its `{% partialdef part %}`: the same view, the same context."""
    if part and getattr(request, "htmx", False):
        template = f"{template}#{part}"
    return render(request, template, context, status=status)


def go(request: HttpRequest, to: str, *args: Any, **kwargs: Any) -> HttpResponse:
    """On to another page after a deed: 303 for a form, HX-Redirect for htmx."""
    url = resolve_url(to, *args, **kwargs)
    if getattr(request, "htmx", False):
        return HttpResponse(status=204, headers={"HX-Redirect": url})
    return HttpResponse(status=303, headers={"Location": url})


def safe_next(request: HttpRequest, default: str = "/") -> str:
    """Where the form wanted to go next, if that is the address of a page of ours: what begins with no slash
    would be taken for a page's name."""
    wanted = request.POST.get("next") or request.GET.get("next") or ""
    ours = url_has_allowed_host_and_scheme(
        wanted, allowed_hosts={request.get_host()}, require_https=request.is_secure()
    )
    return wanted if ours and wanted.startswith("/") else default


def access_of(request: HttpRequest) -> Access | None:
    """The access that `page` resolved for this request, for the frame around the page."""
    return cast("Access | None", getattr(request, "breakwater_access", None))


@lru_cache
def right_of(name: str, of_one: bool = False) -> Right:
    """What the page of that name asks for, which has a workspace's slug alone in its address; of_one:
    the slug and an id."""
    address = reverse(name, args=["x", UUID(int=0)] if of_one else ["x"]).removeprefix(
        get_script_prefix()
    )
    return cast("Right", resolve(f"/{address}").func.breakwater_right)  # type: ignore[attr-defined]


def remember(request: HttpRequest, granted: Access) -> None:
    request.breakwater_access = granted  # type: ignore[attr-defined]  # read by access_of


def _declared(
    view: Callable[..., Shown], right: Right | str, methods: tuple[str, ...]
) -> Callable[..., Shown]:
    @wraps(view)
    def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> Shown:
        try:
            return view(request, *args, **kwargs)
        except BreakwaterError as error:
            return answer(request, error)

    limited = require_http_methods(list(methods))(guarded)
    limited.breakwater_right = right  # type: ignore[attr-defined]  # what the route test reads
    limited.breakwater_methods = methods  # type: ignore[attr-defined]
    return limited


def _to_sign_in(request: HttpRequest) -> HttpResponse:
    """Asked to sign in, and back here afterwards; the very first visitor sets up instead."""
    if not anybody():
        return redirect("setup")
    back = request.get_full_path() if request.method in READ else "/"
    if getattr(request, "htmx", False):
        return HttpResponse(status=204, headers={"HX-Redirect": reverse("account_login")})
    return redirect_to_login(back)
