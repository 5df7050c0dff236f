"""An alarm, and its answers: fine, ours but wrong, not us, and a call for help. Made for a thumb."""

from collections import Counter
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.urls import path, reverse
from django.utils.translation import gettext as _now
from django.utils.translation import ngettext

from breakwater.core import clock
from breakwater.core.messages import say
from breakwater.domain.errors import Invalid, StaleState
from breakwater.incidents import selectors as incidents
from breakwater.incidents.services import answering
from breakwater.incidents.services.containing import SIGN_MAX
from breakwater.people.roles import Right
from breakwater.people.selectors import Access
from breakwater.strays.models import Alarm
from breakwater.strays.selectors import alarm_of, beside, strays_of
from breakwater.web.page import POST, go, page, show


@page(right=Right.RESPOND)
def alarm(request: HttpRequest, access: Access, alarm_id: UUID) -> HttpResponse:
    """How many posts on which channels; no text of theirs."""
    own = alarm_of(access.workspace.pk, alarm_id)
    base = reverse("alarm", args=[access.workspace.slug, own.pk])
    context = {**shown(own), "action": base, "area": "incidents"}
    return show(request, "alarms/alarm.html", context)


@page(right=Right.RESPOND, methods=POST)
def fine(request: HttpRequest, access: Access, alarm_id: UUID) -> HttpResponse:
    own = alarm_of(access.workspace.pk, alarm_id)
    try:
        answering.fine(access, own, via="page", now=clock.now())
    except StaleState as error:
        messages.error(request, say(error))
        return go(request, "alarm", access.workspace.slug, own.pk)
    messages.success(request, _now("The alarm is over. Nothing was held or deleted."))
    return go(request, "alarm", access.workspace.slug, own.pk)


@page(right=Right.RESPOND, methods=POST)
def wrong(request: HttpRequest, access: Access, alarm_id: UUID) -> HttpResponse:
    own = alarm_of(access.workspace.pk, alarm_id)
    try:
        incident = answering.wrong(access, own, via="page", now=clock.now())
    except StaleState as error:
        messages.error(request, say(error))
        return go(request, "alarm", access.workspace.slug, own.pk)
    said = _now("Everything is held, and the evidence is being sealed. Nothing is deleted.")
    messages.success(request, said)
    return go(request, "incident-decide", access.workspace.slug, incident.pk)


@page(right=Right.RESPOND, methods=POST)
def contain(request: HttpRequest, access: Access, alarm_id: UUID) -> HttpResponse:
    """Everybody signs in again after it, also whoever pressed: the next page asks for the password."""
    own = alarm_of(access.workspace.pk, alarm_id)
    try:
        incident = answering.not_us(access, own, via="page", now=clock.now(), **wishes(request))
    except (Invalid, StaleState) as error:
        messages.error(request, say(error))
        return go(request, "alarm", access.workspace.slug, own.pk)
    return go(request, "incident-evidence", access.workspace.slug, incident.pk)


@page(right=Right.RESPOND, methods=POST)
def call(request: HttpRequest, access: Access, alarm_id: UUID) -> HttpResponse:
    own = alarm_of(access.workspace.pk, alarm_id)
    try:
        n = answering.call_for_help(access, own, via="page", now=clock.now())
    except StaleState as error:
        messages.error(request, say(error))
        return go(request, "alarm", access.workspace.slug, own.pk)
    said = ngettext("%(n)s person was rung.", "%(n)s people were rung.", n) % {"n": n}
    messages.success(request, said)
    return go(request, "alarm", access.workspace.slug, own.pk)


def wishes(request: HttpRequest) -> dict[str, Any]:
    """What the form of "not us" says besides: the signature, and whether channels are kept."""
    signed = request.POST.get("sign_why", "") if request.POST.get("sign") == "on" else ""
    return {"sign_partial": signed, "keep_channels": request.POST.get("keep_channels") == "on"}


def shown(own: Alarm) -> dict[str, Any]:
    """What a page says of an alarm."""
    strays = strays_of(own)
    counted = Counter(str(one.channel) for one in strays)
    return {
        "alarm": own,
        "posts": len(strays),
        "channels": sorted(counted.items()),
        "beside": len(beside(own)),
        "unconfirmed": any(not one.confirmed for one in strays),
        "incident": incidents.incident_of_alarm(own.workspace_id, own.pk),
        "sign_max": SIGN_MAX,
    }


urlpatterns = [
    path("<uuid:alarm_id>/", alarm, name="alarm"),
    path("<uuid:alarm_id>/fine/", fine, name="alarm-fine"),
    path("<uuid:alarm_id>/wrong/", wrong, name="alarm-wrong"),
    path("<uuid:alarm_id>/contain/", contain, name="alarm-contain"),
    path("<uuid:alarm_id>/help/", call, name="alarm-help"),
]
