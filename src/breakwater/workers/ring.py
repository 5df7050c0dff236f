"""The ringing loop: urgent notices at each of their doors, at once, and again until they are through.

A try is counted before it is made (notices/services/rings.py), so a worker that dies costs a try and
never loses a ring. Nothing of what a stranger wrote leaves by any of these doors.
"""

import asyncio
import json
import logging
from datetime import datetime

import httpx
from django.conf import settings
from django.utils import translation

from breakwater.core import http, webpush
from breakwater.domain.errors import EgressRefused
from breakwater.domain.timings import Timings
from breakwater.notices import webhooks
from breakwater.notices.mail import Backend
from breakwater.notices.models import Door, Ring
from breakwater.notices.sentences import body, title
from breakwater.notices.services import rings
from breakwater.notices.services.mails import TROUBLE, address_of, mail_of, subject_of
from breakwater.strays.services.escalating import escalate
from breakwater.workers.clockwatch import ClockWatch
from breakwater.workers.rounds import Rounds

log = logging.getLogger(__name__)
BUSY_S, IDLE_S = 0.2, 0.5
ESCALATE_S = 5.0
DEADLINE_S = 10.0
"""Of one call; with a mail server's own patience it is shorter than a lease."""

_GONE = (404, 410)


class RingLoop(Rounds):
    """One ringer. Several may run: each ring is claimed by one of them at a time."""

    name, rest_s = "ring", IDLE_S

    def __init__(
        self, *, timings: Timings, watch: ClockWatch | None = None, deadline_s: float = DEADLINE_S
    ) -> None:
        super().__init__(timings=timings, watch=watch)
        self._deadline_s = deadline_s
        self._escalate_at = 0.0

    def rest(self, made: int) -> float:
        return BUSY_S if made else IDLE_S

    async def turn(self) -> int:
        """Every ring that is due is tried once; how many. Now and then, alarms that nobody answered go
        on to more people."""
        now = await self._desk(self._watch.now)
        moment = asyncio.get_running_loop().time()
        if moment >= self._escalate_at:
            self._escalate_at = moment + ESCALATE_S
            await self._desk(lambda: escalate(now))
        found = await self._desk(lambda: rings.due(now))
        if found:
            async with http.client() as client, asyncio.TaskGroup() as ringing:
                for one in found:
                    ringing.create_task(self._try(one, client, now))
        return len(found)

    async def _try(self, ring: Ring, client: httpx.AsyncClient, now: datetime) -> None:
        """What became of it is in its row, whatever happens on the way."""
        try:
            async with asyncio.timeout(
                self._deadline_s + (DEADLINE_S if ring.door == Door.MAIL else 0)
            ):
                gone = await self._knock(ring, client, now)
        except (httpx.HTTPError, EgressRefused, TimeoutError, ValueError, *TROUBLE) as error:
            await self._failed(ring, f"{type(error).__name__}: {error}")
        except Exception as error:  # a door that breaks in a new way rings no other door less
            log.exception("ring.broke door=%s", ring.door)
            await self._failed(ring, type(error).__name__)
        else:
            at = await self._desk(self._watch.now)
            await self._desk(
                lambda: rings.gone(ring, gone, now=at) if gone else rings.went(ring, now=at)
            )

    async def _failed(self, ring: Ring, trouble: str) -> None:
        log.warning("ring.failed door=%s tries=%s why=%s", ring.door, ring.tries, trouble[:80])
        at = await self._desk(self._watch.now)
        await self._desk(lambda: rings.failed(ring, trouble, now=at))

    async def _knock(self, ring: Ring, client: httpx.AsyncClient, now: datetime) -> str:
        """ "" when the door took it; else why there is no such door any more."""
        if not ring.notice.person.is_active and ring.door != Door.WEBHOOK:
            return "nobody"
        if ring.door == Door.MAIL:
            await asyncio.to_thread(_mail, ring)
            return ""
        made = _push(ring, now) if ring.door == Door.PUSH else _webhook(ring, now)
        if made is None:
            return "no door"
        url, headers, content = made
        answer = await client.post(url, headers=headers, content=content)
        if answer.status_code in _GONE and ring.door == Door.PUSH:
            return f"HTTP {answer.status_code}"
        if not answer.is_success:
            raise httpx.HTTPError(f"HTTP {answer.status_code}")
        return ""


def _mail(ring: Ring) -> None:
    """A connection of its own: it does not wait behind everyday mails."""
    Backend().send_messages([mail_of(ring.notice)])


Made = tuple[str, dict[str, str], bytes]


def _push(ring: Ring, now: datetime) -> Made | None:
    door, notice = ring.push, ring.notice
    if door is None:
        return None
    with translation.override(notice.person.language):
        said = {
            "title": subject_of(notice),
            "body": body(notice.code, notice.data),
            "url": address_of(notice),
            "tag": notice.key,
            "lang": notice.person.language,
        }
    request = webpush.pushed(
        json.dumps(said, ensure_ascii=False).encode(), door.endpoint, p256dh=door.p256dh,
        auth=door.auth, key=settings.PUSH_KEY, contact=_contact(), now=now,
    )  # fmt: skip
    return door.endpoint, dict(request.headers), request.body


def _webhook(ring: Ring, now: datetime) -> Made | None:
    """Its link is the page's, never a person's own: a machine keeps what it is told."""
    door, notice = ring.webhook, ring.notice
    if door is None or not door.on:
        return None
    with translation.override(notice.workspace.language):
        data = {
            "workspace": notice.workspace.slug,
            "title": title(notice.code, notice.data),
            "text": body(notice.code, notice.data),
            "url": f"{settings.PUBLIC_URL}{notice.path}",
        }
    sent = webhooks.body_of(notice.code, data, at=notice.created_at)
    headers = webhooks.headers_of(
        f"msg_{ring.pk.hex}", sent, secret=webhooks.secret_of(door.pk), at=now
    )
    return door.url, headers, sent


def _contact() -> str:
    """Whom a push service may write to about us (RFC 8292, 2.1)."""
    return settings.PUBLIC_URL if settings.SECURE else f"mailto:{settings.DEFAULT_FROM_EMAIL}"
