"""A channel that posts more than its network allows is held, once, and a person decides."""

from dataclasses import replace
from datetime import datetime, timedelta

import pytest
from tests.deliveries import MakeDelivery, all_approved

from breakwater.channels.limits import to_json
from breakwater.channels.models import Channel
from breakwater.channels.selectors import manifest
from breakwater.delivery.models import Delivery, Hold, Worker
from breakwater.delivery.services import budget, claims, release
from breakwater.domain.parcels import digest_of
from breakwater.people.models import Person

HOUR = timedelta(hours=1)


@pytest.fixture
def three(channel: Channel) -> Channel:
    """A channel whose network takes three posts an hour."""
    limits = replace(manifest("sandbox").limits, posts_per_hour=3)
    channel.limits = to_json(limits)
    channel.save(update_fields=["limits"])
    return channel


def _send(worker: Worker, now: datetime, limit: int = 10) -> list[Delivery]:
    taken = claims.claim(worker, limit=limit, approved=all_approved, now=now).taken
    return claims.begin(taken, worker, now=now)


@pytest.mark.parametrize(
    ("network", "posts"), [("sandbox", 0), ("bluesky", 1666), ("mastodon", 300)]
)
def test_each_network_says_what_it_takes(network: str, posts: int) -> None:
    assert manifest(network).limits.posts_per_hour == posts
    assert budget.of(Channel(network=network, limits=None)) == posts
    assert budget.of(Channel(network="gone", limits=None)) == 0


def test_one_too_many_holds_the_channel_once_and_nothing_is_lost(
    three: Channel, queued: MakeDelivery, worker: Worker, now: datetime
) -> None:
    for _ in range(6):
        queued()

    assert len(_send(worker, now, limit=2)) == 2
    assert len(_send(worker, now)) == 1
    assert _send(worker, now) == []

    hold = Hold.objects.get()
    assert (hold.tag, hold.cause, hold.by_id) == (f"channel:{three.pk}", "budget", None)
    assert (hold.why, hold.to_tell) == ("more than 3 posts in an hour", True)
    states = sorted(Delivery.objects.values_list("state", "reason"))
    assert states == [("held", "hold")] * 3 + [("sending", "")] * 3


def test_an_hour_later_the_budget_is_whole_again(
    three: Channel, queued: MakeDelivery, worker: Worker, now: datetime
) -> None:
    for _ in range(3):
        queued()
    _send(worker, now)
    queued(due_at=now + HOUR)

    assert len(_send(worker, now + HOUR)) == 1
    assert not Hold.objects.exists()


def test_what_a_person_released_is_not_held_a_second_time_for_the_same_posts(
    three: Channel, queued: MakeDelivery, worker: Worker, ann: Person, now: datetime
) -> None:
    for _ in range(6):
        queued()
    _send(worker, now)
    _send(worker, now)

    release(Hold.objects.get(), by=ann.pk, now=now)

    assert len(_send(worker, now + timedelta(seconds=1))) == 3
    assert Hold.objects.filter(released_at=None).count() == 0


def test_deletes_are_not_counted(
    three: Channel, queued: MakeDelivery, worker: Worker, now: datetime
) -> None:
    for _ in range(5):
        row = queued()
        payload = {"remote_id": "9", "remote_url": ""}
        digest = digest_of("delete", row.channel_id, payload)
        Delivery.objects.filter(pk=row.pk).update(kind="delete", payload=payload, digest=digest)

    assert len(_send(worker, now)) == 5
    assert not Hold.objects.exists()
