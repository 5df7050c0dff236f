"""The watching loop: what our accounts show and nobody here sent becomes an alarm within seconds."""

import asyncio
import logging
import time
from collections.abc import Awaitable, Callable, Iterable
from datetime import datetime

from django.db import DatabaseError, InterfaceError

from breakwater.channels import doors
from breakwater.delivery.likeness import alike
from breakwater.domain.errors import BreakwaterError, NetworkError, StaleState
from breakwater.domain.likeness import Likeness
from breakwater.domain.timings import Timings
from breakwater.networks.base import Seen
from breakwater.strays.explaining import Verdict
from breakwater.strays.models import Sighting
from breakwater.strays.services import (
    alarming,
    altering,
    beginning,
    judging,
    profiles,
    telling,
    turns,
)
from breakwater.strays.services import watching as judged
from breakwater.workers.clockwatch import ClockWatch
from breakwater.workers.rounds import Rounds

log = logging.getLogger(__name__)
_ROUND_S = 0.5
_BUSY_S = 0.2
_ENSURE_S = 5.0
_FOLLOWERS_S = 60.0
_SLOTS = 16
READ_S = 2.0
"""How long an account may take to show the post again; after that the alarm says "not confirmed"."""
_PICTURES_S = 5.0


class WatchLoop(Rounds):
    """One watcher. Several may run: one of them judges at a time, and each look is taken by one."""

    name, rest_s = "watch", _ROUND_S

    def __init__(self, *, timings: Timings, watch: ClockWatch | None = None) -> None:
        super().__init__(timings=timings, watch=watch)
        self._looking: set[asyncio.Task[None]] = set()
        self._ensure_at = 0.0
        self._followers_at = 0.0

    def rest(self, made: int) -> float:
        return 0.0 if made else _BUSY_S if self._looking else _ROUND_S

    async def leave(self) -> None:
        for task in self._looking:
            task.cancel()
        await asyncio.gather(*self._looking, return_exceptions=True)
        await super().leave()

    async def close(self) -> None:
        await self._desk.close()

    async def round(self) -> bool:
        """What arrived is judged and what is due looked at, to its end; whether there is more."""
        more = await self.turn()
        await asyncio.gather(*self._looking)
        return more

    async def turn(self) -> bool:
        more = await self._judge()
        await self._start_looks()
        return more

    async def _judge(self) -> bool:
        moment = asyncio.get_running_loop().time()
        ensure = moment >= self._ensure_at
        if ensure:
            self._ensure_at = moment + _ENSURE_S
        return await self._desk(self._turn_now, ensure)

    def _turn_now(self, ensure: bool) -> bool:
        now = self._watch.now()
        if not ensure and not judged.waiting():
            return False
        mine = turns.take(now=now)
        if mine is None:
            return False
        try:
            if ensure:
                beginning.ensure(now=now)
                alarming.end_quiet(now=now)
                profiles.look(followers=self._time_for_followers(), now=now)
            more = judged.turn(mine, now=now)
            altering.turn(mine, now=now)
            telling.tell(now=now)
            return more
        finally:
            turns.let_go(mine)

    def _time_for_followers(self) -> bool:
        moment = time.monotonic()
        due = moment >= self._followers_at
        if due:
            self._followers_at = moment + _FOLLOWERS_S
        return due

    async def _start_looks(self) -> None:
        free = _SLOTS - len(self._looking)
        if free <= 0:
            return
        posts, changes = await self._desk(self._due, free)
        self._start(self._post, posts)
        self._start(self._change, changes)

    def _start(self, look: Callable[[Sighting], Awaitable[None]], rows: Iterable[Sighting]) -> None:
        for row in rows:
            task = asyncio.create_task(self._guarded(look, row))
            self._looking.add(task)
            task.add_done_callback(self._looking.discard)

    def _due(self, limit: int) -> tuple[list[Sighting], list[Sighting]]:
        now = self._watch.now()
        posts = judging.due(limit, now=now)
        return posts, altering.due(max(0, limit - len(posts)), now=now)

    async def _guarded(self, look: Callable[[Sighting], Awaitable[None]], row: Sighting) -> None:
        """Whatever one look does, the others go on; it is taken up again after a moment."""
        try:
            await look(row)
        except StaleState:
            return  # somebody said meanwhile what it is
        except (DatabaseError, InterfaceError) as error:
            log.warning("watch.database_away sighting=%s why=%s", row.pk, error)
        except Exception:
            log.exception("watch.look_broke sighting=%s", row.pk)

    async def _post(self, row: Sighting) -> None:
        verdict = await self._desk(self._verdict, row, None)
        confirmed = None
        if judging.asks_twice(verdict, judging.words_kept(row)):
            seen, asked = await self._shown(row)
            verdict = await self._desk(self._verdict, row, seen)
            if seen is not None or not asked:
                verdict = judging.with_pictures(verdict, await self._likeness(row, verdict, seen))
            confirmed = (seen is not None) if asked else None
        await self._desk(self._settle, row, verdict, confirmed)

    async def _change(self, row: Sighting) -> None:
        seen, asked = await self._shown(row)
        await self._desk(self._confirm, row, seen, asked)

    async def _shown(self, row: Sighting) -> tuple[Seen | None, bool]:
        """The post as its account shows it now, and whether the account answered."""
        opened = (await self._desk(doors.unlock, [row.channel_id])).get(row.channel_id)
        if opened is None:
            return None, False
        try:
            async with asyncio.timeout(READ_S), doors.connector(opened) as connector:
                return await connector.read(row.ref), True
        except (NetworkError, BreakwaterError, TimeoutError) as error:
            log.info("watch.not_confirmed sighting=%s why=%s", row.pk, type(error).__name__)
            return None, False

    async def _likeness(self, row: Sighting, verdict: Verdict, seen: Seen | None) -> Likeness:
        """Of the post's pictures to those of ours that say the same."""
        if not verdict.media:
            return Likeness.SAME
        opened = (await self._desk(doors.unlock, [row.channel_id])).get(row.channel_id)
        if opened is None or seen is None:
            return Likeness.UNKNOWN
        try:
            async with asyncio.timeout(_PICTURES_S):
                return await alike(opened, verdict.media, seen)
        except TimeoutError:
            return Likeness.UNKNOWN

    def _verdict(self, row: Sighting, seen: Seen | None) -> Verdict:
        return judging.verdict_on(row, seen, now=self._watch.now())

    def _settle(self, row: Sighting, verdict: Verdict, confirmed: bool | None) -> None:
        now: datetime = self._watch.now()
        judging.settle(row, verdict, confirmed=confirmed, now=now)
        telling.tell(now=now)

    def _confirm(self, row: Sighting, seen: Seen | None, asked: bool) -> None:
        now = self._watch.now()
        altering.confirm(row, seen, asked=asked, now=now)
        telling.tell(now=now)
