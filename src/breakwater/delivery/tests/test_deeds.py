"""What a person has done at once: the last click is the last word."""

from datetime import datetime, timedelta

import pytest
from tests.deliveries import all_approved

from breakwater.channels.models import Channel
from breakwater.core.ids import new_id
from breakwater.delivery.models import Delivery, Worker
from breakwater.delivery.services import do
from breakwater.delivery.services.claims import claim
from breakwater.people.models import Person

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    ("second", "target", "state"),
    [("unlike", "7", "cancelled"), ("unlike", "8", "claimed"), ("hide", "7", "claimed")],
)
def test_a_deed_that_was_undone_meanwhile_is_not_made_again(
    channel: Channel, worker: Worker, ann: Person, now: datetime,
    second: str, target: str, state: str,
) -> None:  # fmt: skip
    later = now + timedelta(minutes=1)
    first = do(channel, "like", "7", request=new_id(), by=ann.pk, now=now)
    Delivery.objects.filter(pk=first.pk).update(state="retry_wait", tries=1, doubtful=True)
    do(channel, second, target, request=new_id(), by=ann.pk, now=later)

    taken = claim(worker, limit=9, approved=all_approved, now=later).taken

    assert second in [row.deed for row in taken]
    assert Delivery.objects.get(pk=first.pk).state == state
