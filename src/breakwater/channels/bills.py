"""What calls have cost a workspace, and what is left of a channel's budgets. Read only."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from django.db.models import Q

from breakwater.channels import installed
from breakwater.channels.meters import holder_of, month
from breakwater.channels.models import Channel, Meter, Spending, SpendingCap
from breakwater.domain.errors import Unsupported
from breakwater.networks.base import Budget, Manifest

NEAR = 80
"""Per cent of a cap from which on people are told."""


@dataclass(frozen=True)
class Item:
    """One sort of call. micros: what all of them cost, in millionths of a dollar."""

    call: str
    calls: int
    micros: int


@dataclass(frozen=True)
class Bill:
    """A workspace's month at one paid network. cap: None while there is none. reached: it holds
    calls back. by_answers: some of it is known only after a call, so a cap can be passed by what
    one answer brings."""

    manifest: Manifest
    cap: int | None
    reached: bool
    items: tuple[Item, ...]

    @property
    def micros(self) -> int:
        return sum(one.micros for one in self.items)

    @property
    def left(self) -> int | None:
        """What may still be spent; None for no end."""
        return None if self.cap is None else max(0, self.cap - self.micros)

    @property
    def per_cent(self) -> int:
        """How much of the cap is spent; 0 without one."""
        if self.cap is None:
            return 0
        return 100 if self.cap == 0 else min(100, 100 * self.micros // self.cap)

    @property
    def by_answers(self) -> bool:
        return self.manifest.bills_afterwards


@dataclass(frozen=True)
class Left:
    """What is used of a budget in its window. until: when it is all there again; None when nothing
    of it is used. used_up: not even the smallest call fits."""

    budget: Budget
    used: int
    until: datetime | None
    used_up: bool

    @property
    def units(self) -> int:
        return max(0, self.budget.units - self.used)


def bills(workspace_id: UUID, *, now: datetime) -> list[Bill]:
    """This month (UTC) at every paid network that the workspace has a channel or a cap at, by
    name. Three queries."""
    slugs = set(Channel.objects.filter(workspace_id=workspace_id).values_list("network", flat=True))
    caps = {row.network: row for row in SpendingCap.objects.filter(workspace_id=workspace_id)}
    items = _items(workspace_id, now)
    return [
        _bill(manifest, caps.get(slug), items.get(slug, ()), now)
        for slug, manifest in installed.manifests().items()
        if manifest.prices and slug in {*slugs, *caps, *items}
    ]


def bill_of(workspace_id: UUID, network: str, *, now: datetime) -> Bill | None:
    """The same of one network; None where calls cost nothing. Two queries."""
    try:
        manifest = installed.network(network).manifest
    except Unsupported:
        return None
    if not manifest.prices:
        return None
    cap = SpendingCap.objects.filter(workspace_id=workspace_id, network=network).first()
    return _bill(manifest, cap, _items(workspace_id, now).get(network, ()), now)


def reached_caps(workspace_id: UUID, networks: Iterable[str], *, now: datetime) -> list[Bill]:
    """The bills of these networks whose cap holds calls back. No query where none of them charges,
    one where there is no cap, two otherwise."""
    known = installed.manifests()
    paid = sorted({slug for slug in networks if slug in known and known[slug].prices})
    if not paid:
        return []
    rows = SpendingCap.objects.filter(workspace_id=workspace_id, network__in=paid)
    caps_there = {row.network: row for row in rows}
    items = _items(workspace_id, now) if caps_there else {}
    found = [
        _bill(known[slug], caps_there[slug], items.get(slug, ()), now)
        for slug in paid
        if slug in caps_there
    ]
    return [one for one in found if one.reached]


def caps(*, now: datetime) -> list[tuple[SpendingCap, int]]:
    """Every cap of every workspace, with what is spent this month. Two queries."""
    rows = Spending.objects.filter(month=month(now))
    spent: dict[tuple[UUID, str], int] = {}
    for one in rows:
        key = (one.workspace_id, one.network)
        spent[key] = spent.get(key, 0) + one.micros
    every = SpendingCap.objects.select_related("workspace")
    return [(cap, spent.get((cap.workspace_id, cap.network), 0)) for cap in every]


def reached(cap: SpendingCap, spent: int, *, now: datetime) -> bool:
    """Whether the cap holds calls back: it is spent, or a call was refused for it this month."""
    refused = cap.reached_at is not None and month(cap.reached_at) == month(now)
    return spent >= cap.micros or refused


def next_month(now: datetime) -> datetime:
    """When what was spent counts anew."""
    first = now.replace(day=1, hour=0, minute=0, second=0, microsecond=0)
    return (first + timedelta(days=32)).replace(day=1)


def budgets(channels: Iterable[Channel], *, now: datetime) -> dict[UUID, list[Left]]:
    """channel id -> each budget of its network, in the manifest's order. One query at most, none
    where no network has any."""
    known = installed.manifests()
    own = {one: known[one.network].budgets for one in channels if one.network in known}
    if not any(own.values()):
        return {one.pk: [] for one in own}
    holders = {str(one.pk) for one in own} | {one.network for one in own}
    rows = Meter.objects.filter(Q(holder__in=holders), network__in={one.network for one in own})
    meters = {(row.network, row.holder, row.budget): row for row in rows}
    return {
        one.pk: [_left(known[one.network], budget, one, meters, now) for budget in found]
        for one, found in own.items()
    }


def used_up(channels: Sequence[Channel], *, now: datetime) -> list[tuple[Channel, Left]]:
    """The budgets of these channels that hold calls back; one of the whole app once, at the first
    of its channels."""
    found: dict[tuple[str, str], tuple[Channel, Left]] = {}
    by_id = {one.pk: one for one in channels}
    for channel_id, lefts in budgets(channels, now=now).items():
        channel = by_id[channel_id]
        for left in lefts:
            if left.used_up:
                holder = channel.network if left.budget.whole_app else str(channel_id)
                found.setdefault((holder, left.budget.name), (channel, left))
    return list(found.values())


def _items(workspace_id: UUID, now: datetime) -> dict[str, tuple[Item, ...]]:
    rows = Spending.objects.filter(workspace_id=workspace_id, month=month(now))
    found: dict[str, tuple[Item, ...]] = {}
    for row in rows.order_by("-micros", "call"):
        item = Item(row.call, row.calls, row.micros)
        found[row.network] = (*found.get(row.network, ()), item)
    return found


def _bill(
    manifest: Manifest, cap: SpendingCap | None, items: Sequence[Item], now: datetime
) -> Bill:
    spent = sum(one.micros for one in items)
    return Bill(
        manifest,
        cap.micros if cap else None,
        cap is not None and reached(cap, spent, now=now),
        tuple(items),
    )


def _left(
    manifest: Manifest,
    budget: Budget,
    channel: Channel,
    meters: dict[tuple[str, str, str], Meter],
    now: datetime,
) -> Left:
    holder = holder_of(manifest, budget, channel.pk)
    row = meters.get((manifest.slug, holder, budget.name))
    ends = row.since + timedelta(seconds=budget.window_s) if row else now
    if row is None or ends <= now or not row.used:
        return Left(budget, 0, None, used_up=False)
    least = min(
        (units[budget.name] for units in manifest.costs.values() if budget.name in units),
        default=1,
    )
    return Left(budget, row.used, ends, used_up=budget.units - row.used < least)
