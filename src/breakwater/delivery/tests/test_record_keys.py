"""Each delivery of a channel writes a record of its own."""

from datetime import datetime, timedelta

import pytest
from django.db import IntegrityError, connection, transaction
from django.db.migrations.executor import MigrationExecutor
from tests.deliveries import MakeDelivery

from breakwater.channels.models import Channel
from breakwater.core.ids import new_id
from breakwater.delivery.models import Delivery
from breakwater.delivery.services import Order, enqueue
from breakwater.people.models import Person

BEFORE = [("delivery", "0004_chains")]


def orders(channel: Channel, count: int, due_at: datetime) -> list[Order]:
    return [
        Order(
            workspace_id=channel.workspace_id, channel_id=channel.pk, kind="publish",
            source=new_id(), payload={"text": f"Tide {number}"}, digest="", tags=[],
            due_at=due_at, missed_after=timedelta(minutes=15),
        )
        for number in range(count)
    ]  # fmt: skip


def test_what_is_approved_with_one_click_has_a_key_each(
    channel: Channel, ann: Person, now: datetime
) -> None:
    """With a thousand keys for each moment, a fifth of these would have shared theirs."""
    rows = [
        *enqueue(orders(channel, 200, now), by=ann.pk, now=now),
        *enqueue(orders(channel, 200, now), by=ann.pk, now=now),
    ]

    assert len({row.record_key for row in rows}) == 400
    assert {len(row.record_key) for row in rows} == {13}


def test_the_database_takes_no_second_record_of_one_key(
    queued: MakeDelivery, channel: Channel
) -> None:
    first, second = queued("Fog."), queued("Sun.")

    with pytest.raises(IntegrityError), transaction.atomic():
        Delivery.objects.filter(pk=second.pk).update(record_key=first.record_key)

    second.refresh_from_db()
    assert second.record_key != first.record_key


@pytest.mark.slow
@pytest.mark.django_db(transaction=True)
def test_an_older_database_has_them_set_apart(
    queued: MakeDelivery, channel: Channel, now: datetime
) -> None:
    first, second, third = queued("Fog."), queued("Sun."), queued("Rain.")
    executor = MigrationExecutor(connection)
    executor.migrate(BEFORE)
    try:
        Delivery.objects.filter(pk=second.pk).update(
            record_key=first.record_key, created_at=now + timedelta(minutes=1)
        )
    finally:
        _up_to_date()

    found = dict(Delivery.objects.values_list("pk", "record_key"))
    assert found[first.pk] == first.record_key
    assert found[second.pk] != first.record_key
    assert found[second.pk][:7] == first.record_key[:7]
    assert found[third.pk] == third.record_key


def _up_to_date() -> None:
    """All that stood on the older migration went with it, and comes again."""
    executor = MigrationExecutor(connection)
    executor.migrate(executor.loader.graph.leaf_nodes())
