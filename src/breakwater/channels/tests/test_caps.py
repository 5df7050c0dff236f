"""A cap is set, changed and taken away on record; what it stopped goes on; people are told once."""

from datetime import UTC, datetime, timedelta

import pytest
from pytest_django import DjangoAssertNumQueries

from breakwater.audit.models import Entry
from breakwater.channels.bills import bill_of, bills, budgets, next_month, used_up
from breakwater.channels.installed import network
from breakwater.channels.meters import Holder, paid, take
from breakwater.channels.models import Channel, Cursor, Meter, SpendingCap
from breakwater.channels.services import set_cap
from breakwater.domain.errors import Invalid, Refused
from breakwater.people.models import Person, Workspace

pytestmark = pytest.mark.django_db
NOW = datetime(2026, 11, 28, 9, 0, tzinfo=UTC)
PAID = "x"
"""An installed network that charges."""


@pytest.fixture
def quay(harbour_workspace: Workspace) -> Channel:
    return Channel.objects.create(
        workspace=harbour_workspace, network=PAID, origin="https://api.test", remote_id="1",
        handle="@quay", state="connected", state_at=NOW, created_at=NOW,
    )  # fmt: skip


@pytest.fixture
def holder(quay: Channel) -> Holder:
    return Holder(network(PAID).manifest, quay.pk, quay.workspace_id)


def capped(quay: Channel, by: Person, micros: int | None, now: datetime = NOW) -> None:
    set_cap(workspace_id=quay.workspace_id, network=PAID, micros=micros, by=by.pk, now=now)


def test_each_change_of_a_cap_is_on_record(quay: Channel, ann: Person) -> None:
    for micros in (20_000_000, 20_000_000, 5_000_000, None, None):
        capped(quay, ann, micros)

    entries = Entry.objects.filter(verb="spending.capped").order_by("number")
    assert [(one.data["from"], one.data["to"], one.actor_id) for one in entries] == [
        (None, 20_000_000, ann.pk), (20_000_000, 5_000_000, ann.pk), (5_000_000, None, ann.pk),
    ]  # fmt: skip
    assert not SpendingCap.objects.exists()


@pytest.mark.parametrize(
    ("slug", "micros", "code"),
    [("sandbox", 1, "cap_free"), (PAID, -1, "cap_wrong"), (PAID, 10**12 + 1, "cap_wrong")],
)
def test_a_cap_that_means_nothing_is_refused(
    quay: Channel, ann: Person, slug: str, micros: int, code: str
) -> None:
    with pytest.raises(Invalid) as refused:
        set_cap(workspace_id=quay.workspace_id, network=slug, micros=micros, by=ann.pk, now=NOW)

    assert refused.value.code == code
    assert not Entry.objects.exists()


def test_reading_that_rests_goes_on_when_the_cap_is_raised(quay: Channel, ann: Person) -> None:
    capped(quay, ann, 0)
    resting = Cursor.objects.create(
        channel=quay, source="mentions", trouble="over_cap", next_at=next_month(NOW), created_at=NOW
    )
    other = Cursor.objects.create(
        channel=quay, source="comments", trouble="deadline", next_at=next_month(NOW), created_at=NOW
    )

    capped(quay, ann, 1_000_000)

    resting.refresh_from_db()
    other.refresh_from_db()
    assert (resting.next_at, resting.trouble) == (NOW, "")
    assert other.next_at == datetime(2026, 12, 1, tzinfo=UTC)


def test_a_bill_says_what_was_spent_on_what(
    quay: Channel, ann: Person, holder: Holder, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    capped(quay, ann, 250_000)
    take(holder, "post_with_link", now=NOW)
    paid(holder, "read_post", 4, now=NOW)
    with pytest.raises(Refused):
        take(holder, "post_with_link", now=NOW)

    with django_assert_num_queries(3):
        (bill,) = bills(quay.workspace_id, now=NOW)

    assert [(one.call, one.calls, one.micros) for one in bill.items] == [
        ("post_with_link", 1, 200_000), ("read_post", 4, 20_000),
    ]  # fmt: skip
    assert (bill.micros, bill.left, bill.per_cent, bill.reached) == (220_000, 30_000, 88, True)
    december = bill_of(quay.workspace_id, PAID, now=NOW + timedelta(days=4))
    assert december is not None
    assert (december.micros, december.left, december.reached) == (0, 250_000, False)
    assert bill_of(quay.workspace_id, "sandbox", now=NOW) is None


def test_what_is_left_of_each_budget_is_known_until_its_window_ends(
    quay: Channel, holder: Holder, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    take(holder, "messages", now=NOW)
    Meter.objects.filter(budget="messages_read").update(used=15)

    with django_assert_num_queries(1):
        left = {one.budget.name: one for one in budgets([quay], now=NOW)[quay.pk]}

    assert (left["messages_read"].units, left["messages_read"].used_up) == (0, True)
    assert left["messages_read"].until == NOW + timedelta(minutes=15)
    assert (left["posts"].used, left["posts"].until) == (0, None)
    assert [one.budget.name for _, one in used_up([quay], now=NOW)] == ["messages_read"]
    assert used_up([quay], now=NOW + timedelta(minutes=15)) == []
