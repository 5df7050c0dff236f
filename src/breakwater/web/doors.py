"""A workspace's urgent doors: who is rung and when, its webhooks, links that pause it."""

from dataclasses import dataclass
from uuid import UUID

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.urls import path
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from breakwater.core import clock
from breakwater.notices.models import WebhookDoor
from breakwater.notices.selectors import has_mail, pushed_to, webhook_doors
from breakwater.notices.services.doors import (
    add_webhook,
    remove_webhook,
    switch_webhook,
    try_webhook,
)
from breakwater.notices.webhooks import secret_of
from breakwater.people import links
from breakwater.people.models import Person, Purpose
from breakwater.people.roles import Right
from breakwater.people.selectors import Access
from breakwater.people.services.links import revoke
from breakwater.strays import duty
from breakwater.web.forms import attempt
from breakwater.web.page import FORM, POST, go, page, show


class WebhookForm(forms.Form):
    name = forms.CharField(
        label=_("What is it for?"), help_text=_("So that you know it again."), max_length=100
    )
    url = forms.CharField(
        label=_("Address"),
        help_text=_("It begins with https://. What is urgent is sent there, signed."),
        max_length=500,
        widget=forms.TextInput(attrs={"inputmode": "url", "autocomplete": "off"}),
    )


@dataclass(frozen=True)
class Reached:
    """Somebody who is rung, and by how many browsers besides mail."""

    person: Person
    browsers: int


@page(right=Right.INVITE, methods=FORM)
def doors(request: HttpRequest, access: Access) -> HttpResponse:
    """The secret of a new webhook is only on the answer to its form."""
    form = WebhookForm(request.POST or None)
    made: WebhookDoor | None = None
    if request.method == "POST" and form.is_valid():
        said = form.cleaned_data
        made = attempt(
            form,
            lambda: add_webhook(access, url=said["url"], name=said["name"], now=clock.now()),
        )
        form = WebhookForm() if made else form
    context = {
        "form": form,
        "made": made,
        "secret": secret_of(made.pk) if made else "",
        "webhooks": webhook_doors(access.workspace.pk),
        "first": _reached(duty.first(access.workspace, clock.now())),
        "everybody": _reached(duty.everybody(access.workspace)),
        "owners": _reached(duty.owners(access.workspace)),
        "mail": has_mail(),
        "pause_links": [
            link
            for link in links.living(Purpose.PAUSE, clock.now())
            if link.workspace_id == access.workspace.pk
        ],
        "area": "settings",
    }
    return show(request, "doors/workspace.html", context, status=400 if form.errors else 200)


@page(right=Right.INVITE, methods=POST)
def webhook_switch(request: HttpRequest, access: Access, door_id: UUID) -> HttpResponse:
    on = request.POST.get("on") == "yes"
    switch_webhook(access, door_id, on=on, now=clock.now())
    said = _now("It is sent to again.") if on else _now("Nothing is sent to it any more.")
    messages.success(request, said)
    return go(request, "doors", access.workspace.slug)


@page(right=Right.INVITE, methods=POST)
def webhook_remove(request: HttpRequest, access: Access, door_id: UUID) -> HttpResponse:
    remove_webhook(access, door_id, now=clock.now())
    messages.success(request, _now("The webhook is removed, and its secret signs nothing more."))
    return go(request, "doors", access.workspace.slug)


@page(right=Right.INVITE, methods=POST)
def webhook_try(request: HttpRequest, access: Access, door_id: UUID) -> HttpResponse:
    try_webhook(access, door_id, now=clock.now())
    messages.success(request, _now("A trial is on its way. This page shows how it went."))
    return go(request, "doors", access.workspace.slug)


@page(right=Right.INVITE, methods=POST)
def link_revoke(request: HttpRequest, access: Access, link_id: UUID) -> HttpResponse:
    revoke(access, link_id, now=clock.now())
    messages.success(request, _now("The link no longer works."))
    return go(request, "doors", access.workspace.slug)


def _reached(persons: list[Person]) -> list[Reached]:
    browsers = pushed_to(one.pk for one in persons)
    return [Reached(one, browsers[one.pk]) for one in persons]


urlpatterns = [
    path("settings/doors/", doors, name="doors"),
    path("settings/doors/<uuid:door_id>/switch/", webhook_switch, name="webhook-switch"),
    path("settings/doors/<uuid:door_id>/remove/", webhook_remove, name="webhook-remove"),
    path("settings/doors/<uuid:door_id>/try/", webhook_try, name="webhook-try"),
    path("settings/doors/links/<uuid:link_id>/revoke/", link_revoke, name="link-revoke"),
]
