"""What the measurements run on: a brand with channels, posts in bulk, the calendar's queries."""

import json
from collections.abc import Callable
from datetime import datetime, timedelta
from http import HTTPStatus
from time import perf_counter
from uuid import UUID

from django.db import connection
from django.test import Client

from breakwater.channels.installed import practice
from breakwater.channels.models import Channel
from breakwater.channels.services import connect_with_fields
from breakwater.config.bench.figures import quantile
from breakwater.core import clock
from breakwater.delivery.models import Attempt, Delivery
from breakwater.domain.walltime import local
from breakwater.people.models import Person, Workspace
from breakwater.people.roles import Right
from breakwater.people.selectors import with_right, workspace_named
from breakwater.people.services import first_owner
from breakwater.publishing.content import Content, TargetOf
from breakwater.publishing.models import Post
from breakwater.publishing.previews import preview
from breakwater.publishing.services import new_post, submit

NAME = "Bench"
ZONE = "Europe/Paris"
CHANNELS = 10
DUE = 1000
HEAD_START = timedelta(seconds=10)
MANY = 10_000
_APART_H = 1.752  # two years of it, some fourteen a day


def set_up() -> tuple[Person, Workspace, list[Channel]]:
    now = clock.now()
    person = first_owner(
        email="bench@harbour.example", name="Bench", password="tern lagoon gravel sextant 47",  # noqa: S106
        workspace=NAME, language="en", zone=ZONE, policy="none", now=now,
    )  # fmt: skip
    workspace = _workspace()
    kinds = ("hour_key", "lasting_key")
    channels = [
        connect_with_fields(
            workspace_id=workspace.pk,
            network=practice(),
            origin="",
            fields={"name": f"bench-{number}", "class": kinds[number % 2], "language": "en"},
            by=person.pk,
            now=now,
        )
        for number in range(CHANNELS)
    ]
    return person, workspace, channels


def _workspace() -> Workspace:
    found = workspace_named(NAME)
    if found is None:
        raise RuntimeError("set_up comes first")
    return found


def fill_minute() -> str:
    """1,000 approved posts whose times are spread over the minute that begins in ten seconds."""
    person, workspace, channels = set_up()
    now = clock.now()
    for number in range(DUE):
        _scheduled(f"Buoy {number}.", channels[number % CHANNELS], workspace, person.pk, now)
    first = clock.now() + HEAD_START
    for number, row in enumerate(Delivery.objects.order_by("pk")):
        due = first + timedelta(seconds=60 * number / DUE)
        window = row.missed_at - row.due_at
        Delivery.objects.filter(pk=row.pk).update(
            due_at=due, not_before=due, missed_at=due + window
        )
    return ""


def lateness() -> str:
    """JSON: how many are accepted, and the seconds between due and accepted, sorted."""
    late = [
        (attempt.at - attempt.delivery.due_at).total_seconds()
        for attempt in Attempt.objects.filter(outcome="accepted").select_related("delivery")
    ]
    return json.dumps(sorted(late))


def fill_calendar() -> str:
    """10,000 posts in the calendar, over two years."""
    person, workspace, channels = set_up()
    now = clock.now()
    post = _draft("A line for the calendar.", channels[0], workspace, person.pk, now)
    own = {field.attname: getattr(post, field.attname) for field in Post._meta.fields}
    del own["id"]
    first = now - timedelta(hours=MANY * _APART_H / 2)
    rows = []
    for number in range(MANY - 1):
        at = first + timedelta(hours=number * _APART_H)
        wall = local(at, ZONE).strftime("%Y-%m-%dT%H:%M")
        rows.append(Post(**{**own, "planned_at": at, "stands_at": at, "planned_wall": wall}))
    Post.objects.bulk_create(rows, batch_size=500)
    return ""


def read_calendar() -> str:
    """JSON: p95 in milliseconds and queries of the month's and the list's page, as served."""
    client = Client(headers={"host": "127.0.0.1"})
    client.force_login(with_right(_workspace().pk, Right.SEE)[0])
    slug = _workspace().slug
    found = {
        "month": _timed(client, f"/w/{slug}/calendar/"),
        "list": _timed(client, f"/w/{slug}/posts/"),
    }
    return json.dumps(found)


def _timed(client: Client, path: str, times: int = 40) -> dict[str, float]:
    def read() -> None:
        if client.get(path).status_code != HTTPStatus.OK:
            raise RuntimeError(f"{path} was not served")

    counted: list[str] = []

    def count(execute: Callable[..., object], sql: str, *rest: object) -> object:
        counted.append(sql)
        return execute(sql, *rest)

    read()
    with connection.execute_wrapper(count):
        read()
    spent = []
    for _ in range(times):
        begun = perf_counter()
        read()
        spent.append((perf_counter() - begun) * 1000)
    return {"p95_ms": quantile(spent, 0.95), "queries": len(counted)}


def _draft(text: str, channel: Channel, workspace: Workspace, by: UUID, now: datetime) -> Post:
    wall = local(now + timedelta(hours=2), ZONE).strftime("%Y-%m-%dT%H:%M")
    content = Content(
        text=text, language="en", targets={channel.pk: TargetOf()}, wall=wall, zone=ZONE
    )
    return new_post(workspace.pk, by=by, now=now, content=content)


def _scheduled(text: str, channel: Channel, workspace: Workspace, by: UUID, now: datetime) -> None:
    post = _draft(text, channel, workspace, by, now)
    submit(post, by=by, now=now, confirmed_digest=preview(post, now=now).digest)


PARTS = {
    "fill_minute": fill_minute,
    "lateness": lateness,
    "fill_calendar": fill_calendar,
    "read_calendar": read_calendar,
}
