"""The page behind an invitation's link."""

from django import forms
from django.contrib.auth import login
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext_lazy as _

from breakwater.core import clock
from breakwater.people.models import Invitation, Membership, Person
from breakwater.people.selectors import open_invitation
from breakwater.people.services import accept_invitation
from breakwater.web.forms import LanguageField, ZoneField, attempt
from breakwater.web.page import FORM, go, open_page, show
from breakwater.web.setup import BACKEND, new_password


class JoinForm(forms.Form):
    name = forms.CharField(
        label=_("Your name"),
        max_length=100,
        widget=forms.TextInput(attrs={"autocomplete": "name"}),
    )
    password = new_password()
    language = LanguageField()
    zone = ZoneField()


@open_page(FORM)
def invitation(request: HttpRequest, token: str) -> HttpResponse:
    """Joins: whoever is signed in with the invited address, or a new person."""
    found = open_invitation(token, clock.now())
    if request.user.is_authenticated:
        return _as_somebody(request, request.user, found, token)
    return _as_newcomer(request, found, token)


def _as_somebody(
    request: HttpRequest, person: Person, found: Invitation, token: str
) -> HttpResponse:
    if request.method == "POST":
        accept_invitation(token, now=clock.now(), person=person)
        return go(request, "workspace", found.workspace.slug)
    return show(request, "people/invitation.html", {"invitation": found})


def _as_newcomer(request: HttpRequest, found: Invitation, token: str) -> HttpResponse:
    first = {"language": found.workspace.language, "zone": found.workspace.zone}
    form = JoinForm(request.POST or None, initial=first)
    if request.method == "POST" and form.is_valid():
        member: Membership | None = attempt(
            form, lambda: accept_invitation(token, now=clock.now(), **form.cleaned_data)
        )
        if member is not None:
            login(request, member.person, backend=BACKEND)
            return go(request, "workspace", found.workspace.slug)
    context = {"invitation": found, "form": form}
    return show(request, "people/invitation.html", context, status=400 if form.errors else 200)
