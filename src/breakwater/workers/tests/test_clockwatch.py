"""While the clock cannot be believed nothing leaves, nothing is missed, and people can say so."""

import asyncio
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta

import pytest

from breakwater.audit.models import Entry
from breakwater.core import clock
from breakwater.delivery.models import Attempt, ClockMark, Delivery
from breakwater.delivery.services import clocks
from breakwater.domain.clockwatch import Doubt, Reading
from breakwater.domain.guarantees import Guarantee
from breakwater.domain.timings import Timings
from breakwater.people.models import Person
from breakwater.workers.clockwatch import ClockWatch, Moment
from breakwater.workers.deliver import DeliverLoop
from breakwater.workers.tend import TendLoop
from breakwater.workers.tests.conftest import Bench, _run

HOURS = timedelta(hours=2)
SECOND = timedelta(seconds=1)


@dataclass
class Machine:
    """A machine whose clocks a test sets. moved: by how much its wall clock was set wrong;
    apart: this machine's clock from the deciding one."""

    started: datetime
    up: timedelta = timedelta(hours=1)
    moved: timedelta = timedelta(0)
    apart: timedelta = timedelta(0)
    name: str = "boot 1"

    def read(self) -> Reading:
        decides = self.started + self.up + self.moved
        return Reading(decides, decides + self.apart, self.up // timedelta(microseconds=1), 0)

    def watch(self) -> ClockWatch:
        return ClockWatch(Timings(), read=self.read, boot=lambda: self.name)

    @property
    def right(self) -> datetime:
        return self.started + self.up


@pytest.fixture
def machine(db: None, now: datetime) -> Machine:
    return Machine(now)


@pytest.mark.parametrize("jump", [HOURS, -HOURS, timedelta(seconds=31)])
def test_a_jump_holds_and_the_right_time_is_still_known(machine: Machine, jump: timedelta) -> None:
    watch = machine.watch()
    assert watch.look() == Moment(machine.right)

    machine.up += SECOND
    machine.moved = jump

    assert watch.look() == Moment(machine.right, Doubt.JUMP)
    mark = ClockMark.objects.get()
    assert (mark.held_since, mark.reason, mark.to_tell) == (machine.right, "jump", True)
    assert mark.ahead_s == jump.total_seconds()


def test_it_goes_on_by_itself_when_the_jump_is_undone(machine: Machine) -> None:
    watch = machine.watch()
    watch.look()
    machine.moved = HOURS
    assert watch.look().held is Doubt.JUMP

    machine.moved = timedelta(seconds=2)

    assert watch.look() == Moment(machine.right + machine.moved)
    mark = ClockMark.objects.get()
    assert (mark.held_since, mark.reason, mark.to_tell) == (None, "", False)


def test_a_worker_that_starts_in_the_wrong_hour_knows_it(machine: Machine) -> None:
    machine.watch().look()
    machine.up += timedelta(hours=5)
    machine.moved = HOURS

    assert machine.watch().look() == Moment(machine.right, Doubt.JUMP)
    assert machine.watch().look().held is Doubt.JUMP

    machine.moved = timedelta(0)
    assert machine.watch().look() == Moment(machine.right)
    assert ClockMark.objects.get().held_since is None


def test_a_slow_drift_is_followed_for_weeks(machine: Machine) -> None:
    watch = machine.watch()
    for _ in range(60):
        machine.up += timedelta(hours=12)
        machine.moved += timedelta(seconds=3)
        assert watch.look().held is None

    assert machine.moved > Timings().clock_jump * 5


def test_a_person_confirms_the_new_time_and_the_record_says_who(
    machine: Machine, ann: Person, harbour_workspace: object
) -> None:
    watch, other = machine.watch(), machine.watch()
    watch.look()
    other.look()
    machine.moved = HOURS
    watch.look()
    new = machine.right + HOURS

    assert clocks.confirm(by=ann.pk, now=new) == 1

    machine.up += 2 * SECOND
    assert watch.look() == Moment(new + 2 * SECOND)
    assert clocks.confirm(by=ann.pk, now=new) == 0
    assert Entry.objects.get(verb="clock.confirmed").actor_id == ann.pk
    machine.up += 20 * SECOND
    other.look()
    assert other.look().held is None


def test_what_is_confirmed_is_the_time_seen_and_no_later_jump(
    machine: Machine, ann: Person
) -> None:
    watch = machine.watch()
    watch.look()
    machine.moved = HOURS
    watch.look()
    clocks.confirm(by=ann.pk, now=machine.right + HOURS)

    machine.moved = 2 * HOURS
    machine.up += 2 * SECOND

    assert watch.look().held is Doubt.JUMP
    assert ClockMark.objects.get().ahead_s == HOURS.total_seconds()


def test_two_clocks_that_differ_hold_until_they_agree_and_nobody_confirms_that_away(
    machine: Machine, ann: Person
) -> None:
    watch = machine.watch()
    machine.apart = timedelta(seconds=6)
    assert watch.look() == Moment(machine.right, Doubt.SKEW)

    assert clocks.confirm(by=ann.pk, now=machine.right) == 0
    machine.up += 2 * SECOND
    assert watch.look().held is Doubt.SKEW

    machine.apart = timedelta(seconds=1)
    assert watch.look() == Moment(machine.right)


def test_a_machine_that_boots_before_its_last_record_waits_for_a_person(
    machine: Machine, ann: Person
) -> None:
    machine.watch().look()
    reborn = Machine(machine.started, up=timedelta(minutes=1), moved=-HOURS, name="boot 2")

    assert reborn.watch().look().held is Doubt.BEHIND
    watch = reborn.watch()
    assert watch.look().held is Doubt.BEHIND

    assert clocks.confirm(by=ann.pk, now=reborn.read().decides) == 1
    reborn.up += 2 * SECOND
    assert watch.look().held is None
    assert reborn.watch().look().held is None


def test_a_machine_that_boots_behind_goes_on_by_itself_when_its_clock_is_set_right(
    machine: Machine,
) -> None:
    machine.watch().look()
    reborn = Machine(machine.started, up=timedelta(hours=1), moved=-HOURS, name="boot 2")
    watch, other = reborn.watch(), reborn.watch()
    assert (watch.look().held, other.look().held) == (Doubt.BEHIND, Doubt.BEHIND)

    reborn.up += 5 * SECOND
    reborn.moved = timedelta(0)

    assert watch.look() == Moment(reborn.right)
    reborn.up += 2 * SECOND
    assert other.look() == Moment(reborn.right)
    assert ClockMark.objects.get(boot="boot 2").held_since is None
    reborn.moved = HOURS
    assert watch.look() == Moment(reborn.right, Doubt.JUMP)


def test_time_that_passes_makes_a_clock_that_was_behind_no_truer(machine: Machine) -> None:
    machine.watch().look()
    reborn = Machine(machine.started, up=timedelta(hours=1), moved=-HOURS, name="boot 2")
    watch = reborn.watch()
    watch.look()

    reborn.up += timedelta(hours=3)

    assert watch.look().held is Doubt.BEHIND
    assert reborn.watch().look().held is Doubt.BEHIND
    reborn.moved = -HOURS / 2
    assert watch.look().held is None


def test_looking_costs_a_write_every_ten_seconds_only(
    machine: Machine, django_assert_num_queries: Callable[[int], object]
) -> None:
    watch = machine.watch()
    watch.look()
    watch.look()
    with django_assert_num_queries(0):  # type: ignore[attr-defined]
        for _ in range(100):
            machine.up += SECOND / 20
            watch.look()


def test_old_boots_are_forgotten_but_not_the_last_record(machine: Machine) -> None:
    machine.watch().look()
    newer = Machine(machine.started, up=timedelta(hours=9), name="boot 2")
    newer.watch().look()

    assert clocks.forget(before=timedelta(days=1), now=newer.right + timedelta(days=3)) == 1
    assert ClockMark.objects.get().boot == "boot 2"


def test_the_real_clocks_agree_with_themselves(db: None) -> None:
    reading = clock.read()

    assert abs(reading.here - reading.decides) < 5 * SECOND
    assert 0 <= reading.spread_us < 5_000_000
    assert ClockWatch(Timings()).look().held is None
    assert clock.boot() == clock.boot() != ""


class Wrong:
    """The machine's own clocks, and by how much the wall clock was set wrong."""

    def __init__(self) -> None:
        self.moved = timedelta(0)

    def read(self) -> Reading:
        real = clock.read()
        decides = real.decides + self.moved
        return Reading(decides, decides, real.boot_us, real.spread_us)

    def watch(self, bench: Bench) -> ClockWatch:
        return ClockWatch(bench.timings, read=self.read)


@pytest.mark.slow
def test_no_post_leaves_two_hours_early_and_it_leaves_when_the_clock_is_right(
    bench: Bench,
) -> None:
    channel = bench.channel(Guarantee.HOUR_KEY)
    early = bench.order(channel, due_at=clock.now() + HOURS - timedelta(minutes=1))
    due = bench.order(channel, text="Due.", due_at=clock.now() + 3 * SECOND)
    wrong = Wrong()
    loop = DeliverLoop(
        timings=bench.timings, slots=8, locks=bench.folder / "locks",
        spool=bench.folder / "spool", approved=set, watch=wrong.watch(bench),
    )  # fmt: skip
    seen: list[str] = []

    def done() -> bool:
        due.refresh_from_db()
        held = ClockMark.objects.filter(held_since__isnull=False).exists()
        if not wrong.moved and not seen and ClockMark.objects.exists():
            wrong.moved = HOURS
        elif held and clock.now() > due.due_at + SECOND / 2:
            seen.append(due.state)
            wrong.moved = timedelta(0)
        return due.state == "verified"

    asyncio.run(_run(loop, done, 20))

    early.refresh_from_db()
    assert seen[0] == "queued"
    assert (early.state, early.commit_calls) == ("queued", 0)
    assert [post.text for post in bench.live(channel)] == ["Due."]


@pytest.mark.parametrize("jump", [HOURS, -HOURS])
def test_nothing_is_missed_taken_over_or_given_up_in_a_wrong_hour(
    bench: Bench, jump: timedelta
) -> None:
    channel = bench.channel(Guarantee.HOUR_KEY)
    row = bench.order(channel, missed_after=timedelta(hours=1), due_at=clock.now())
    Delivery.objects.filter(pk=row.pk).update(not_before=clock.now())
    wrong = Wrong()
    tend = TendLoop(
        timings=bench.timings, locks=bench.folder / "locks", spool=bench.folder / "spool",
        watch=wrong.watch(bench),
    )  # fmt: skip
    tend._take_over_now()
    wrong.moved = jump

    tend._take_over_now()

    row.refresh_from_db()
    assert (row.state, row.reason) == ("queued", "")
    assert ClockMark.objects.get().reason == "jump"


def test_a_jump_between_the_claim_and_the_call_is_seen_at_the_door(bench: Bench) -> None:
    channel = bench.channel(Guarantee.HOUR_KEY)
    row = bench.order(channel)
    wrong = Wrong()
    loop = DeliverLoop(
        timings=bench.timings, slots=8, locks=bench.folder / "locks",
        spool=bench.folder / "spool", approved=set, watch=wrong.watch(bench),
    )  # fmt: skip
    claim = loop._claim

    def and_then(*given: object) -> object:
        got = claim(*given)  # type: ignore[arg-type]
        if got.taken:
            wrong.moved = -HOURS
        return got

    loop._claim = and_then  # type: ignore[method-assign,assignment]

    def done() -> bool:
        row.refresh_from_db()
        return row.state == "retry_wait"

    asyncio.run(_run(loop, done, 20))

    assert (row.reason, row.commit_calls, row.worker_id) == ("clock", 0, None)
    assert abs(row.not_before - clock.now()) < timedelta(minutes=1)
    assert not Attempt.objects.filter(delivery=row).exists()
    assert bench.live(channel) == ()
