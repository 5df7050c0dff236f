"""allauth's own addresses, so that signing in is tried without our pages."""

from django.http import HttpRequest, HttpResponse
from django.urls import include, path


def _home(request: HttpRequest) -> HttpResponse:
    return HttpResponse(str(request.user))


urlpatterns = [path("", _home, name="home"), path("account/", include("allauth.account.urls"))]
