"""Budgets of calls, shared by all workers, and what calls cost. Counted before a call is made."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from django.db import transaction
from django.db.models import F, Sum

from breakwater.channels.models import Meter, Spending, SpendingCap
from breakwater.domain.errors import Refused, TryLater
from breakwater.networks.base import Budget, Manifest

MICROS = 1_000_000


@dataclass(frozen=True)
class Holder:
    """Whose call it is."""

    manifest: Manifest
    channel_id: UUID
    workspace_id: UUID


def take(holder: Holder, call: str, *, now: datetime) -> None:
    """The call is counted in each of its budgets and in the month's costs.

    Raises: TryLater(throttled) when a budget is used up (`whole_app` when it is the app's), or
    Refused("over_cap"); then nothing is counted.
    """
    with transaction.atomic():
        for budget, units in _budgets(holder.manifest, call):
            _use(holder, budget, units, now)
        _pay(holder, call, now)


def spent(workspace_id: UUID, network: str, *, now: datetime) -> int:
    """Millionths of a dollar that this month's calls have cost."""
    rows = Spending.objects.filter(workspace_id=workspace_id, network=network, month=_month(now))
    return int(rows.aggregate(sum=Sum("micros"))["sum"] or 0)


def cap_of(workspace_id: UUID, network: str) -> int | None:
    """Millionths of a dollar a month; None: no cap was set."""
    rows = SpendingCap.objects.filter(workspace_id=workspace_id, network=network)
    return rows.values_list("micros", flat=True).first()


def _budgets(manifest: Manifest, call: str) -> Iterator[tuple[Budget, int]]:
    units = manifest.costs.get(call, {})
    for budget in manifest.budgets:
        if budget.name in units:
            yield budget, units[budget.name]


def _use(holder: Holder, budget: Budget, units: int, now: datetime) -> None:
    """Compare-and-set on the meter's row: of two workers at the last unit, one gets it."""
    slug = holder.manifest.slug
    name = slug if budget.whole_app else str(holder.channel_id)
    own = {"network": slug, "holder": name, "budget": budget.name}
    window = timedelta(seconds=budget.window_s)
    row, _ = Meter.objects.get_or_create(**own, defaults={"since": now})
    Meter.objects.filter(pk=row.pk, since__lte=now - window).update(since=now, used=0)
    free = Meter.objects.filter(pk=row.pk, used__lte=budget.units - units)
    if free.update(used=F("used") + units):
        return
    row.refresh_from_db()
    wait = max(1.0, (row.since + window - now).total_seconds())
    raise TryLater(
        f"the budget {budget.name} of {budget.units} is used up",
        after_s=wait, throttled=True, whole_app=budget.whole_app,
    )  # fmt: skip


def _pay(holder: Holder, call: str, now: datetime) -> None:
    price = holder.manifest.prices.get(call)
    if price is None:
        return
    slug = holder.manifest.slug
    cap = cap_of(holder.workspace_id, slug)
    if cap is not None and spent(holder.workspace_id, slug, now=now) + price.micros > cap:
        raise Refused("over_cap", f"{call} costs {price.micros / MICROS} dollars")
    row, _ = Spending.objects.get_or_create(
        workspace_id=holder.workspace_id, network=slug, month=_month(now), call=call
    )
    Spending.objects.filter(pk=row.pk).update(
        calls=F("calls") + 1, micros=F("micros") + price.micros
    )


def _month(now: datetime) -> datetime:
    return now.replace(day=1, hour=0, minute=0, second=0, microsecond=0)
