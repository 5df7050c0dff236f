"""Workspaces: the list, a new one, its way in, its settings."""

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from breakwater.core import clock
from breakwater.people.models import Person, Policy
from breakwater.people.roles import Right
from breakwater.people.selectors import Access, may_found, workspaces_of
from breakwater.people.services import create_workspace, update_workspace
from breakwater.web.forms import LanguageField, ZoneField, attempt
from breakwater.web.lately import mine_of
from breakwater.web.navigation import links
from breakwater.web.page import FORM, go, own_page, page, show


class WorkspaceForm(forms.Form):
    name = forms.CharField(label=_("Name"), help_text=_("Of the brand."), max_length=100)
    zone = ZoneField(help_text=_("Times of posts are meant in it."))
    language = LanguageField(help_text=_("Of invitations, and of new posts."))
    policy = forms.ChoiceField(
        label=_("Before a post may leave"), choices=Policy.choices, widget=forms.RadioSelect
    )


@own_page()
def workspaces(request: HttpRequest, person: Person) -> HttpResponse:
    return show(
        request,
        "people/workspaces.html",
        {"workspaces": workspaces_of(person), "may_found": may_found(mine_of(request, person))},
    )


@own_page(FORM)
def workspace_new(request: HttpRequest, person: Person) -> HttpResponse:
    first = {"zone": person.zone, "language": person.language, "policy": Policy.ONE}
    form = WorkspaceForm(request.POST or None, initial=first)
    if request.method == "POST" and form.is_valid():
        data = form.cleaned_data
        made = attempt(form, lambda: create_workspace(**data, by=person, now=clock.now()))
        if made is not None:
            return go(request, "workspace", made.slug)
    status = 400 if form.errors else 200
    return show(request, "people/workspace_new.html", {"form": form}, status=status)


@page(right=Right.SEE)
def workspace(request: HttpRequest, access: Access) -> HttpResponse:
    """On to the first page that this person may see here."""
    return go(request, links(access)[0].url)


@page(right=Right.INVITE, methods=FORM)
def settings(request: HttpRequest, access: Access) -> HttpResponse:
    first = {name: getattr(access.workspace, name) for name in WorkspaceForm.base_fields}
    form = WorkspaceForm(request.POST or None, initial=first)
    if request.method == "POST" and form.is_valid():
        data = form.cleaned_data
        done = attempt(
            form,
            lambda: update_workspace(access, **data, now=clock.now()),
        )
        if done is not None:
            messages.success(request, _now("Saved."))
            return go(request, "workspace-settings", access.workspace.slug)
    context = {"form": form, "area": "settings"}
    return show(request, "people/settings.html", context, status=400 if form.errors else 200)
