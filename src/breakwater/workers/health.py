"""Watching credentials: a dying one is told days before it dies, a dead one at once."""

import asyncio
from collections.abc import Callable, Sequence
from datetime import datetime, timedelta

from breakwater.channels.models import Channel
from breakwater.channels.selectors import Health, health, to_watch, unchecked
from breakwater.channels.services import acheck_channel, forget_walks
from breakwater.notices.services import tell
from breakwater.people.roles import Right
from breakwater.people.selectors import with_right
from breakwater.workers.desk import Desk
from breakwater.workers.spending import tell_of_spending

EVERY_S = 30.0
CHECK_EVERY = timedelta(hours=6)
_AT_ONCE = 5


class HealthDuty:
    """Asks a few channels a round how they are, and tells people what they must mend."""

    def __init__(self, desk: Desk, clock_now: Callable[[], datetime]) -> None:
        self._desk = desk
        self._clock_now = clock_now
        self._next = 0.0

    async def __call__(self) -> None:
        moment = asyncio.get_running_loop().time()
        if moment < self._next:
            return
        self._next = moment + EVERY_S
        now = await self._desk(self._clock_now)
        await self._desk(forget_walks, now)
        stale = await self._desk(_stale, now)
        await asyncio.gather(
            *(
                acheck_channel(workspace_id=one.workspace_id, channel_id=one.pk, now=now)
                for one in stale
            ),
            return_exceptions=True,
        )
        await self._desk(tell_of_health, now)
        await self._desk(tell_of_spending, now)


def tell_of_health(now: datetime) -> int:
    """Those who connect channels know of each that is dying or shut; how many channels."""
    told = 0
    for channel in to_watch():
        how = health(channel, now)
        if how is Health.RECONNECT:
            _tell(channel, "reconnect", f"{channel.state_at:%Y%m%d%H%M%S}", {}, now)
        elif how is Health.EXPIRING and (ends := channel.credential.expires_at):
            day = ends.date().isoformat()
            _tell(channel, "token_dying", day, {"day": day}, now)
        else:
            continue
        told += 1
    return told


def _stale(now: datetime) -> Sequence[Channel]:
    return unchecked(before=now - CHECK_EVERY, limit=_AT_ONCE)


def _tell(channel: Channel, code: str, key: str, data: dict[str, str], now: datetime) -> None:
    tell(
        with_right(channel.workspace_id, Right.CONNECT),
        code,
        key=f"channel:{channel.pk}:{code}:{key}",
        data={"channel": str(channel), **data},
        path=f"/w/{channel.workspace.slug}/channels/{channel.pk}/",
        workspace_id=channel.workspace_id,
        now=now,
    )
