"""Many posts of the desk, their changes, twins made by hand and posts in allowed hours: no alarm. A
few strays among them: each one. `BREAKWATER_TEST_POSTS=10000` does it with ten thousand."""

import itertools
import os
from collections.abc import Iterator
from datetime import datetime, time, timedelta

import pytest

from breakwater.channels.models import Channel
from breakwater.channels.services.arrivals import record_arrivals
from breakwater.core.ids import new_id
from breakwater.delivery.models import Delivery
from breakwater.delivery.services import Order, enqueue
from breakwater.domain.parcels import digest_of
from breakwater.notices.models import Notice
from breakwater.people.models import Person
from breakwater.strays.models import Alarm, Sighting
from breakwater.strays.services import add_rule
from breakwater.strays.services.rules import Wish
from breakwater.strays.tests.world import NOW, channel_of, post, watch

pytestmark = pytest.mark.django_db
POSTS = int(os.environ.get("BREAKWATER_TEST_POSTS", "300"))
OUT, EDITED, LATE_ANSWER, TWINS, ALLOWED, STRAYS = (
    POSTS * part // 300 for part in (120, 40, 40, 60, 40, 12)
)


def text(kind: str, number: int) -> str:
    return f"{kind} {number}: fog on pier {number * 7919}"


def order(channel: Channel, kind: str, number: int) -> Order:
    payload = {"text": text(kind, number), "language": "en", "media": [], "options": {}}
    return Order(
        workspace_id=channel.workspace_id, channel_id=channel.pk, kind="publish", source=new_id(),
        payload=payload, digest=digest_of("publish", channel.pk, payload), tags=[], due_at=NOW,
        missed_after=timedelta(minutes=15),
    )  # fmt: skip


_seconds = itertools.count(1)


def _before() -> datetime:
    """A second of its own: keys of so many posts of one second would soon be drawn twice."""
    return NOW - timedelta(seconds=next(_seconds))


def _batches(orders: list[Order]) -> Iterator[list[Order]]:
    for first in range(0, len(orders), 500):
        yield orders[first : first + 500]


def left(rows: list[Delivery], kind: str) -> None:
    """They are out, under the ids by which their posts arrive."""
    for number, row in enumerate(rows):
        row.state, row.remote_id = "verified", f"{kind}{number}"
        row.first_sent_at = row.accepted_at = NOW
    Delivery.objects.bulk_update(rows, ["state", "remote_id", "first_sent_at", "accepted_at"])


def test_300_posts_of_the_desk_wake_nobody_and_every_stray_among_them_does(
    quay: Channel, ann: Person, mia: Person
) -> None:
    fair = channel_of(quay.workspace, "2")
    add_rule(
        quay.workspace_id,
        fair.pk,
        Wish((5,), time(9), time(11), "The fair", NOW.date()),
        by=mia.pk,
        now=NOW,
    )

    def ordered(kind: str, count: int) -> list[Delivery]:
        orders = [order(quay, kind, n) for n in range(count)]
        return [row for some in _batches(orders) for row in enqueue(some, by=ann.pk, now=_before())]

    left(ordered("out", OUT), "out")
    late, twins = ordered("late", LATE_ANSWER), ordered("twin", TWINS)
    Delivery.objects.filter(pk__in=[row.pk for row in late]).update(state="unknown")
    assert len(twins) == TWINS

    def shown(kind: str, count: int, prefix: str = "") -> list[object]:
        return [post(prefix + text(kind, n), f"{kind}{n}") for n in range(count)]

    ours = [*shown("out", OUT), *shown("late", LATE_ANSWER), *shown("twin", TWINS)]
    record_arrivals(quay, ours, now=NOW)  # type: ignore[arg-type]
    record_arrivals(fair, shown("hand", ALLOWED), now=NOW)  # type: ignore[arg-type]
    watch(NOW)
    edits = [post(text("out", n) + " (at noon)", f"out{n}") for n in range(EDITED)]
    _changed(quay, ann)
    record_arrivals(quay, edits, now=NOW + timedelta(minutes=1))
    left(late, "late")
    watch(NOW + timedelta(minutes=2))

    assert not Alarm.objects.exists()
    assert Notice.objects.filter(code="alarm").count() == 0
    assert Sighting.objects.exclude(state__in=("explained", "twin", "allowed")).count() == 0
    assert Sighting.objects.filter(state="twin").count() == TWINS

    record_arrivals(quay, shown("rogue", STRAYS), now=NOW + timedelta(minutes=3))  # type: ignore[arg-type]
    watch(NOW + timedelta(minutes=3))

    assert Sighting.objects.filter(state="stray").count() == STRAYS
    assert Notice.objects.filter(code="alarm", person=mia).count() == 1


def _changed(quay: Channel, by: Person) -> None:
    """Changes of ours of the first posts are out."""
    rows = list(Delivery.objects.filter(remote_id__startswith="out").order_by("remote_id"))
    known = {row.remote_id: row for row in rows}
    wanted = [order(quay, "out", n) for n in range(EDITED)]
    made = [row for some in _batches(wanted) for row in enqueue(some, by=by.pk, now=_before())]
    for number, row in enumerate(made):
        row.kind, row.state = "edit", "verified"
        row.source, row.first_sent_at = known[f"out{number}"].pk, NOW
        row.payload = {**row.payload, "text": text("out", number) + " (at noon)"}
    Delivery.objects.bulk_update(made, ["kind", "state", "source", "first_sent_at", "payload"])
