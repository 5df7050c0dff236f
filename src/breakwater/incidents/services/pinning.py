"""A statement that is out is pinned to the top of its account: by us where the network lets apps do
that, by a person's hands where it does not.

What was done about it is kept on the statement: for each post of it that is out the delivery that pins
it, or that a task asks a person.
"""

from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from django.db import transaction
from django.utils import translation
from django.utils.translation import gettext

from breakwater.channels.models import Channel
from breakwater.channels.selectors import able
from breakwater.delivery.models import Delivery
from breakwater.delivery.places import place_of
from breakwater.delivery.services import do, pin
from breakwater.delivery.services.walls import STATEMENT
from breakwater.domain.errors import NotFound, StaleState
from breakwater.domain.kinds import PUBLISH
from breakwater.incidents.kinds import HAND
from breakwater.incidents.models import Statement, Task
from breakwater.incidents.services.tasks import copy
from breakwater.incidents.services.timeline import note
from breakwater.networks.base import Can, Deed
from breakwater.people import checks
from breakwater.people.roles import Right
from breakwater.people.selectors import Access

_OUT = ("verified", "taken")
_TROUBLE = ("failed", "missed", "cancelled", "needs_human", "held")
_WITHIN = timedelta(days=14)
_AT_ONCE = 20
_TASK_MAX = 500
_LINK_MAX = 1000


def pin_what_is_out(now: datetime) -> int:
    """Each statement that is out was pinned, or somebody is asked to do it. How many were new."""
    rows = Statement.objects.filter(post__left_at__gt=now - _WITHIN, incident__state="open")
    related = rows.select_related("incident__workspace", "post").order_by("-created_at")
    return sum(_pin(row, now) for row in related[:_AT_ONCE])


def unpin(
    by: Access, statement: Statement, channel_id: UUID, *, request: UUID, now: datetime
) -> Delivery:
    """It is not kept at the top there any more. request: of the click.

    Raises: Forbidden; NotFound where it was not pinned from here; StaleState("channel_disconnected").
    """
    checks.may(by, Right.RESPOND)
    with transaction.atomic():
        row = Statement.objects.select_for_update(of=("self",)).get(pk=statement.pk)
        found = next((one for one in _pinning(row) if one.channel_id == channel_id), None)
        if found is None:
            raise NotFound(what="pin")
        if found.channel.state == "disconnected":
            raise StaleState(code="channel_disconnected")
        done = do(
            found.channel, Deed.UNPIN.value, found.payload["target"], tags=(STATEMENT,),
            request=request, by=by.person.pk, now=now,
        )  # fmt: skip
        kept = [
            {**one, "unpin": str(done.pk)} if one.get("pin") == str(found.pk) else one
            for one in row.pinned
        ]
        if kept != row.pinned:
            Statement.objects.filter(pk=row.pk).update(pinned=kept)
            data = {"channel": str(found.channel)}
            note(row.incident, "unpinned", by=by.person.pk, data=data, now=now)
    return done


def pins_of(statements: Sequence[Statement]) -> list[Delivery]:
    """The deliveries that pin them, and those that took that back. One query."""
    deeds = ("pin", "unpin")
    ids = [one[deed] for row in statements for one in row.pinned for deed in deeds if deed in one]
    rows = Delivery.objects.filter(pk__in=ids).select_related("channel")
    return list(rows.order_by("created_at", "pk"))


def _pinning(row: Statement) -> list[Delivery]:
    return [one for one in pins_of([row]) if one.deed == Deed.PIN]


def _pin(row: Statement, now: datetime) -> int:
    """Of each thread its first post. A pin that the network refused is a task for a person."""
    known = {str(one["of"]) for one in row.pinned}
    own = Delivery.objects.filter(
        source__in=[row.post.version_id], kind=PUBLISH, part=0, state__in=_OUT
    )
    fresh = [one for one in own.select_related("channel") if str(one.pk) not in known]
    lost = [one for one in _pinning(row) if one.state in _TROUBLE]
    asked = {one.get("pin") for one in row.pinned if one.get("asked")}
    lost = [one for one in lost if str(one.pk) not in asked]
    if not fresh and not lost:
        return 0
    with transaction.atomic():
        locked = Statement.objects.select_for_update(of=("self",)).get(pk=row.pk)
        if locked.pinned != row.pinned:
            return 0
        more = [_pinned(row, one, now) for one in fresh]
        for one in lost:
            _ask(row, one.channel, "", now)
        again = {str(one.pk) for one in lost}
        kept = [{**one, "asked": True} if one.get("pin") in again else one for one in row.pinned]
        Statement.objects.filter(pk=row.pk).update(pinned=[*kept, *more])
    return len(fresh)


def _pinned(row: Statement, out: Delivery, now: datetime) -> Mapping[str, Any]:
    place = place_of(out)
    connected = out.channel.state == "connected"
    if not (place.remote_id and connected and able(out.channel, Can.PIN)):
        _ask(row, out.channel, place.url, now)
        return {"of": str(out.pk), "asked": True}
    made = pin(out.channel, place.remote_id, source=out.pk, by=row.by_id, now=now)
    data = {"channel": str(out.channel)}
    note(row.incident, "pinned", by=None, via="worker", data=data, now=now)
    return {"of": str(out.pk), "pin": str(made.pk)}


def _ask(row: Statement, channel: Channel, url: str, now: datetime) -> None:
    with translation.override(row.incident.workspace.language):
        text = gettext(
            "Pin the statement by hand to the top of %(channel)s: it could not be done from here."
        ) % {"channel": str(channel)}
    task = Task(
        key=f"pin:{row.pk}:{channel.pk}", text=text[:_TASK_MAX], source=HAND, role="spokesperson",
        link=(url or channel.url)[:_LINK_MAX], position=190, created_at=now,
    )  # fmt: skip
    copy(row.incident, [task])
