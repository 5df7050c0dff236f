"""The reading loop: polls what can be polled, listens where a network streams, stores what comes."""

import asyncio
import logging
from collections.abc import Sequence
from datetime import datetime, timedelta

from django.db import DatabaseError, InterfaceError, OperationalError

from breakwater.channels import doors
from breakwater.channels.bills import next_month
from breakwater.channels.meters import OVER_CAP
from breakwater.channels.models import Cursor
from breakwater.channels.services import (
    mark_reconnect,
    portraits,
    postfigures,
    pushing,
    reading,
    throttle,
)
from breakwater.channels.services.arrivals import record_arrivals
from breakwater.domain.errors import NetworkError, Reconnect, Refused, TryLater, Unsupported
from breakwater.domain.resolution import BUDGET_USED
from breakwater.domain.timings import Timings
from breakwater.networks.base import Arrived, Batch, Connector, Figure, Profile, Source
from breakwater.workers.clockwatch import ClockWatch
from breakwater.workers.rounds import Rounds

log = logging.getLogger(__name__)
SLOTS = 16
STREAMS = 200
"""Streams have places of their own: each keeps its own for ever, and nothing else would be read."""
_ROUND_S = 1.0
_ENSURE_S = 30.0
_GROUP = 100
_GROUP_S = 1.0
_RENEW_S = 30.0


class IngestLoop(Rounds):
    """One reader. Several may run: each source is leased to one of them at a time."""

    name, rest_s = "ingest", _ROUND_S

    def __init__(self, *, timings: Timings, watch: ClockWatch | None = None) -> None:
        super().__init__(timings=timings, watch=watch)
        self._busy: dict[asyncio.Task[None], Cursor] = {}
        self._listening: set[asyncio.Task[None]] = set()
        self._ensure_at = 0.0

    async def leave(self) -> None:
        """What is being read is left, and free for the next reader."""
        left = dict(self._busy)
        for task in left:
            task.cancel()
        await asyncio.gather(*left, return_exceptions=True)
        try:
            await self._desk(reading.let_go, list(left.values()))
        except (DatabaseError, InterfaceError, OSError) as error:
            log.warning("ingest.leases_left why=%s", error)  # they end by themselves
        await super().leave()

    def _done(self, task: "asyncio.Task[None]") -> None:
        self._busy.pop(task, None)
        self._listening.discard(task)

    async def turn(self) -> int:
        """What is due begins to be read; how many sources."""
        moment = asyncio.get_running_loop().time()
        now = await self._desk(self._watch.now)
        if moment >= self._ensure_at:
            self._ensure_at = moment + _ENSURE_S
            await self._desk(lambda: reading.ensure_cursors(now=now))
        rows = await self._desk(self._leased, now)
        keys = await self._desk(doors.unlock, {row.channel_id for row in rows}) if rows else {}
        for row in rows:
            task = asyncio.create_task(self._guarded(row, keys.get(row.channel_id)))
            self._busy[task] = row
            task.add_done_callback(self._done)
            if row.source == reading.STREAM:
                self._listening.add(task)
        return len(rows)

    def _leased(self, now: datetime) -> list[Cursor]:
        polls = SLOTS - len(self._busy.keys() - self._listening)
        streams = STREAMS - len(self._listening)
        return [
            *(reading.lease(limit=polls, now=now) if polls > 0 else []),
            *(reading.lease(limit=streams, now=now, streams=True) if streams > 0 else []),
        ]

    async def _guarded(self, row: Cursor, opened: doors.Opened | None) -> None:
        """Whatever one source does, the others go on; it is tried again, more and more seldom."""
        try:
            if opened is None:
                return await self._failed(row, "no_credential")
            await self._visit(row, opened)
        except (OperationalError, InterfaceError):  # what it will not keep is no outage
            log.warning("ingest.database_away cursor=%s", row.pk)
        except Exception:
            log.exception("ingest.source_broke channel=%s source=%s", row.channel_id, row.source)
            await self._failed(row, "internal")

    async def _visit(self, row: Cursor, opened: doors.Opened) -> None:
        try:
            try:
                await self._read(row, opened)
            except Reconnect:
                if _renewed_in_vain(row):
                    raise
                # What is shut below is what was refused last.
                opened = await doors.refresh(opened, patience=doors.BRIEFLY)
                await self._read(row, opened)
        except Unsupported as error:
            await self._desk(reading.never_again, row, error.code)
        except Reconnect as error:
            await self._shut(row, opened)
            await self._failed(row, error.code)
        except TryLater as error:
            await self._later(row, error)
        except NetworkError as error:
            await self._refused(row, error)
        except TimeoutError:
            await self._failed(row, "deadline")

    async def _read(self, row: Cursor, opened: doors.Opened) -> None:
        if row.source == reading.STREAM:
            await self._listen(row, opened)
            return
        if row.source == pushing.PUSH:
            await self._ask_for_pushes(row, opened)
            return
        async with (
            asyncio.timeout(self.timings.read_deadline.total_seconds() * 2),
            doors.connector(opened) as connector,
        ):
            if row.source == reading.PROFILE:
                await self._desk(_portrait, row, await connector.profile(), self._watch)
                return
            if row.source == reading.FIGURES:
                await self._figures(row, connector)
                return
            batch = await connector.poll(Source(row.source), row.cursor)
        await self._desk(_store, row, batch, self._watch)

    async def _figures(self, row: Cursor, connector: Connector) -> None:
        """Of the posts that are followed first: some networks have none of an account. A post that
        gives none any more is no trouble of the account's."""
        for about in await self._desk(_followed, row, self._watch):
            try:
                figures = await connector.insights(about)
            except (Refused, Unsupported):
                continue
            except TryLater:  # the others would hear the same; the account's own says it below
                break
            await self._desk(_counted_post, row, about, figures, self._watch)
        await self._desk(_counted, row, await connector.insights(), self._watch)

    async def _ask_for_pushes(self, row: Cursor, opened: doors.Opened) -> None:
        if not pushing.possible(opened.network, opened.account.origin):
            raise Refused("hook_unreachable")
        async with (
            asyncio.timeout(doors.TALK_DEADLINE.total_seconds()),
            doors.connector(opened) as connector,
        ):
            until = await connector.subscribe(pushing.address(opened.network))
        await self._desk(_promised, row, until, self._watch)

    async def _shut(self, row: Cursor, opened: doors.Opened) -> None:
        """The channel waits for a person. Not for the sake of pushes, which some networks ask
        other keys for: what is polled says whether the sign-in is at its end."""
        if row.source == pushing.PUSH:
            return
        now = await self._desk(self._watch.now)
        await self._desk(lambda: mark_reconnect(opened.channel_id, now=now, version=opened.version))

    async def _listen(self, row: Cursor, opened: doors.Opened) -> None:
        """What comes is stored in small groups, for as long as the stream and the lease last."""
        async with doors.connector(opened) as connector:
            queue: asyncio.Queue[Arrived | None] = asyncio.Queue(maxsize=10 * _GROUP)

            async def pump() -> None:
                async for one in connector.stream():
                    await queue.put(one)

            pumping = asyncio.create_task(pump())
            try:
                while not self._stopping.is_set():
                    group = await _group(queue, pumping)
                    if not await self._desk(_keep, row, group, self._watch):
                        return
                    if pumping.done() and queue.empty():
                        pumping.result()
                        raise TryLater("the stream ended")
            finally:
                pumping.cancel()
                await asyncio.gather(pumping, return_exceptions=True)

    async def _later(self, row: Cursor, error: TryLater) -> None:
        after = timedelta(seconds=error.after_s) if error.after_s else None
        now = await self._desk(self._watch.now)
        if error.throttled and after and error.code != BUDGET_USED:
            await self._desk(throttle, row.channel_id, now + after)
        await self._failed(row, error.code, after)

    async def _refused(self, row: Cursor, error: NetworkError) -> None:
        """What costs more than the workspace wants to spend rests until the next month."""
        code = error.reason if isinstance(error, Refused) else error.code
        after = None
        if code == OVER_CAP:
            now = await self._desk(self._watch.now)
            after = next_month(now) - now
        await self._failed(row, code, after)

    async def _failed(self, row: Cursor, code: str, after: timedelta | None = None) -> None:
        await self._desk(_fail, row, code, after, self._watch)


async def _group(
    queue: "asyncio.Queue[Arrived | None]", pumping: "asyncio.Task[None]"
) -> Sequence[Arrived]:
    """What came within a moment; after a longer silence nothing, so that the lease is renewed."""
    found: list[Arrived] = []
    getting = asyncio.ensure_future(queue.get())
    await asyncio.wait({getting, pumping}, timeout=_RENEW_S, return_when=asyncio.FIRST_COMPLETED)
    if not getting.done():
        getting.cancel()
        return found
    if (first := getting.result()) is not None:
        found.append(first)
    end = asyncio.get_running_loop().time() + _GROUP_S
    while len(found) < _GROUP and (left := end - asyncio.get_running_loop().time()) > 0:
        try:
            async with asyncio.timeout(left):
                one = await queue.get()
        except TimeoutError:
            break
        if one is not None:
            found.append(one)
    return found


def _renewed_in_vain(row: Cursor) -> bool:
    """Whether this subscription was refused with a fresh sign-in already. Renewing once more would
    go on for ever, as pushes shut no channel; what is polled renews the sign-in when it ends."""
    return row.source == pushing.PUSH and row.trouble == Reconnect.code


def _store(row: Cursor, batch: Batch, watch: ClockWatch) -> int:
    return reading.read(row, batch, now=watch.now())


def _portrait(row: Cursor, profile: Profile, watch: ClockWatch) -> None:
    portraits.seen(row, profile, now=watch.now())


def _counted(row: Cursor, figures: Sequence[Figure], watch: ClockWatch) -> None:
    portraits.counted(row, figures, now=watch.now())


def _followed(row: Cursor, watch: ClockWatch) -> list[str]:
    return postfigures.followed(row.channel_id, now=watch.now())


def _counted_post(row: Cursor, about: str, figures: Sequence[Figure], watch: ClockWatch) -> None:
    zone = row.channel.workspace.zone
    postfigures.keep(row.channel, about, figures, zone=zone, now=watch.now())


def _keep(row: Cursor, group: Sequence[Arrived], watch: ClockWatch) -> bool:
    now: datetime = watch.now()
    record_arrivals(row.channel, group, now=now)
    return reading.renew(row, now=now)


def _promised(row: Cursor, until: datetime | None, watch: ClockWatch) -> None:
    pushing.subscribed(row, until, now=watch.now())


def _fail(row: Cursor, code: str, after: timedelta | None, watch: ClockWatch) -> None:
    reading.failed(row, code, after=after, now=watch.now())
