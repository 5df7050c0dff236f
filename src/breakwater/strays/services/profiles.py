"""The account itself looks otherwise, or loses many who follow it, and nobody here did that."""

from collections.abc import Mapping
from datetime import datetime, timedelta
from hashlib import sha256
from typing import Any

from django.db import transaction
from django.db.models import Exists, OuterRef

from breakwater.audit.services import move
from breakwater.channels.models import Channel, Portrait, Reading
from breakwater.networks.base import Metric
from breakwater.strays.lifecycle import SIGHTING
from breakwater.strays.models import Sighting
from breakwater.strays.services import alarming

FIELDS = ("name", "handle", "bio", "link", "picture", "phone")
"""What of a profile people are told of; what is pinned changes every day."""
FEWER, LEAST = 0.05, 100
"""So large a part, and so many, have to go within a day."""
_RECENT = timedelta(days=1)
_BACK = 50
"""So many portraits back a field is looked for that was not always known."""


def look(*, followers: bool = True, now: datetime) -> int:
    """What changed since yesterday is told, each change once; how many were new. followers: whether
    it is time to look how many there are, too."""
    return _profiles(now) + (_followers(now) if followers else 0)


def changed(before: Mapping[str, Any], after: Mapping[str, Any]) -> list[str]:
    """Names of the fields that differ. A field that either does not know is no difference."""
    known = [name for name in FIELDS if name in before and name in after]
    return [name for name in known if before[name] != after[name]]


def _profiles(now: datetime) -> int:
    earlier = Portrait.objects.filter(
        channel_id=OuterRef("channel_id"), first_at__lt=OuterRef("first_at")
    )
    told = Sighting.objects.filter(
        channel_id=OuterRef("channel_id"), kind="profile", created_at__gte=OuterRef("first_at")
    )
    rows = Portrait.objects.filter(Exists(earlier), first_at__gte=now - _RECENT)
    fresh = rows.exclude(Exists(told)).select_related("channel").order_by("first_at")
    return sum(_profile(one, now) for one in fresh)


def _profile(portrait: Portrait, now: datetime) -> bool:
    names = changed(_before(portrait), portrait.profile)
    if not names:
        return False
    fact = f"{portrait.digest} {portrait.first_at.isoformat()}"
    return _tell(portrait.channel, "profile", ",".join(names), fact, {"fields": names}, now)


def _before(portrait: Portrait) -> dict[str, Any]:
    """Each field as it was known last: a right that is taken away for a day hides no change."""
    rows = Portrait.objects.filter(channel=portrait.channel, first_at__lt=portrait.first_at)
    newest = rows.order_by("-first_at").values_list("profile", flat=True)[:_BACK]
    known: dict[str, Any] = {}
    for profile in newest:
        known = {**profile, **known}
    return known


def _followers(now: datetime) -> int:
    """Two queries, however many channels there are."""
    every = Reading.objects.filter(metric=Metric.FOLLOWERS, about="")
    rows = list(every.filter(at__gte=now - _RECENT).select_related("channel"))
    days = {row.day - timedelta(days=1) for row in rows}
    own = {row.channel_id for row in rows}
    earlier = every.filter(channel_id__in=own, day__in=days).values_list("channel", "day", "value")
    before = {(channel_id, day): value for channel_id, day, value in earlier}
    return sum(
        _fell(row, before.get((row.channel_id, row.day - timedelta(days=1))), now) for row in rows
    )


def _fell(reading: Reading, before: int | None, now: datetime) -> bool:
    if before is None or before - reading.value < max(LEAST, FEWER * before):
        return False
    fewer = before - reading.value
    data = {"fewer": fewer, "before": before}
    return _tell(reading.channel, "followers", str(reading.day), "", data, now)


def _tell(
    channel: Channel, kind: str, ref: str, fact: str, data: dict[str, Any], now: datetime
) -> bool:
    """Told once; while an alarm is going on, it is part of what the alarm shows."""
    with transaction.atomic():
        alarm = alarming.ongoing(channel.workspace_id)
        row, made = Sighting.objects.get_or_create(
            channel=channel, kind=kind, ref=ref, fact=sha256(fact.encode()).hexdigest(),
            defaults={
                "workspace_id": channel.workspace_id, "data": data, "state_at": now,
                "url": channel.url, "created_at": now,
            },
        )  # fmt: skip
        if made:
            why = {"ref": ref}
            move(
                row, SIGHTING, "told", by=None, now=now, why=why, code=kind, alarm=alarm,
                to_tell=True,
            )  # fmt: skip
    return made
