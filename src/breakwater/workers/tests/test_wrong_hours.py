"""New rules of a zone's clocks, and hours that are not believed: nothing early, nothing forgotten."""

import asyncio
from datetime import UTC, datetime, timedelta
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest

from breakwater.core import clock
from breakwater.delivery.models import Attempt, Delivery, Worker
from breakwater.delivery.services.incarnations import arrive
from breakwater.delivery.services.outcomes import Result
from breakwater.domain.guarantees import Guarantee, Outcome
from breakwater.domain.resolution import Next
from breakwater.domain.timings import Timings
from breakwater.publishing import services
from breakwater.publishing.content import parse
from breakwater.publishing.models import Post
from breakwater.publishing.tests.conftest import content, draft, quay, scheduled, submitted
from breakwater.publishing.tests.test_recounting import Publish, new_rules
from breakwater.workers.clockwatch import ClockWatch
from breakwater.workers.deliver import DeliverLoop
from breakwater.workers.spool import Spool
from breakwater.workers.tend import TendLoop
from breakwater.workers.tests.conftest import Bench
from breakwater.workers.tests.test_clockwatch import HOURS, Machine, Wrong

__all__ = ["content", "draft", "new_rules", "quay", "scheduled", "submitted"]
HOUR = timedelta(hours=1)


def _deliver(folder: Path, watch: ClockWatch) -> DeliverLoop:
    return DeliverLoop(
        timings=Timings(), slots=8, locks=folder / "locks", spool=folder / "spool", watch=watch
    )


def test_the_first_claim_after_a_start_knows_the_new_rules(
    scheduled: Post, new_rules: Publish, worker: Worker, tmp_path: Path
) -> None:
    due = Delivery.objects.get().due_at
    new_rules("2099a", hours=0)
    life: Any = SimpleNamespace(worker=worker)

    machine = Machine(due - HOUR)
    loop = _deliver(tmp_path, machine.watch())

    assert loop._claim(life, 8).taken == ()

    row = Delivery.objects.get()
    assert (row.state, row.due_at) == ("queued", due + HOUR)
    machine.up += HOUR
    assert [one.pk for one in loop._claim(life, 8).taken] == [row.pk]


def test_one_broken_post_does_not_keep_the_others_at_their_old_instants(
    scheduled: Post, draft: Post, new_rules: Publish, now: datetime
) -> None:
    broken = services.new_post(
        draft.workspace_id, by=draft.author_id, now=now, content=parse(draft.draft)
    )
    Post.objects.filter(pk=broken.pk).update(draft={"targets": 1})
    new_rules("2099a")

    assert services.recount(now=now) == 1


def test_a_recount_that_met_a_wrong_hour_is_made_when_the_time_is_believed(
    scheduled: Post, new_rules: Publish, now: datetime, tmp_path: Path
) -> None:
    machine = Machine(now)
    watch = machine.watch()
    watch.look()
    tend = TendLoop(
        timings=Timings(), locks=tmp_path / "locks", spool=tmp_path / "spool", watch=watch
    )
    new_rules("2099a")
    machine.moved = HOURS

    assert tend._daily_now() is False
    machine.moved = timedelta(0)
    assert tend._daily_now() is True

    assert Post.objects.get().planned_tzdata == "2099a"


@pytest.mark.parametrize("jump", [HOURS, -HOURS])
def test_nothing_is_asked_or_given_up_because_a_look_met_a_wrong_hour(
    bench: Bench, jump: timedelta
) -> None:
    """Verification has no patience in an hour that is not believed, and loses none."""
    channel = bench.channel(Guarantee.HOUR_KEY)
    row = bench.order(channel)
    Delivery.objects.filter(pk=row.pk).update(
        state="accepted", accepted_at=clock.now(), remote_id="gone", not_before=clock.now()
    )
    wrong = Wrong()
    watch = wrong.watch(bench)
    watch.look()
    loop = DeliverLoop(
        timings=bench.timings, slots=8, locks=bench.folder / "locks",
        spool=bench.folder / "spool", approved=set, watch=watch,
    )  # fmt: skip
    wrong.moved = jump

    assert loop._lease(8) == []

    row.refresh_from_db()
    assert (row.state, row.reason) == ("accepted", "")


def test_what_lay_in_a_spool_is_not_dated_by_a_clock_that_is_behind(bench: Bench) -> None:
    channel = bench.channel(Guarantee.HOUR_KEY)
    row = bench.order(channel)
    worker = arrive(host="gone", pid=1, lock_key=7, now=clock.now())
    Delivery.objects.filter(pk=row.pk).update(state="sending", worker=worker, tries=1)
    kept = Result(
        delivery_id=row.pk, before="sending", tries=1, step="commit", outcome=Outcome.UNKNOWN,
        next=Next("unknown", clock.now()), at=clock.now(),
    )  # fmt: skip
    Spool(bench.folder / "spool", 7).keep([kept])
    Wrong().watch(bench).look()
    wrong = Wrong()
    wrong.moved = -HOURS
    reborn = ClockWatch(bench.timings, read=wrong.read, boot=lambda: "boot 2")
    tend = TendLoop(
        timings=bench.timings, locks=bench.folder / "locks", spool=bench.folder / "spool",
        watch=reborn,
    )  # fmt: skip

    asyncio.run(tend._take_over())

    row.refresh_from_db()
    assert row.state == "sending"
    assert not Attempt.objects.filter(delivery=row).exists()
    wrong.moved = timedelta(0)
    asyncio.run(tend._take_over())
    row.refresh_from_db()
    assert row.state == "unknown"
    assert abs(row.state_at - datetime.now(UTC)) < timedelta(minutes=1)
