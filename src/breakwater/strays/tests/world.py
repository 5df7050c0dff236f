"""A channel whose own posts arrive, and the watch as its loop does it, without asking the network."""

from datetime import UTC, datetime, timedelta
from typing import Any

from breakwater.channels.models import Channel, Cursor
from breakwater.channels.services.arrivals import record_arrivals
from breakwater.core.ids import new_id
from breakwater.delivery.models import Delivery
from breakwater.delivery.services import Order, enqueue
from breakwater.domain.parcels import digest_of
from breakwater.networks.base import Arrived, Author, What
from breakwater.people.models import Person, Workspace
from breakwater.strays.models import Sighting
from breakwater.strays.services import altering, beginning, judging, telling, turns, watching

NOW = datetime(2026, 11, 28, 9, 0, tzinfo=UTC)
OURS = Author("1", "@quay", "Quay")


def channel_of(workspace: Workspace, remote_id: str = "1") -> Channel:
    """Read to its end a minute before NOW, with nothing on it."""
    channel = Channel.objects.create(
        workspace=workspace, network="sandbox", origin="http://harbour.internal",
        remote_id=remote_id, handle=f"@quay-{remote_id}", state="connected", state_at=NOW,
        created_at=NOW,
    )  # fmt: skip
    before = NOW - timedelta(minutes=1)
    Cursor.objects.create(
        channel=channel, source="own_posts", read_at=before, next_at=NOW, created_at=before
    )
    watch(NOW)
    return channel


def post(text: str, remote_id: str, *, at: datetime = NOW, what: What = What.POST) -> Arrived:
    return Arrived(what, remote_id, at, OURS, text, own=what is What.POST)


def shows(channel: Channel, *posts: Arrived, now: datetime = NOW) -> None:
    """They arrive, and the watch takes its turn."""
    record_arrivals(channel, posts, now=now)
    watch(now)


def watch(now: datetime = NOW) -> None:
    """Until nothing is left to be judged at `now`; the account never answers."""
    beginning.ensure(now=now)
    mine = turns.take(now=now)
    assert mine is not None
    while watching.turn(mine, now=now):
        pass
    altering.turn(mine, now=now)
    turns.let_go(mine)
    while rows := judging.due(100, now=now):
        for row in rows:
            judging.settle(row, judging.verdict_on(row, None, now=now), confirmed=None, now=now)
    telling.tell(now=now)


def seen(state: str = "") -> list[tuple[str, str, str]]:
    """What was sighted: kind, ref, state; in the order of sighting, those of one look by their ref."""
    rows = Sighting.objects.order_by("created_at", "ref")
    return [(one.kind, one.ref, one.state) for one in rows if not state or one.state == state]


def ordered(
    channel: Channel, text: str, by: Person, *, state: str = "queued", **changes: Any
) -> Delivery:
    """A delivery of the channel that says it, in that state."""
    payload = {"text": text, "language": "en", "media": [], "options": {}}
    order = Order(
        workspace_id=channel.workspace_id, channel_id=channel.pk, kind="publish", source=new_id(),
        payload=payload, digest=digest_of("publish", channel.pk, payload), tags=[], due_at=NOW,
        missed_after=timedelta(minutes=15),
    )  # fmt: skip
    row = enqueue([order], by=by.pk, now=NOW)[0]
    if state != "queued" or changes:
        Delivery.objects.filter(pk=row.pk).update(state=state, state_at=NOW, **changes)
        row.refresh_from_db()
    return row


def out(channel: Channel, text: str, remote_id: str, by: Person) -> Delivery:
    """A delivery that left, and whose answer is stored."""
    return ordered(
        channel, text, by, state="verified", remote_id=remote_id, first_sent_at=NOW,
        accepted_at=NOW,
    )  # fmt: skip
