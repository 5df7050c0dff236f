"""A hijack from inside an installation whose worker runs: somebody posts on all of its accounts, their
turn to be read has come, and an alarm holds them all."""

import json
from collections.abc import Awaitable, Callable
from pathlib import Path

from breakwater.channels.models import Channel, Cursor
from breakwater.channels.services import connect_with_fields
from breakwater.core import blobs, clock
from breakwater.domain.guarantees import Guarantee
from breakwater.evidence.models import Capture
from breakwater.networks.base import Practice
from breakwater.people.roles import Right
from breakwater.people.selectors import access
from breakwater.people.services import create_token
from breakwater.strays.models import Sighting, Watched
from breakwater.strays.selectors import open_alarm
from tests.load import fill
from tests.load.straying import ask, until


def begin_contain(origin: str, count: str) -> str:
    """One workspace with so many accounts at that harbour; all of them will be watched."""
    owner, workspace = fill.owner(), fill.workspace_of(0)
    for number in range(int(count)):
        connect_with_fields(
            workspace_id=workspace.pk, network="sandbox", origin=origin,
            fields={"name": f"quay-{number}", "class": Guarantee.HOUR_KEY.value},
            by=owner.pk, now=clock.now(),
        )  # fmt: skip
    return ""


def hijack(posts: str) -> str:
    """JSON: the `alarm` that holds them all, the workspace's `slug`, and a `token` that may contain."""
    channels = list(Channel.objects.select_related("workspace").order_by("pk"))
    until(lambda: Watched.objects.filter(began_at__isnull=False).count() == len(channels))
    for number, channel in enumerate(channels):
        ask(channel, _intruding(range(number, int(posts), len(channels))))
    Cursor.objects.filter(source="own_posts").update(next_at=clock.now())
    until(lambda: Sighting.objects.filter(state="stray").count() == int(posts))
    workspace = channels[0].workspace
    alarm = open_alarm(workspace.pk)
    if alarm is None:
        raise RuntimeError("strays without an alarm")
    by = access(workspace.memberships.get().person, workspace.slug, Right.INVITE)
    scopes = [Right.RESPOND.value, Right.PAUSE.value]
    _, token = create_token(by, name="Pager", scopes=scopes, now=clock.now())
    return json.dumps({"alarm": str(alarm.pk), "slug": workspace.slug, "token": token})


def _intruding(numbers: range) -> Callable[[Practice], Awaitable[None]]:
    async def intruding(harbour: Practice) -> None:
        for number in numbers:
            await harbour.intrude(f"Nobody here wrote line {number}.")

    return intruding


def sealed() -> str:
    """JSON: the id of each post whose package is on disk -> since when (seconds since 1970): when the
    file got its name, as its folder says."""
    rows = Capture.objects.exclude(blob="")
    return json.dumps({row.remote_id: _named_at(blobs.path(row.blob)) for row in rows})


def _named_at(file: Path) -> float:
    """A file is renamed once it is whole: that is the last change of its entry."""
    return file.stat().st_ctime


PARTS = {"begin_contain": begin_contain, "hijack": hijack, "sealed": sealed}
