"""What is out is changed one change at a time, and is found under the id that the last one gave it."""

from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

import pytest
from tests.deliveries import MakeDelivery

from breakwater.channels.models import Channel
from breakwater.core.ids import new_id
from breakwater.delivery.models import Delivery
from breakwater.delivery.places import Place, place_of, places
from breakwater.delivery.services import change
from breakwater.delivery.services.chains import answered
from breakwater.domain.errors import StaleState
from breakwater.people.models import Person

FIRST = Place("r1", "https://net.test/r1")


def left(row: Delivery, **values: Any) -> Delivery:
    Delivery.objects.filter(pk=row.pk).update(**{"state": "verified", **values})
    row.refresh_from_db()
    return row


@pytest.fixture(autouse=True)
def _on_a_network_that_gives_new_ids(channel: Channel) -> None:
    Channel.objects.filter(pk=channel.pk).update(network="x", origin="https://api.x.com")


@pytest.fixture
def post(queued: MakeDelivery) -> Delivery:
    return left(queued(), remote_id="r1", remote_url="https://net.test/r1")


def changed(row: Delivery, text: str, ann: Person, now: datetime, **values: Any) -> Delivery:
    """A change that is out."""
    made = change(row, text, request=new_id(), by=ann.pk, now=now)
    return left(made, **values)


def test_a_change_moves_the_post_and_copies_nothing_back(
    post: Delivery, ann: Person, now: datetime
) -> None:
    changed(post, "Fog lifts.", ann, now, remote_id="r2", remote_url="https://net.test/r2")
    changed(post, "Sun.", ann, now, remote_id="r3")

    post.refresh_from_db()
    assert (post.remote_id, post.payload["text"]) == ("r1", "Fog on the pier.")
    assert place_of(post) == Place("r3", "https://net.test/r2")


def test_the_next_change_goes_to_where_the_post_is_now(
    post: Delivery, ann: Person, now: datetime
) -> None:
    changed(post, "Fog lifts.", ann, now, remote_id="r2")

    second = change(post, "Sun.", request=new_id(), by=ann.pk, now=now)

    assert (second.payload["remote_id"], second.occurrence) == ("r2", 1)
    assert place_of(post).remote_id == "r2"


@pytest.mark.parametrize("state", ["failed", "cancelled", "needs_human", "unknown", "queued"])
def test_what_is_not_out_moves_nothing(
    post: Delivery, ann: Person, now: datetime, state: str
) -> None:
    changed(post, "Fog lifts.", ann, now, state=state, remote_id="r2")

    assert place_of(post) == FIRST


def test_a_change_waits_for_the_one_before(post: Delivery, ann: Person, now: datetime) -> None:
    first = change(post, "Fog lifts.", request=new_id(), by=ann.pk, now=now)

    with pytest.raises(StaleState) as refused:
        change(post, "Sun.", request=new_id(), by=ann.pk, now=now)

    assert refused.value.code == "being_changed"
    assert list(Delivery.objects.filter(kind="edit")) == [first]


def test_the_same_click_is_one_change(post: Delivery, ann: Person, now: datetime) -> None:
    click: UUID = new_id()
    first = change(post, "Fog lifts.", request=click, by=ann.pk, now=now)

    assert change(post, "Fog lifts.", request=click, by=ann.pk, now=now) == first
    left(first, remote_id="r2")
    assert change(post, "Fog lifts.", request=click, by=ann.pk, now=now) == first


@pytest.mark.parametrize("kind", ["edit", "delete", "act"])
def test_only_what_made_something_can_be_changed(
    queued: MakeDelivery, ann: Person, now: datetime, kind: str
) -> None:
    row = left(queued(kind=kind), remote_id="r1")

    with pytest.raises(StaleState) as refused:
        change(row, "Sun.", request=new_id(), by=ann.pk, now=now)

    assert refused.value.code == "nothing_to_change"


def test_what_answers_a_changed_post_answers_it_where_it_is(
    post: Delivery, queued: MakeDelivery, ann: Person, now: datetime
) -> None:
    changed(post, "Fog lifts.", ann, now, remote_id="r2")
    following = queued("And then?", due_at=now + timedelta(minutes=1))
    following.after = post

    chain = answered([following])

    assert chain.found == {following.pk: {"reply_to": "r2", "root": "r2"}}
    assert (chain.early, chain.alone) == (frozenset(), frozenset())


def test_places_of_many_are_one_query(
    post: Delivery, queued: MakeDelivery, ann: Person, now: datetime,
    django_assert_num_queries: Any,
) -> None:  # fmt: skip
    other = queued("Sun.")
    changed(post, "Fog lifts.", ann, now, remote_id="r2")

    with django_assert_num_queries(1):
        found = places([post, other])

    assert [found[row.pk].remote_id for row in (post, other)] == ["r2", ""]
