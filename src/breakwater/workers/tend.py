"""The tending loop: takes over from the dead, tells people, sends mail, watches credentials."""

import asyncio
import logging
from collections.abc import Awaitable, Callable
from datetime import timedelta
from pathlib import Path

from django.db import DatabaseError, InterfaceError

from breakwater.core import incarnations
from breakwater.delivery.services import claims, clocks
from breakwater.delivery.services.incarnations import forget
from breakwater.domain.timings import Timings
from breakwater.evidence.services import retention
from breakwater.hygiene.services import remind
from breakwater.inbox.services import automation, setups, surveying, working
from breakwater.incidents.services.reviewing import nag
from breakwater.insights.services import count_hours
from breakwater.notices.services import send_mails
from breakwater.pauses.services.telling import tell_of_pauses
from breakwater.publishing.services import recount
from breakwater.workers import alarms
from breakwater.workers.clockwatch import ClockWatch
from breakwater.workers.health import HealthDuty
from breakwater.workers.ledger import take_in
from breakwater.workers.reviewing import NewsDuty, ReviewDuty
from breakwater.workers.rounds import Rounds

log = logging.getLogger(__name__)
ROUND_S = 2.0
_FORGET = timedelta(days=1)
_DAILY_S = 86_400.0
_HOURLY_S = 3_600.0


class TendLoop(Rounds):
    """Every two seconds a round of small duties; each may run twice at once without harm."""

    name, rest_s = "tend", ROUND_S

    def __init__(
        self, *, timings: Timings, locks: Path, spool: Path, watch: ClockWatch | None = None
    ) -> None:
        super().__init__(timings=timings, watch=watch)
        self._locks = locks
        self._spool = spool
        self._health = HealthDuty(self._desk, self._watch.now)
        self._review = ReviewDuty(self._desk, self._watch.look)
        self._news = NewsDuty(self._desk, self._watch.look)
        self._daily_at = 0.0
        self._hourly_at = 0.0
        self._evidence_at = 0.0

    async def leave(self) -> None:
        await self._news.close()
        await super().leave()

    async def turn(self) -> int:
        """All duties, and how many were done; one that fails is logged and does not keep the others from running."""
        duties: dict[str, Callable[[], Awaitable[None]]] = {
            "daily": self._daily,
            "take_over": self._take_over,
            "tell": self._tell,
            "mail": self._mail,
            "pauses": self._pauses,
            "inbox": self._inbox,
            "figures": self._figures,
            "hygiene": self._hygiene,
            "evidence": self._evidence,
            "health": self._health,
            "review": self._review,
            "news": self._news,
        }
        done = 0
        for name, duty in duties.items():
            try:
                await duty()
                done += 1
            except (DatabaseError, InterfaceError, OSError):
                raise
            except Exception:
                log.exception("tend.duty_broke duty=%s", name)
        return done

    async def _daily(self) -> None:
        """At the start and once a day: planned times, if there is new time zone data, and what is
        forgotten. In an hour that is not believed it waits."""
        moment = asyncio.get_running_loop().time()
        if moment >= self._daily_at and await self._desk(self._daily_now):
            self._daily_at = moment + _DAILY_S

    def _daily_now(self) -> bool:
        moment = self._watch.look()
        if moment.held:
            return False
        recount(now=moment.now)
        automation.forget(now=moment.now)
        return True

    async def _take_over(self) -> None:
        await self._desk(self._take_over_now)

    def _take_over_now(self) -> None:
        """Nothing of it in an hour that is not believed: it all depends on the time."""
        moment = self._watch.look()
        if moment.held:
            return
        now = moment.now
        take_in(self._spool, self._locks, self.timings, self._watch.now)
        claims.take_over(gone=self._gone, older_than=self.timings.takeover, now=now)
        claims.sweep_missed(now=now)
        claims.sweep_doubtful(resend_within=self.timings.probe_within, now=now)
        forget(gone=self._gone, before=_FORGET, now=now)
        clocks.forget(before=_FORGET, now=now)

    def _gone(self, key: int) -> bool:
        return incarnations.gone(self._locks, key)

    async def _evidence(self) -> None:
        """Once an hour; not in an hour that is not believed, or a wrong year would shred all of it."""
        moment = asyncio.get_running_loop().time()
        if moment >= self._evidence_at and await self._desk(self._evidence_now):
            self._evidence_at = moment + _HOURLY_S

    def _evidence_now(self) -> bool:
        moment = self._watch.look()
        if not moment.held:
            retention.tend(now=moment.now)
        return not moment.held

    async def _tell(self) -> None:
        await self._desk(alarms.tell, self.timings, clock_now=self._watch.now)

    async def _mail(self) -> None:
        await self._desk(self._mail_now)

    async def _pauses(self) -> None:
        await self._desk(self._pauses_now)

    def _pauses_now(self) -> None:
        """Even in an hour that is not believed: people hear of a pause at once."""
        tell_of_pauses(now=self._watch.now())

    async def _inbox(self) -> None:
        await self._desk(self._inbox_now)

    def _inbox_now(self) -> None:
        """What was put off comes back; not in an hour that is not believed. What waits learns of
        other targets, who left a page is gone from it, and people are asked how it was."""
        moment = self._watch.look()
        if moment.held:
            return
        working.wake(now=moment.now)
        working.forget_seats(now=moment.now)
        setups.retell(now=moment.now)
        surveying.ask(now=moment.now)

    async def _figures(self) -> None:
        await self._desk(self._figures_now)

    def _figures_now(self) -> None:
        """What was said is counted into hours; by a wrong clock it would be into wrong ones."""
        moment = self._watch.look()
        if not moment.held:
            count_hours(now=moment.now)

    async def _hygiene(self) -> None:
        """Once an hour: what people declared of their accounts is asked again in its time, and what was
        to change after an incident, or was promised, is reminded of."""
        moment = asyncio.get_running_loop().time()
        if moment >= self._hourly_at and await self._desk(self._hygiene_now):
            self._hourly_at = moment + _HOURLY_S

    def _hygiene_now(self) -> bool:
        moment = self._watch.look()
        if moment.held:
            return False
        remind(now=moment.now)
        nag(moment.now)
        return True

    def _mail_now(self) -> None:
        send_mails(self._watch.now())
