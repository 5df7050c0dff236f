"""Whatever breaks after the commit call, the row is never simply sent again."""

import asyncio
from pathlib import Path

import pytest

from breakwater.channels import doors
from breakwater.core import clock
from breakwater.delivery.models import Attempt, Delivery
from breakwater.delivery.services import claims
from breakwater.delivery.services.outcomes import Result
from breakwater.domain.guarantees import Guarantee, Outcome
from breakwater.domain.resolution import Next
from breakwater.workers.carry import Carrier
from breakwater.workers.desk import Desk
from breakwater.workers.ledger import Ledger
from breakwater.workers.life import Life
from breakwater.workers.spool import Spool
from breakwater.workers.tests.conftest import Bench

pytestmark = pytest.mark.slow


def _claimed(life: Life) -> tuple[Delivery, ...]:
    return claims.claim(life.worker, limit=8, approved=set, now=clock.now()).taken


async def _carry(bench: Bench, row: Delivery, *, ledger_shut: bool) -> None:
    desk, other = Desk("test"), Desk("other")
    life = await desk(Life.begin, bench.folder / "locks", await desk(clock.now))
    ledger = Ledger(other, Spool(bench.folder / "spool", life.worker.lock_key), wait_s=0.01, most=8)
    carrier = Carrier(desk, life, ledger, bench.timings, 8)
    try:
        (taken,) = await desk(_claimed, life)
        keys = await desk(doors.unlock, {row.channel_id})
        if ledger_shut:
            await other.close()
        async with asyncio.timeout(10):
            await carrier.carry(taken, keys[row.channel_id])
    finally:
        life.end()
        await desk.close()


def test_an_outcome_that_nothing_takes_leaves_a_question_and_no_second_try(bench: Bench) -> None:
    channel = bench.channel(Guarantee.NONE)
    row = bench.order(channel)

    asyncio.run(_carry(bench, row, ledger_shut=True))

    row.refresh_from_db()
    assert (row.state, row.reason, row.doubtful) == ("unknown", "internal", True)
    assert len(bench.live(channel)) == 1

    bench.run_to(row, "verified")
    assert (row.commit_calls, len(bench.live(channel))) == (1, 1)


async def _write_all(bench: Bench, results: list[Result], folder: Path) -> None:
    desk = Desk("test")
    ledger = Ledger(desk, Spool(folder, 7), wait_s=0.01, most=8)
    try:
        async with asyncio.timeout(5):
            await asyncio.gather(*(ledger.write(result) for result in results))
    finally:
        await desk.close()


def test_words_that_no_database_keeps_cost_no_outcome(bench: Bench) -> None:
    channel = bench.channel(Guarantee.HOUR_KEY)
    rows = [bench.order(channel, text=f"Buoy {number}.") for number in range(2)]
    life = Life.begin(bench.folder / "locks", clock.now())
    begun = claims.begin(_claimed(life), life.worker, now=clock.now())
    life.end()
    now = clock.now()
    results = [
        Result(
            delivery_id=row.pk, before="sending", tries=row.tries, step="commit",
            outcome=Outcome.ACCEPTED, next=Next("accepted", now), at=now, remote_id=f"{number}",
            detail=word, seen=({"remote_id": "1", "text": word},),
        )
        for number, (row, word) in enumerate(zip(begun, ["half \ud83d", "nul \x00"], strict=True))
    ]  # fmt: skip

    asyncio.run(_write_all(bench, results, bench.folder / "spool"))

    for row in rows:
        row.refresh_from_db()
    assert [row.state for row in rows] == ["accepted", "accepted"]
    details = Attempt.objects.filter(outcome="accepted").values_list("detail", flat=True)
    assert sorted(details) == ["half \N{REPLACEMENT CHARACTER}", "nul \N{REPLACEMENT CHARACTER}"]


def test_of_two_equal_posts_neither_takes_the_other_for_its_own(bench: Bench) -> None:
    """One got out and its answer was lost; the other never arrived. Only a person can tell."""
    channel = bench.channel(Guarantee.NONE)
    bench.plan(channel, "dropped_after")
    bench.plan(channel, "reset_before")
    rows = [bench.order(channel) for _ in range(2)]

    def asked() -> bool:
        return Delivery.objects.filter(state="needs_human").count() == 2

    bench.run_until(asked)

    for row in rows:
        row.refresh_from_db()
    assert [row.reason for row in rows] == ["several", "several"]
    assert [row.remote_id for row in rows] == ["", ""]
    assert len(bench.live(channel)) == 1


def test_a_change_of_what_is_out_uploads_nothing_anew(bench: Bench) -> None:
    """A film would be uploaded a second time, and stay there with nobody to take it away."""
    channel = bench.channel(Guarantee.HANDLE)
    payload = {"text": "Rain.", "language": "en", "media": [], "options": {}, "remote_id": "7"}
    row = bench.order(channel, kind="edit", payload=payload)

    bench.run_to(row, "failed", "accepted", "verified", "needs_human")

    assert row.handle == {}
