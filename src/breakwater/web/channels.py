"""Channels: the list, one channel with all that is known of it, disconnecting."""

from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.urls import path, reverse
from django.utils.translation import gettext as _

from breakwater.channels import selectors, services
from breakwater.channels.bills import bill_of, budgets
from breakwater.channels.listening import listening
from breakwater.channels.models import Channel
from breakwater.channels.selectors import Health
from breakwater.channels.services.places import set_country
from breakwater.channels.services.practice import is_practice
from breakwater.core import clock
from breakwater.core.messages import say
from breakwater.domain.errors import Invalid, Unsupported
from breakwater.networks.base import Can, Purpose
from breakwater.people.roles import Right
from breakwater.people.selectors import Access
from breakwater.web import network_words as words
from breakwater.web import signing_in
from breakwater.web.channel_words import budget_lines, choice_lines, pushes_word, source
from breakwater.web.costs import shown
from breakwater.web.helpline_words import COUNTRIES
from breakwater.web.manifest_lines import limit_lines
from breakwater.web.manifest_words import PURPOSES, grouped, translated
from breakwater.web.page import FORM, POST, go, page, show
from breakwater.web.signing_in import choices


@dataclass(frozen=True)
class Row:
    """A channel in the list."""

    channel: Channel
    network: str
    condition: words.Condition


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
        "first": next((one for one in choices() if one.open), None),
        "area": "channels",
    }
    return show(request, "channels/list.html", context)


@page(right=Right.SEE)
def channel(request: HttpRequest, access: Access, channel_id: UUID) -> HttpResponse:
    found = selectors.channel_of(access.workspace.pk, channel_id)
    context = {
        "channel": found,
        "network": _network_name(found.network),
        "condition": words.condition(found, clock.now()),
        "may_connect": access.may(Right.CONNECT),
        "protection": words.protection(found),
        "countries": list(COUNTRIES.items()),
        "purpose": PURPOSES[Purpose(found.purpose)] if found.purpose else "",
        "area": "channels",
        **_spending(found),
        **_news(found),
        **_known(found, may_write=access.may(Right.WRITE)),
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


@page(right=Right.WRITE, methods=POST)
def refresh_choices(request: HttpRequest, access: Access, channel_id: UUID) -> HttpResponse:
    """Whoever writes posts may look again: a board may have been made a minute ago."""
    services.refresh_choices(
        workspace_id=access.workspace.pk, channel_id=channel_id, now=clock.now()
    )
    messages.success(request, _("The lists are as the account has them now."))
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


@page(right=Right.CONNECT, methods=POST)
def country(request: HttpRequest, access: Access, channel_id: UUID) -> HttpResponse:
    try:
        set_country(
            access.workspace.pk, channel_id, request.POST.get("country", ""), by=access.person.pk,
            now=clock.now(),
        )  # fmt: skip
    except Invalid as error:
        messages.error(request, say(error))
    else:
        messages.success(request, _("Saved."))
    return go(request, "channel", access.workspace.slug, channel_id)


def _spending(found: Channel) -> dict[str, Any]:
    """What its calls cost this month, and what is left of how many are allowed. Three queries at
    most."""
    now = clock.now()
    bill = bill_of(found.workspace_id, found.network, now=now)
    return {
        "bill": shown(bill) if bill else None,
        "budgets": budget_lines(budgets([found], now=now).get(found.pk, ())),
    }


def _news(found: Channel) -> dict[str, Any]:
    """How what is new arrives. One query."""
    there = listening(found, now=clock.now())
    return {
        "pushes": there.pushes,
        "pushes_word": pushes_word(there.pushes),
        "sources": [source(one) for one in there.readings],
    }


def _known(found: Channel, *, may_write: bool) -> dict[str, Any]:
    """What the network's manifest and the account's own limits say; less when it is not installed."""
    limits = words.known_limits(found)
    known: dict[str, Any] = {
        "limits": limit_lines(limits) if limits else [],
        "limits_source": words.source_line(limits, found) if limits else "",
        "limits_link": limits.source if limits and limits.source.startswith("https://") else "",
    }
    try:
        manifest = selectors.manifest(found.network)
    except Unsupported:
        return {**known, "missing": True}
    return {
        **known,
        "choices": choice_lines(found, manifest),
        "may_refresh": may_write and found.state != "disconnected",
        "groups": grouped(words.channel_abilities(found, manifest)),
        "practice": is_practice(found.network),
        "follows": manifest.allows(Can.FOLLOWING) and found.state != "disconnected",
    }


def _network_name(slug: str) -> str:
    found = selectors.networks().get(slug)
    return translated(found.name) if found else slug


urlpatterns = [
    *signing_in.urlpatterns,
    path("", channels, name="channels"),
    path("<uuid:channel_id>/", channel, name="channel"),
    path("<uuid:channel_id>/check/", check, name="channel-check"),
    path("<uuid:channel_id>/choices/", refresh_choices, name="channel-choices"),
    path("<uuid:channel_id>/country/", country, name="channel-country"),
    path("<uuid:channel_id>/disconnect/", disconnect, name="channel-disconnect"),
]
