"""Incidents: the list, a new one, and the first tab of one: its clock and its timeline."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.urls import path
from django.utils.translation import gettext as _now

from breakwater.core import clock
from breakwater.core.messages import say
from breakwater.domain.errors import Invalid, StaleState
from breakwater.incidents import selectors
from breakwater.incidents.kinds import HAND
from breakwater.incidents.models import Entry, Incident
from breakwater.incidents.origins import opened_from, origin_of, origin_of_incident
from breakwater.incidents.services import timeline as lines
from breakwater.incidents.services import working
from breakwater.incidents.services.opening import Opening, open_incident
from breakwater.people.roles import Right
from breakwater.people.selectors import Access
from breakwater.strays.selectors import open_alarm
from breakwater.web.forms import attempt
from breakwater.web.incident_forms import NoteForm, OpenForm, RolesForm
from breakwater.web.incident_origins import proposed, shown
from breakwater.web.incident_words import KINDS, PHASES, ROLES, SEVERITIES, STATES, line
from breakwater.web.page import FORM, POST, go, page, show


@page(right=Right.RESPOND)
def incidents(request: HttpRequest, access: Access) -> HttpResponse:
    rows = selectors.incidents(access.workspace.pk)
    shown: list[dict[str, Any]] = [
        {"row": one, "kind": KINDS[one.kind], "severity": SEVERITIES[one.severity]} for one in rows
    ]
    context = {
        "open": [one for one in shown if one["row"].state == "open"],
        "closed": [one for one in shown if one["row"].state == "closed"],
        "alarm": open_alarm(access.workspace.pk),
        "area": "incidents",
    }
    return show(request, "incidents/incidents.html", context)


@page(right=Right.ANSWER, methods=FORM)
def new(request: HttpRequest, access: Access) -> HttpResponse:
    """Whoever answers people may open one: they see it first. What has one already leads to it."""
    slug = access.workspace.slug
    kind, row_id = _asked(request)
    origin = None if kind == HAND else origin_of(access.workspace.pk, kind, row_id)
    found = opened_from(access.workspace.pk, kind, row_id)
    if found is not None and request.method != "POST" and access.may(Right.RESPOND):
        return go(request, "incident", slug, found.pk)
    first = {"severity": 2, **proposed(origin, slug)}
    form = OpenForm(request.POST or None, initial=first)
    if request.method == "POST" and form.is_valid():
        typed = form.cleaned_data
        wish = Opening(typed["kind"], typed["title"], typed["severity"], None, kind, row_id)
        made = attempt(form, lambda: open_incident(access, wish, now=clock.now()))
        if made is not None:
            messages.success(request, _now("The incident is open."))
            if access.may(Right.RESPOND):
                return go(request, "incident", slug, made.pk)
            return go(request, "inbox", slug)
    about = shown(origin, slug) if origin is not None else None
    context = {"form": form, "from": (kind, row_id), "about": about, "area": "incidents"}
    status = 400 if form.errors else 200
    return show(request, "incidents/new.html", context, status=status)


def _asked(request: HttpRequest) -> tuple[str, str]:
    """What it is opened from, as the link to the form says."""
    asked = request.POST or request.GET
    return asked.get("from", "") or HAND, asked.get("id", "")[:100]


@page(right=Right.RESPOND, methods=FORM)
def incident(request: HttpRequest, access: Access, incident_id: UUID) -> HttpResponse:
    """Its clock, who does what, and the timeline, to which a line is added."""
    own = selectors.incident_of(access.workspace.pk, incident_id)
    form = NoteForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        text = form.cleaned_data["text"]
        if attempt(form, lambda: lines.write(access, own, text, now=clock.now())):
            return go(request, "incident", access.workspace.slug, own.pk)
    roles = RolesForm(
        access, initial={role: str(getattr(own, f"{role}_id") or "") for role in ROLES}
    )
    context = {
        **frame(own, "timeline"),
        "form": form,
        "roles": roles,
        "entries": [_entry(one) for one in selectors.timeline(own)],
    }
    status = 400 if form.errors else 200
    return show(request, "incidents/incident.html", context, status=status)


@page(right=Right.RESPOND, methods=POST)
def roles(request: HttpRequest, access: Access, incident_id: UUID) -> HttpResponse:
    own = selectors.incident_of(access.workspace.pk, incident_id)
    form = RolesForm(access, request.POST)
    if not form.is_valid():
        messages.error(request, _now("This was not understood. Please check what you entered."))
        return go(request, "incident", access.workspace.slug, own.pk)
    for role in ROLES:
        chosen = form.cleaned_data[role]
        who = UUID(chosen) if chosen else None
        working.give_role(access, own, role, who, now=clock.now())
    messages.success(request, _now("Saved."))
    return go(request, "incident", access.workspace.slug, own.pk)


@page(right=Right.RESPOND, methods=FORM)
def change(request: HttpRequest, access: Access, incident_id: UUID) -> HttpResponse:
    """Title, kind and weight; and its end, or its beginning again."""
    own = selectors.incident_of(access.workspace.pk, incident_id)
    first = {"title": own.title, "kind": own.kind, "severity": own.severity}
    form = OpenForm(request.POST or None, initial=first)
    if request.method == "POST" and form.is_valid():
        typed = form.cleaned_data
        if attempt(form, lambda: working.change(access, own, **typed, now=clock.now())):
            messages.success(request, _now("Saved."))
            return go(request, "incident", access.workspace.slug, own.pk)
    context = {
        **frame(own, "timeline"),
        "form": form,
        "reviewed": selectors.last_review(own) is not None,
    }
    status = 400 if form.errors else 200
    return show(request, "incidents/change.html", context, status=status)


@page(right=Right.RESPOND, methods=POST)
def close(request: HttpRequest, access: Access, incident_id: UUID) -> HttpResponse:
    """Closed, or opened again where it is closed."""
    own = selectors.incident_of(access.workspace.pk, incident_id)
    why = request.POST.get("why", "")
    deed = working.close if own.state == "open" else working.reopen
    try:
        deed(access, own, why=why, now=clock.now())
    except (Invalid, StaleState) as error:
        messages.error(request, say(error))
        return go(request, "incident-change", access.workspace.slug, own.pk)
    said = _now("The incident is closed.") if own.state == "open" else _now("It is open again.")
    messages.success(request, said)
    return go(request, "incident", access.workspace.slug, own.pk)


def frame(own: Incident, tab: str) -> dict[str, Any]:
    """What every tab of an incident shows above itself."""
    origin = origin_of_incident(own)
    return {
        "incident": own,
        "tab": tab,
        "kind": KINDS[own.kind],
        "severity": SEVERITIES[own.severity],
        "state_word": STATES[own.state],
        "phases": [(PHASES[one.name], one) for one in selectors.clock(own)],
        "containment": getattr(own, "containment", None),
        "opened_from": shown(origin, own.workspace.slug) if origin is not None else None,
        "area": "incidents",
    }


def _entry(entry: Entry) -> dict[str, Any]:
    return {"row": entry, "words": line(entry)}


urlpatterns = [
    path("", incidents, name="incidents"),
    path("new/", new, name="incident-new"),
    path("<uuid:incident_id>/", incident, name="incident"),
    path("<uuid:incident_id>/roles/", roles, name="incident-roles"),
    path("<uuid:incident_id>/change/", change, name="incident-change"),
    path("<uuid:incident_id>/close/", close, name="incident-close"),
]
