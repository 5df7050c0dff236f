"""A post that costs more than the cap is not sent: it asks, and leaves once the cap is raised."""

from datetime import timedelta

import pytest

from breakwater.channels.bills import bill_of
from breakwater.channels.models import Channel, Cursor, Meter, Portrait, Reading
from breakwater.channels.services import set_cap
from breakwater.channels.services.reading import lease
from breakwater.core import clock
from breakwater.core.reasons import why
from breakwater.delivery.models import Attempt
from breakwater.delivery.services import release_missed
from breakwater.workers.tests.conftest import Bench
from tests.standins.x import XStandin

pytestmark = pytest.mark.slow
LINKED = "Tonight: https://sea.example/menu"


def cap(bench: Bench, micros: int | None) -> None:
    set_cap(
        workspace_id=bench.workspace.pk, network="x", micros=micros, by=bench.person.pk,
        now=clock.now(),
    )  # fmt: skip


def test_a_post_beyond_the_cap_asks_and_leaves_when_it_is_raised(
    bench: Bench, quay: Channel, x_standin: XStandin
) -> None:
    cap(bench, 199_999)
    row = bench.order(quay, LINKED)

    bench.run_to(row, "failed")

    assert row.reason == "over_cap"
    assert "it was not made. Nothing left" in why(row.reason, row.state)
    assert x_standin.calls("POST", "/2/tweets") == []
    bill = bill_of(bench.workspace.pk, "x", now=clock.now())
    assert bill is not None
    assert (bill.micros, bill.reached) == (0, True)
    cap(bench, 1_000_000)
    release_missed(row, by=bench.person.pk, now=clock.now())
    bench.run_to(row, "verified")
    assert len(x_standin.published()) == 1
    after = bill_of(bench.workspace.pk, "x", now=clock.now())
    assert after is not None
    assert [(one.call, one.calls) for one in after.items] == [
        ("post_with_link", 1),
        ("read_own", 1),
    ]


def test_a_used_budget_holds_back_its_own_calls_and_says_until_when(
    bench: Bench, quay: Channel, x_standin: XStandin
) -> None:
    now = clock.now()
    Meter.objects.create(network="x", holder=str(quay.pk), budget="posts", since=now, used=100)
    row = bench.order(quay, missed_after=timedelta(days=1))

    bench.run_until(lambda: Attempt.objects.filter(delivery=row, code="budget_used").exists())

    row.refresh_from_db()
    quay.refresh_from_db()
    assert (row.state, row.reason, row.commit_calls) == ("retry_wait", "budget_used", 0)
    assert row.not_before >= now + timedelta(minutes=14)
    assert quay.quiet_until is None
    assert x_standin.calls("POST", "/2/tweets") == []


def test_reading_beyond_the_cap_rests_until_the_month_is_new(
    bench: Bench, quay: Channel, x_standin: XStandin
) -> None:
    cap(bench, 0)

    bench.read_until(lambda: Cursor.objects.filter(trouble="over_cap").count() == 5)

    resting = Cursor.objects.get(channel=quay, source="mentions")
    assert resting.trouble == "over_cap"
    assert resting.next_at is not None
    assert (resting.next_at.day, resting.next_at.hour) == (1, 0)
    assert x_standin.requests == []
    due = lease(limit=9, now=resting.next_at - timedelta(seconds=1))
    assert [row.source for row in due if row.trouble == "over_cap"] == []


def test_the_profile_is_looked_at_once_a_day_and_is_in_the_bill(
    bench: Bench, quay: Channel, x_standin: XStandin
) -> None:
    x_standin.person("harbour").followers = 912
    Cursor.objects.create(
        channel=quay, source="profile", next_at=clock.now(), created_at=clock.now()
    )

    bench.read_until(lambda: Portrait.objects.filter(channel=quay).exists())

    row = Cursor.objects.get(channel=quay, source="profile")
    assert row.read_at is not None
    assert row.next_at is not None
    assert row.next_at - row.read_at == timedelta(days=1)
    assert len(x_standin.calls("GET", "/2/users/me")) == 1
    bill = bill_of(bench.workspace.pk, "x", now=clock.now())
    assert bill is not None
    assert [
        (one.call, one.calls, one.micros) for one in bill.items if one.call == "read_person"
    ] == [("read_person", 1, 10_000)]
    kept = Reading.objects.get(channel=quay, metric="followers")
    assert kept.value == 912


def test_the_profile_is_not_looked_at_beyond_the_cap(
    bench: Bench, quay: Channel, x_standin: XStandin
) -> None:
    cap(bench, 0)

    bench.read_until(lambda: Cursor.objects.filter(source="profile", trouble="over_cap").exists())

    assert x_standin.calls("GET", "/2/users/me") == []
    assert not Portrait.objects.exists()
    assert not Reading.objects.exists()
