"""How urgent news reaches a person: mail, the browsers that show pushes, the duty phone's links."""

from dataclasses import dataclass
from uuid import UUID

from django import forms
from django.conf import settings
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.urls import path
from django.utils.translation import gettext as _

from breakwater.core import clock, webpush
from breakwater.domain.errors import NotFound
from breakwater.notices.selectors import has_mail, push_doors
from breakwater.notices.services.doors import close_push, open_push, try_doors
from breakwater.people import links
from breakwater.people.models import Person, Purpose, SignedLink, Workspace
from breakwater.people.roles import Right
from breakwater.people.selectors import access_among, accesses
from breakwater.people.services.links import make_pause_link, revoke
from breakwater.web.assets import worker
from breakwater.web.page import POST, go, open_page, own_page, show


@dataclass(frozen=True)
class PauseLink:
    """A workspace that the person may pause, and the duty phone's link to it, if there is one."""

    workspace: Workspace
    link: SignedLink | None
    address: str


class OpenForm(forms.Form):
    """What the browser hands over; filled in by <bw-push>."""

    endpoint = forms.CharField(max_length=1000)
    p256dh = forms.CharField(max_length=100)
    auth = forms.CharField(max_length=40)


@own_page()
def doors(request: HttpRequest, person: Person) -> HttpResponse:
    context = {
        "doors": push_doors(person),
        "key": webpush.public_key(settings.PUSH_KEY),
        "mail": has_mail(),
        "pauses": _pause_links(person),
    }
    return show(request, "doors/own.html", context)


@own_page(POST)
def door_open(request: HttpRequest, person: Person) -> HttpResponse:
    """Only a browser with script gets here: the form has no field that a hand could fill."""
    form = OpenForm(request.POST)
    said = form.cleaned_data if form.is_valid() else {}
    open_push(
        person,
        endpoint=said.get("endpoint", ""),
        p256dh=said.get("p256dh", ""),
        auth=said.get("auth", ""),
        seen=_seen(request.headers.get("User-Agent", "")),
        now=clock.now(),
    )
    messages.success(request, _("This browser shows you urgent news from now on. Try it below."))
    return go(request, "doors-own")


@own_page(POST)
def door_close(request: HttpRequest, person: Person, door_id: UUID) -> HttpResponse:
    close_push(person, door_id)
    messages.success(request, _("That browser shows you nothing any more."))
    return go(request, "doors-own")


@own_page(POST)
def doors_try(request: HttpRequest, person: Person) -> HttpResponse:
    if try_doors(person, now=clock.now()):
        messages.success(request, _("A trial is on its way. It should be there within seconds."))
    else:
        messages.warning(request, _("There is no door to ring: neither mail nor a browser."))
    return go(request, "doors-own")


@own_page(POST)
def pause_link(request: HttpRequest, person: Person, place: str) -> HttpResponse:
    make_pause_link(person, place, by=person.pk, now=clock.now())
    messages.success(request, _("The link is below. An earlier one no longer works."))
    return go(request, "doors-own")


@own_page(POST)
def pause_link_revoke(
    request: HttpRequest, person: Person, place: str, link_id: UUID
) -> HttpResponse:
    revoke(access_among(accesses(person), place, Right.SEE), link_id, now=clock.now())
    messages.success(request, _("The link no longer works."))
    return go(request, "doors-own")


@open_page()
def service_worker(_request: HttpRequest) -> HttpResponse:
    """The script that shows pushes, at an address that stays, so that browsers find newer ones."""
    found = worker()
    if found is None:
        raise NotFound(what="file")
    answer = HttpResponse(found, content_type="text/javascript; charset=utf-8")
    answer["Cache-Control"] = "no-cache"
    return answer


def _pause_links(person: Person) -> list[PauseLink]:
    mine = {
        one.workspace_id: one for one in links.living(Purpose.PAUSE, clock.now(), person=person)
    }
    return [
        PauseLink(
            one.workspace, link, f"{settings.PUBLIC_URL}{links.address(link)}" if link else ""
        )
        for one in accesses(person)
        if one.may(Right.PAUSE)
        for link in [mine.get(one.workspace.pk)]
    ]


_BROWSERS = ("Firefox", "Edg", "OPR", "SamsungBrowser", "Chrome", "Safari")
_SYSTEMS = ("Android", "iPhone", "iPad", "Windows", "Mac OS X", "CrOS", "Linux")
_NAMES = {
    "Edg": "Edge", "OPR": "Opera", "SamsungBrowser": "Samsung Internet", "Mac OS X": "macOS",
    "CrOS": "ChromeOS",
}  # fmt: skip


def _seen(agent: str) -> str:
    """The browser and the system, as people call them: "Firefox, Android"."""
    browser = next((one for one in _BROWSERS if f"{one}/" in agent), "")
    system = next((one for one in _SYSTEMS if one in agent), "")
    return ", ".join(_NAMES.get(one, one) for one in (browser, system) if one)


urlpatterns = [
    path("profile/doors/", doors, name="doors-own"),
    path("profile/doors/open/", door_open, name="door-open"),
    path("profile/doors/try/", doors_try, name="doors-try"),
    path("profile/doors/<uuid:door_id>/close/", door_close, name="door-close"),
    path("profile/doors/pause/<str:place>/", pause_link, name="pause-link"),
    path(
        "profile/doors/pause/<str:place>/<uuid:link_id>/revoke/",
        pause_link_revoke,
        name="pause-link-revoke",
    ),
    path("sw.js", service_worker, name="service-worker"),
]
