"""The real loop before a network in trouble: it stops, waits, tries with one, and goes on."""

from dataclasses import replace
from datetime import timedelta

import pytest

from breakwater.channels.models import Channel
from breakwater.core import clock
from breakwater.delivery.models import Attempt, Circuit, Delivery
from breakwater.domain.guarantees import Guarantee
from breakwater.workers.tests.conftest import FAST, Bench

pytestmark = pytest.mark.slow
SLOW_CIRCUIT = replace(
    FAST,
    circuit_window=timedelta(minutes=10),
    circuit_pause=timedelta(seconds=2),
    circuit_pause_cap=timedelta(seconds=4),
    probe_within=timedelta(minutes=5),
)


def _commits() -> int:
    return Attempt.objects.filter(step="commit", outcome="begun").count()


def test_a_network_in_trouble_gets_few_calls_and_then_all_that_waited_once(bench: Bench) -> None:
    bench.timings = SLOW_CIRCUIT
    channel = bench.channel(Guarantee.LASTING_KEY)
    bench.plan(channel, "error_refused", sticky=True)
    rows = [bench.order(channel, text=f"Buoy {number}.") for number in range(40)]

    bench.run_until(lambda: Circuit.objects.filter(opened_at__isnull=False).exists())
    assert _commits() <= 3 * 8
    before = _commits()
    bench.run_until(lambda: Circuit.objects.filter(failed=1).exists(), within=10)
    assert _commits() == before + 1
    bench.ask(channel, lambda practice: practice.clear())
    keys = [row.pk for row in rows]
    bench.run_until(
        lambda: Delivery.objects.filter(pk__in=keys, state="verified").count() == 40, within=40
    )

    assert Circuit.objects.get().opened_at is None
    shown = [post.text for post in bench.live(channel)]
    assert sorted(shown) == sorted(f"Buoy {number}." for number in range(40))


def test_a_429_for_the_whole_app_leaves_every_account_of_the_network_in_peace(
    bench: Bench,
) -> None:
    first, second = bench.channel(Guarantee.HOUR_KEY), bench.channel(Guarantee.NONE)
    bench.plan(first, "throttled", detail={"retry_after": "4", "scope": "app"})
    row = bench.order(first)

    bench.run_to(row, "retry_wait")
    other = bench.order(second, text="Other.")

    shut = Circuit.objects.get()
    assert (shut.origin, shut.opened_at) == (first.origin, None)
    assert shut.quiet_until is not None
    assert shut.quiet_until - row.state_at >= timedelta(seconds=3.5)
    assert Channel.objects.exclude(quiet_until=None).count() == 0
    bench.run_to(other, "verified")
    assert other.first_sent_at is not None
    assert other.first_sent_at >= shut.quiet_until
    assert clock.now() > shut.quiet_until
