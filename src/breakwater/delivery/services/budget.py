"""A channel that posts more in an hour than its network allows runs away: it is held.

The budgets are generous (networks' manifests); who reaches one has a loop, not a plan.
"""

from collections.abc import Iterable, Sequence
from datetime import datetime, timedelta
from uuid import UUID

from django.db import connection, transaction
from django.db.models import Count, F, Max

from breakwater.audit.services import Fact, record
from breakwater.channels.models import Channel
from breakwater.channels.selectors import manifest
from breakwater.delivery.models import Delivery, Hold, Wall
from breakwater.delivery.services.walls import HOLDABLE
from breakwater.domain.errors import Unsupported

CAUSE = "budget"
_HOUR = timedelta(hours=1)


def of(channel: Channel) -> int:
    """Posts an hour; 0: no limit is known."""
    told = (channel.limits or {}).get("posts_per_hour", 0)
    if told:
        return int(told)
    try:
        return manifest(channel.network).limits.posts_per_hour
    except Unsupported:
        return 0


def beyond(rows: Sequence[Delivery], *, now: datetime) -> list[Delivery]:
    """Those of `rows` (about to leave, with their channels) that would be one post too many.

    Asks the database only for channels that have a budget.
    """
    left = {row.channel_id: of(row.channel) for row in rows if row.kind == "publish"}
    left = {channel_id: budget for channel_id, budget in left.items() if budget}
    if not left:
        return []
    for channel_id, count in _spent(left, now):
        left[channel_id] -= count
    if all(budget >= len(rows) for budget in left.values()):
        return []
    _forgive(left, now)
    too_many = []
    for row in rows:
        if row.kind != "publish" or row.channel_id not in left:
            continue
        left[row.channel_id] -= 1
        if left[row.channel_id] < 0:
            too_many.append(row)
    return too_many


def hold(channels: Iterable[Channel], *, now: datetime) -> None:
    """Each of the channels is held until a person releases it; held already, nothing changes."""
    for channel in sorted(set(channels), key=lambda one: one.pk):
        with transaction.atomic(durable=not connection.in_atomic_block):
            _hold(channel, now)


def untold() -> list[Hold]:
    """Holds of ours that people have not been told of."""
    return list(Hold.objects.filter(to_tell=True).select_related("workspace").order_by("pk"))


def channel_of(hold: Hold) -> Channel:
    """The channel that a hold of ours is for."""
    return Channel.objects.get(pk=UUID(hold.tag.removeprefix("channel:")))


def mark_told(holds: Iterable[Hold]) -> None:
    Hold.objects.filter(pk__in=[one.pk for one in holds]).update(to_tell=False)


def _hold(channel: Channel, now: datetime) -> None:
    """The update of the wall's row makes the second of two workers wait, and then see the hold."""
    Wall.objects.get_or_create(workspace_id=channel.workspace_id)
    Wall.objects.filter(pk=channel.workspace_id).update(generation=F("generation") + 1)
    own = Hold.objects.filter(
        workspace_id=channel.workspace_id, tag=_tag(channel.pk), released_at=None, cause=CAUSE
    )
    if own.exists():
        return
    why = f"more than {of(channel)} posts in an hour"
    made = Hold.objects.create(
        workspace_id=channel.workspace_id, tag=_tag(channel.pk), kinds=list(HOLDABLE), why=why,
        cause=CAUSE, to_tell=True, created_at=now,
    )  # fmt: skip
    data = {"tag": made.tag, "why": why}
    record([Fact(made.workspace_id, "hold.raised", "hold", made.pk, data)], by=None, now=now)


def _spent(channels: Iterable[UUID], now: datetime) -> list[tuple[UUID, int]]:
    sent = Delivery.objects.filter(
        channel_id__in=list(channels), kind="publish", last_sent_at__gt=now - _HOUR
    )
    return list(sent.order_by().values_list("channel_id").annotate(Count("pk")))


def _forgive(left: dict[UUID, int], now: datetime) -> None:
    """What a person released within the hour is not counted a second time."""
    tags = {_tag(channel_id): channel_id for channel_id in left}
    freed = Hold.objects.filter(tag__in=tags, cause=CAUSE, released_at__gt=now - _HOUR)
    for tag, moment in freed.order_by().values_list("tag").annotate(Max("released_at")):
        before = Delivery.objects.filter(
            channel_id=tags[tag], kind="publish",
            last_sent_at__gt=now - _HOUR, last_sent_at__lte=moment,
        )  # fmt: skip
        left[tags[tag]] += before.count()


def _tag(channel_id: UUID) -> str:
    return f"channel:{channel_id}"
