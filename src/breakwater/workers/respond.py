"""The responding loop: captures are taken, what was deleted is looked for, and STEPS of others.

While something is open it looks every fifth of a second, because somebody waits for it.
"""

import asyncio
import logging
from collections.abc import Awaitable, Callable
from datetime import datetime

from breakwater.channels.doors import Opened, unlock
from breakwater.domain.errors import StaleState
from breakwater.domain.timings import Timings
from breakwater.evidence.looking import look
from breakwater.evidence.models import Absence, Capture
from breakwater.evidence.services import absence, leasing, sealing
from breakwater.evidence.taken import Taken
from breakwater.evidence.taking import DEADLINE_S, address_alone, take
from breakwater.workers.clockwatch import ClockWatch
from breakwater.workers.containing import containing
from breakwater.workers.desk import Desk
from breakwater.workers.playing import beats
from breakwater.workers.rounds import Rounds

log = logging.getLogger(__name__)
_OPEN_S, _IDLE_S = 0.2, 0.5
_LOOKS = 8
Step = Callable[[Desk, datetime], Awaitable[bool]]
STEPS: list[Step] = [containing, beats]
"""What else is done each round; True while something of it is open. One that breaks is logged and
asked again in the next round: it stops neither the captures nor the others."""


class RespondLoop(Rounds):
    """One responder. Several may run: each row is leased to one of them at a time."""

    name, rest_s = "respond", _IDLE_S

    def __init__(
        self,
        *,
        timings: Timings,
        watch: ClockWatch | None = None,
        deadline_s: float = DEADLINE_S,
        steps: list[Step] | None = None,
    ) -> None:
        super().__init__(timings=timings, watch=watch)
        self._deadline_s = deadline_s
        self._steps = STEPS if steps is None else steps
        self._taking: set[asyncio.Task[None]] = set()

    def rest(self, made: int) -> float:
        return _OPEN_S if made else _IDLE_S

    async def leave(self) -> None:
        await self.settle()
        await super().leave()

    async def turn(self) -> bool:
        """One round; whether something is open. What is being taken goes on after it."""
        moment = await self._desk(self._watch.look)
        free = leasing.AT_ONCE - len(self._taking)
        leased = await self._desk(lambda: leasing.lease(limit=free, now=moment.now))
        keys = await self._desk(unlock, {row.channel_id for row in leased}) if leased else {}
        for row in leased:
            doubt = moment.held.value if moment.held else ""
            self._begin(self._capture(row, keys.get(row.channel_id), doubt))
        looks = await self._desk(lambda: absence.lease_looks(limit=_LOOKS, now=moment.now))
        for one in looks:
            self._begin(self._look(one))
        busy = [await self._step(step, moment.now) for step in self._steps]
        return bool(self._taking) or any(busy)

    async def settle(self) -> None:
        """What is being taken has come to its end."""
        while self._taking:
            await asyncio.gather(*self._taking, return_exceptions=True)

    async def _step(self, step: Step, now: datetime) -> bool:
        try:
            return await step(self._desk, now)
        except Exception:
            log.exception("respond.step_broke step=%s", getattr(step, "__name__", step))
            return True

    def _begin(self, deed: Awaitable[None]) -> None:
        task = asyncio.ensure_future(deed)
        self._taking.add(task)
        task.add_done_callback(self._ended)

    def _ended(self, task: "asyncio.Task[None]") -> None:
        self._taking.discard(task)
        if not task.cancelled() and (error := task.exception()):
            log.error("respond.broke", exc_info=error)  # its lease ends, and it is begun again

    async def _capture(self, row: Capture, opened: Opened | None, doubt: str) -> None:
        taken = await self._taken(row, opened)
        now = await self._desk(self._watch.now)
        try:
            await self._desk(lambda: sealing.keep(row, taken, doubt=doubt, now=now))
        except StaleState:
            log.warning("evidence.lease_lost capture=%s", row.pk)

    async def _taken(self, row: Capture, opened: Opened | None) -> Taken:
        if row.address_only:
            return address_alone(clock=self._watch.estimate)
        return await take(
            opened, row.remote_id, row.url, clock=self._watch.estimate, deadline_s=self._deadline_s
        )

    async def _look(self, row: Absence) -> None:
        opened = (await self._desk(unlock, [row.channel_id])).get(row.channel_id)
        looked = await look(
            opened, row.remote_id, row.url, named=row.channel.network, clock=self._watch.estimate
        )
        now = await self._desk(self._watch.now)
        await self._desk(lambda: absence.note_look(row, looked, now=now))
