"""The real code through a schedule: services, workers, ledger and spool on a real database.

A worker of the simulation is what `workers/deliver.py` puts together, without its waiting: its
desk and its lock have hooks at which the schedule lets it die, freeze, or find no database.
"""

import logging
from collections.abc import Callable, Sequence
from contextlib import contextmanager
from dataclasses import replace
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any
from unittest import mock

from django.conf import settings
from django.db import OperationalError

from breakwater.channels import doors
from breakwater.channels.models import Channel
from breakwater.channels.services import aconnect_with_fields
from breakwater.core import incarnations
from breakwater.core.ids import new_id
from breakwater.delivery.lifecycle import IN_HAND
from breakwater.delivery.models import Delivery
from breakwater.delivery.selectors import next_due
from breakwater.delivery.services import Order, claims, enqueue
from breakwater.delivery.services.incarnations import arrive
from breakwater.delivery.services.outcomes import Result
from breakwater.domain.parcels import digest_of
from breakwater.domain.timings import Timings
from breakwater.networks.registry import load
from breakwater.networks.sandbox.faults import Call
from breakwater.networks.sandbox.harbour import Harbour
from breakwater.people.models import Person, Workspace
from breakwater.workers import carry
from breakwater.workers.carry import Carrier
from breakwater.workers.clockwatch import ClockWatch
from breakwater.workers.deliver import DeliverLoop
from breakwater.workers.desk import Desk
from breakwater.workers.ledger import Ledger, take_in
from breakwater.workers.life import Life
from breakwater.workers.look import Looker
from breakwater.workers.spool import Spool
from tests.model import faults, simulated
from tests.model.choices import Chooser
from tests.model.endings import ASKED, Ending
from tests.model.faults import OK, QUIET, Net, Points
from tests.model.harbour import SimulatedHarbour
from tests.model.ours import CHANCE

TIMINGS = replace(Timings(), group=timedelta(0))
APART = timedelta(days=1)
SLOTS = 8
_TURNS = 400
"""More looks, claims and takeovers than any schedule asks for."""


class Stuck(AssertionError):
    """The real code went on for ever, or stopped where nobody is asked."""


class _Hooks:
    """What a worker of the simulation meets: the schedule's word at each named point."""

    def __init__(self, clock: simulated.Clock) -> None:
        self.clock = clock
        self.life = simulated.Life(clock)
        self.option = OK
        self.frozen: timedelta | None = None
        self.away = False
        self.begin(Chooser(), QUIET)

    def begin(self, chooser: Chooser, points: Points) -> None:
        self.chooser, self.points = chooser, points
        self._doors = 0

    def pick(self, point: str) -> str:
        if self.life.dead:
            raise simulated.Killed
        self._doors += point == "door"
        options = self.points.at(point, self._doors)
        return self.chooser.pick(point, options) if options else OK

    def fall(self, option: str) -> None:
        if option in faults.OUTAGE:
            self.option = option
            self.life.kill()

    def wake(self, after: timedelta) -> None:
        self.clock.advance(after)
        self.frozen = None


class _Desk(Desk):
    """The database desk of a worker. It is where most of the named steps are."""

    def __init__(self, hooks: _Hooks) -> None:
        super().__init__("simulated")
        self._hooks = hooks

    async def __call__(self, deed: Callable[..., Any], *args: Any, **kwargs: Any) -> Any:
        if deed.__name__ == "_settle_now":
            self._before_storing(args[0])
        done = await super().__call__(deed, *args, **kwargs)
        if deed.__name__ == "_keep":
            self._hooks.fall(self._hooks.pick("prepared"))
        return done

    def _before_storing(self, group: Sequence[Result]) -> None:
        hooks = self._hooks
        if hooks.away:  # the outcome is in the spool, and the database still away
            hooks.life.kill()
        point = {"commit": "answered", "look": "looked"}.get(group[0].step)
        option = hooks.pick(point) if point else OK
        if option in (faults.SPOOLED_SHORT, faults.SPOOLED_LONG):
            hooks.option, hooks.away = option, True
            raise OperationalError("the database is away")
        hooks.fall(option)


class _Lock:
    """A worker's lock; asked right before each commit call, it is where the schedule steps in."""

    def __init__(self, lock: incarnations.LifeLock, hooks: _Hooks) -> None:
        self._lock = lock
        self._hooks = hooks
        self.key = lock.key

    def held(self) -> bool:
        option = self._hooks.pick("door")
        if option in faults.CRASHES:
            self._hooks.fall(option)
        if option == faults.LOCK_LOST:
            self._hooks.option = option
            self._lock.free()
        if option == faults.FREEZE_BEFORE:
            self._hooks.wake(faults.FREEZE)
        if option in (faults.FREEZE_AFTER, faults.FREEZE_LONG):
            long = option == faults.FREEZE_LONG
            self._hooks.frozen = faults.LONG_FREEZE if long else faults.FREEZE
        return self._lock.held()

    def free(self) -> None:
        self._lock.free()


class _Worker:
    """One incarnation: what DeliverLoop.run makes before its first turn."""

    def __init__(self, real: "Real") -> None:
        hooks = self.hooks = real.hooks
        now = real.clock.now
        self.lock = incarnations.take(settings.LOCKS)
        row = arrive(host="simulated", pid=1, lock_key=self.lock.key, now=now)
        self.life = Life(_Lock(self.lock, hooks), row)
        desk = self._desk = _Desk(hooks)
        spool = Spool(settings.SPOOL, self.lock.key)
        watch = ClockWatch(TIMINGS)
        ledger = Ledger(desk, spool, wait_s=0.0, most=1, timings=TIMINGS, clock_now=watch.now)
        self.carrier = Carrier(desk, self.life, ledger, TIMINGS, 1, watch)
        self.looker = Looker(desk, ledger, TIMINGS, row.pk, watch)
        self._loop = DeliverLoop(
            timings=TIMINGS, slots=SLOTS, locks=settings.LOCKS, spool=settings.SPOOL, approved=set
        )
        self._loop._watch = watch
        take_in(settings.SPOOL, settings.LOCKS, TIMINGS, watch.now)

    async def turn(self) -> None:
        """One look into the queue and all that comes of it, as DeliverLoop does it."""
        for row in await self._desk(self._loop._lease, SLOTS):
            keys = await self._desk(doors.unlock, [row.channel_id])
            await self.looker.visit(row, keys.get(row.channel_id))
        claimed = await self._desk(self._loop._claim, self.life, SLOTS)
        if claimed.taken:
            self.hooks.fall(self.hooks.pick("claimed"))
        for row in claimed.taken:
            keys = await self._desk(doors.unlock, [row.channel_id])
            await self.carrier.carry(row, keys.get(row.channel_id))


class Real:
    """A workspace, a harbour and one worker at a time; `run` takes a schedule through them."""

    def __init__(self, clock: simulated.Clock, workspace: Workspace, person: Person) -> None:
        self.clock = clock
        self.hooks = _Hooks(clock)
        self.workspace = workspace
        self.person = person
        self._number = 0
        self._worker: _Worker | None = None
        self._harbour = Harbour(Path(settings.NETWORKS_HOME) / "simulated")
        self.app = SimulatedHarbour(self._harbour, self.hooks)
        networks = load(settings.NETWORKS_HOME)[0]
        networks["sandbox"] = replace(networks["sandbox"], app=self.app)

    def run(self, net: Net, chooser: Chooser) -> Ending:
        """How the delivery of a new post on a new account ends under this schedule."""
        self.rest()
        channel = self.connect(net)
        row = self.order(channel)
        self.hooks.begin(chooser, net.points)
        self._go_on(row, channel)
        return self._ending(row, channel)

    def rest(self) -> None:
        """A day later, without a worker, nothing goes wrong."""
        self.clock.go_to(self.clock.now + APART)
        self._end_worker()
        self.app.forget()
        self.hooks.begin(Chooser(), QUIET)

    def close(self) -> None:
        self._end_worker()
        self._harbour.close()
        load.cache_clear()

    def _go_on(self, row: Delivery, channel: Channel) -> None:
        for _ in range(_TURNS):
            row.refresh_from_db()
            channel.refresh_from_db()
            if row.state in (*ASKED, "verified") or self._waits_at(row, channel):
                return
            self._wait(row)
            self.turn()
        raise Stuck(f"{row.state} {row.reason} after {_TURNS} turns")

    def turn(self) -> None:
        """One round of a worker (a new one, if the last is gone), up to its death if it dies."""
        self.start()
        assert self._worker is not None
        self._tend()
        self.hooks.life.run(self._worker.turn())
        if self.hooks.life.dead or self._worker.life.lost:
            outage = faults.OUTAGE[self.hooks.option]
            self._end_worker()
            self.clock.advance(outage)
            return
        self.hooks.life.bury()
        self.hooks.life = simulated.Life(self.clock)

    def _tend(self) -> None:
        """What TendLoop does for deliveries in each of its rounds."""
        now = self.clock.now
        claims.take_over(gone=_gone, older_than=TIMINGS.takeover, now=now)
        claims.sweep_missed(now=now)
        claims.sweep_doubtful(resend_within=TIMINGS.probe_within, now=now)

    def _wait(self, row: Delivery) -> None:
        """Until something is due: the row itself, or the right to take it over."""
        if row.state in IN_HAND:
            self.start()  # the spool may say what became of it
            row.refresh_from_db()
        if row.state in IN_HAND:
            self.clock.go_to(row.state_at + TIMINGS.takeover)
        else:
            self.clock.go_to(next_due() or self.clock.now)

    def start(self) -> None:
        """A worker is there; a new one has taken in what a dead one left in its spool."""
        if self._worker is None:
            self._worker = _Worker(self)

    def _waits_at(self, row: Delivery, channel: Channel) -> bool:
        return channel.state == "reconnect" and row.state in ("queued", "retry_wait")

    def connect(self, net: Net) -> Channel:
        """A new account on a network of that class."""
        self._number += 1
        fields = {"name": f"quay {self._number}", "class": net.guarantee.value}
        life = simulated.Life(self.clock)
        channel = life.run(
            aconnect_with_fields(
                workspace_id=self.workspace.pk, network="sandbox", origin="", fields=fields,
                by=self.person.pk, now=self.clock.now,
            )
        )  # fmt: skip
        life.bury()
        assert channel is not None
        if net.key_ignored:
            self._harbour.as_class(channel.remote_id, net.guarantee.value, key_ignored=True)
        return channel

    def order(self, channel: Channel) -> Delivery:
        """A new post, unlike all others, due now."""
        now = self.clock.now
        self._number += 1
        payload = {"text": f"Buoy {self._number}.", "language": "en", "media": [], "options": {}}
        order = Order(
            workspace_id=self.workspace.pk, channel_id=channel.pk, kind="publish",
            source=new_id(), payload=payload, digest=digest_of("publish", channel.pk, payload),
            tags=[], due_at=now, missed_after=TIMINGS.missed_window,
        )  # fmt: skip
        return enqueue([order], by=self.person.pk, now=now)[0]

    def _ending(self, row: Delivery, channel: Channel) -> Ending:
        state = "reconnect" if self._waits_at(row, channel) else row.state
        self.clock.advance(faults.LONG)  # what is late has arrived
        public = self.public(channel)
        named = not row.remote_id or row.remote_id in [post["id"] for post in public]
        if row.state in ("accepted", "verified") and not (row.remote_id and named):
            state = f"{row.state} without its post"
        return Ending(state, row.reason, row.commit_calls, len(public))

    def public(self, channel: Channel) -> tuple[dict[str, Any], ...]:
        """What everybody sees on the account now, oldest first."""
        return self._harbour.posts(channel.remote_id)

    def commits(self, channel: Channel) -> int:
        """How many commit calls have reached the account."""
        return len(self._harbour.calls(channel.remote_id, Call.COMMIT))

    def _end_worker(self) -> None:
        if self._worker is not None:
            self._worker.lock.free()
            self._worker = None
        self.hooks.life.bury()
        self.hooks.life = simulated.Life(self.clock)
        self.hooks.frozen, self.hooks.away = None, False


@contextmanager
def real_world(workspace: Workspace, person: Person, start: datetime) -> Any:
    """A `Real` in simulated time. Inside it the database is used by one thread, this one."""
    quiet = logging.getLogger("breakwater")
    before = quiet.level
    with (
        mock.patch.object(carry, "random", _Chance()),
        simulated.database(),
        simulated.clock_from(start) as clock,
    ):
        real = Real(clock, workspace, person)
        quiet.setLevel(logging.CRITICAL)
        try:
            yield real
        finally:
            quiet.setLevel(before)
            real.close()


class _Chance:
    """Jitter without chance: the model and the code wait equally long."""

    def random(self) -> float:
        return CHANCE


def _gone(key: int) -> bool:
    return incarnations.gone(settings.LOCKS, key)
