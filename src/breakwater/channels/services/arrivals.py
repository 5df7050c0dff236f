"""The one door in: what came from networks is stored once, whoever brought it and how often."""

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict
from datetime import UTC, datetime
from typing import Any
from uuid import UUID

from django.db import transaction

from breakwater.channels.models import Arrival, Channel
from breakwater.channels.services import line
from breakwater.channels.services.erasing import without_erased
from breakwater.channels.services.pushing import brought
from breakwater.domain.text import storable
from breakwater.networks.base import Arrived, Pushed, What

_RAW_LONGEST = 50_000  # characters of a network's own JSON that are kept
_TEXT_LONGEST = 100_000
_ID_LONGEST = 500
_DEEPEST = 40
_GREATEST = 2**63 - 1
_STARS = range(1, 6)
AT_ONCE = 500


def record_arrivals(
    channel: Channel, arrived: Sequence[Arrived], *, now: datetime
) -> list[Arrival]:
    """All of it is stored; those that were not known before, in their order.

    Seen twice is stored once. Other words for a known thing replace its words; what is gone is
    marked so, or, when it was never seen, left out. What was erased stays so, whoever brings it again.
    """
    fresh: list[Arrival] = []
    with transaction.atomic():
        line.stand()
        wanted = without_erased(channel, arrived, key=_key)
        for first in range(0, len(wanted), AT_ONCE):
            fresh += _store(channel, wanted[first : first + AT_ONCE], now)
    return fresh


def take_push(network: str, pushed: Iterable[Pushed], *, now: datetime) -> int:
    """What a network pushed is stored for every channel of these accounts, and what it only hinted
    at is looked at now; how many things were new. Accounts that nobody connected are left out."""
    new = 0
    for push in pushed:
        rows = Channel.objects.filter(network=network, remote_id=push.remote_id)
        for channel in rows.exclude(state="disconnected"):
            new += len(record_arrivals(channel, push.arrived, now=now))
            brought(channel.pk, push.arrived, push.look, now)
    return new


def _store(channel: Channel, arrived: Sequence[Arrived], now: datetime) -> list[Arrival]:
    rows = {_key(one): one for one in arrived if one.what is not What.GONE}
    there = _there(channel, rows)
    for key, row in there.items():
        _renew(row, rows[key], now)
    fresh = [_row(channel, one, now) for key, one in rows.items() if key not in there]
    Arrival.objects.bulk_create(fresh, ignore_conflicts=True)
    gone = {_cut(one.remote_id) for one in arrived if one.what is What.GONE}
    Arrival.objects.filter(channel=channel, remote_id__in=gone, gone_at=None).update(gone_at=now)
    return list(
        Arrival.objects.filter(
            channel=channel, remote_id__in=[row.remote_id for row in fresh], arrived_at=now
        ).order_by("id")
    )


def _there(
    channel: Channel, rows: Mapping[tuple[str, str], Arrived]
) -> dict[tuple[str, str], Arrival]:
    ids = [remote_id for _, remote_id in rows]
    known = Arrival.objects.filter(channel=channel, remote_id__in=ids)
    found = {(row.what, row.remote_id): row for row in known}
    return {key: row for key, row in found.items() if key in rows}


def _renew(row: Arrival, seen: Arrived, now: datetime) -> None:
    """Its newest words, if they are others."""
    text = storable(seen.text)[:_TEXT_LONGEST]
    if text == row.text:
        return
    Arrival.objects.filter(pk=row.pk, text=row.text, erased_at=None).update(
        text=text, raw=_raw(seen.raw), changed_at=now
    )


def _row(channel: Channel, one: Arrived, now: datetime) -> Arrival:
    return Arrival(
        workspace_id=channel.workspace_id,
        channel=channel,
        what=one.what.value,
        remote_id=_cut(one.remote_id),
        at=_moment(one.at, now),
        arrived_at=now,
        author_id=storable(one.author.remote_id)[:255],
        author=_clean(asdict(one.author)),
        text=storable(one.text)[:_TEXT_LONGEST],
        url=storable(one.url)[:1000],
        about=_cut(one.about),
        parent=_cut(one.parent),
        thread=_cut(one.thread),
        media=_clean([asdict(medium) for medium in one.media]),
        own=one.own,
        ad=one.ad,
        rating=one.rating if one.rating in _STARS else None,
        raw=_raw(one.raw),
    )


def _key(one: Arrived) -> tuple[str, str]:
    return one.what.value, _cut(one.remote_id)


def _cut(remote_id: str) -> str:
    return storable(remote_id)[:_ID_LONGEST]


def _moment(at: datetime, now: datetime) -> datetime:
    """In UTC; of a moment that no database keeps, when it came here."""
    try:
        return at.astimezone(UTC)
    except (OverflowError, ValueError):
        return now


def _raw(raw: Mapping[str, Any]) -> Any:
    """The network's own JSON, unless it is longer than anything that a person wrote."""
    kept = _clean(dict(raw))
    return kept if len(json.dumps(kept)) <= _RAW_LONGEST else {"left_out": "too long"}


def _clean(value: Any, depth: int = 0) -> Any:
    """As JSON that every database keeps: no half characters, no NaN, nothing endlessly nested."""
    if isinstance(value, str):
        return storable(value)[:_TEXT_LONGEST]
    if isinstance(value, Mapping | list | tuple):
        return _cleaned(value, depth + 1) if depth < _DEEPEST else "…"
    if isinstance(value, bool | None):
        return value
    if isinstance(value, int | float) and abs(value) <= _GREATEST:  # NaN is not
        return value
    return storable(repr(value))[:100]


def _cleaned(value: Any, depth: int) -> Any:
    if isinstance(value, Mapping):
        return {storable(str(name)): _clean(one, depth) for name, one in value.items()}
    return [_clean(one, depth) for one in value]


def arrivals_after(
    workspace_id: UUID, after: int = 0, *, channel_id: UUID | None = None, limit: int = 100
) -> list[Arrival]:
    """What arrived after the one with this id, oldest first; none is passed over that is still being
    written."""
    rows = Arrival.objects.filter(
        workspace_id=workspace_id, id__gt=after, id__lte=line.complete_to()
    )
    if channel_id is not None:
        rows = rows.filter(channel_id=channel_id)
    return list(rows.select_related("channel").order_by("id")[:limit])
