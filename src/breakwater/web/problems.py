"""Errors as answers: a page of its own, or for htmx a notice at the head of the page."""

import logging

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.template import loader
from django.utils.translation import gettext as _

from breakwater.core.messages import say
from breakwater.domain.errors import (
    BreakwaterError,
    EgressRefused,
    Forbidden,
    IllegalMove,
    Invalid,
    Misconfigured,
    NetworkError,
    NotFound,
    Problem,
    StaleState,
)

log = logging.getLogger(__name__)

_STATUS: tuple[tuple[type[BreakwaterError], int], ...] = (
    (NotFound, 404),
    (Forbidden, 403),
    (Invalid, 400),
    (StaleState, 409),
    (IllegalMove, 409),
    (Problem, 400),
    (NetworkError, 502),
    (EgressRefused, 400),
    (Misconfigured, 500),
)


_UNAVAILABLE = 503
_AGAIN_S = "30"


def status_of(error: BreakwaterError) -> int:
    return next((status for kind, status in _STATUS if isinstance(error, kind)), 500)


def title_of(error: BreakwaterError) -> str:
    """A head line that says the kind of trouble in words, in the language in use."""
    titles = {
        400: _("That did not work"),
        403: _("Not yours to do"),
        404: _("Nothing here"),
        409: _("Changed in the meantime"),
        502: _("The network did not play along"),
    }
    return titles.get(status_of(error), _("Something is wrong with this installation"))


def answer(request: HttpRequest, error: BreakwaterError) -> HttpResponse:
    """The page (or, for htmx, the notice in #notices) that says what happened and what to do."""
    status = status_of(error)
    if status >= 500:
        log.error("page failed: %s", error)
    context = {"title": title_of(error), "sentence": say(error), "tone": "care", "error": error}
    if getattr(request, "htmx", False):
        response = render(request, "parts/notice.html", context, status=status)
        response["HX-Retarget"] = "#notices"
        response["HX-Reswap"] = "innerHTML show:#notices:top"
        return response
    return render(request, "errors/problem.html", context, status=status)


def unavailable(request: HttpRequest, error: BreakwaterError) -> HttpResponse:
    """The same when the database or the disk fails us: a page that asks neither of them."""
    log.warning("page unavailable: %s", error.code)
    context = {"title": _("Not just now"), "sentence": say(error), "tone": "care"}
    if request.headers.get("HX-Request"):
        page = loader.render_to_string("parts/notice.html", context)
        headers = {"HX-Retarget": "#notices", "HX-Reswap": "innerHTML show:#notices:top"}
    else:
        again = request.get_full_path() if request.method in ("GET", "HEAD") else ""
        page = loader.render_to_string("errors/unavailable.html", {**context, "again": again})
        headers = {}
    headers |= {"Retry-After": _AGAIN_S, "Cache-Control": "no-store"}
    return HttpResponse(page, status=_UNAVAILABLE, headers=headers)
