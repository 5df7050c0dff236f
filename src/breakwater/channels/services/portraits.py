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
from breakwater.networks.base import Figure, Profile

_LONGEST = 2000
_GREATEST = 2**63 - 1


def seen(row: Cursor, profile: Profile, *, now: datetime) -> Portrait:
    """The account shows itself so now. The portrait of before, if that is the same; else a new one."""
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
        reading.looked(row, now=now)
    return last


def counted(row: Cursor, figures: Sequence[Figure], *, now: datetime) -> int:
    """The figures stand under their day, or under today where they are of the whole time; the newest
    of a day stays. How many."""
    today = now.astimezone(ZoneInfo(row.channel.workspace.zone)).date()
    with transaction.atomic():
        newest = {(str(one.metric), one.day or today): one.value for one in figures}
        rows = [
            Reading(
                channel=row.channel, metric=metric, about="", day=day,
                value=max(-_GREATEST, min(_GREATEST, value)), at=now,
            )
            for (metric, day), value in newest.items()
        ]  # fmt: skip
        Reading.objects.bulk_create(
            rows, update_conflicts=True, update_fields=["value", "at"],
            unique_fields=["channel", "metric", "about", "day"],
        )  # fmt: skip
        reading.looked(row, now=now)
    return len(rows)


def _plain(profile: Profile) -> dict[str, object]:
    said = asdict(profile)
    pinned = [storable(one)[:_LONGEST] for one in profile.pinned]
    return {**{name: storable(str(one))[:_LONGEST] for name, one in said.items()}, "pinned": pinned}
