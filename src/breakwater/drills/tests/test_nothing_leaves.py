"""Nothing of a drill leaves for a real network: not even if a real account ever stood there."""

from datetime import datetime, timedelta

from tests.deliveries import all_approved

from breakwater.channels.models import Channel
from breakwater.core.ids import new_id
from breakwater.delivery.models import Attempt, Delivery, Worker
from breakwater.delivery.services import Order, enqueue
from breakwater.delivery.services.claims import begin, claim
from breakwater.domain.parcels import digest_of
from breakwater.drills.services import Wish
from breakwater.drills.services import begin as begin_drill
from breakwater.people.models import Workspace
from breakwater.people.selectors import Access


def account(workspace: Workspace, network: str, at: datetime) -> Channel:
    """As no service would make it."""
    return Channel.objects.create(
        workspace=workspace, network=network, origin="https://social.example", remote_id=network,
        handle="@real", state="connected", state_at=at, created_at=at,
    )  # fmt: skip


def due(channel: Channel, by: Access, at: datetime, kind: str = "publish") -> Delivery:
    payload = {"text": "Fog on the pier.", "language": "en", "media": [], "options": {}}
    order = Order(
        channel.workspace_id, channel.pk, kind, new_id(), payload,
        digest_of(kind, channel.pk, payload), (), at, timedelta(minutes=15),
    )  # fmt: skip
    return enqueue([order], by=by.person.pk, now=at)[0]


def test_what_is_meant_for_a_real_network_is_held_at_the_door(
    by_mia: Access, worker: Worker, today: datetime
) -> None:
    own = begin_drill(by_mia, Wish("hijack", "en", 60, {}), now=today).workspace
    channel = account(own, "bluesky", today)
    real = [due(channel, by_mia, today, kind) for kind in ("publish", "reply")]
    practised = due(account(own, "sandbox", today), by_mia, today)

    claimed = claim(worker, limit=10, approved=all_approved, now=today)

    assert [row.pk for row in claimed.taken] == [practised.pk]
    for row in real:
        row.refresh_from_db()
        assert (row.state, row.reason) == ("held", "drill")


def test_nor_does_what_was_in_hand_already(by_mia: Access, worker: Worker, today: datetime) -> None:
    own = begin_drill(by_mia, Wish("hijack", "en", 60, {}), now=today).workspace
    row = due(account(own, "sandbox", today), by_mia, today)
    taken = claim(worker, limit=10, approved=all_approved, now=today).taken
    Channel.objects.filter(workspace=own).update(network="bluesky")

    begun = begin(taken, worker, now=today)

    row.refresh_from_db()
    assert begun == []
    assert (row.state, row.reason) == ("held", "drill")
    assert not Attempt.objects.exists()


def test_the_real_desk_beside_it_goes_on(by_mia: Access, worker: Worker, today: datetime) -> None:
    begin_drill(by_mia, Wish("hijack", "en", 60, {}), now=today)
    row = due(account(by_mia.workspace, "bluesky", today), by_mia, today)

    taken = claim(worker, limit=10, approved=all_approved, now=today).taken

    assert [one.pk for one in taken] == [row.pk]
