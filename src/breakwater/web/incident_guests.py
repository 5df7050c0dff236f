"""Guests of an incident: their links, and the page that such a link opens."""

from typing import Any
from uuid import UUID

from django import forms
from django.conf import settings
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.urls import path
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from breakwater.core import clock
from breakwater.incidents import selectors
from breakwater.incidents.kinds import PLAYBOOK, RUNBOOK
from breakwater.incidents.models import Entry, Incident
from breakwater.incidents.services import guests as services
from breakwater.people import links
from breakwater.people.models import Purpose
from breakwater.people.roles import Right
from breakwater.people.selectors import Access
from breakwater.web.forms import attempt
from breakwater.web.incident_words import KINDS, OF_ROLE, PHASES, SEVERITIES, STATES, line
from breakwater.web.incidents import frame
from breakwater.web.page import FORM, POST, go, open_page, page, show

_WRITTEN_HERE = (PLAYBOOK, RUNBOOK)


class GuestForm(forms.Form):
    name = forms.CharField(
        label=_("Who it is for"),
        help_text=_("So that you know which link to end. The guest’s page does not say it."),
        max_length=100,
    )


@page(right=Right.RESPOND, methods=FORM)
def guests(request: HttpRequest, access: Access, incident_id: UUID) -> HttpResponse:
    own, now = selectors.incident_of(access.workspace.pk, incident_id), clock.now()
    form = GuestForm(request.POST or None)
    address = ""
    if request.method == "POST" and form.is_valid():
        name = form.cleaned_data["name"]
        made = attempt(form, lambda: services.invite(access, own, name, now=now))
        if made:
            address, form = f"{settings.PUBLIC_URL.rstrip('/')}{links.address(made)}", GuestForm()
    context = {
        **frame(own, "timeline"),
        "form": form,
        "address": address,
        "links": links.living(Purpose.GUEST, now, subject=own.pk),
    }
    return show(request, "incidents/guests.html", context, status=400 if form.errors else 200)


@page(right=Right.RESPOND, methods=POST)
def end(request: HttpRequest, access: Access, incident_id: UUID, link_id: UUID) -> HttpResponse:
    own = selectors.incident_of(access.workspace.pk, incident_id)
    services.end(access, own, link_id, now=clock.now())
    messages.success(request, _now("The link opens nothing any more."))
    return go(request, "incident-guests", access.workspace.slug, own.pk)


@open_page()
def guest(request: HttpRequest, link_id: UUID, mac: str) -> HttpResponse:
    """What a guest sees: the clock, what was done and by which role, the tasks. No names, nothing
    that anybody typed but the title, no evidence, no other incident."""
    link = links.opened(Purpose.GUEST, link_id, mac, now=clock.now())
    own = selectors.incident_of(link.workspace_id, link.subject or link.pk)
    context = {
        "incident": own,
        "kind": KINDS[own.kind],
        "severity": SEVERITIES[own.severity],
        "state_word": STATES[own.state],
        "brand": link.workspace.name,
        "phases": [(PHASES[one.name], one) for one in selectors.clock(own)],
        "entries": [_entry(own, one) for one in selectors.timeline(own) if one.code != "said"],
        "tasks": [
            {"text": one.text, "who": OF_ROLE[one.role], "done_at": one.done_at}
            for one in selectors.tasks(own)
            if one.source in _WRITTEN_HERE
        ],
    }
    return show(request, "incidents/guest.html", context)


def _entry(own: Incident, row: Entry) -> dict[str, Any]:
    roles = {own.lead_id: "lead", own.spokesperson_id: "spokesperson", own.scribe_id: "scribe"}
    role = roles.get(row.by_id, "") if row.by_id else ""
    return {
        "at": row.at,
        "words": line(row, typed=False),
        "who": OF_ROLE[role] if row.by_id else "",
    }


urlpatterns = [
    path("<uuid:incident_id>/guests/", guests, name="incident-guests"),
    path("<uuid:incident_id>/guests/<uuid:link_id>/end/", end, name="incident-guest-end"),
]
link_patterns = [path("<uuid:link_id>/<str:mac>/", guest, name="link-guest")]
