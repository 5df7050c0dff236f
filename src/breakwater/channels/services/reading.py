"""Whose turn it is to be read: the cursors of each channel, leased to one reader at a time."""

from collections.abc import Collection, Sequence
from datetime import datetime, timedelta

from django.db import connection, transaction
from django.db.models import Q, QuerySet

from breakwater.channels.installed import manifests, pushing_networks
from breakwater.channels.meters import OVER_CAP
from breakwater.channels.models import Channel, Cursor
from breakwater.channels.selectors import not_granted
from breakwater.channels.services import pushing
from breakwater.channels.services.arrivals import record_arrivals
from breakwater.channels.services.pushing import PUSH
from breakwater.domain.text import storable
from breakwater.networks.base import Batch, Can, Manifest

STREAM = "stream"
PROFILE = "profile"
FIGURES = "figures"
"""`Cursor.source` of what an account shows of itself, and of its figures: no things that arrive."""
_FIGURES_S = 3600
STREAM_LEASE = timedelta(minutes=2)
_LEASE = timedelta(minutes=3)
_LONGEST_PAUSE = timedelta(hours=1)
_CURSOR_LONGEST = 1000


def ensure_cursors(*, now: datetime) -> int:
    """Every connected channel has a cursor for each source that its network lets us read; how many
    were made. Two or three queries while nothing is missing."""
    known, hooked = manifests(), pushing_networks()
    there = set(Cursor.objects.values_list("channel_id", "source"))
    missing = [
        Cursor(channel=channel, source=source, next_at=now, created_at=now)
        for channel in Channel.objects.filter(state="connected")
        for source in _sources(channel, known.get(channel.network), hooked)
        if (channel.pk, source) not in there
    ]
    Cursor.objects.bulk_create(missing, ignore_conflicts=True)
    return len(missing)


def lease(*, limit: int, now: datetime, streams: bool = False) -> list[Cursor]:
    """At most `limit` sources that are due, this reader's until their lease ends: those that are
    read and left again, or the streams, which are listened to for as long as they last."""
    free = Q(lease_until=None) | Q(lease_until__lt=now)
    open_ = Q(channel__state="connected") & (
        Q(channel__quiet_until=None) | Q(channel__quiet_until__lte=now)
    )
    with transaction.atomic():
        kind = Q(source=STREAM) if streams else ~Q(source=STREAM)
        rows = Cursor.objects.filter(free, open_, kind, next_at__lte=now).select_related("channel")
        found = list(
            rows.select_for_update(
                skip_locked=connection.features.has_select_for_update_skip_locked,
                of=("self",) if connection.features.has_select_for_update_of else (),
            ).order_by("next_at")[:limit]
        )
        for row in found:
            row.lease_until = now + (STREAM_LEASE if row.source == STREAM else _LEASE)
        Cursor.objects.bulk_update(found, ["lease_until"])
    return found


def read(row: Cursor, batch: Batch, *, now: datetime) -> int:
    """What was read is stored and the cursor stands behind it, in one transaction; how many things
    were new. A reader whose lease has ended changes nothing of the cursor."""
    every = timedelta(seconds=manifests()[row.channel.network].polls.get(row.source, 600))
    with transaction.atomic():
        new = record_arrivals(row.channel, batch.arrived, now=now)
        pause = timedelta() if batch.more else pushing.pause(row, every, len(new), now=now)
        _own(row).update(
            cursor=storable(batch.cursor)[:_CURSOR_LONGEST], read_at=now, next_at=now + pause,
            lease_until=None, failures=0, trouble="",
        )  # fmt: skip
    return len(new)


def looked(row: Cursor, *, now: datetime) -> None:
    """What the account shows of itself was kept by its caller; it is looked at again in its time."""
    known = manifests()[row.channel.network]
    every = known.profile_s if row.source == PROFILE else _FIGURES_S
    _own(row).update(
        read_at=now, next_at=now + timedelta(seconds=every), lease_until=None, failures=0,
        trouble="",
    )  # fmt: skip


def failed(row: Cursor, code: str, *, after: timedelta | None = None, now: datetime) -> None:
    """It is read again after `after`, or at rising pauses."""
    longest = pushing.LONGEST_PAUSE if row.source == PUSH else _LONGEST_PAUSE
    pause = after or min(timedelta(seconds=30) * 2 ** min(row.failures, 10), longest)
    _own(row).update(
        failures=min(row.failures + 1, 1000), trouble=code[:64], next_at=now + pause,
        lease_until=None,
    )  # fmt: skip


def never_again(row: Cursor, code: str) -> None:
    """Its network has no such thing for this account. A reconnect begins anew."""
    _own(row).update(next_at=None, trouble=code[:64], lease_until=None)


def begin_anew(channel: Channel, *, now: datetime) -> None:
    """After a reconnect: whatever was given up or failed may be possible now, and pushes are asked
    for with the new sign-in."""
    rows = Cursor.objects.filter(channel=channel).exclude(trouble=OVER_CAP)
    stopped = Q(next_at=None) | Q(failures__gt=0) | Q(source=PUSH)
    rows.filter(stopped).update(next_at=now, failures=0, trouble="")


def let_go(rows: Sequence[Cursor]) -> None:
    """What this reader has not read after all is free at once for the next one."""
    for row in rows:
        _own(row).update(lease_until=None)


def renew(row: Cursor, *, now: datetime) -> bool:
    """Whether the lease of a stream is still this reader's; it is longer now."""
    until = now + STREAM_LEASE
    renewed = bool(_own(row).update(lease_until=until, read_at=now))
    if renewed:
        row.lease_until = until
    return renewed


def _own(row: Cursor) -> QuerySet[Cursor]:
    return Cursor.objects.filter(pk=row.pk, lease_until=row.lease_until)


def _sources(channel: Channel, known: Manifest | None, hooked: Collection[str]) -> Sequence[str]:
    if known is None:
        return ()
    own = [*known.polls]
    if known.allows(Can.STREAM):
        own.append(STREAM)
    if known.profile_s:
        own.append(PROFILE)
    if known.allows(Can.INSIGHTS) and not known.prices:
        own.append(FIGURES)
    if channel.network in hooked and _may_be_told(channel, known):
        own.append(PUSH)
    return own


def _may_be_told(channel: Channel, known: Manifest) -> bool:
    """Whether the network pushes, the sign-in is good for it, and it can reach us."""
    lacking = not_granted(channel.scopes, known.scopes.get(Can.PUSH, ()))
    return (
        known.allows(Can.PUSH) and not lacking and pushing.possible(channel.network, channel.origin)
    )
