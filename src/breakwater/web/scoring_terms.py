"""The workspace's own words: allowed, or never shown unasked."""

from typing import Any
from uuid import UUID

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.urls import path
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from breakwater.core import clock
from breakwater.domain.scoring.terms import LONGEST_TERM
from breakwater.people.roles import Right
from breakwater.people.selectors import Access
from breakwater.scoring.models import Term
from breakwater.scoring.selectors import terms_of
from breakwater.scoring.services import add_term, remove_term
from breakwater.web.forms import attempt
from breakwater.web.page import FORM, POST, go, page, show
from breakwater.web.scoring_words import area

PAGE = "scoring/terms.html"
_ALLOW, _DENY = "allow", "deny"


class TermForm(forms.Form):
    text = forms.CharField(
        label=_("A word or a phrase"),
        help_text=_("Found whole, however it is written or disguised."),
        max_length=LONGEST_TERM,
    )
    effect = forms.ChoiceField(
        label=_("What does it mean here?"),
        widget=forms.RadioSelect,
        choices=[
            (_DENY, _("Veil every text that has it")),
            (_ALLOW, _("It says nothing bad here, so it does not count")),
        ],
        initial=_DENY,
    )

    def add(self, access: Access) -> Term:
        allowed = self.cleaned_data["effect"] == _ALLOW
        return add_term(access, self.cleaned_data["text"], allowed=allowed, now=clock.now())


@page(right=Right.SEE)
def terms(request: HttpRequest, access: Access) -> HttpResponse:
    return show(request, PAGE, _context(access, TermForm()))


@page(right=Right.ANSWER, methods=FORM)
def add(request: HttpRequest, access: Access) -> HttpResponse:
    """The words are a term, or the page says what was wrong with them."""
    if request.method != "POST":
        return go(request, "scoring-terms", access.workspace.slug)
    form = TermForm(request.POST)
    if form.is_valid() and attempt(form, lambda: form.add(access)) is not None:
        messages.success(request, _now("It counts from the next text on."))
        return go(request, "scoring-terms", access.workspace.slug)
    return show(request, PAGE, _context(access, form), status=400)


@page(right=Right.ANSWER, methods=POST)
def remove(request: HttpRequest, access: Access, term_id: UUID) -> HttpResponse:
    remove_term(access, term_id, now=clock.now())
    messages.success(request, _now("It is no term any more."))
    return go(request, "scoring-terms", access.workspace.slug)


def _context(access: Access, form: TermForm) -> dict[str, Any]:
    rows = list(terms_of(access.workspace.pk))
    return {
        "allowed": [row for row in rows if row.allowed],
        "denied": [row for row in rows if not row.allowed],
        "form": form,
        "may_change": access.may(Right.ANSWER),
        "area": area(access),
    }


urlpatterns = [
    path("", terms, name="scoring-terms"),
    path("add/", add, name="scoring-term-add"),
    path("<uuid:term_id>/remove/", remove, name="scoring-term-remove"),
]
