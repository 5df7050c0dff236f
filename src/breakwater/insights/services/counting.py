"""Counting what was said into hours. Recent hours are counted again and again, each for the last time
when it is two days old; from then on it stays, whatever is erased or forgotten afterwards."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any

from django.db import transaction
from django.db.models import Count, Q
from django.db.models.functions import TruncHour

from breakwater.domain.scoring.scores import Band
from breakwater.domain.spread import hour_of
from breakwater.inbox.models import Item
from breakwater.insights.models import MentionHour, Rollup

EVERY = timedelta(minutes=1)
RECENT = timedelta(hours=3)
SETTLES = timedelta(hours=48)
REACHES_BACK = timedelta(days=30)
AT_ONCE = timedelta(days=1)
"""How much of the past one round settles, where there is more."""
_NAME = "hours"
_FIGURES = ("total", "scored", "negative", "abusive", "authors")
_UNIQUE = ("channel", "hour", "about")
_NEGATIVE = 0.5


def count_hours(*, now: datetime) -> bool:
    """Whether anything was counted: at most once a minute, by whoever comes first."""
    mark = _mark(now)
    if mark.counted_at > now - EVERY:
        return False
    settled = min(hour_of(now - SETTLES), mark.settled_to + AT_ONCE)
    since = max(settled, hour_of(min(mark.counted_at, now - RECENT)))
    spans = [
        _Span(mark.settled_to, settled, settled=True),
        _Span(since, hour_of(now) + timedelta(hours=1), settled=False),
    ]
    counted = [(span, _counted(span)) for span in spans if span.since < span.until]
    with transaction.atomic():
        own = Rollup.objects.select_for_update().get(name=_NAME)
        if own.counted_at != mark.counted_at:
            return False
        for span, rows in counted:
            _store(span, rows)
        own.settled_to, own.counted_at = settled, now
        own.save(update_fields=["settled_to", "counted_at"])
    return True


@dataclass(frozen=True)
class _Span:
    """The hours in [since, until). settled: counted for the last time."""

    since: datetime
    until: datetime
    settled: bool


def _mark(now: datetime) -> Rollup:
    row = Rollup.objects.filter(name=_NAME).first()
    if row is None:
        begin = hour_of(now - SETTLES) - REACHES_BACK
        row, _made = Rollup.objects.get_or_create(
            name=_NAME, defaults={"settled_to": begin, "counted_at": now - SETTLES}
        )
    return row


def _store(span: _Span, rows: Sequence[MentionHour]) -> None:
    """The hours say what was counted; those of which nothing is left are gone."""
    found = {(row.channel_id, row.hour, row.about) for row in rows}
    there = MentionHour.objects.filter(hour__gte=span.since, hour__lt=span.until, settled=False)
    gone = [
        key
        for key, *of in there.values_list("pk", "channel_id", "hour", "about")
        if tuple(of) not in found
    ]
    MentionHour.objects.filter(pk__in=gone).delete()
    MentionHour.objects.bulk_create(
        rows,
        batch_size=500,
        update_conflicts=True,
        unique_fields=_UNIQUE,
        update_fields=[*_FIGURES, "settled"],
    )


def _counted(span: _Span) -> list[MentionHour]:
    """Outside of any transaction: in a storm there is much to count."""
    said = Item.objects.filter(at__gte=span.since, at__lt=span.until, own=False).order_by()
    grouped = said.values(
        "thread__channel_id", "thread__about", hour=TruncHour("at", tzinfo=UTC)
    ).annotate(
        total=Count("pk"),
        scored=Count("pk", filter=~Q(model="")),
        negative=Count("pk", filter=Q(chances__negative__gte=_NEGATIVE)),
        abusive=Count("pk", filter=Q(band__in=(Band.VEILED, Band.HELD))),
        authors=Count("contact", distinct=True),
    )
    return [_row(dict(one), settled=span.settled) for one in grouped]


def _row(one: dict[str, Any], *, settled: bool) -> MentionHour:
    return MentionHour(
        channel_id=one["thread__channel_id"],
        about=one["thread__about"],
        hour=one["hour"],
        settled=settled,
        **{name: one[name] for name in _FIGURES},
    )
