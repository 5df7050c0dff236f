"""How news of a channel arrives: pushed, streamed or fetched, and what stands in the way. Read only."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from breakwater.channels.models import Channel, Cursor
from breakwater.channels.selectors import manifest, not_granted, pushes
from breakwater.channels.services.pushing import PUSH, possible
from breakwater.domain.errors import Unsupported
from breakwater.networks.base import Can


class Told(StrEnum):
    """Whether the network tells us by itself what is new."""

    NEVER = "never"  # it has no such thing, or nobody said yes to it, or not for this account
    UNREACHABLE = "unreachable"  # it could, and cannot reach this installation
    SOON = "soon"  # it is about to be asked
    FAILING = "failing"  # it was asked in vain, and is asked again
    COMES = "comes"  # it promised to, until now at least


@dataclass(frozen=True)
class Reading:
    """One source (networks.base.Source, or "stream"). next_at: None where it is not possible for
    this account. pushed: pushes bring it, so it is looked at seldom."""

    source: str
    read_at: datetime | None
    next_at: datetime | None
    trouble: str
    pushed: bool


@dataclass(frozen=True)
class Pushes:
    """until: the end of the promise (None: for good). last: when something came. next_at: when it
    is asked again; trouble: why the last asking failed."""

    told: Told
    until: datetime | None = None
    last: datetime | None = None
    next_at: datetime | None = None
    trouble: str = ""


@dataclass(frozen=True)
class Listening:
    pushes: Pushes
    readings: Sequence[Reading]


def listening(channel: Channel, *, now: datetime) -> Listening:
    """All of it, in one query; nothing for a channel that is not connected or whose network is not
    installed."""
    rows = list(Cursor.objects.filter(channel=channel).order_by("source"))
    push = next((row for row in rows if row.source == PUSH), None)
    told = _pushes(channel, push, now)
    comes = told.told is Told.COMES
    return Listening(
        told,
        [
            Reading(
                row.source,
                row.read_at,
                row.next_at,
                row.trouble,
                comes and row.pushed_at is not None,
            )
            for row in rows
            if row.source != PUSH
        ],
    )


def _pushes(channel: Channel, row: Cursor | None, now: datetime) -> Pushes:
    if not _could(channel):
        return Pushes(Told.NEVER)
    if not possible(channel.network, channel.origin):
        return Pushes(Told.UNREACHABLE)
    if row is None:
        return Pushes(Told.SOON)
    if row.next_at is None:
        told = Told.COMES if row.pushed_at else Told.NEVER
        return Pushes(told, last=row.pushed_at, trouble=row.trouble)
    promised = row.read_at is not None and (row.until is None or row.until > now)
    if promised and (row.until is not None or not row.failures):
        told = Told.COMES
    else:
        told = Told.FAILING if row.failures else Told.SOON
    return Pushes(told, row.until, row.pushed_at, row.next_at, row.trouble)


def _could(channel: Channel) -> bool:
    try:
        known, has = manifest(channel.network), pushes(channel.network)
    except Unsupported:
        return False
    lacking = not_granted(channel.scopes, known.scopes.get(Can.PUSH, ()))
    return has and known.allows(Can.PUSH) and not lacking and channel.state != "disconnected"
