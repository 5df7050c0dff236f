"""Budgets are shared, costs are counted before the call, and a cap is a wall."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest
from asgiref.sync import async_to_sync

from breakwater.channels import meters
from breakwater.channels.kits import kit_for
from breakwater.channels.meters import Holder, paid, take
from breakwater.channels.models import Meter, Spending, SpendingCap
from breakwater.core.ids import new_id
from breakwater.domain.errors import Refused, TryLater
from breakwater.domain.guarantees import Guarantee
from breakwater.domain.text import Counting, Unit
from breakwater.networks.base import AuthKind, Budget, Limits, Manifest, Pays, Price
from breakwater.people.models import Workspace

pytestmark = pytest.mark.django_db
NOW = datetime(2026, 11, 28, 9, 0, tzinfo=UTC)
MANIFEST = Manifest(
    slug="paid", name="Paid", auth=AuthKind.OPEN, fields=(), can={}, guarantee=Guarantee.NONE,
    limits=Limits(Counting(Unit.GRAPHEMES, 10), 0, 0, 0, (), 0, "test", "2026-11-28"),
    budgets=(
        Budget("calls", 3, 900, "test", "2026-11-28"),
        Budget("day", 4, 86_400, "test", "2026-11-28", whole_app=True),
    ),
    costs={"read": {"calls": 1, "day": 1}, "search": {"calls": 2}},
    prices={"read": Price(5_000, "test", "2026-11-28")},
)  # fmt: skip
BY_ANSWERS = replace(
    MANIFEST,
    budgets=(),
    prices={
        "read": Price(5_000, "test", "2026-11-28"),
        "row": Price(1_000, "test", "2026-11-28", Pays.PIECE),
    },
)


@pytest.fixture
def holder(harbour_workspace: Workspace) -> Holder:
    return Holder(MANIFEST, new_id(), harbour_workspace.pk)


def used(budget: str) -> int:
    return sum(Meter.objects.filter(budget=budget).values_list("used", flat=True))


def test_a_budget_that_is_used_up_says_when_it_is_new(holder: Holder) -> None:
    for _ in range(3):
        take(holder, "read", now=NOW)

    with pytest.raises(TryLater) as refused:
        take(holder, "read", now=NOW + timedelta(seconds=100))

    assert (refused.value.throttled, refused.value.whole_app) == (True, False)
    assert refused.value.code == "budget_used"
    assert refused.value.after_s == 800
    assert (used("calls"), used("day")) == (3, 3)
    assert Spending.objects.get().calls == 3
    take(holder, "read", now=NOW + timedelta(seconds=900))
    assert (used("calls"), used("day")) == (1, 4)


def test_a_call_of_two_units_does_not_fit_into_one(holder: Holder) -> None:
    take(holder, "search", now=NOW)

    with pytest.raises(TryLater):
        take(holder, "search", now=NOW)

    take(holder, "read", now=NOW)
    assert used("calls") == 3


def test_the_apps_budget_is_shared_by_all_channels(
    holder: Holder, harbour_workspace: Workspace
) -> None:
    other = Holder(MANIFEST, new_id(), harbour_workspace.pk)
    for one in (holder, other, holder, other):
        take(one, "read", now=NOW)

    with pytest.raises(TryLater) as refused:
        take(other, "read", now=NOW)

    assert refused.value.whole_app


def test_what_calls_cost_is_counted_by_month(holder: Holder) -> None:
    take(holder, "read", now=NOW)
    take(holder, "read", now=NOW + timedelta(days=4))

    rows = Spending.objects.order_by("month").values_list("month", "calls", "micros")

    assert list(rows) == [(date(2026, 11, 1), 1, 5_000), (date(2026, 12, 1), 1, 5_000)]
    assert meters.spent(holder.workspace_id, "paid", now=NOW) == 5_000


def test_beyond_the_cap_nothing_is_called_and_nothing_counted(
    holder: Holder, harbour_workspace: Workspace
) -> None:
    SpendingCap.objects.create(
        workspace=harbour_workspace, network="paid", micros=9_999, created_at=NOW
    )
    take(holder, "read", now=NOW)

    with pytest.raises(Refused) as refused:
        take(holder, "read", now=NOW)

    assert refused.value.reason == "over_cap"
    assert meters.spent(holder.workspace_id, "paid", now=NOW) == 5_000
    assert used("calls") == 1


def cap(workspace: Workspace, micros: int) -> SpendingCap:
    return SpendingCap.objects.create(
        workspace=workspace, network="paid", micros=micros, created_at=NOW
    )


def test_that_a_cap_held_a_call_back_is_kept(holder: Holder, harbour_workspace: Workspace) -> None:
    row = cap(harbour_workspace, 4_999)

    with pytest.raises(Refused):
        take(holder, "read", now=NOW)

    row.refresh_from_db()
    assert row.reached_at == NOW


def test_what_an_answer_brought_is_paid_whatever_the_cap(
    holder: Holder, harbour_workspace: Workspace
) -> None:
    own = replace(holder, manifest=BY_ANSWERS)
    cap(harbour_workspace, 6_000)
    take(own, "timeline", now=NOW)

    paid(own, "row", 30, now=NOW)

    assert Spending.objects.values_list("call", "calls", "micros").get() == ("row", 30, 30_000)


def test_a_call_without_a_price_stops_too_where_answers_are_billed(
    holder: Holder, harbour_workspace: Workspace
) -> None:
    own = replace(holder, manifest=BY_ANSWERS)
    cap(harbour_workspace, 1_000)
    paid(own, "row", 1, now=NOW)

    with pytest.raises(Refused) as refused:
        take(own, "timeline", now=NOW)

    assert refused.value.reason == "over_cap"
    take(holder, "hello", now=NOW)  # on a network that bills calls, a free one is free
    take(own, "timeline", now=NOW + timedelta(days=4))  # in December


def test_a_call_that_costs_nothing_touches_nothing(holder: Holder) -> None:
    take(holder, "hello", now=NOW)

    assert not Meter.objects.exists()
    assert not Spending.objects.exists()


def test_while_our_database_is_away_the_call_was_certainly_not_made(
    holder: Holder, database_away: None
) -> None:
    """In a commit call, anything else would be a doubt, and a question to a person."""
    kit = kit_for({}, holder=holder)

    with pytest.raises(TryLater) as later:
        async_to_sync(kit.take)("read")

    assert (later.value.code, later.value.throttled) == ("database_away", False)
