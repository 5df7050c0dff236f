"""The inbox loop: what has arrived becomes conversations, scored, within a second or two; then the
team's rules act on it."""

import logging

from django.db import DatabaseError, InterfaceError

from breakwater.domain.timings import Timings
from breakwater.inbox.services import automation, intake, judging, turns
from breakwater.inbox.services.intake import AT_ONCE, Batch
from breakwater.inbox.services.judging import Judged
from breakwater.inbox.services.turns import INBOX
from breakwater.workers.clockwatch import ClockWatch
from breakwater.workers.rejudge import Rejudge
from breakwater.workers.rounds import Rounds

log = logging.getLogger(__name__)
_ROUND_S = 0.5


class InboxLoop(Rounds):
    """One reader. Several may run: one of them is at it at a time."""

    name, rest_s = "inbox", _ROUND_S

    def __init__(self, *, timings: Timings, watch: ClockWatch | None = None) -> None:
        super().__init__(timings=timings, watch=watch)
        self._rejudge = Rejudge()
        self._more = False

    def rest(self, made: int) -> float:
        return 0.0 if made >= AT_ONCE or self._more else self.rest_s

    async def turn(self) -> int:
        """What is there is taken in, and rules act on it; how many arrivals were read, or
        of their changes if those were more."""
        return await self._desk(self._turn_now)

    def _turn_now(self) -> int:
        self._more = False
        read = self._take_in()
        moment = self._watch.look()
        if not moment.held:
            self._more = automation.turn(now=moment.now)
        return read

    def _take_in(self) -> int:
        now = self._watch.now()
        mine = turns.take(INBOX, now=now)
        if mine is None:
            return 0
        try:
            batch = intake.read(now=now)
            if batch.arrivals or batch.altered or batch.upto > batch.mark:
                intake.store(batch, self._judged(batch), now=self._watch.now())
            if len(batch.arrivals) < AT_ONCE:
                self._rejudge.look(now=self._watch.now())
            return max(len(batch.arrivals), len(batch.altered))
        finally:
            turns.let_go(INBOX, mine)

    def _judged(self, batch: Batch) -> Judged:
        """Nobody waits for a scorer that is broken: what it does not judge is shown as unscored."""
        try:
            return judging.judge([*batch.arrivals, *batch.altered], now=self._watch.now())
        except (DatabaseError, InterfaceError):
            raise
        except Exception:
            log.exception("inbox.scorer_broke")
            return judging.NOTHING
