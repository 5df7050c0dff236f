"""Carrying one claimed delivery to its network: prepare, the door, the commit call."""

import asyncio
import logging
import random
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Any, Protocol
from uuid import UUID

from django.db import DatabaseError, InterfaceError

from breakwater.channels import doors
from breakwater.channels.services import mark_reconnect, throttle
from breakwater.delivery.models import Delivery, Worker
from breakwater.delivery.selectors import sign_ins_refused
from breakwater.delivery.services import circuits, claims
from breakwater.delivery.services.outcomes import Result, story
from breakwater.domain.circuit import counts
from breakwater.domain.errors import NetworkError, TryLater
from breakwater.domain.guarantees import Guarantee, Outcome
from breakwater.domain.kinds import MAKES
from breakwater.domain.resolution import BUDGET_USED, after_call, after_token, backoff
from breakwater.domain.timings import Timings
from breakwater.networks.base import Handle
from breakwater.workers import calls
from breakwater.workers.calls import Ended
from breakwater.workers.clockwatch import ClockWatch
from breakwater.workers.desk import Desk
from breakwater.workers.grouping import Grouper
from breakwater.workers.ledger import AGAIN_S, Ledger
from breakwater.workers.life import Life

log = logging.getLogger(__name__)
_PEACE_MOST_S = 30 * 86400.0


class _GiveBack(Protocol):
    def __call__(self, keys: Sequence[UUID], worker: Worker, *, now: datetime) -> object: ...


class Taken(Exception):
    """The row is no longer this worker's: nothing more is done for it here."""


@dataclass
class Carrier:
    """One worker's hands. The door groups `sending` marks into one durable commit."""

    desk: Desk
    life: Life
    ledger: Ledger
    timings: Timings
    slots: int
    watch: ClockWatch | None = None

    def __post_init__(self) -> None:
        self._watch = self.watch or ClockWatch(self.timings)
        wait_s = self.timings.group.total_seconds() / 10
        self._door = Grouper(self._begin, wait_s=wait_s, most=self.slots, in_turn=True)

    async def carry(self, row: Delivery, opened: doors.Opened | None) -> None:
        """The delivery has left, or its row says why not. One broken row never stops the queue."""
        try:
            ready = await self._approach(row, opened)
        except Exception:
            # No commit call was made: the row goes back, and its tries bound the loop.
            log.exception("carry.broke delivery=%s", row.pk)
            return await self._give_back(claims.drop, row)
        if ready is None or opened is None:
            return None
        begun, handle = ready
        try:
            return await self._commit(begun, opened, handle)
        except Exception:
            # It may be out: only a look may say what comes next.
            log.exception("carry.broke_late delivery=%s", row.pk)
            return await self._give_back(claims.doubt, row)

    async def _approach(
        self, row: Delivery, opened: doors.Opened | None
    ) -> tuple[Delivery, Handle] | None:
        """The row, durably `sending`, with its handle; None when it does not leave now."""
        if opened is None:
            await self._no_key(row)
            return None
        try:
            handle, row = await self._prepare(row, opened)
        except Taken:
            return None
        except (DatabaseError, InterfaceError):
            raise  # ours, not the network's
        except Exception as error:  # prepare is harmless: any end is a definite "not sent"
            ended = calls.classify(error, writing=False)
            await self._end(row, opened, "prepare", ended, await _guarantee(opened, row))
            return None
        begun = await self._door.put(row)
        return (begun, handle) if begun else None

    async def _prepare(self, row: Delivery, opened: doors.Opened) -> tuple[Handle, Delivery]:
        if row.kind not in MAKES:  # nothing new is made, so nothing goes up for it
            return {}, row

        async def keep(handle: Handle) -> None:
            if not await self.desk(_keep, row, self.life, handle, self._watch):
                raise Taken
            row.state, row.handle = "prepared", dict(handle)

        async with (
            asyncio.timeout(self.timings.prepare_deadline.total_seconds()),
            doors.connector(opened) as connector,
        ):
            handle = await connector.prepare(calls.parcel_of(row), row.handle, keep)
        return handle, row

    async def _begin(self, rows: Sequence[Delivery]) -> Sequence[Delivery | None]:
        begun = {row.pk: row for row in await self.desk(_begin, rows, self.life, self._watch)}
        return [begun.get(row.pk) for row in rows]

    async def _commit(self, row: Delivery, opened: doors.Opened, handle: Handle) -> None:
        """`sending` is durable. From here every end is an outcome in the ledger."""
        started = asyncio.get_running_loop().time()
        async with doors.connector(opened, fresh=True) as connector:
            guarantee = calls.guards(connector, row)
            if not await self.life.held():
                return  # another worker will find it `sending`, and look before anything else
            spent = timedelta(seconds=asyncio.get_running_loop().time() - started)
            left = self.timings.commit_deadline - spent
            ended = await calls.commit(connector, row, handle, left)
        await self._end(row, opened, "commit", ended, guarantee)

    async def _end(
        self,
        row: Delivery,
        opened: doors.Opened,
        step: str,
        ended: Ended,
        guarantee: Guarantee,
    ) -> None:
        now = await self._now()
        ended = calls.hushed(ended, opened.secrets)
        bad = counts(ended.outcome, step=step, code=ended.code, kind=row.kind)
        origin = opened.account.origin if bad else ""
        try:
            ended = await self._heed(row, opened, ended, now)
        except Exception:  # whatever fails beside it, the outcome itself is written
            log.exception("carry.aside_broke delivery=%s", row.pk)
        await self._write(row, step, ended, guarantee, now, origin)

    async def _write(
        self,
        row: Delivery,
        step: str,
        ended: Ended,
        guarantee: Guarantee,
        now: datetime,
        origin: str = "",
    ) -> None:
        following = after_call(
            ended.outcome,
            story(row, guarantee),
            now=now,
            after_s=ended.after_s,
            reason=ended.code,
            chance=random.random(),  # noqa: S311 - jitter
            timings=self.timings,
        )
        sent = ended.sent
        await self.ledger.write(
            Result(
                delivery_id=row.pk,
                before=row.state,
                tries=row.tries,
                step=step,
                outcome=ended.outcome,
                next=following,
                at=now,
                worker_id=self.life.worker.pk,
                code=ended.code,
                detail=ended.detail,
                remote_id=sent.remote_id if sent else "",
                remote_url=sent.url if sent else "",
                origin=origin,
                duplicate_of=ended.duplicate_of,
            )
        )

    async def _heed(
        self, row: Delivery, opened: doors.Opened, ended: Ended, now: datetime
    ) -> Ended:
        """What the answer asks for beside its own row: a refresh, a channel left in peace. A budget
        that is used up holds back the calls that need it, and no other."""
        if ended.outcome is Outcome.THROTTLED and ended.code != BUDGET_USED:
            await self._leave_in_peace(row, opened, ended, now)
        if ended.outcome is not Outcome.TOKEN:
            return ended
        try:
            pause = after_token(await self.desk(sign_ins_refused, row.pk), self.timings)
            if pause is not None:
                await doors.refresh(opened, patience=doors.BRIEFLY)
                return replace(ended, after_s=pause.total_seconds())
        except TryLater as error:
            return Ended(Outcome.NOT_SENT, error.code, error.detail, after_s=error.after_s)
        except NetworkError as error:
            log.info("channel.refresh_refused channel=%s why=%s", opened.channel_id, error.code)
        # Not renewed, or renewed and refused again and again: a person has to reconnect.
        await self.desk(_shut, opened, now)
        return ended

    async def _leave_in_peace(
        self, row: Delivery, opened: doors.Opened, ended: Ended, now: datetime
    ) -> None:
        """No worker calls for this account, or for the whole app if that was throttled, before
        the network's wish and our own back-off are over."""
        wish = timedelta(seconds=min(ended.after_s or 0.0, _PEACE_MOST_S))
        own = backoff(row.commit_calls, random.random(), self.timings)  # noqa: S311 - jitter
        until = now + max(wish, own)
        if ended.whole_app:
            await self.desk(circuits.quiet, opened.account.origin, until)
        else:
            await self.desk(throttle, opened.channel_id, until)

    async def _give_back(self, how: _GiveBack, row: Delivery) -> None:
        while not self.life.lost:
            try:
                await self.desk(_give_back, how, row, self.life, self._watch)
            except (DatabaseError, InterfaceError, OSError):
                log.warning("carry.database_away delivery=%s", row.pk)
                await asyncio.sleep(AGAIN_S)
                await self.life.held()
            else:
                return

    async def _now(self) -> datetime:
        """The database's clock; what it should show while the database is away."""
        try:
            return await self.desk(self._watch.now)
        except (DatabaseError, InterfaceError, OSError):
            return self._watch.estimate()

    async def _no_key(self, row: Delivery) -> None:
        """Its credential cannot be opened here: it waits, and its window decides."""
        ended = Ended(Outcome.NOT_SENT, "no_credential", after_s=60.0)
        await self._write(row, "prepare", ended, Guarantee.NONE, await self._now())


def _keep(row: Delivery, life: Life, handle: Mapping[str, Any], watch: ClockWatch) -> bool:
    return claims.keep_handle(row, life.worker, handle, now=watch.now())


def _begin(rows: Sequence[Delivery], life: Life, watch: ClockWatch) -> list[Delivery]:
    """The last look at the clock before the first byte, too."""
    moment = watch.look()
    if moment.held:
        claims.wait(rows, life.worker, reason="clock", now=moment.now)
        return []
    return claims.begin(rows, life.worker, now=moment.now)


def _give_back(how: _GiveBack, row: Delivery, life: Life, watch: ClockWatch) -> None:
    how([row.pk], life.worker, now=watch.now())


def _shut(opened: doors.Opened, now: datetime) -> None:
    mark_reconnect(opened.channel_id, now=now, version=opened.version)


async def _guarantee(opened: doors.Opened, row: Delivery) -> Guarantee:
    async with doors.connector(opened) as connector:
        return calls.guards(connector, row)
