"""Connecting an account: which network, its form or its own page, and which of several accounts."""

from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.urls import path
from django.utils.translation import gettext as _

from breakwater.channels import selectors, services
from breakwater.channels.models import Channel
from breakwater.channels.selectors import SetUp
from breakwater.channels.services import Choosing
from breakwater.core import clock
from breakwater.domain.errors import Invalid, NotFound
from breakwater.networks.base import AuthKind
from breakwater.people.models import Person
from breakwater.people.roles import Right
from breakwater.people.selectors import Access
from breakwater.people.selectors import access as access_to
from breakwater.web.connecting import AccountsForm, ConnectForm, connected
from breakwater.web.manifest_lines import scope_lines
from breakwater.web.manifest_words import abilities, grouped, translated
from breakwater.web.network_setup import network_at, review_of, way_back
from breakwater.web.page import FORM, go, own_page, page, remember, show


@dataclass(frozen=True)
class Choice:
    """A network that can be connected. open: it asks for no account anywhere. lacks_keys: an
    administrator has to enter the installation's keys first."""

    slug: str
    name: str
    open: bool
    elsewhere: bool
    lacks_keys: bool


@page(right=Right.CONNECT)
def choose(request: HttpRequest, access: Access) -> HttpResponse:
    """Which network? What needs no account comes first."""
    offered = choices()
    context = {
        "choices": offered,
        "lacking": [one for one in offered if one.lacks_keys],
        "broken": selectors.broken_networks(),
        "administers": access.may(Right.INSTALLATION),
        "area": "channels",
    }
    return show(request, "channels/choose.html", context)


@page(right=Right.CONNECT, methods=FORM)
def connect(request: HttpRequest, access: Access, network: str) -> HttpResponse:
    there = network_at(network)
    form = ConnectForm(request.POST or None, manifest=there.manifest)
    return _signing_in(request, access, there, form, None)


@page(right=Right.CONNECT, methods=FORM)
def reconnect(request: HttpRequest, access: Access, channel_id: UUID) -> HttpResponse:
    """The same form or walk; only the same account is taken."""
    channel = selectors.channel_of(access.workspace.pk, channel_id)
    there = network_at(channel.network)
    data = request.POST if request.method == "POST" else None
    form = ConnectForm(
        data, manifest=there.manifest, origin=channel.origin, purpose=channel.purpose
    )
    return _signing_in(request, access, there, form, channel)


@own_page()
def callback(request: HttpRequest, person: Person) -> HttpResponse:
    """Back from a network's consent page. The walk says which workspace it was for."""
    state = request.GET.get("state", "")
    try:
        walk = selectors.walk(state, person.pk)
    except NotFound as error:
        raise Invalid(code="oauth_state") from error
    access = access_to(person, walk.workspace.slug, Right.CONNECT)
    remember(request, access)
    found = services.finish_oauth(
        workspace_id=access.workspace.pk,
        session_key=request.session.session_key or "",
        state=state,
        code=request.GET.get("code", ""),
        by=person.pk,
        now=clock.now(),
    )
    return _signed_in(request, access, found)


@page(right=Right.CONNECT, methods=FORM)
def accounts(request: HttpRequest, access: Access, walk_id: UUID) -> HttpResponse:
    """The accounts that a sign-in opened, to choose from: once, within ten minutes."""
    whose: dict[str, Any] = {
        "workspace_id": access.workspace.pk,
        "walk_id": walk_id,
        "session_key": request.session.session_key or "",
        "by": access.person.pk,
        "now": clock.now(),
    }
    form = AccountsForm(request.POST or None, offers=services.offers(**whose))
    if request.method == "POST" and form.is_valid():
        chosen = form.cleaned_data["accounts"]
        made = form.tried(lambda: services.choose_accounts(remote_ids=chosen, **whose))
        if made is not None:
            return _are_connected(request, access, made)
    context = {"form": form, "area": "channels"}
    return show(request, "channels/accounts.html", context, status=400 if form.errors else 200)


def choices() -> list[Choice]:
    """The networks that can be connected, what needs no account first."""
    lacking = selectors.without_keys()
    made = [
        Choice(
            slug,
            translated(manifest.name),
            manifest.auth is AuthKind.OPEN,
            manifest.auth is AuthKind.OAUTH,
            slug in lacking,
        )
        for slug, manifest in selectors.networks().items()
    ]
    return sorted(made, key=lambda choice: not choice.open)


def _signing_in(
    request: HttpRequest,
    access: Access,
    there: SetUp,
    form: ConnectForm,
    renewed: Channel | None,
) -> HttpResponse:
    """The form; for an OAuth network its answer leads to the network's own page."""
    manifest = there.manifest
    if request.method == "POST" and form.is_valid():
        renews = renewed.pk if renewed else None
        if manifest.auth is AuthKind.OAUTH:
            if url := _consent(request, access, manifest.slug, form, renews):
                return show(request, "channels/leaving.html", {"url": url, "area": "channels"})
        elif found := connected(form, request, access, manifest, renews, clock.now()):
            return _signed_in(request, access, found)
    context = {
        "network": translated(manifest.name),
        "slug": manifest.slug,
        "groups": grouped(abilities(manifest)),
        "elsewhere": manifest.auth is AuthKind.OAUTH,
        "lacks_keys": there.lacks_keys,
        "administers": access.may(Right.INSTALLATION),
        "review": review_of(there),
        "scopes": scope_lines(manifest) if "purpose" in form.fields else [],
        "renewed": renewed,
        "form": form,
        "area": "channels",
    }
    return show(request, "channels/connect.html", context, status=400 if form.errors else 200)


def _consent(
    request: HttpRequest, access: Access, network: str, form: ConnectForm, renews: UUID | None
) -> str | None:
    """The address of the consent page. A form may not redirect to another site (our policy for
    pages), so the answer is a page of ours that goes on by itself."""
    return form.tried(
        lambda: services.start_oauth(
            workspace_id=access.workspace.pk,
            network=network,
            origin=form.origin,
            redirect_uri=way_back(),
            session_key=request.session.session_key or "",
            by=access.person.pk,
            now=clock.now(),
            channel_id=renews,
            purpose=form.purpose,
        )
    )


def _signed_in(request: HttpRequest, access: Access, found: Channel | Choosing) -> HttpResponse:
    if isinstance(found, Choosing):
        return go(request, "channel-accounts", access.workspace.slug, found.walk_id)
    return _are_connected(request, access, [found])


def _are_connected(request: HttpRequest, access: Access, made: list[Channel]) -> HttpResponse:
    services.keep_choices_of([one.pk for one in made], now=clock.now())
    for one in made:
        messages.success(request, _("%(channel)s is connected.") % {"channel": one})
    if len(made) == 1:
        return go(request, "channel", access.workspace.slug, made[0].pk)
    return go(request, "channels", access.workspace.slug)


urlpatterns = [
    path("connect/", choose, name="channel-choose"),
    path("connect/accounts/<uuid:walk_id>/", accounts, name="channel-accounts"),
    path("connect/<slug:network>/", connect, name="channel-connect"),
    path("<uuid:channel_id>/reconnect/", reconnect, name="channel-reconnect"),
]
