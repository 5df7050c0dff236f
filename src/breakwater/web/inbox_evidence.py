"""What is kept of threats and crimes: a list without words, and one thing opened when a person asks."""

from collections.abc import Mapping
from datetime import time
from typing import Any
from uuid import UUID

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.urls import path
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from breakwater.core import clock
from breakwater.core.ids import new_id
from breakwater.domain import walltime
from breakwater.inbox import evidence, helplines, selectors
from breakwater.inbox.services import keeping
from breakwater.people.roles import Right
from breakwater.people.selectors import Access
from breakwater.web.asked import click
from breakwater.web.evidence_words import WHYS, lines
from breakwater.web.forms import attempt
from breakwater.web.inbox_filters import moment_of
from breakwater.web.inbox_panels import Mark, Sight
from breakwater.web.page import FORM, POST, go, page, show

PAGE = "inbox/evidence.html"


class ReportForm(forms.Form):
    """reported_at: a day in the workspace's zone."""

    reported_at = forms.DateField(
        label=_("Reported on"), widget=forms.DateInput(attrs={"type": "date"})
    )
    reference = forms.CharField(
        label=_("Their reference"), max_length=200, required=False,
        help_text=_("As the police or the authority gave it."),
    )  # fmt: skip


def keep_marks(sight: Sight) -> Mapping[int, Mark]:
    """Below each message of theirs: what is kept of it, and how to keep it. One query."""
    theirs = [one for one in sight.items if not one.own]
    kept = evidence.kept_for([one.pk for one in theirs])
    may = sight.access.may(Right.ANSWER)
    return {
        one.pk: Mark(
            "inbox/keep.html",
            {
                "kept": [(row, WHYS[row.why]) for row in kept.get(one.pk, [])],
                "minor": any(row.address_only for row in kept.get(one.pk, [])),
                "threat": any(row.why == keeping.THREAT for row in kept.get(one.pk, [])),
                "shows": keeping.may_show(one), "left": one.arrival.erased_at is None, "danger": one.danger, "may": may,
            },
        )
        for one in theirs if may or one.pk in kept
    }  # fmt: skip


@page(right=Right.ANSWER, methods=POST)
def keep(request: HttpRequest, access: Access, item_id: int, why: str) -> HttpResponse:
    item = selectors.item_of(access.workspace.pk, item_id)
    keeping.keep(item, by=access, why=why, now=clock.now())
    said = _now("It is kept as it is, sealed. Whatever becomes of it there, you have it.")
    messages.success(request, said)
    return go(request, "inbox-thread", access.workspace.slug, item.thread_id)


@page(right=Right.ANSWER, methods=FORM)
def keep_minor(request: HttpRequest, access: Access, item_id: int) -> HttpResponse:
    """It is asked about first: nothing brings back what goes."""
    item = selectors.item_of(access.workspace.pk, item_id)
    if request.method != "POST":
        return show(request, "inbox/keep-minor.html", {"item": item, "area": "inbox"})
    keeping.keep(item, by=access, why=keeping.MINOR, now=clock.now())
    said = _now("Its address is kept, and nothing else of it is here any more.")
    messages.success(request, said)
    return go(request, "inbox-thread", access.workspace.slug, item.thread_id)


@page(right=Right.ANSWER)
def listed(request: HttpRequest, access: Access) -> HttpResponse:
    return show(request, PAGE, _context(request, access, {}))


@page(right=Right.ANSWER, methods=POST)
def look(request: HttpRequest, access: Access, kept_id: UUID) -> HttpResponse:
    """What was kept, in a page of its own: an exposure, and a fact."""
    found = keeping.look_at(access, kept_id, request=click(request.POST), now=clock.now())
    context = {
        "lines": lines(found), "kept": keeping.kept_of(access, kept_id), "raw": found.get("raw"),
        "area": "inbox",
    }  # fmt: skip
    return show(request, "inbox/evidence-one.html", context)


@page(right=Right.ANSWER, methods=POST)
def report(request: HttpRequest, access: Access, kept_id: UUID) -> HttpResponse:
    form = ReportForm(request.POST, auto_id=f"{kept_id}_%s")
    if form.is_valid() and attempt(form, lambda: _note(access, kept_id, form)) is not None:
        messages.success(request, _now("Noted."))
        return go(request, "inbox-evidence", access.workspace.slug)
    return show(request, PAGE, _context(request, access, {kept_id: form}), status=400)


def _note(access: Access, kept_id: UUID, form: ReportForm) -> bool:
    """The day begins at midnight of the workspace; today's is now, so that it is not to come."""
    day, now = form.cleaned_data["reported_at"], clock.now()
    begin = walltime.instant(day, time.min, access.workspace.zone)
    keeping.note_report(
        access, kept_id, reported_at=begin, reference=form.cleaned_data["reference"], now=now
    )
    return True


def _context(
    request: HttpRequest, access: Access, typed: Mapping[UUID, ReportForm]
) -> dict[str, Any]:
    """typed: what was refused, at what it is about."""
    workspace = access.workspace.pk
    may = keeping.may_look(access)
    rows = (
        evidence.evidence(workspace, before=moment_of(request.GET.get("before", ""))) if may else []
    )
    return {
        "rows": [_row(one, typed) for one in rows],
        "before": request.GET.get("before", ""),
        "more": rows[-1].kept.created_at.isoformat() if len(rows) == evidence.PAGE else "",
        "paths": helplines.lines(workspace, helplines.country_of(workspace), helplines.REPORT),
        "may": may,
        "area": "inbox",
    }


def _row(one: evidence.Evidence, typed: Mapping[UUID, ReportForm]) -> dict[str, Any]:
    before = {"reference": one.kept.reference}
    fresh = ReportForm(initial=before, auto_id=f"{one.kept.pk}_%s")
    return {
        "one": one,
        "why": WHYS[one.kept.why],
        "request": new_id(),
        "form": typed.get(one.kept.pk, fresh),
    }


urlpatterns = [
    path("evidence/", listed, name="inbox-evidence"),
    path("evidence/<uuid:kept_id>/open/", look, name="inbox-evidence-open"),
    path("evidence/<uuid:kept_id>/reported/", report, name="inbox-evidence-reported"),
    path("items/<int:item_id>/keep/minor/", keep_minor, name="inbox-keep-minor"),
    path("items/<int:item_id>/keep/<slug:why>/", keep, name="inbox-keep"),
]
