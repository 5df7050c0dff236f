"""The asking loop: second opinions on what the embedded model is unsure of. Nothing waits for it."""

import asyncio
import logging
from collections.abc import Sequence
from datetime import timedelta

import httpx
from django.conf import settings

from breakwater.core import http
from breakwater.core.messages import knows
from breakwater.domain.errors import BreakwaterError, EgressRefused, Reconnect, Refused, TryLater
from breakwater.domain.scoring.scores import ABUSE
from breakwater.domain.timings import Timings
from breakwater.scorers.base import Answer, Kit, chance
from breakwater.scoring.services import opinions
from breakwater.scoring.services.opinions import Batch
from breakwater.workers.clockwatch import ClockWatch
from breakwater.workers.rounds import Rounds

log = logging.getLogger(__name__)
SLOTS = 4
DEADLINE_S = 30.0
"""Of one call; shorter than a lease by far."""
_ROUND_S = 2.0
_SWEEP_S = 60.0


class OpinionLoop(Rounds):
    """One asker. Several may run: each text is leased to one of them at a time."""

    name, rest_s = "opinions", _ROUND_S

    def __init__(
        self, *, timings: Timings, watch: ClockWatch | None = None, deadline_s: float = DEADLINE_S
    ) -> None:
        super().__init__(timings=timings, watch=watch)
        self._deadline_s = deadline_s
        self._sweep_at = 0.0

    def rest(self, made: int) -> float:
        return 0.0 if made else self.rest_s

    async def turn(self) -> int:
        """What is due is asked, and what is old swept; how many calls were made."""
        now = await self._desk(self._watch.now)
        moment = asyncio.get_running_loop().time()
        if moment >= self._sweep_at:
            self._sweep_at = moment + _SWEEP_S
            await self._desk(lambda: opinions.sweep(now=now))
        batches = await self._desk(lambda: opinions.lease(limit=SLOTS, now=now))
        if batches:
            async with http.client() as client, asyncio.TaskGroup() as asking:
                for one in batches:
                    asking.create_task(self._ask(one, client))
        return len(batches)

    async def _ask(self, batch: Batch, client: httpx.AsyncClient) -> None:
        """The answers are kept, or why there are none: whatever a plug-in does, the others go on."""
        try:
            async with asyncio.timeout(self._deadline_s):
                kit = Kit(client, batch.values, settings.MODELS)
                answers = _sound(await batch.plugin.ask(kit, batch.items))
            if len(answers) != len(batch.items):
                raise ValueError("not one answer for each text")
        except TryLater as error:
            after = None if error.after_s is None else timedelta(seconds=error.after_s)
            await self._failed(batch, "scorer_later", after=after)
        except (Reconnect, Refused, EgressRefused) as error:
            await self._failed(batch, _code(error), for_good=True)
        except TimeoutError:
            await self._failed(batch, "scorer_silent")
        except Exception as error:  # its words stay out of the log: they may repeat a text
            log.error("opinions.broke scorer=%s why=%s", batch.plugin.id, type(error).__name__)
            await self._failed(batch, "scorer_broke")
        else:
            now = await self._desk(self._watch.now)
            await self._desk(lambda: opinions.answered(batch, answers, now=now))

    async def _failed(
        self, batch: Batch, code: str, *, after: timedelta | None = None, for_good: bool = False
    ) -> None:
        log.warning("opinions.failed scorer=%s code=%s", batch.plugin.id, code)
        now = await self._desk(self._watch.now)
        await self._desk(
            lambda: opinions.failed(batch, code, after=after, for_good=for_good, now=now)
        )


def _code(error: BreakwaterError) -> str:
    if isinstance(error, Reconnect):
        return "scorer_key"
    reason = error.reason if isinstance(error, Refused) else ""
    if reason.startswith("scorer_") and knows(reason):
        return reason
    closed = isinstance(error, EgressRefused) or reason == "address_refused"
    return "scorer_closed" if closed else "scorer_refused"


def _sound(answers: Sequence[Answer]) -> list[Answer]:
    """Chances that are chances, of the kinds that there are: a plug-in is a third party's code."""
    return [
        {head: found for head in ABUSE if (found := chance(one.get(head))) is not None}
        if one
        else None
        for one in answers
    ]
