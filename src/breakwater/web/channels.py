"""Channels: the list, connecting, one channel with all that is known of it, disconnecting."""

from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.conf import settings
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.urls import path, reverse
from django.utils.translation import gettext as _

from breakwater.channels import selectors, services
from breakwater.channels.models import Channel
from breakwater.channels.selectors import Health
from breakwater.channels.services.practice import is_practice
from breakwater.core import clock
from breakwater.domain.errors import Invalid, NotFound, Unsupported
from breakwater.networks.base import AuthKind, Manifest
from breakwater.people.models import Person
from breakwater.people.roles import Right
from breakwater.people.selectors import Access
from breakwater.people.selectors import access as access_to
from breakwater.web import network_words as words
from breakwater.web.connecting import ConnectForm, connected
from breakwater.web.page import FORM, POST, go, own_page, page, remember, show


@dataclass(frozen=True)
class Row:
    """A channel in the list."""

    channel: Channel
    network: str
    condition: words.Condition


@dataclass(frozen=True)
class Choice:
    """A network that can be connected. open: it asks for no account anywhere."""

    slug: str
    name: str
    open: bool
    elsewhere: bool


@page(right=Right.SEE)
def channels(request: HttpRequest, access: Access) -> HttpResponse:
    now = clock.now()
    rows = [
        Row(one, _network_name(one.network), words.condition(one, now))
        for one in selectors.channels(access.workspace.pk)
    ]
    rows.sort(key=lambda row: row.condition.state is Health.DISCONNECTED)
    context = {
        "rows": rows,
        "may_connect": access.may(Right.CONNECT),
        "first": next((one for one in _choices() if one.open), None),
        "area": "channels",
    }
    return show(request, "channels/list.html", context)


@page(right=Right.CONNECT)
def choose(request: HttpRequest, access: Access) -> HttpResponse:
    """Which network? What needs no account comes first."""
    del access
    context = {"choices": _choices(), "broken": selectors.broken_networks(), "area": "channels"}
    return show(request, "channels/choose.html", context)


@page(right=Right.CONNECT, methods=FORM)
def connect(request: HttpRequest, access: Access, network: str) -> HttpResponse:
    manifest = _manifest(network)
    form = ConnectForm(request.POST or None, manifest=manifest)
    return _signing_in(request, access, manifest, form, None)


@page(right=Right.CONNECT, methods=FORM)
def reconnect(request: HttpRequest, access: Access, channel_id: UUID) -> HttpResponse:
    """The same form or walk; only the same account is taken."""
    channel = selectors.channel_of(access.workspace.pk, channel_id)
    manifest = _manifest(channel.network)
    data = request.POST if request.method == "POST" else None
    form = ConnectForm(data, manifest=manifest, origin=channel.origin)
    return _signing_in(request, access, manifest, form, channel)


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
    channel = services.finish_oauth(
        workspace_id=access.workspace.pk,
        session_key=request.session.session_key or "",
        state=state,
        code=request.GET.get("code", ""),
        by=person.pk,
        now=clock.now(),
    )
    return _is_connected(request, access, channel)


@page(right=Right.SEE)
def channel(request: HttpRequest, access: Access, channel_id: UUID) -> HttpResponse:
    found = selectors.channel_of(access.workspace.pk, channel_id)
    context = {
        "channel": found,
        "network": _network_name(found.network),
        "condition": words.condition(found, clock.now()),
        "may_connect": access.may(Right.CONNECT),
        "protection": words.protection(found),
        "area": "channels",
        **_known(found),
    }
    return show(request, "channels/channel.html", context)


@page(right=Right.CONNECT, methods=POST)
def check(request: HttpRequest, access: Access, channel_id: UUID) -> HttpResponse:
    found = services.check_channel(
        workspace_id=access.workspace.pk, channel_id=channel_id, now=clock.now()
    )
    condition = words.condition(found, clock.now())
    if condition.state in (Health.OK, Health.EXPIRING):
        messages.success(request, _("The network answered: the sign-in works."))
    else:
        messages.warning(request, condition.cause or condition.sentence)
    return go(request, "channel", access.workspace.slug, channel_id)


@page(right=Right.CONNECT, methods=FORM)
def disconnect(request: HttpRequest, access: Access, channel_id: UUID) -> HttpResponse:
    found = selectors.channel_of(access.workspace.pk, channel_id)
    if request.method == "POST":
        services.disconnect(
            workspace_id=access.workspace.pk,
            channel_id=channel_id,
            by=access.person.pk,
            now=clock.now(),
        )
        messages.success(request, _("%(channel)s is disconnected.") % {"channel": found})
        return go(request, "channels", access.workspace.slug)
    context = {
        "title": _("Disconnect %(channel)s?") % {"channel": found},
        "sentence": _(
            "Its sign-in is deleted here, and taken back at the network if that is possible. "
            "Planned posts for it will not leave. What is published stays."
        ),
        "deed": _("Disconnect"),
        "back": reverse("channel", args=[access.workspace.slug, found.pk]),
        "area": "channels",
    }
    return show(request, "people/confirm.html", context)


def _signing_in(
    request: HttpRequest,
    access: Access,
    manifest: Manifest,
    form: ConnectForm,
    renewed: Channel | None,
) -> HttpResponse:
    """The form; for an OAuth network its answer leads to the network's own page."""
    if request.method == "POST" and form.is_valid():
        renews = renewed.pk if renewed else None
        if manifest.auth is AuthKind.OAUTH:
            if url := _consent(request, access, manifest, form, renews):
                return show(request, "channels/leaving.html", {"url": url, "area": "channels"})
        elif made := connected(form, access, manifest, renews, clock.now()):
            return _is_connected(request, access, made)
    context = {
        "network": words.translated(manifest.name),
        "abilities": words.abilities(manifest),
        "elsewhere": manifest.auth is AuthKind.OAUTH,
        "renewed": renewed,
        "form": form,
        "area": "channels",
    }
    return show(request, "channels/connect.html", context, status=400 if form.errors else 200)


def _consent(
    request: HttpRequest,
    access: Access,
    manifest: Manifest,
    form: ConnectForm,
    renews: UUID | None,
) -> str | None:
    """The address of the consent page. A form may not redirect to another site (our policy for
    pages), so the answer is a page of ours that goes on by itself."""
    return form.tried(
        lambda: services.start_oauth(
            workspace_id=access.workspace.pk,
            network=manifest.slug,
            origin=form.origin,
            redirect_uri=f"{settings.PUBLIC_URL}{reverse('channels-callback')}",
            session_key=request.session.session_key or "",
            by=access.person.pk,
            now=clock.now(),
            channel_id=renews,
        )
    )


def _is_connected(request: HttpRequest, access: Access, made: Channel) -> HttpResponse:
    messages.success(request, _("%(channel)s is connected.") % {"channel": made})
    return go(request, "channel", access.workspace.slug, made.pk)


def _known(found: Channel) -> dict[str, Any]:
    """What the network's manifest and the account's own limits say; less when it is not installed."""
    limits = words.known_limits(found)
    known: dict[str, Any] = {
        "limits": words.limit_lines(limits) if limits else [],
        "limits_source": words.source_line(limits, found) if limits else "",
        "limits_link": limits.source if limits and limits.source.startswith("https://") else "",
    }
    try:
        manifest = selectors.manifest(found.network)
    except Unsupported:
        return {**known, "missing": True}
    return {
        **known,
        "abilities": words.abilities(manifest),
        "practice": is_practice(found.network),
    }


def _choices() -> list[Choice]:
    made = [
        Choice(
            slug,
            words.translated(manifest.name),
            manifest.auth is AuthKind.OPEN,
            manifest.auth is AuthKind.OAUTH,
        )
        for slug, manifest in selectors.networks().items()
    ]
    return sorted(made, key=lambda choice: not choice.open)


def _manifest(network: str) -> Manifest:
    found = selectors.networks().get(network)
    if found is None:
        raise NotFound(what="network")
    return found


def _network_name(slug: str) -> str:
    found = selectors.networks().get(slug)
    return words.translated(found.name) if found else slug


urlpatterns = [
    path("", channels, name="channels"),
    path("connect/", choose, name="channel-choose"),
    path("connect/<slug:network>/", connect, name="channel-connect"),
    path("<uuid:channel_id>/", channel, name="channel"),
    path("<uuid:channel_id>/check/", check, name="channel-check"),
    path("<uuid:channel_id>/reconnect/", reconnect, name="channel-reconnect"),
    path("<uuid:channel_id>/disconnect/", disconnect, name="channel-disconnect"),
]
