"""The numbers that people in danger may be told, and where crimes are reported: the workspace's list."""

from typing import Any
from uuid import UUID

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.urls import path
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from breakwater.core import clock
from breakwater.inbox import helplines
from breakwater.inbox.models import Helpline
from breakwater.inbox.services import helplines as services
from breakwater.inbox.services.helplines import Typed
from breakwater.people.roles import Right
from breakwater.people.selectors import Access
from breakwater.web.forms import attempt
from breakwater.web.helpline_words import country_name
from breakwater.web.page import FORM, POST, go, page, show

PAGE = "inbox/helplines.html"


class LineForm(forms.Form):
    kind = forms.ChoiceField(
        label=_("What is it for?"),
        widget=forms.RadioSelect,
        choices=[
            (helplines.HELP, _("To help a person in danger")),
            (helplines.REPORT, _("To report a crime")),
        ],
        initial=helplines.HELP,
    )
    name = forms.CharField(label=_("Name"), max_length=100)
    number = forms.CharField(label=_("Number"), max_length=40, required=False)
    url = forms.CharField(label=_("Official page"), max_length=500, required=False)
    note = forms.CharField(
        label=pgettext_lazy("colleagues", "Note"), help_text=_("When to call, and whom it is for."), max_length=300,
        required=False,
    )  # fmt: skip

    def add(self, access: Access, country: str) -> Helpline:
        return services.add_line(access, country, Typed(**self.cleaned_data), now=clock.now())


@page(right=Right.INVITE)
def lines(request: HttpRequest, access: Access) -> HttpResponse:
    return show(request, PAGE, _context(access, LineForm()))


@page(right=Right.INVITE, methods=FORM)
def add(request: HttpRequest, access: Access) -> HttpResponse:
    if request.method != "POST":
        return go(request, "inbox-helplines", access.workspace.slug)
    form = LineForm(request.POST)
    country = helplines.country_of(access.workspace.pk)
    if form.is_valid() and attempt(form, lambda: form.add(access, country)) is not None:
        messages.success(request, _now("It is on the list."))
        return go(request, "inbox-helplines", access.workspace.slug)
    return show(request, PAGE, _context(access, form), status=400)


@page(right=Right.INVITE, methods=POST)
def remove(request: HttpRequest, access: Access, line_id: UUID) -> HttpResponse:
    services.remove_line(access, line_id, now=clock.now())
    messages.success(request, _now("It is off the list."))
    return go(request, "inbox-helplines", access.workspace.slug)


@page(right=Right.INVITE, methods=POST)
def country(request: HttpRequest, access: Access) -> HttpResponse:
    services.set_country(access, request.POST.get("country", ""), now=clock.now())
    messages.success(request, _now("Its numbers are shown from now on."))
    return go(request, "inbox-helplines", access.workspace.slug)


@page(right=Right.INVITE, methods=POST)
def take_over(request: HttpRequest, access: Access) -> HttpResponse:
    here = helplines.country_of(access.workspace.pk)
    services.take_over(access, here, now=clock.now())
    messages.success(request, _now("The list is yours: change it line by line."))
    return go(request, "inbox-helplines", access.workspace.slug)


@page(right=Right.INVITE, methods=POST)
def reset(request: HttpRequest, access: Access) -> HttpResponse:
    here = helplines.country_of(access.workspace.pk)
    services.reset(access, here, now=clock.now())
    messages.success(request, _now("The list is the one that came with Breakwater again."))
    return go(request, "inbox-helplines", access.workspace.slug)


def _context(access: Access, form: LineForm) -> dict[str, Any]:
    here = helplines.country_of(access.workspace.pk)
    found = helplines.lines(access.workspace.pk, here)
    return {
        "help": [one for one in found if one.kind == helplines.HELP],
        "report": [one for one in found if one.kind == helplines.REPORT],
        "own": any(one.id for one in found),
        "country": here,
        "countries": [(code, country_name(code)) for code in helplines.countries()],
        "form": form,
        "area": "inbox",
    }


urlpatterns = [
    path("", lines, name="inbox-helplines"),
    path("add/", add, name="inbox-helpline-add"),
    path("country/", country, name="inbox-helpline-country"),
    path("own/", take_over, name="inbox-helplines-own"),
    path("reset/", reset, name="inbox-helplines-reset"),
    path("<uuid:line_id>/remove/", remove, name="inbox-helpline-remove"),
]
