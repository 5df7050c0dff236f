"""Reports to networks: those that wait, the oldest first, and what became of the others."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse, QueryDict
from django.urls import path
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext, pgettext_lazy

from breakwater.core import clock
from breakwater.core.messages import say
from breakwater.domain.errors import StaleState
from breakwater.domain.shield import Shield
from breakwater.domain.triage import Category
from breakwater.inbox import reading, reports
from breakwater.inbox.models import Reported
from breakwater.inbox.services.reporting import follow_up
from breakwater.people.roles import Right
from breakwater.people.selectors import Access
from breakwater.web import inbox_deed_words as words
from breakwater.web.forms import attempt
from breakwater.web.inbox_words import ONE
from breakwater.web.page import POST, go, page, show
from breakwater.web.problems import status_of
from breakwater.wellbeing.selectors import shield_of

PAGE = "inbox/reports.html"
OUTCOMES = {
    "upheld": _("The network agreed with us"),
    "rejected": _("The network saw nothing wrong"),
    "appealed": _("We appealed"),
    "overturned": _("The network decided otherwise after all"),
}


class OutcomeForm(forms.Form):
    """seen: the outcome that its reader saw."""

    outcome = forms.ChoiceField(
        label=_("What became of it"), choices=list(OUTCOMES.items()),
        error_messages=dict.fromkeys(
            ("required", "invalid_choice"), _("Say what became of the report. Nothing was changed.")
        ),
    )  # fmt: skip
    note = forms.CharField(
        label=pgettext_lazy("colleagues", "Note"), required=False, max_length=500
    )
    seen = forms.CharField(required=False, max_length=12, widget=forms.HiddenInput)

    def __init__(self, report_id: UUID, now_is: str = "", typed: QueryDict | None = None) -> None:
        super().__init__(typed, auto_id=f"{report_id}_%s", initial={"seen": now_is})
        offered = [one for one in OUTCOMES.items() if one[0] != now_is]
        self.fields["outcome"].choices = offered  # type: ignore[attr-defined]


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
    form: OutcomeForm


@page(right=Right.SEE)
def listed(request: HttpRequest, access: Access) -> HttpResponse:
    return show(request, PAGE, _context(access, {}))


@page(right=Right.ANSWER, methods=POST)
def outcome(request: HttpRequest, access: Access, report_id: UUID) -> HttpResponse:
    """On record; or the list with what was typed, and why it is not. Where a colleague was first, the
    form has seen that then, so that sending it once more is a decision."""
    form, status = OutcomeForm(report_id, typed=request.POST), 400
    try:
        done = (
            form.is_valid() and attempt(form, lambda: _follow(access, report_id, form)) is not None
        )
        if done:
            messages.success(request, _now("It is on record."))
            return go(request, "inbox-reports", access.workspace.slug)
    except StaleState as problem:
        form.add_error(None, say(problem))
        status = status_of(problem)
    return show(request, PAGE, _context(access, {report_id: form}), status=status)


def _follow(access: Access, report_id: UUID, form: OutcomeForm) -> Reported:
    said = form.cleaned_data
    return follow_up(
        access, report_id, said["outcome"], seen=said["seen"], note=said["note"], now=clock.now()
    )


def _context(access: Access, typed: Mapping[UUID, OutcomeForm]) -> dict[str, Any]:
    """typed: what was refused, at what it is about."""
    shield, now = shield_of(access.person, access.workspace.pk), clock.now()

    def rows(found: Sequence[Reported]) -> list[Row]:
        return [_row(one, shield, now, typed.get(one.pk)) for one in found]

    return {
        "open": rows(reports.open_reports(access.workspace.pk)),
        "closed": rows(reports.closed_reports(access.workspace.pk)),
        "may": access.may(Right.ANSWER),
        "area": "inbox",
    }


def _row(one: Reported, shield: Shield, now: datetime, typed: OutcomeForm | None) -> Row:
    contact = one.item.contact
    return Row(
        report=one,
        what=str(ONE[Category(one.item.category)]),
        author=reading.author(contact, shield) if contact else None,
        reason=str(words.REASONS.get(one.reason, "")),
        age=_age((now - one.created_at).days),
        outcome=str(OUTCOMES.get(one.outcome, "")),
        standing=words.standing(one.answer.delivery),
        form=typed or OutcomeForm(one.pk, one.outcome),
    )


def _age(days: int) -> str:
    if days < 1:
        return _now("today")
    return ngettext("%(n)s day ago", "%(n)s days ago", days) % {"n": days}


urlpatterns = [
    path("reports/", listed, name="inbox-reports"),
    path("reports/<uuid:report_id>/", outcome, name="inbox-report-outcome"),
]
