"""A workspace's guidelines: written down, tried on posts of the past, turned on and off."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.urls import path
from django.utils.translation import gettext as _now
from django.utils.translation import ngettext

from breakwater.core import clock
from breakwater.core.messages import say
from breakwater.domain.errors import Invalid, NotFound
from breakwater.domain.guidelines import Kind
from breakwater.guidelines import selectors, services
from breakwater.guidelines.models import Guideline
from breakwater.people.roles import Right
from breakwater.people.selectors import Access
from breakwater.publishing.services import try_guideline, turn_on_guideline
from breakwater.publishing.trying import Tried
from breakwater.web.forms import attempt
from breakwater.web.guideline_forms import GuidelineForm, initial_of
from breakwater.web.guideline_words import EFFECTS, HELPS, KINDS, says, time_of
from breakwater.web.page import FORM, POST, go, page, show

LIST, NEW, ONE = "guidelines/list.html", "guidelines/new.html", "guidelines/one.html"


@page(right=Right.INVITE)
def guidelines(request: HttpRequest, access: Access) -> HttpResponse:
    rows = [_shown(row) for row in selectors.guidelines_of(access.workspace.pk)]
    kinds = [(kind.value, word, HELPS[kind]) for kind, word in KINDS.items()]
    return show(request, LIST, {"rows": rows, "kinds": kinds, "area": "settings"})


@page(right=Right.INVITE, methods=FORM)
def new(request: HttpRequest, access: Access, kind: str) -> HttpResponse:
    """A guideline of that kind; what an incident's review found may be filled in by the address."""
    if kind not in set(Kind):
        raise NotFound(what="guideline")
    asked = Kind(kind)
    begun = {name: request.GET.get(name, "") for name in ("clause", "incident")}
    form = GuidelineForm(request.POST or None, kind=asked, initial=begun)
    if request.method == "POST" and form.is_valid():
        row = attempt(
            form,
            lambda: services.add(
                access, form.wish(access.workspace.zone), incident=form.incident_id,
                now=clock.now(),
            ),
        )  # fmt: skip
        if row is not None:
            messages.success(request, _now("It is written down. Try it before it counts."))
            return go(request, "guideline", access.workspace.slug, row.pk)
    context = {"form": form, "word": KINDS[asked], "help": HELPS[asked], "area": "settings"}
    return show(request, NEW, context, status=400 if form.errors else 200)


@page(right=Right.INVITE, methods=FORM)
def guideline(request: HttpRequest, access: Access, guideline_id: UUID) -> HttpResponse:
    """What it says, with a form to change it."""
    row = selectors.guideline_of(access.workspace.pk, guideline_id)
    zone = access.workspace.zone
    form = GuidelineForm(request.POST or None, kind=Kind(row.kind), initial=initial_of(row, zone))
    if request.method == "POST" and form.is_valid():
        changed = attempt(
            form, lambda: services.change(access, row.pk, form.wish(zone), now=clock.now())
        )
        if changed is not None:
            messages.success(request, _now("Saved."))
            return go(request, "guideline", access.workspace.slug, row.pk)
    return _one(request, row, form, status=400 if form.errors else 200)


@page(right=Right.INVITE, methods=FORM)
def trial(request: HttpRequest, access: Access, guideline_id: UUID) -> HttpResponse:
    """What it finds in the posts that left last; nothing but the trial itself is kept."""
    row = selectors.guideline_of(access.workspace.pk, guideline_id)
    if request.method != "POST":
        return go(request, "guideline", access.workspace.slug, row.pk)
    form = GuidelineForm(kind=Kind(row.kind), initial=initial_of(row, access.workspace.zone))
    try:
        tried = try_guideline(access, row.pk, now=clock.now())
    except Invalid as error:
        messages.error(request, say(error))
        return go(request, "guideline", access.workspace.slug, row.pk)
    row = selectors.guideline_of(access.workspace.pk, guideline_id)
    return _one(request, row, form, tried=tried)


@page(right=Right.INVITE, methods=POST)
def switch(request: HttpRequest, access: Access, guideline_id: UUID) -> HttpResponse:
    """on=1: it counts, if it was tried; else it does not."""
    if request.POST.get("on") == "1":
        _row, planned = turn_on_guideline(access, guideline_id, now=clock.now())
        messages.success(request, _on(planned.hits))
    else:
        services.turn_off(access, guideline_id, now=clock.now())
        messages.success(request, _now("It is off. What it held may be sent from its own page."))
    return go(request, "guideline", access.workspace.slug, guideline_id)


@page(right=Right.INVITE, methods=POST)
def remove(request: HttpRequest, access: Access, guideline_id: UUID) -> HttpResponse:
    services.remove(access, guideline_id, now=clock.now())
    messages.success(request, _now("It is gone."))
    return go(request, "guidelines", access.workspace.slug)


def _on(planned: int) -> str:
    if not planned:
        return _now("It is on, and meets no planned post.")
    return ngettext(
        "It is on. It meets %(n)s planned post; those who plan were told.",
        "It is on. It meets %(n)s planned posts; those who plan were told.",
        planned,
    ) % {"n": planned}


def _one(
    request: HttpRequest,
    row: Guideline,
    form: GuidelineForm,
    *,
    tried: Tried | None = None,
    status: int = 200,
) -> HttpResponse:
    context = {
        "one": _shown(row),
        "row": row,
        "form": form,
        "tried": tried,
        "fresh": row.tried == row.revision,
        "area": "settings",
    }
    return show(request, ONE, context, status=status)


def _shown(row: Guideline) -> dict[str, Any]:
    return {
        "row": row,
        "kind": KINDS[Kind(row.kind)],
        "effect": EFFECTS[row.effect],  # type: ignore[index]
        "says": says(row),
        "time": time_of(row),
    }


urlpatterns = [
    path("", guidelines, name="guidelines"),
    path("new/<slug:kind>/", new, name="guideline-new"),
    path("<uuid:guideline_id>/", guideline, name="guideline"),
    path("<uuid:guideline_id>/try/", trial, name="guideline-try"),
    path("<uuid:guideline_id>/switch/", switch, name="guideline-switch"),
    path("<uuid:guideline_id>/remove/", remove, name="guideline-remove"),
]
