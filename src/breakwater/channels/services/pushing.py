"""Pushes: asked for, renewed before they end, and believed in only while they come.

A network that pushes is still looked at now and then. Which of its sources a push brings is not
taken from a promise: it is what pushes have brought (`Cursor.pushed_at`).
"""

from collections.abc import Iterable
from datetime import datetime, timedelta
from uuid import UUID

from django.conf import settings
from django.db import transaction
from django.db.models import Q, QuerySet

from breakwater.channels.meters import OVER_CAP
from breakwater.channels.models import Cursor
from breakwater.channels.selectors import lives_inside
from breakwater.core.outside import reachable
from breakwater.domain.resolution import BUDGET_USED
from breakwater.networks.base import Arrived, Source, What

PUSH = "push"
"""`Cursor.source` of a channel's subscription."""

SELDOM = 6
SELDOM_MOST = timedelta(hours=1)
LONGEST_PAUSE = timedelta(hours=6)
_ASKED = timedelta(hours=1)
"""How long a network may take to ask whether it was us who asked it."""
_EARLY = timedelta(days=1)
_FOR_GOOD = timedelta(days=1)
"""What is promised for good is asked for again each day: saying it twice changes nothing, and a
subscription that somebody took away over there comes back."""

_BROUGHT = {
    What.POST: Source.OWN_POSTS,
    What.COMMENT: Source.COMMENTS,
    What.MENTION: Source.MENTIONS,
    What.QUOTE: Source.MENTIONS,
    What.TAG: Source.MENTIONS,
    What.MESSAGE: Source.MESSAGES,
    What.REVIEW: Source.REVIEWS,
}


def possible(network: str, origin: str) -> bool:
    """Whether what is pushed can arrive. A network inside this installation has no way to go."""
    return lives_inside(network) or reachable(origin)


def address(network: str) -> str:
    """Where the network pushes to."""
    return f"{settings.PUBLIC_URL}/hooks/{network}/"


def subscribed(row: Cursor, until: datetime | None, *, now: datetime) -> None:
    """The network promised to push until then (None: for good). After a gap everything that can be
    read is read now: nobody pushed meanwhile."""
    gap = row.read_at is None or row.failures > 0 or (row.until is not None and row.until <= now)
    with transaction.atomic():
        mine = Cursor.objects.filter(pk=row.pk, lease_until=row.lease_until)
        done = mine.update(
            read_at=now, until=until, next_at=_again(until, now), lease_until=None, failures=0,
            trouble="",
        )  # fmt: skip
        if done and gap:
            _others(row.channel_id).filter(next_at__gt=now).update(next_at=now)


def asked(network: str, remote_id: str, now: datetime) -> bool:
    """Whether a channel of this account asks for pushes at the moment, or did within the hour."""
    now_or_lately = Q(lease_until__gt=now) | Q(read_at__gt=now - _ASKED)
    rows = Cursor.objects.filter(
        now_or_lately, source=PUSH, channel__network=network, channel__remote_id=remote_id,
        channel__state="connected",
    )  # fmt: skip
    return rows.exists()


def brought(
    channel_id: UUID, arrived: Iterable[Arrived], look: Iterable[Source], now: datetime
) -> None:
    """A push came: its sources are pushed, and those that it only hinted at are looked at now."""
    hinted = {one.value for one in look}
    sources = {_BROUGHT[one.what].value for one in arrived if one.what in _BROUGHT}
    rows = Cursor.objects.filter(channel_id=channel_id)
    rows.filter(source__in=[PUSH, *sources, *hinted]).update(pushed_at=now)
    if hinted:
        rows.filter(source__in=hinted, next_at__gt=now).update(next_at=now)


def pause(row: Cursor, every: timedelta, new: int, *, now: datetime) -> timedelta:
    """Until a source is looked at next: seldom while pushes bring it. A look that found what no
    push had brought shows that they do not."""
    if row.pushed_at is None:
        return every
    silent = row.read_at is not None and row.pushed_at < row.read_at
    if new and silent:
        Cursor.objects.filter(pk=row.pk, pushed_at=row.pushed_at).update(pushed_at=None)
        return every
    return max(every, min(every * SELDOM, SELDOM_MOST)) if comes(row.channel_id, now) else every


def comes(channel_id: UUID, now: datetime) -> bool:
    """Whether pushes are promised for this channel at the moment. A network that takes no orders
    (its pushes are set up over there, once for the app) is believed for a day after each."""
    promised = Q(until=None, failures=0) | Q(until__gt=now)
    promised &= Q(read_at__isnull=False, next_at__isnull=False)
    unasked = Q(next_at=None, pushed_at__gt=now - _FOR_GOOD)
    rows = Cursor.objects.filter(promised | unasked, channel_id=channel_id, source=PUSH)
    return rows.exists()


def _again(until: datetime | None, now: datetime) -> datetime:
    """A day before the promise ends; of a short one, in the middle."""
    if until is None:
        return now + _FOR_GOOD
    return max(now + timedelta(minutes=1), until - min(_EARLY, (until - now) / 2))


def _others(channel_id: UUID) -> QuerySet[Cursor]:
    """What is polled, and does not wait for a budget or for next month's money."""
    rows = Cursor.objects.filter(channel_id=channel_id, source__in=[one.value for one in Source])
    return rows.exclude(trouble__in=(OVER_CAP, BUDGET_USED))
