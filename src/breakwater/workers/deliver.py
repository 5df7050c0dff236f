"""The delivery loop: claims what is due, carries it, looks at what must be looked at."""

import asyncio
import logging
from collections.abc import Callable, Coroutine, Sequence
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any
from uuid import UUID

from django.db import DatabaseError, InterfaceError

from breakwater.channels import doors
from breakwater.delivery.models import Delivery
from breakwater.delivery.selectors import next_due
from breakwater.delivery.services import claims
from breakwater.delivery.services.fitness import Approved, Refused
from breakwater.delivery.services.incarnations import beat
from breakwater.delivery.services.looking import lease_looks
from breakwater.domain.timings import Timings
from breakwater.publishing.selectors import approved_now, refused_now
from breakwater.publishing.services import STILL_NEAR, recount
from breakwater.workers.carry import Carrier
from breakwater.workers.clockwatch import ClockWatch, Moment
from breakwater.workers.desk import Desk
from breakwater.workers.ledger import Ledger, take_in
from breakwater.workers.life import Life
from breakwater.workers.look import Looker
from breakwater.workers.spool import Spool

log = logging.getLogger(__name__)
_BEAT_S = 10.0
Job = Callable[[Delivery, doors.Opened | None], Coroutine[Any, Any, None]]


class DeliverLoop:
    """One incarnation. `run` returns when `stop` was called and nothing is in hand."""

    def __init__(
        self,
        *,
        timings: Timings,
        slots: int,
        locks: Path,
        spool: Path,
        approved: Approved = approved_now,
        refused: Refused = refused_now,
        watch: ClockWatch | None = None,
    ) -> None:
        self.timings = timings
        self._slots = slots
        self._locks = locks
        self._spool = spool
        self._approved = approved
        self._refused = refused
        self._desk = Desk("deliver")
        self._watch = watch or ClockWatch(timings)
        self._stopping = asyncio.Event()
        self._wake = asyncio.Event()
        self._carrying: dict[asyncio.Task[None], UUID] = {}
        self._looking: dict[asyncio.Task[None], UUID] = {}
        self._beat_at = 0.0
        self._rush = False
        self._recounted = False

    def stop(self) -> None:
        self._stopping.set()
        self._wake.set()

    async def run(self) -> None:
        moment = await self._desk(self._watch.look)
        life = await self._desk(Life.begin, self._locks, moment.now)
        ledger = Ledger(
            self._desk,
            Spool(self._spool, life.worker.lock_key),
            wait_s=self.timings.group.total_seconds(),
            most=self._slots,
            timings=self.timings,
            clock_now=self._watch.now,
        )
        carrier = Carrier(self._desk, life, ledger, self.timings, self._slots, self._watch)
        looker = Looker(self._desk, ledger, self.timings, life.worker.pk, self._watch)
        try:
            if not moment.held:  # else the tending loop does, once the time is believed
                await self._desk(take_in, self._spool, self._locks, self.timings, self._watch.now)
            while not self._stopping.is_set() and not life.lost:
                await self._turn(life, carrier, looker)
        finally:
            try:
                await self._finish(life)
            finally:
                life.end()
                await self._desk.close()

    async def _turn(self, life: Life, carrier: Carrier, looker: Looker) -> None:
        """One look into the queue; a database that is away is waited for, not died of."""
        self._wake.clear()
        try:
            await self._beat(life)
            more = await self._start_due(life, carrier, looker)
        except (DatabaseError, InterfaceError, OSError) as error:
            log.warning("deliver.database_away why=%s", error)
            more = False
            await life.held()
        except Exception:  # what is under way goes on; people are told of what is late
            log.exception("deliver.turn_broke")
            more = False
        if not more:
            await self._rest()

    async def _start_due(self, life: Life, carrier: Carrier, looker: Looker) -> bool:
        """Whether there may be more to start at once."""
        moment, first = await self._desk(self._now_and_next)
        if moment.held or first is None or first > moment.now:
            return False
        free = self._slots - len(self._carrying)
        got = await self._desk(self._claim, life, free) if free else claims.Claimed((), ())
        await self._start(self._carrying, carrier.carry, got.taken)
        self._rush = len(got.taken) + len(got.stopped) >= free
        eyes = self._slots - len(self._looking)
        looks = await self._desk(self._lease, eyes) if eyes else []
        await self._start(self._looking, looker.visit, looks)
        return bool(got.taken or got.stopped or looks)

    async def _start(
        self, running: dict[asyncio.Task[None], UUID], job: Job, rows: Sequence[Delivery]
    ) -> None:
        if not rows:
            return
        keys = await self._desk(doors.unlock, {row.channel_id for row in rows})
        for row in rows:
            task = asyncio.create_task(_guarded(job, row, keys.get(row.channel_id)))
            running[task] = row.pk
            task.add_done_callback(self._done(running))

    async def _beat(self, life: Life) -> None:
        moment = asyncio.get_running_loop().time()
        if moment >= self._beat_at:
            self._beat_at = moment + _BEAT_S
            await life.held()
            await self._desk(self._mark_alive, life, set(self._carrying.values()))

    def _done(
        self, running: dict[asyncio.Task[None], UUID]
    ) -> Callable[["asyncio.Task[None]"], None]:
        def done(task: "asyncio.Task[None]") -> None:
            running.pop(task, None)
            self._wake.set()

        return done

    def _claim(self, life: Life, free: int) -> claims.Claimed:
        moment = self._watch.look()
        if moment.held:
            return claims.Claimed((), ())
        self._recount(moment.now)
        return claims.claim(
            life.worker,
            limit=free,
            approved=self._approved,
            refused=self._refused,
            timings=self.timings,
            now=moment.now,
        )

    def _recount(self, now: datetime) -> None:
        """Once, before the first claim: nothing near leaves by a zone's old rules (the tending loop
        counts all). Where it breaks, what is right goes on."""
        if self._recounted:
            return
        try:
            recount(now=now, until=now + STILL_NEAR)
        except (DatabaseError, InterfaceError):
            raise
        except Exception:
            log.exception("deliver.recount_broke")
        self._recounted = True

    def _lease(self, eyes: int) -> list[Delivery]:
        """A look may go on in a wrong hour, but what it means depends on the time.

        While more is due than can leave at once, looks yield for half of the time in which a
        proof is promised: what is late first, then what is only to be proved.
        """
        moment = self._watch.look()
        if moment.held:
            return []
        lease = self.timings.read_deadline * 2 + timedelta(seconds=5)
        waited = self.timings.verify_within / 2 if self._rush else timedelta()
        return lease_looks(limit=eyes, lease=lease, waited=waited, now=moment.now)

    def _now_and_next(self) -> tuple[Moment, datetime | None]:
        return self._watch.look(), next_due()

    def _mark_alive(self, life: Life, held: set[UUID]) -> None:
        now = self._watch.now()
        beat(life.worker, now=now)
        if lost := claims.disown(life.worker, held=held, now=now):
            log.warning("deliver.disowned rows=%d", lost)

    def _let_go(self, life: Life) -> None:
        claims.let_go(life.worker, now=self._watch.now())

    async def _rest(self) -> None:
        """Until something ended, `stop`, or the next poll."""
        try:
            async with asyncio.timeout(self.timings.poll.total_seconds()):
                await self._wake.wait()
        except TimeoutError:
            return

    async def _finish(self, life: Life) -> None:
        """What is under way ends within its deadlines; what had not begun goes back."""
        pending = {*self._carrying, *self._looking}
        if pending:
            longest = self.timings.commit_deadline + self.timings.read_deadline
            await asyncio.wait(pending, timeout=longest.total_seconds())
        if not life.lost:
            await self._desk(self._let_go, life)


async def _guarded(job: Job, row: Delivery, opened: doors.Opened | None) -> None:
    """One row that breaks something must not stop the queue; it stays where its state says."""
    try:
        await job(row, opened)
    except Exception:
        log.exception("deliver.row_broke delivery=%s state=%s", row.pk, row.state)
