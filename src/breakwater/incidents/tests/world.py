"""Strays on three channels, an alarm, and what responder and sender make of a containment."""

from datetime import datetime, timedelta

from breakwater.channels.models import Channel
from breakwater.core import blobs
from breakwater.delivery.models import Delivery
from breakwater.evidence.services.leasing import lease
from breakwater.evidence.services.sealing import keep
from breakwater.evidence.taken import Taken
from breakwater.evidence.tests.world import brought
from breakwater.incidents.services.progress import advance_all
from breakwater.people.models import Workspace
from breakwater.strays.models import Alarm
from breakwater.strays.tests.world import NOW, channel_of, post, shows

LATER = NOW + timedelta(seconds=5)
"""After the cut-off would have been made up for."""


def channels(workspace: Workspace, n: int = 3) -> list[Channel]:
    return [channel_of(workspace, str(number + 1)) for number in range(n)]


def intrude(places: list[Channel], n: int, *, first: int = 0, now: datetime = NOW) -> Alarm:
    """n posts that nobody here sent, shared out over the channels; the alarm that they raise."""
    for at, channel in enumerate(places):
        mine = [number for number in range(first, first + n) if number % len(places) == at]
        shows(channel, *(post(f"Burgers {one}", f"s{one}", at=now) for one in mine), now=now)
    return Alarm.objects.get()


def seal_all(*, now: datetime, partly: bool = False) -> int:
    """What is asked for is taken and kept, as the loop does it. partly: the post itself is missing."""
    done = 0
    while rows := lease(limit=24, now=now):
        for row in rows:
            keep(row, _partial() if partly else brought(row.remote_id), now=now)
            done += 1
    return done


def _partial() -> Taken:
    taken = brought()
    taken.post = {}
    taken.missing.append({"name": "post", "code": "not_reached"})
    return taken


def deletes() -> list[Delivery]:
    return list(Delivery.objects.filter(kind="delete").order_by("created_at", "pk"))


def taken_down(*, now: datetime) -> int:
    """The network has deleted what was asked for, and shows it no more. Each had its evidence."""
    rows = [one for one in deletes() if one.state == "queued"]
    for one in rows:
        assert one.needs_blob
        assert blobs.exists(one.needs_blob)
        Delivery.objects.filter(pk=one.pk).update(state="verified", state_at=now)
    return len(rows)


def go_on(now: datetime, rounds: int = 6) -> None:
    """The loop, until nothing moves."""
    for _ in range(rounds):
        seal_all(now=now)
        advance_all(now)
        taken_down(now=now)
        now += timedelta(seconds=6)
