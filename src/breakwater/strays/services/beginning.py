"""What an account showed before it was watched is nobody's alarm: by its id, never by its date."""

from collections.abc import Sequence
from datetime import datetime

from django.db.models import F, Max, Q

from breakwater.channels.models import Arrival, Channel, Cursor
from breakwater.networks.base import Source, What
from breakwater.strays.models import Watched


def ensure(*, now: datetime) -> int:
    """Every connected channel whose own posts come here is known to the watch; how many were new."""
    listed = Cursor.objects.filter(source=Source.OWN_POSTS).values("channel_id")
    missing = Channel.objects.filter(pk__in=listed, state="connected", watched=None)
    rows = [Watched(channel=channel, created_at=now) for channel in missing]
    Watched.objects.bulk_create(rows, ignore_conflicts=True)
    return len(rows)


def begin(*, now: datetime) -> list[Watched]:
    """Channels whose account was read to its end for the first time are watched from now on. What
    came up to that look was there before. Call inside the turn's transaction."""
    began = []
    for row in Watched.objects.filter(began_at=None).select_related("channel"):
        read = _read_at(row)
        if read is not None:
            row.mark, row.began_at = _last(row, read), now
            row.save(update_fields=["mark", "began_at"])
            began.append(row)
    return began


def overtaken(began: Sequence[Watched], mark: int) -> list[Arrival]:
    """Own posts that the turn has passed by, because their channel was not watched yet, and that
    came after the first look."""
    if not began:
        return []
    fresh = Q()
    for row in began:
        fresh |= Q(channel_id=row.channel_id, id__gt=row.mark, id__lte=mark)
    rows = Arrival.objects.filter(fresh, own=True, what=What.POST, parent="", erased_at=None)
    return list(rows.select_related("channel__workspace").order_by("id"))


def _read_at(row: Watched) -> datetime | None:
    """When its own posts were read to the end; None before that."""
    cursors = Cursor.objects.filter(channel_id=row.channel_id, source=Source.OWN_POSTS)
    done = cursors.filter(read_at__isnull=False, next_at__gt=F("read_at"), failures=0)
    found: datetime | None = done.values_list("read_at", flat=True).first()
    return found


def _last(row: Watched, read: datetime) -> int:
    there = Arrival.objects.filter(
        channel_id=row.channel_id, own=True, what=What.POST, arrived_at__lte=read
    )
    return int(there.aggregate(last=Max("id"))["last"] or 0)
