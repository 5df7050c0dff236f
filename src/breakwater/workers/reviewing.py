"""Duties of the tending loop for pauses: lines of reviews are made and carried out, people are asked
to look again, and news are listened to."""

import asyncio
import logging
from collections.abc import Callable

from breakwater.pauses.services import feeds, reminding, watching
from breakwater.pauses.services.carrying import open_aside
from breakwater.workers.clockwatch import Moment
from breakwater.workers.desk import Desk

log = logging.getLogger(__name__)
_LOOK_S = 60.0


class ReviewDuty:
    """Each round: what has no line yet, what was decided and is not done, who has to be reminded,
    and which hold of a past pause stops nothing any more."""

    def __init__(self, desk: Desk, look: Callable[[], Moment]) -> None:
        self._desk = desk
        self._look = look

    async def __call__(self) -> None:
        await self._desk(self._now)

    def _now(self) -> None:
        moment = self._look()
        if not moment.held:
            reminding.tend(now=moment.now)
            open_aside(now=moment.now)


class NewsDuty:
    """Feeds are asked beside the rounds, so that none waits for a stranger's server; once a minute
    all that may be a reason to pause is looked at."""

    def __init__(self, desk: Desk, look: Callable[[], Moment]) -> None:
        self._desk = desk
        self._look = look
        self._asking: asyncio.Task[None] | None = None
        self._look_at = 0.0

    async def __call__(self) -> None:
        if self._asking is None or self._asking.done():
            self._asking = asyncio.create_task(self._ask())
        moment = asyncio.get_running_loop().time()
        if moment >= self._look_at:
            self._look_at = moment + _LOOK_S
            await self._desk(self._look_now)

    async def close(self) -> None:
        if self._asking is not None:
            self._asking.cancel()
            await asyncio.gather(self._asking, return_exceptions=True)

    async def _ask(self) -> None:
        """What one server does keeps no other from being asked."""
        try:
            now = (await self._desk(self._look)).now
            due = await self._desk(feeds.lease, now=now)
            answers = await asyncio.gather(*(feeds.fetched(one, now=now) for one in due))
            if answers:
                await self._desk(feeds.keep, answers, now=now)
        except Exception:
            log.exception("news.broke")

    def _look_now(self) -> None:
        moment = self._look()
        if not moment.held:
            feeds.forget(now=moment.now)
            watching.look(now=moment.now)
