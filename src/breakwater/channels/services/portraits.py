"""How accounts show themselves, and their figures: kept from the day a channel is connected."""

from collections.abc import Sequence
from dataclasses import asdict
from datetime import datetime
from zoneinfo import ZoneInfo

from django.db import transaction

from breakwater.channels.models import Channel, Cursor, Portrait, Reading
from breakwater.channels.services import reading
from breakwater.domain.digest import digest
from breakwater.domain.text import storable
from breakwater.networks.base import Figure, Metric, Profile

_LONGEST = 2000
_GREATEST = 2**63 - 1


def seen(row: Cursor, profile: Profile, *, now: datetime) -> Portrait:
    """The account shows itself so now. The portrait of before, if that is the same; else a new one.
    How many follow it stands among its figures, where the same answer told that."""
    channel = row.channel
    said = _plain(profile)
    with transaction.atomic():
        Channel.objects.select_for_update().get(pk=channel.pk)
        last = Portrait.objects.filter(channel=channel).order_by("-first_at").first()
        if last is None or last.digest != digest(said):
            last = Portrait.objects.create(
                channel=channel,
                digest=digest(said),
                profile=said,
                first_at=now,
                last_at=now,
                created_at=now,
            )
        else:
            last.last_at = now
            last.save(update_fields=["last_at"])
        if profile.followers is not None:
            _keep(channel, [Figure(Metric.FOLLOWERS, profile.followers)], now)
        reading.looked(row, now=now)
    return last


def counted(row: Cursor, figures: Sequence[Figure], *, now: datetime) -> int:
    """The figures stand under their day, or under today where they are of the whole time; the newest
    of a day stays. How many."""
    with transaction.atomic():
        kept = _keep(row.channel, figures, now)
        reading.looked(row, now=now)
    return kept


def _keep(channel: Channel, figures: Sequence[Figure], now: datetime) -> int:
    today = now.astimezone(ZoneInfo(channel.workspace.zone)).date()
    newest = {(str(one.metric), one.day or today): one.value for one in figures}
    rows = [
        Reading(
            channel=channel, metric=metric, about="", day=day,
            value=max(-_GREATEST, min(_GREATEST, value)), at=now,
        )
        for (metric, day), value in newest.items()
    ]  # fmt: skip
    Reading.objects.bulk_create(
        rows, update_conflicts=True, update_fields=["value", "at"],
        unique_fields=["channel", "metric", "about", "day"],
    )  # fmt: skip
    return len(rows)


def _plain(profile: Profile) -> dict[str, object]:
    """Without what nobody knows, and without the number of followers."""
    said = {name: one for name, one in asdict(profile).items() if isinstance(one, str)}
    pinned = [storable(one)[:_LONGEST] for one in profile.pinned]
    return {**{name: storable(one)[:_LONGEST] for name, one in said.items()}, "pinned": pinned}
