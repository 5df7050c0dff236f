"""Reading the figures of channels, by hour and by day."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db.models import Sum

from breakwater.channels.models import Channel
from breakwater.domain.spread import HOUR, WEEK, hour_of, hours_between, is_burst, usual
from breakwater.insights.models import MentionHour
from breakwater.people.models import Workspace

METRICS = ("total", "scored", "negative", "abusive", "authors")


@dataclass(frozen=True)
class Hour:
    """What was said in the hour that begins at `at`, on all channels asked about together. authors:
    people, counted for each channel and post apart."""

    at: datetime
    total: int = 0
    scored: int = 0
    negative: int = 0
    abusive: int = 0
    authors: int = 0


@dataclass(frozen=True)
class Burst:
    """One channel on which far more was said within an hour than is usual. last: messages in that
    hour; mean, spread: of the hours of the week before; since: when that hour began."""

    channel_id: UUID
    last: int
    mean: float
    spread: float
    since: datetime


def hours(
    channel_ids: Collection[UUID], since: datetime, until: datetime, *, about: str | None = None
) -> list[Hour]:
    """Each full hour in [since, until), empty ones too, oldest first. about: below that post alone.
    One query."""
    rows = MentionHour.objects.filter(
        channel_id__in=list(channel_ids), hour__gte=since, hour__lt=until
    ).order_by()
    if about is not None:
        rows = rows.filter(about=about)
    sums = rows.values_list("hour").annotate(*(Sum(name) for name in METRICS))
    found = {hour: dict(zip(METRICS, counts, strict=True)) for hour, *counts in sums}
    return [Hour(at, **found.get(at, {})) for at in hours_between(since, until)]


def series(
    channel_ids: Collection[UUID], metric: str, since: datetime, until: datetime
) -> list[tuple[datetime, int]]:
    """One of METRICS, hour by hour. Raises: ValueError for another."""
    if metric not in METRICS:
        raise ValueError(metric)
    return [(one.at, getattr(one, metric)) for one in hours(channel_ids, since, until)]


def known_since(channel_ids: Collection[UUID]) -> datetime | None:
    """From when on what is said on all of these channels is counted: the latest of their connections.
    None for no channel."""
    rows = Channel.objects.filter(pk__in=list(channel_ids))
    return max(rows.values_list("created_at", flat=True), default=None)


def bursts(workspace: Workspace, now: datetime) -> list[Burst]:
    """Channels on which the last full hour, or the one that runs, stands out of the seven days before
    it; the loudest first. Two queries."""
    this = hour_of(now)
    channels = dict(
        Channel.objects.filter(workspace=workspace)
        .exclude(state="disconnected")
        .values_list("pk", "created_at")
    )
    counts = _by_channel(channels, this - WEEK - HOUR, this + HOUR)
    found = [
        burst
        for channel_id, created in channels.items()
        if (burst := _burst(channel_id, counts.get(channel_id, {}), created, this))
    ]
    return sorted(found, key=lambda one: (-one.last, one.channel_id))


def _by_channel(
    channel_ids: Collection[UUID], since: datetime, until: datetime
) -> dict[UUID, dict[datetime, int]]:
    rows = MentionHour.objects.filter(
        channel_id__in=list(channel_ids), hour__gte=since, hour__lt=until
    ).order_by()
    found: dict[UUID, dict[datetime, int]] = {}
    for channel_id, hour, total in rows.values_list("channel_id", "hour").annotate(n=Sum("total")):
        found.setdefault(channel_id, {})[hour] = total
    return found


def _burst(
    channel_id: UUID, counts: Mapping[datetime, int], created: datetime, this: datetime
) -> Burst | None:
    for hour in (this, this - HOUR):
        past = hours_between(max(created, hour - WEEK), hour)
        before = usual([counts.get(at, 0) for at in past])
        last = counts.get(hour, 0)
        if is_burst(last, before):
            return Burst(channel_id, last, before.mean, before.spread, hour)
    return None
