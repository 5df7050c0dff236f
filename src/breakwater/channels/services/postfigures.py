"""Figures of single posts: kept once, when the post is captured, they are read again every hour for
as long as the network gives them, so that what became of a bad post can be told."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from uuid import UUID
from zoneinfo import ZoneInfo

from django.db.models import Max, Min

from breakwater.channels.models import Channel, Reading
from breakwater.networks.base import Figure

FOLLOWED = timedelta(days=8)
"""From its first figures on; later ones would cost calls and tell little."""
STILL_THERE = timedelta(hours=3)
"""A post that gave nothing for so long gives nothing any more: most likely it is deleted."""
AT_ONCE = 20
_GREATEST = 2**63 - 1


def keep(
    channel: Channel, about: str, figures: Sequence[Figure], *, zone: str, now: datetime
) -> int:
    """What the network says of this post stands under today; the newest of a day stays. How many.
    zone: of the workspace. One query."""
    today = now.astimezone(ZoneInfo(zone)).date()
    rows = [
        Reading(
            channel=channel, metric=metric, about=about[:500], day=today,
            value=max(-_GREATEST, min(_GREATEST, value)), at=now,
        )
        for metric, value in _totals(figures).items()
    ]  # fmt: skip
    Reading.objects.bulk_create(
        rows, update_conflicts=True, update_fields=["value", "at"],
        unique_fields=["channel", "metric", "about", "day"],
    )  # fmt: skip
    return len(rows)


def followed(channel_id: UUID, *, now: datetime) -> list[str]:
    """The posts of this channel whose figures are to be read again, at most AT_ONCE: those that were
    read the longest ago first. Reads the figures of the last nine days alone: what is followed for
    longer has some of the day before the first that counts."""
    since = (now - FOLLOWED).date()
    rows = Reading.objects.filter(channel_id=channel_id, day__gte=since - timedelta(days=1))
    posts = rows.exclude(about="").order_by().values("about")
    posts = posts.annotate(first=Min("day"), last=Max("at"))
    still = posts.filter(first__gte=since, last__gte=now - STILL_THERE)
    return [one["about"] for one in still.order_by("last", "about")[:AT_ONCE]]


def _totals(figures: Sequence[Figure]) -> dict[str, int]:
    """Metric -> since the beginning: as the network says it, or all days that it gives together."""
    whole = {str(one.metric): one.value for one in figures if one.day is None}
    days: dict[str, int] = {}
    for one in figures:
        if one.day is not None:
            days[str(one.metric)] = days.get(str(one.metric), 0) + one.value
    return {**days, **whole}
