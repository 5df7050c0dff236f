"""The page behind the link of an alarm, for a hand that is not signed in: how many posts on which channels,
and the answers. What was written is behind a sign-in and the shield."""

from collections.abc import Callable
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.urls import path, reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from breakwater.core import clock
from breakwater.core.messages import say
from breakwater.domain.errors import Invalid, NotFound, StaleState
from breakwater.incidents.services import answering
from breakwater.people.models import Purpose, SignedLink
from breakwater.people.roles import Right
from breakwater.people.selectors import Access
from breakwater.people.services.links import note_deed
from breakwater.strays.models import Alarm
from breakwater.strays.selectors import alarm_of
from breakwater.web.alarms import shown, wishes
from breakwater.web.links import opened
from breakwater.web.page import POST, go, open_page, show

Deed = Callable[[Access, Alarm], str]


@open_page()
def alarm(request: HttpRequest, link_id: UUID, mac: str) -> HttpResponse:
    link, by, found = _alarm(request, link_id, mac)
    action = reverse("link-alarm", args=[link_id, mac])
    context = {**shown(found), "by": by, "link": link, "action": action}
    return show(request, "links/alarm.html", context)


@open_page(POST)
def fine(request: HttpRequest, link_id: UUID, mac: str) -> HttpResponse:
    def deed(by: Access, found: Alarm) -> str:
        answering.fine(by, found, via="link", now=clock.now())
        return _("The alarm is over. Nothing was held or deleted.")

    return _answered(request, link_id, mac, deed)


@open_page(POST)
def wrong(request: HttpRequest, link_id: UUID, mac: str) -> HttpResponse:
    def deed(by: Access, found: Alarm) -> str:
        answering.wrong(by, found, via="link", now=clock.now())
        return _("Everything is held, and the evidence is being sealed. Nothing is deleted.")

    return _answered(request, link_id, mac, deed)


@open_page(POST)
def contain(request: HttpRequest, link_id: UUID, mac: str) -> HttpResponse:
    def deed(by: Access, found: Alarm) -> str:
        answering.not_us(by, found, via="link", now=clock.now(), **wishes(request))
        return _("Everything is held. The evidence is sealed, then the posts are taken down.")

    return _answered(request, link_id, mac, deed)


@open_page(POST)
def call_help(request: HttpRequest, link_id: UUID, mac: str) -> HttpResponse:
    def deed(by: Access, found: Alarm) -> str:
        n = answering.call_for_help(by, found, via="link", now=clock.now())
        return ngettext("%(n)s person was rung.", "%(n)s people were rung.", n) % {"n": n}

    return _answered(request, link_id, mac, deed)


def _answered(request: HttpRequest, link_id: UUID, mac: str, deed: Deed) -> HttpResponse:
    """The deed is done in the name of the link's person; the page then shows what became of it."""
    link, by, found = _alarm(request, link_id, mac)
    try:
        messages.success(request, deed(by, found))
        note_deed(link, now=clock.now())
    except (Invalid, StaleState) as error:
        messages.error(request, say(error))
    return go(request, "link-alarm", link_id, mac)


def _alarm(request: HttpRequest, link_id: UUID, mac: str) -> tuple[SignedLink, Access, Alarm]:
    link, by = opened(request, Purpose.ALARM, link_id, mac, Right.RESPOND)
    if link.subject is None:
        raise NotFound(code="link_gone")
    return link, by, alarm_of(by.workspace.pk, link.subject)


_BASE = "x/alarm/<uuid:link_id>/<str:mac>/"
urlpatterns = [
    path(_BASE, alarm, name="link-alarm"),
    path(f"{_BASE}fine/", fine, name="link-alarm-fine"),
    path(f"{_BASE}wrong/", wrong, name="link-alarm-wrong"),
    path(f"{_BASE}contain/", contain, name="link-alarm-contain"),
    path(f"{_BASE}help/", call_help, name="link-alarm-help"),
]
