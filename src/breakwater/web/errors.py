"""Pages for what no view answered: 400, 403, 404, a form without its token, a fault of ours."""

import sys

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.template import loader
from django.utils.translation import gettext as _

from breakwater.core.messages import sentence
from breakwater.core.outages import outage
from breakwater.web.middleware import request_id
from breakwater.web.problems import unavailable


def bad_request(request: HttpRequest, exception: Exception) -> HttpResponse:  # noqa: ARG001
    return _page(request, 400, _("That did not work"), sentence("invalid"))


def forbidden(request: HttpRequest, exception: Exception) -> HttpResponse:  # noqa: ARG001
    return _page(request, 403, _("Not yours to do"), sentence("forbidden"))


def not_found(request: HttpRequest, exception: Exception) -> HttpResponse:  # noqa: ARG001
    return _page(request, 404, _("Nothing here"), sentence("not_found"))


def csrf(request: HttpRequest, **_said: object) -> HttpResponse:
    """Django's CSRF_FAILURE_VIEW. Usual cause: signed in or out in another tab meanwhile."""
    said = _(
        "This form was not accepted, because it no longer belongs to your session: you may have "
        "signed in or out in another tab, or cookies are switched off. Nothing was changed. "
        "Go back, load the page again, then send it."
    )
    return _page(request, 403, _("Please send it once more"), said)


def broken(request: HttpRequest) -> HttpResponse:
    """A database that is away, a full disk, or a fault of ours. It asks no database."""
    if out := outage(sys.exc_info()[1]):
        return unavailable(request, out)
    context = {"request_id": request_id.get()}
    return HttpResponse(loader.render_to_string("errors/500.html", context), status=500)


def _page(request: HttpRequest, status: int, title: str, said: str) -> HttpResponse:
    context = {"title": title, "sentence": said, "tone": "care"}
    return render(request, "errors/problem.html", context, status=status)
