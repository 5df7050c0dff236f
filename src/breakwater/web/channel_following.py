"""Whom a channel follows, as its network says now, page by page; and following no more."""

from dataclasses import dataclass, field
from typing import Any
from urllib.parse import urlencode
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.urls import path, reverse
from django.utils.translation import gettext as _now

from breakwater.channels.selectors import channel_of
from breakwater.core import clock
from breakwater.core.ids import new_id
from breakwater.core.messages import say
from breakwater.domain.errors import Problem
from breakwater.inbox.deeds import NEVER_WAS, powers_of
from breakwater.inbox.following import Followed, followed
from breakwater.inbox.services.acting import unfollow as follow_no_more
from breakwater.networks.base import Deed
from breakwater.people.roles import Right
from breakwater.people.selectors import Access
from breakwater.web import inbox_deed_words as words
from breakwater.web.asked import click
from breakwater.web.page import POST, go, page, show
from breakwater.wellbeing.selectors import shield_of

_LONGEST = 1000


@dataclass(frozen=True)
class Row:
    """One account. standing: how far following them no more is, where it was asked for."""

    one: Followed
    standing: words.Standing | None
    may: bool
    request: UUID = field(default_factory=new_id)


@page(right=Right.SEE)
def following(request: HttpRequest, access: Access, channel_id: UUID) -> HttpResponse:
    """Asked of the network as the page is opened; nothing of it is kept."""
    channel = channel_of(access.workspace.pk, channel_id)
    context: dict[str, Any] = {"channel": channel, "area": "channels"}
    cursor = request.GET.get("after", "")[:_LONGEST]
    shield = shield_of(access.person, access.workspace.pk)
    try:
        found = followed(access.workspace, channel, shield, cursor=cursor, now=clock.now())
    except Problem as problem:
        return show(request, "channels/following.html", {**context, "why": say(problem)})
    no = powers_of(channel).no.get(Deed.UNFOLLOW, "")
    may = access.may(Right.ANSWER) and not no
    rows = [_row(one, may=may) for one in found.people]
    context |= {"rows": rows, "next": found.cursor, "no": no, "after": cursor}
    return show(request, "channels/following.html", context)


@page(right=Right.ANSWER, methods=POST)
def unfollow(request: HttpRequest, access: Access, channel_id: UUID) -> HttpResponse:
    channel = channel_of(access.workspace.pk, channel_id)
    person = request.POST.get("person", "")[:500]
    follow_no_more(access, channel, person, request=click(request.POST), now=clock.now())
    messages.success(request, _now("It is on its way."))
    there = reverse("channel-following", args=[access.workspace.slug, channel.pk])
    after = request.POST.get("after", "")[:_LONGEST]
    return go(request, f"{there}?{urlencode({'after': after})}" if after else there)


def _row(one: Followed, *, may: bool) -> Row:
    standing = words.standing(one.left) if one.left else None
    again = one.left is None or one.left.state in NEVER_WAS
    return Row(one, standing, may and again)


urlpatterns = [
    path("<uuid:channel_id>/following/", following, name="channel-following"),
    path("<uuid:channel_id>/following/unfollow/", unfollow, name="channel-unfollow"),
]
