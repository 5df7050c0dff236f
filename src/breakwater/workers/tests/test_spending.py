"""Those who may raise a cap are told of it, once at eighty per cent and once at its end."""

from datetime import UTC, datetime, timedelta

import pytest

from breakwater.channels.models import Spending, SpendingCap
from breakwater.notices.models import Notice
from breakwater.notices.sentences import body
from breakwater.people.models import Membership, Person, Workspace
from breakwater.people.roles import Role
from breakwater.workers.spending import tell_of_spending

NOW = datetime(2026, 11, 28, 9, 0, tzinfo=UTC)


@pytest.fixture
def cap(harbour_workspace: Workspace, bob: Person) -> SpendingCap:
    """A dollar at X. Bob manages."""
    Membership.objects.filter(person=bob).update(role=Role.MANAGER)
    return SpendingCap.objects.create(
        workspace=harbour_workspace, network="x", micros=1_000_000, created_at=NOW
    )


def spend(cap: SpendingCap, micros: int) -> None:
    Spending.objects.update_or_create(
        workspace_id=cap.workspace_id, network="x", month=NOW.date().replace(day=1), call="post",
        defaults={"calls": 1, "micros": micros},
    )  # fmt: skip


def codes() -> list[tuple[str, str]]:
    return list(Notice.objects.order_by("created_at", "pk").values_list("person__name", "code"))


def test_it_is_told_once_at_eighty_per_cent_and_once_at_the_end(cap: SpendingCap) -> None:
    for number, micros in enumerate((799_999, 800_000, 900_000, 1_000_000, 1_100_000)):
        spend(cap, micros)
        tell_of_spending(NOW + timedelta(hours=number))

    assert codes() == [("Bob", "cap_near"), ("Bob", "cap_reached")]
    notice = Notice.objects.get(code="cap_near")
    assert notice.path == "/w/harbour/costs/"
    assert body(notice.code, notice.data).startswith("$0.80 of $1.00 are spent at X this month.")


def test_a_refused_call_is_the_end_too(cap: SpendingCap) -> None:
    spend(cap, 850_000)
    SpendingCap.objects.update(reached_at=NOW)

    tell_of_spending(NOW)

    assert codes() == [("Bob", "cap_reached")]


def test_a_raised_cap_and_a_new_month_are_news_again(cap: SpendingCap) -> None:
    spend(cap, 1_000_000)
    tell_of_spending(NOW)
    SpendingCap.objects.update(micros=1_200_000)

    tell_of_spending(NOW)
    tell_of_spending(NOW + timedelta(days=4))

    assert codes() == [("Bob", "cap_reached"), ("Bob", "cap_near")]
