"""What the load runs on, and what became of it. Run inside an installation (tests.load.inside)."""

import json
from collections.abc import Callable, Sequence
from datetime import datetime, timedelta
from pathlib import Path
from threading import Event
from time import monotonic
from uuid import UUID

from breakwater.channels.installed import practice
from breakwater.channels.models import Channel
from breakwater.channels.services import connect_with_fields
from breakwater.core import clock
from breakwater.delivery.models import Attempt, Delivery, Worker
from breakwater.domain.walltime import local
from breakwater.networks.sandbox.harbour import Harbour
from breakwater.people.models import Person, Workspace
from breakwater.people.selectors import workspace_named
from breakwater.people.services import create_workspace, first_owner
from breakwater.publishing.content import Content, TargetOf
from breakwater.publishing.models import Version
from breakwater.publishing.previews import preview
from breakwater.publishing.services import new_post, submit
from tests.load.places import KINDS

WORKSPACES = 10
ZONE = "Europe/Paris"
_WINDOW = timedelta(minutes=30)
_OUT = ("accepted", "verified")
_OVER = (*_OUT, "needs_human", "failed", "missed", "cancelled")
_EVERY_S = 0.5
_START_S = 120.0
_HEAD_START = timedelta(seconds=4)  # longer than writing the rows takes
_pause = Event()


def fill(origin: str, posts_each: str, channels_each: str) -> str:
    """10 workspaces x `posts_each` posts x `channels_each` channels: approved deliveries of two
    hours hence; how many."""
    person = owner()
    for number in range(1, WORKSPACES):
        create_workspace(
            name=_name(number), zone=ZONE, language="en", by=person, now=clock.now(), policy="none"
        )
    for number in range(WORKSPACES):
        workspace = workspace_of(number)
        own = channels(workspace, int(channels_each), origin, person.pk)
        for one in range(int(posts_each)):
            approved(f"Buoy {number}.{one} is lit.", own, workspace, person.pk)
    return str(Delivery.objects.count())


def due(workers: str) -> str:
    """All of it is due in the same second, once so many workers are there; the instant.

    Raises: TimeoutError.
    """
    end = monotonic() + _START_S
    while Worker.objects.count() < int(workers):
        if monotonic() > end:
            raise TimeoutError(f"{workers} workers were not there after {_START_S} s")
        _pause.wait(_EVERY_S)
    at = clock.now() + _HEAD_START
    Delivery.objects.update(due_at=at, not_before=at, missed_at=at + _WINDOW)
    return at.isoformat()


def wait_until_out(seconds: str) -> str:
    """When the last delivery was accepted; returns once each is out or wants a person.

    Raises: TimeoutError.
    """
    end = monotonic() + float(seconds)
    while left := Delivery.objects.exclude(state__in=_OVER).count():
        if monotonic() > end:
            raise TimeoutError(f"{left} are not out after {seconds} s")
        _pause.wait(_EVERY_S)
    times = Attempt.objects.filter(outcome__in=("accepted", "found")).order_by("-at")
    last = times.filter(step__in=("commit", "look")).values_list("at", flat=True)[0]
    return last.isoformat()


def said() -> str:
    """JSON: what the ledger says is out, and what asks a person, each "text on account"."""
    found: dict[str, list[str]] = {"out": [], "asked": []}
    for row in Delivery.objects.select_related("channel"):
        where = "out" if row.state in _OUT else "asked" if row.state == "needs_human" else ""
        if where:
            found[where].append(f"{row.payload['text']} on {row.channel.remote_id}")
    return json.dumps(found)


def scale_keys(home: str, scale: str) -> str:
    """The harbour forgets keys and equal texts as much sooner as our periods are shorter."""
    harbour = Harbour(Path(home))
    for channel in Channel.objects.all():
        kind = KINDS[int(channel.handle.rsplit("-", 1)[1]) % len(KINDS)]
        harbour.as_class(
            channel.remote_id, kind,
            key_life_s=3600 / float(scale), duplicate_window_s=43_200 / float(scale),
        )  # fmt: skip
    harbour.close()
    return ""


def owner() -> Person:
    return first_owner(
        email="load@harbour.example", name="Load", password="tern lagoon gravel sextant 47",
        workspace=_name(0), language="en", zone=ZONE, policy="none", now=clock.now(),
    )  # fmt: skip


def _name(number: int) -> str:
    return f"Agency {number}"


def workspace_of(number: int) -> Workspace:
    found = workspace_named(_name(number))
    if found is None:
        raise RuntimeError("fill comes first")
    return found


def channels(workspace: Workspace, count: int, origin: str, by: UUID) -> list[Channel]:
    """So many new channels of all classes in turn."""
    return [_channel(workspace, number, origin, by) for number in range(count)]


def _channel(workspace: Workspace, number: int, origin: str, by: UUID) -> Channel:
    return connect_with_fields(
        workspace_id=workspace.pk,
        network=practice(),
        origin=origin,
        fields={
            "name": f"{workspace.slug}-{number}",
            "class": KINDS[number % len(KINDS)],
            "language": "en",
        },
        by=by,
        now=clock.now(),
    )


def approved(text: str, targets: Sequence[Channel], workspace: Workspace, by: UUID) -> Version:
    """The approved version of a post for these channels, planned in two hours."""
    now: datetime = clock.now()
    content = Content(
        text=text, language="en", targets={channel.pk: TargetOf() for channel in targets},
        wall=local(now + timedelta(hours=2), ZONE).strftime("%Y-%m-%dT%H:%M"), zone=ZONE,
    )  # fmt: skip
    post = new_post(workspace.pk, by=by, now=now, content=content)
    return submit(post, by=by, now=now, confirmed_digest=preview(post, now=now).digest)


PARTS: dict[str, Callable[..., str]] = {
    "fill": fill, "due": due, "wait_until_out": wait_until_out, "said": said,
    "scale_keys": scale_keys,
}  # fmt: skip
