"""Budgets of calls, shared by all workers, and what calls cost. Counted before a call is made."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from uuid import UUID

from django.db import transaction
from django.db.models import F, QuerySet, Sum

from breakwater.channels.models import Meter, Spending, SpendingCap
from breakwater.domain.errors import Refused, TryLater
from breakwater.domain.resolution import BUDGET_USED
from breakwater.networks.base import Budget, Manifest, Pays

OVER_CAP = "over_cap"


@dataclass(frozen=True)
class Holder:
    """Whose call it is."""

    manifest: Manifest
    channel_id: UUID
    workspace_id: UUID

    def counts(self, call: str) -> bool:
        """Whether there is anything to count; most calls of most networks cost nothing."""
        known = self.manifest
        return call in known.costs or call in known.prices or known.bills_afterwards


def take(holder: Holder, call: str, *, now: datetime) -> None:
    """The call is counted in each of its budgets and in the month's costs.

    Where a network bills by what it answered, a call without a price is refused too once the cap
    is reached: nobody knows what its answer would cost.
    Raises: TryLater(code="budget_used") when a budget is used up (`whole_app` when it is the
    app's), or Refused("over_cap"); then nothing is counted.
    """
    try:
        with transaction.atomic():
            for budget, units in _budgets(holder.manifest, call):
                _use(holder, budget, units, now)
            _pay(holder, call, now)
    except Refused:
        _caps(holder).update(reached_at=now)
        raise


def paid(holder: Holder, call: str, pieces: int, *, now: datetime) -> None:
    """What an answer brought is in the month's costs. It is paid already: nothing is refused."""
    price = holder.manifest.prices.get(call)
    if price is not None and pieces > 0:
        with transaction.atomic():
            _spend(holder, call, pieces, price.micros * pieces, now)


def spent(workspace_id: UUID, network: str, *, now: datetime) -> int:
    """Millionths of a dollar that this month's calls have cost."""
    rows = Spending.objects.filter(workspace_id=workspace_id, network=network, month=month(now))
    return int(rows.aggregate(sum=Sum("micros"))["sum"] or 0)


def month(now: datetime) -> date:
    """The first day of the month (UTC) that `now` is in."""
    return now.date().replace(day=1)


def _budgets(manifest: Manifest, call: str) -> Iterator[tuple[Budget, int]]:
    units = manifest.costs.get(call, {})
    for budget in manifest.budgets:
        if budget.name in units:
            yield budget, units[budget.name]


def holder_of(manifest: Manifest, budget: Budget, channel_id: UUID) -> str:
    """Who the units of the budget are counted for (`Meter.holder`)."""
    return manifest.slug if budget.whole_app else str(channel_id)


def _use(holder: Holder, budget: Budget, units: int, now: datetime) -> None:
    """Compare-and-set on the meter's row: of two workers at the last unit, one gets it."""
    name = holder_of(holder.manifest, budget, holder.channel_id)
    own = {"network": holder.manifest.slug, "holder": name, "budget": budget.name}
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
        after_s=wait, throttled=True, whole_app=budget.whole_app, code=BUDGET_USED,
    )  # fmt: skip


def _pay(holder: Holder, call: str, now: datetime) -> None:
    """The cap's row is locked, so that two workers cannot both spend the last cents."""
    known = holder.manifest
    price = known.prices.get(call)
    if price is None and not known.bills_afterwards:
        return
    micros = price.micros if price is not None and price.of is not Pays.PIECE else 0
    cap = _caps(holder).select_for_update().values_list("micros", flat=True).first()
    if cap is not None:
        before = spent(holder.workspace_id, known.slug, now=now)
        if before + micros > cap or before >= cap:
            raise Refused(OVER_CAP, f"{call}: {before} of {cap} millionths of a dollar are spent")
    if micros:
        _spend(holder, call, 1, micros, now)


def _caps(holder: Holder) -> QuerySet[SpendingCap]:
    return SpendingCap.objects.filter(
        workspace_id=holder.workspace_id, network=holder.manifest.slug
    )


def _spend(holder: Holder, call: str, calls: int, micros: int, now: datetime) -> None:
    row, _ = Spending.objects.get_or_create(
        workspace_id=holder.workspace_id,
        network=holder.manifest.slug,
        month=month(now),
        call=call,
    )
    Spending.objects.filter(pk=row.pk).update(calls=F("calls") + calls, micros=F("micros") + micros)
