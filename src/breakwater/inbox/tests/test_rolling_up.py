"""What a conversation is as a whole costs what waits in it, however long it is."""

from datetime import timedelta

import pytest
from pytest_django import DjangoAssertNumQueries

from breakwater.channels.models import Arrival, Channel
from breakwater.inbox.models import Item, Thread
from breakwater.inbox.services.rollup import roll_up
from breakwater.inbox.tests.world import NOW, OURS, QUESTION, arrive, said

pytestmark = pytest.mark.django_db
LATER = NOW + timedelta(days=1)
MANY = 2_000


def _long(quay: Channel) -> Thread:
    """One message that waits, before as many as MANY that do not."""
    arrive(
        quay, said(QUESTION, "a"), said("At ten.", "b", by=OURS, own=True, parent="a", minutes=1)
    )
    arrive(quay, said(QUESTION, "c", parent="a", minutes=2))
    thread = Thread.objects.get()
    arrivals = Arrival.objects.bulk_create(
        Arrival(
            workspace_id=quay.workspace_id, channel=quay, what="comment", remote_id=f"old{n}",
            at=NOW - timedelta(minutes=n), arrived_at=NOW, text="x", author={},
        )
        for n in range(1, MANY + 1)
    )  # fmt: skip
    Item.objects.bulk_create(
        Item(
            arrival=one, workspace_id=quay.workspace_id, thread=thread, what="comment", at=one.at,
            closed=True, language="fr",
        )
        for one in arrivals
    )  # fmt: skip
    return thread


def test_a_long_conversation_is_counted_and_only_what_waits_is_read(
    quay: Channel, read_items: list[int], django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    thread = _long(quay)
    waiting = Item.objects.get(arrival__remote_id="c")
    read_items.clear()

    with django_assert_num_queries(7):
        roll_up([thread.pk], now=LATER)

    thread.refresh_from_db()
    assert read_items == [waiting.pk]
    assert (thread.items, thread.waiting, thread.language) == (MANY + 3, 1, "en")
    assert (thread.first_at, thread.last_at) == (
        NOW - timedelta(minutes=MANY), NOW + timedelta(minutes=2),
    )  # fmt: skip
