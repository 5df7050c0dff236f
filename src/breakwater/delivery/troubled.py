"""Deliveries that are not as they should be, by sort: few of each, and how many there are."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from django.conf import settings
from django.db.models import Case, Count, DateTimeField, F, Q, Value, When, Window
from django.db.models.functions import RowNumber

from breakwater.channels.models import Channel
from breakwater.delivery.lifecycle import ASKS, IN_HAND, WAITING
from breakwater.delivery.models import Delivery
from breakwater.domain.kinds import MENDS

SHOWN = 5
LATE_AFTER = timedelta(seconds=15)
"""What leaves within it is on time (docs/delivery.md: 99 of 100 leave within 15 s)."""

SORTS = ("asks", "stuck", "missed", "failed", "held", "behind", "late", "unknown")
"""asks: needs an answer. stuck: two minutes past its time and not moving. held: by itself, as
not approved any more; behind: held by an open hold. late: due, not out, with a reason. unknown:
being looked for."""


_NEEDED = (
    "workspace", "channel", "kind", "payload", "state", "state_at", "due_at", "not_before",
    "reason",
)  # fmt: skip
"""Thousands may be sorted for the few that are shown: what is not read is not carried along."""


@dataclass(frozen=True)
class Group:
    """The first five of a sort, the longest so first; count: of all."""

    sort: str
    count: int
    rows: tuple[Delivery, ...]

    @property
    def since(self) -> datetime:
        return since(self.rows[0], self.sort)


def since(row: Delivery, sort: str) -> datetime:
    """From when on it is so: what is late, since its time."""
    return row.due_at if sort in ("late", "stuck") else row.state_at


def groups(
    workspace_id: UUID, *, channels: Iterable[Channel], shut: Collection[str], now: datetime
) -> dict[str, Group]:
    """sort -> its deliveries; sorts without any are not in it. One query.

    channels: all of the workspace, which the deliveries are handed. shut: origins of the networks that nothing leaves for at this moment.
    """
    sort = _sort(shut, now)
    rows = (
        Delivery.objects.filter(_worth_a_look(now), workspace_id=workspace_id)
        .annotate(sort=sort)
        .exclude(sort="")
        .annotate(
            from_when=Case(
                When(sort__in=("late", "stuck"), then=F("due_at")),
                default=F("state_at"),
                output_field=DateTimeField(),
            )
        )
        .annotate(
            place=Window(
                RowNumber(),
                partition_by=F("sort"),
                order_by=[F("from_when").asc(), F("pk").asc()],
            ),
            alike=Window(Count("pk"), partition_by=F("sort")),
        )
        .filter(place__lte=SHOWN)
        .only(*_NEEDED)
        .order_by("place")
    )
    known = {one.pk: one for one in channels}
    found: dict[str, list[Delivery]] = {}
    for row in rows:
        row.channel = known[row.channel_id]
        found.setdefault(row.sort, []).append(row)
    return {
        name: Group(name, found[name][0].alike, tuple(found[name]))  # type: ignore[attr-defined]
        for name in SORTS
        if name in found
    }


def _worth_a_look(now: datetime) -> Q:
    """Told by the index, so that what is planned for later is not read."""
    over = Q(state__in=(*WAITING, *IN_HAND), due_at__lte=now - LATE_AFTER)
    return over | Q(state__in=(*ASKS, "unknown", "accepted"))


def _sort(shut: Collection[str], now: datetime) -> Case:
    over = now - settings.TIMINGS.stuck_after
    reason = (
        Q(not_before__gt=over)
        | Q(channel__quiet_until__gt=now)
        | ~Q(channel__state="connected")
        | (Q(channel__origin__in=list(shut)) & ~Q(kind__in=MENDS))
    )
    unsent = Q(state__in=(*WAITING, *IN_HAND))
    stuck = (
        Q(state__in=WAITING, due_at__lte=over) & ~reason
        | Q(state__in=IN_HAND, due_at__lte=over, state_at__lte=over)
        | Q(state__in=("unknown", "accepted"), not_before__lte=over)
    )
    return Case(
        When(state="needs_human", then=Value("asks")),
        When(state="held", reason="hold", then=Value("behind")),
        When(state__in=("missed", "failed", "held"), then=F("state")),
        When(stuck, then=Value("stuck")),
        When(unsent, then=Value("late")),
        When(state="unknown", then=Value("unknown")),
        default=Value(""),
    )
