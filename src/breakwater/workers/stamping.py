"""The stamping loop: packages of evidence are shown to a time-stamping authority, where one is set.

Nothing waits for it: not a taking, not a delete. It has a thread and a connection of its own.
"""

import asyncio
import logging

import httpx
from django.conf import settings

from breakwater.core import http
from breakwater.domain.errors import EgressRefused
from breakwater.domain.timings import Timings
from breakwater.evidence import tokens
from breakwater.evidence.models import Stamp
from breakwater.evidence.services import stamping
from breakwater.evidence.tokens import BadToken, Query
from breakwater.workers.clockwatch import ClockWatch
from breakwater.workers.rounds import Rounds

log = logging.getLogger(__name__)
SLOTS = 2
DEADLINE_S = 20.0
"""Of one call; shorter than a lease by far."""
_ROUND_S = 2.0


class StampLoop(Rounds):
    """One asker. Several may run: each package is leased to one of them at a time."""

    name, rest_s = "stamp", _ROUND_S

    def __init__(
        self, *, timings: Timings, watch: ClockWatch | None = None, deadline_s: float = DEADLINE_S
    ) -> None:
        super().__init__(timings=timings, watch=watch)
        self._deadline_s = deadline_s

    def rest(self, made: int) -> float:
        return 0.0 if made else self.rest_s

    async def turn(self) -> int:
        """What is due is asked for; how many calls were begun. None where no authority is set."""
        if not settings.TIMESTAMP_URL:
            return 0
        now = await self._desk(self._watch.now)
        await self._desk(lambda: stamping.expect(now=now))
        rows = await self._desk(lambda: stamping.lease(limit=SLOTS, now=now))
        if rows:
            async with http.client(limit=tokens.MAX_BYTES) as client, asyncio.TaskGroup() as asking:
                for one in rows:
                    asking.create_task(self._ask(one, client))
        return len(rows)

    async def _ask(self, stamp: Stamp, client: httpx.AsyncClient) -> None:
        """The token is kept, or why there is none."""
        asked = await self._desk(stamping.query_for, stamp)
        if asked is None:
            await self._failed(stamp, "stamp_no_package", for_good=True)
            return
        try:
            async with asyncio.timeout(self._deadline_s):
                answer = await _answer(client, asked)
            roots = tokens.certificates(settings.TIMESTAMP_ROOTS)
            token = await self._desk(tokens.read, answer, asked, roots)
        except BadToken as error:
            await self._failed(stamp, error.code)
        except TimeoutError:
            await self._failed(stamp, "stamp_silent")
        else:
            now = await self._desk(self._watch.now)
            if await self._desk(lambda: stamping.stamped(stamp, token, now=now)):
                log.info("stamp.stamped link=%s", stamp.link_id)

    async def _failed(self, stamp: Stamp, code: str, *, for_good: bool = False) -> None:
        log.warning("stamp.failed link=%s code=%s", stamp.link_id, code)
        now = await self._desk(self._watch.now)
        await self._desk(lambda: stamping.failed(stamp, code, for_good=for_good, now=now))


async def _answer(client: httpx.AsyncClient, asked: Query) -> bytes:
    """The body of a good answer. Raises: BadToken; TimeoutError."""
    headers = {"Content-Type": tokens.QUERY, "Accept": tokens.REPLY}
    try:
        answer = await client.post(settings.TIMESTAMP_URL, content=asked.data, headers=headers)
    except (EgressRefused, httpx.InvalidURL, httpx.UnsupportedProtocol) as error:
        raise BadToken("stamp_closed") from error
    except httpx.TimeoutException as error:
        raise BadToken("stamp_silent") from error
    except httpx.RemoteProtocolError as error:  # also for an answer without an end
        raise BadToken("stamp_not_understood") from error
    except (httpx.HTTPError, httpx.StreamError, OSError) as error:
        raise BadToken("stamp_away") from error
    if answer.status_code != httpx.codes.OK:
        raise BadToken("stamp_away")
    return answer.content
