"""The loop's turns: one that breaks costs itself alone."""

import asyncio
from collections.abc import Sequence
from dataclasses import replace
from datetime import timedelta
from uuid import UUID

import pytest

from breakwater.delivery.models import Attempt, Delivery, Worker
from breakwater.domain.guarantees import Guarantee
from breakwater.workers.deliver import DeliverLoop
from breakwater.workers.tests.conftest import Bench, _run

pytestmark = pytest.mark.slow


def test_a_claim_that_breaks_ends_neither_the_loop_nor_the_post(bench: Bench) -> None:
    channel = bench.channel(Guarantee.HOUR_KEY)
    row = bench.order(channel)
    broken = [RuntimeError("one"), RuntimeError("two")]

    def approved(sources: Sequence[UUID]) -> set[UUID]:
        if broken:
            raise broken.pop()
        return set(sources)

    def done() -> bool:
        row.refresh_from_db()
        return row.state == "verified"

    loop = DeliverLoop(
        timings=bench.timings,
        slots=8,
        locks=bench.folder / "locks",
        spool=bench.folder / "spool",
        approved=approved,
    )
    asyncio.run(_run(loop, done, 20))

    assert len(bench.live(channel)) == 1
    assert row.commit_calls == 1


def test_what_the_table_says_is_ours_and_is_not_leaves_all_the_same(bench: Bench) -> None:
    """As after a claim whose commit was answered by a broken connection."""
    channel = bench.channel(Guarantee.HOUR_KEY)
    row = bench.order(channel)

    def done() -> bool:
        if not taken and (worker := Worker.objects.first()):
            taken.append(worker)
            Delivery.objects.filter(pk=row.pk).update(state="claimed", worker=worker)
        row.refresh_from_db()
        return bool(taken) and row.state == "retry_wait"

    taken: list[Worker] = []
    Delivery.objects.filter(pk=row.pk).update(not_before=row.due_at + timedelta(minutes=1))
    bench.run_until(done, within=20)

    assert (row.worker_id, row.commit_calls) == (None, 0)
    assert bench.live(channel) == ()


def test_while_more_is_due_than_can_leave_at_once_proofs_wait(bench: Bench) -> None:
    """What is late first: looks are late only when they have waited for half of their promise."""
    bench = replace(bench, timings=replace(bench.timings, verify_within=timedelta(minutes=1)))
    channel = bench.channel(Guarantee.HOUR_KEY)
    for number in range(40):
        bench.order(channel, text=f"Buoy {number} is lit.")

    bench.run_until(lambda: Delivery.objects.filter(state="verified").count() == 40)

    times = Attempt.objects.order_by("at").values_list("at", flat=True)
    proofs = times.filter(step="verify")
    assert times.filter(outcome="begun", at__gt=proofs[0]).count() <= 8  # what was in hand
