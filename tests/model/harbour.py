"""The practice harbour in a simulation: the schedule says what each of its calls meets."""

import asyncio
import re
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any, Protocol

from breakwater.networks.base import Fault
from breakwater.networks.sandbox.asked import Asked
from breakwater.networks.sandbox.faults import Refusal
from breakwater.networks.sandbox.harbour import Happened, Harbour
from breakwater.networks.sandbox.posts import Done
from breakwater.networks.sandbox.server import HarbourApp
from tests.model import faults
from tests.model.faults import LATENCY, OK, UNSEEN

_COMMIT = re.compile(r"/api/(posts|records/[^/]+|containers/[^/]+/publish)")
_LOOK = re.compile(r"/api/(posts|posts/[^/]+|records/[^/]+|containers/[^/]+)")
_LATE = {"minutes": str(faults.LATE.total_seconds() / 60)}
_DETAIL = {
    "late": _LATE,
    "throttled": {"retry_after": str(int(faults.RETRY_AFTER.total_seconds()))},
}


class Fate(Protocol):
    """What the harbour asks the simulation: what goes wrong now, and for how long."""

    frozen: timedelta | None
    """How long the worker sleeps between its check and this call."""

    def pick(self, point: str) -> str: ...

    def wake(self, after: timedelta) -> None: ...

    def fall(self, option: str) -> None:
        """Dies here, if that is what the option says."""
        ...


class SimulatedHarbour(HarbourApp):
    """A harbour whose answers take LATENCY, and whose faults are picked when a call comes."""

    def __init__(self, harbour: Harbour, fate: Fate) -> None:
        super().__init__(harbour)
        self.fate = fate
        self.unseen = False
        self.blind_until: datetime | None = None
        self._crash = ""
        self._read = False

    def forget(self) -> None:
        """A new schedule begins."""
        self.unseen, self.blind_until, self._read = False, None, False

    async def __call__(
        self,
        scope: Mapping[str, Any],
        receive: Callable[..., Awaitable[Any]],
        send: Callable[..., Awaitable[None]],
    ) -> None:
        writes = scope["method"] in ("POST", "PUT") and _COMMIT.fullmatch(scope["path"])
        if writes and self.fate.frozen:
            self.fate.wake(self.fate.frozen)
        elif writes:
            await asyncio.sleep(0)  # a deadline that is over lets nothing leave
        answers: list[Any] = []

        async def keep(message: Any) -> None:
            answers.append(message)

        error: Exception | None = None
        try:
            await super().__call__(scope, receive, keep)
        except Exception as lost:  # a lost answer takes its time, too
            error = lost
        await asyncio.sleep(LATENCY.total_seconds())
        for message in answers:
            await send(message)
        if error is not None:
            raise error

    def _handle(self, asked: Asked) -> Happened:
        if asked.method in ("POST", "PUT") and _COMMIT.fullmatch(asked.path):
            return self._commit(asked)
        if asked.method == "GET" and _LOOK.fullmatch(asked.path):
            return self._look(asked)
        return super()._handle(asked)

    def _commit(self, asked: Asked) -> Happened:
        account = self._account(asked)
        if account is None:
            return super()._handle(asked)  # it does not come so far as to meet a fault
        kind = self.fate.pick("send")
        if kind != OK and kind not in faults.CRASHES:
            self.harbour.plan(account, Fault(kind, detail=_DETAIL.get(kind, {})))
        happened = super()._handle(asked)
        self.fate.fall(kind)
        return happened

    def _look(self, asked: Asked) -> Happened:
        now = self.harbour.clock()
        if not self._read:
            self._read = True
            self._meet(self.fate.pick("sight"), asked, now)
        if self.blind_until is not None and now < self.blind_until:
            return Happened(Done(503, {"error": "blind"}))
        happened = super()._handle(asked)
        if not self.unseen or happened.done is None or happened.done.status != 200:
            return happened
        return Happened(_as_seen(happened.done, now))

    def _meet(self, sight: str, asked: Asked, now: datetime) -> None:
        self.unseen = sight == faults.UNSEEN_YET
        if sight == faults.BLINDED:
            self.blind_until = now + faults.BLIND
        if sight == faults.EXPIRED:
            self.harbour.plan(self.harbour.owner(asked.token), Fault("unauthorised", "look"))

    def _account(self, asked: Asked) -> str | None:
        try:
            return self.harbour.enter(asked.token)
        except Refusal:
            return None


def _as_seen(done: Done, now: datetime) -> Done:
    """The answer of a network that shows a post half an hour after it is public."""
    content = done.content
    if isinstance(content, list):
        return replace(done, content=[one for one in content if _old(one, now)])
    if "post" in content:
        seen = content["post"] and _old(content["post"], now)
        yet = {**content, "status": "FINISHED", "post": None}
        return done if seen else replace(done, content=yet)
    return done if _old(content, now) else Done(404, {"error": "not_there"})


def _old(post: Mapping[str, Any], now: datetime) -> bool:
    return datetime.fromisoformat(post["created_at"]) <= now - UNSEEN
