"""The loop that makes one thing of a pile-on, and goes on with what was decided about one."""

import logging
import time
from collections.abc import Callable

from django.db import DatabaseError, InterfaceError

from breakwater.domain.errors import StaleState
from breakwater.domain.timings import Timings
from breakwater.inbox.services import intake, pile_deeds
from breakwater.inbox.services.piling import Piling
from breakwater.workers.clockwatch import ClockWatch
from breakwater.workers.rounds import Rounds

log = logging.getLogger(__name__)
_ROUND_S = 1.0
_REST = 3.0
"""Once it has caught up, grouping rests so many times as long as it took: what a pile's figures are
made of grows with the pile, and loops of one process wait for one another's processor time."""
_PATIENCE_S = 5.0
"""How long grouping gives way to messages that nobody sees yet, before it has a turn in any case."""


class PileLoop(Rounds):
    """Several may run: one of them has the groups in memory; deeds go on in any."""

    name, rest_s = "piles", _ROUND_S

    def __init__(
        self, *, timings: Timings, watch: ClockWatch | None = None,
        elapsed: Callable[[], float] = time.monotonic,
    ) -> None:  # fmt: skip
        super().__init__(timings=timings, watch=watch)
        self._piling = Piling()
        self._elapsed = elapsed
        self._rests_until = 0.0
        self._waits_since: float | None = None

    def rest(self, made: int) -> float:
        return 0.0 if made else self.rest_s

    async def leave(self) -> None:
        await self._desk(self._guarded, self._let_go)
        await super().leave()

    async def turn(self) -> bool:
        return await self._desk(self.turn_now)

    def turn_now(self) -> bool:
        """One round; whether more waits already. What breaks in grouping keeps no deed waiting."""
        more = self._guarded(self._group)
        return self._guarded(self._go_on) or more

    def _group(self) -> bool:
        begun = self._elapsed()
        if begun < self._rests_until or self._gives_way(begun):
            return False
        more = self._piling.turn(now=self._watch.now())
        ended = self._elapsed()
        rest = 0.0 if more else _REST * (ended - begun) - _ROUND_S  # a round passes in any case
        self._rests_until = ended + max(0.0, rest)
        return more

    def _gives_way(self, at: float) -> bool:
        """While the intake is behind, its messages come first: both want the same processor and, on
        SQLite, the same lock."""
        if not intake.behind():
            self._waits_since = None
            return False
        if self._waits_since is None:
            self._waits_since = at
        if at - self._waits_since < _PATIENCE_S:
            return True
        self._waits_since = None
        return False

    def _go_on(self) -> bool:
        moment = self._watch.look()
        return not moment.held and pile_deeds.go_on(now=moment.now)

    def _let_go(self) -> bool:
        self._piling.stop(now=self._watch.now())
        return False

    def _guarded(self, deed: Callable[[], bool]) -> bool:
        try:
            return deed()
        except StaleState:
            log.info("piles.somebody_else_groups")
        except (DatabaseError, InterfaceError, OSError) as error:
            log.warning("piles.database_away why=%s", error)
        except Exception:
            log.exception("piles.turn_broke")
        return False
