"""Reports to networks: those that wait, the oldest first, and what became of the others."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.urls import path
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from breakwater.core import clock
from breakwater.domain.errors import Invalid
from breakwater.domain.shield import Shield
from breakwater.domain.triage import Category
from breakwater.inbox import reading, reports
from breakwater.inbox.models import Reported
from breakwater.inbox.services.reporting import follow_up
from breakwater.people.roles import Right
from breakwater.people.selectors import Access
from breakwater.web import inbox_deed_words as words
from breakwater.web.inbox_words import ONE
from breakwater.web.page import POST, go, page, show
from breakwater.wellbeing.selectors import shield_of

OUTCOMES = {
    "upheld": _("The network agreed with us"),
    "rejected": _("The network saw nothing wrong"),
    "appealed": _("We appealed"),
    "overturned": _("The network decided otherwise after all"),
}


class OutcomeForm(forms.Form):
    outcome = forms.ChoiceField(choices=list(OUTCOMES.items()))
    seen = forms.CharField(required=False, max_length=12)
    note = forms.CharField(required=False, max_length=500)


@dataclass(frozen=True)
class Row:
    """One report. what: the kind of message; its words are not here."""

    report: Reported
    what: str
    author: reading.Author | None
    reason: str
    age: str
    outcome: str
    standing: words.Standing
    choices: list[tuple[str, str]]


@page(right=Right.SEE)
def listed(request: HttpRequest, access: Access) -> HttpResponse:
    shield, now = shield_of(access.person, access.workspace.pk), clock.now()
    context: dict[str, Any] = {
        "open": [_row(one, shield, now) for one in reports.open_reports(access.workspace.pk)],
        "closed": [_row(one, shield, now) for one in reports.closed_reports(access.workspace.pk)],
        "may": access.may(Right.ANSWER),
        "area": "inbox",
    }
    return show(request, "inbox/reports.html", context)


@page(right=Right.ANSWER, methods=POST)
def outcome(request: HttpRequest, access: Access, report_id: UUID) -> HttpResponse:
    form = OutcomeForm(request.POST)
    if not form.is_valid():
        raise Invalid(code="unknown_outcome", field="outcome")
    said = form.cleaned_data
    follow_up(
        access, report_id, said["outcome"], seen=said["seen"], note=said["note"], now=clock.now()
    )
    messages.success(request, _now("It is on record."))
    return go(request, "inbox-reports", access.workspace.slug)


def _row(one: Reported, shield: Shield, now: datetime) -> Row:
    contact = one.item.contact
    return Row(
        report=one,
        what=str(ONE[Category(one.item.category)]),
        author=reading.author(contact, shield) if contact else None,
        reason=str(words.REASONS.get(one.reason, "")),
        age=_age((now - one.created_at).days),
        outcome=str(OUTCOMES.get(one.outcome, "")),
        standing=words.standing(one.answer.delivery),
        choices=[(name, str(word)) for name, word in OUTCOMES.items() if name != one.outcome],
    )


def _age(days: int) -> str:
    if days < 1:
        return _now("today")
    return ngettext("%(n)s day ago", "%(n)s days ago", days) % {"n": days}


urlpatterns = [
    path("reports/", listed, name="inbox-reports"),
    path("reports/<uuid:report_id>/", outcome, name="inbox-report-outcome"),
]
