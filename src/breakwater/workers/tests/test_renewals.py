"""Who waits for somebody else's renewal of a sign-in holds no place that others need."""

import pytest

from breakwater.channels import vault
from breakwater.channels.models import Channel, Credential
from breakwater.core import clock
from breakwater.core.ids import new_id
from breakwater.delivery.models import Delivery
from breakwater.domain.guarantees import Guarantee
from breakwater.workers.tests.conftest import Bench

pytestmark = pytest.mark.slow


def test_a_worker_killed_while_renewing_holds_up_no_other_post(bench: Bench) -> None:
    """Its lease lasts 90 s, and as many posts as there are places wait for the same sign-in."""
    shut, other = bench.channel(Guarantee.NONE), bench.channel(Guarantee.LASTING_KEY)
    bench.plan(shut, "unauthorised")
    ends = clock.now() + vault.LEASE
    assert vault.take_lease(shut.pk, 1, new_id(), clock.now())
    waiting = [bench.order(shut, text=f"Buoy {number}.") for number in range(8)]
    row = bench.order(other, text="Other.", due_at=clock.now())

    bench.run_to(row, "verified", within=60)

    left = Delivery.objects.filter(pk__in=[one.pk for one in waiting])
    assert clock.now() < ends
    assert {one.state for one in left} <= {"retry_wait", "queued"}
    assert [one.commit_calls for one in left] == [0] * 8
    assert Channel.objects.get(pk=shut.pk).state == "connected"

    Credential.objects.update(lease_until=clock.now())
    left.update(not_before=clock.now())
    bench.run_until(lambda: left.exclude(state="verified").count() == 0, within=60)

    assert Credential.objects.get(channel=shut).version == 2
    assert sorted(post.text for post in bench.live(shut)) == [f"Buoy {n}." for n in range(8)]
