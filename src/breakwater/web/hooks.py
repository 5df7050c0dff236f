"""The address that networks push to. No session, no cookie, no page: a status and a few letters."""

from django.http import HttpRequest, HttpResponse

from breakwater.channels.services import hooks as services
from breakwater.core import clock
from breakwater.domain.errors import NotFound, Refused
from breakwater.web.page import signed_page


@signed_page(methods=("GET", "POST"))
def hook(request: HttpRequest, network: str) -> HttpResponse:
    """200 for what was taken in (or was known), 403 for what is not the network's, 413, 404."""
    try:
        if request.method == "GET":
            echo = services.challenged(network, request.GET.dict(), now=clock.now())
            return HttpResponse(echo.text, content_type=echo.mime)
        if int(request.headers.get("Content-Length") or 0) > services.LONGEST:
            return HttpResponse(status=413)
        headers = {name.lower(): value for name, value in request.headers.items()}
        services.pushed(network, headers, request.body, now=clock.now())
    except NotFound:
        return HttpResponse(status=404)
    except Refused:
        return HttpResponse(status=403)
    return HttpResponse(status=200)
