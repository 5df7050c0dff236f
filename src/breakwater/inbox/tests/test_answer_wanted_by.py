"""By when an answer is wanted: counted in business hours, of what waits longest, and told again when
the targets change."""

from datetime import UTC, datetime, timedelta

import pytest

from breakwater.channels.models import Channel
from breakwater.domain.errors import Forbidden, Invalid
from breakwater.inbox.models import Item, Setup, Thread
from breakwater.inbox.selectors import Filters, listed
from breakwater.inbox.services import setups
from breakwater.inbox.services.working import finish
from breakwater.inbox.tests.world import (
    COMPLAINT,
    KIM,
    NOW,
    PRAISE,
    QUESTION,
    arrive,
    said,
)
from breakwater.people.selectors import Access

pytestmark = pytest.mark.django_db
MONDAY_NINE = datetime(2026, 11, 30, 8, 0, tzinfo=UTC)  # NOW is the Saturday before
WEEK = {day: [("09:00", "18:00")] for day in range(5)}


def hours(by: Access, targets: dict[str, int], **changes: object) -> None:
    said_now = {"week": WEEK, "closing_days": [], **changes}
    setups.set_hours(by, targets=targets, now=NOW, **said_now)  # type: ignore[arg-type]


def due(remote_id: str = "a") -> datetime | None:
    return Item.objects.get(arrival__remote_id=remote_id).thread.due_at


def test_minutes_count_from_when_people_work(quay: Channel, mia_at: Access) -> None:
    hours(mia_at, {"question": 90})

    arrive(quay, said(QUESTION, "a"), said(PRAISE, "b", by=KIM))

    assert due("a") == MONDAY_NINE + timedelta(minutes=90)
    assert due("b") is None


def test_what_waits_longest_decides_and_what_is_done_is_wanted_by_nobody(
    quay: Channel, mia_at: Access
) -> None:
    hours(mia_at, {"question": 90, "complaint": 30})
    arrive(quay, said(QUESTION, "a"), said(COMPLAINT, "b", parent="a", minutes=5))
    first = due()

    finish(mia_at, [Thread.objects.get().pk], now=NOW)

    assert (first, due()) == (MONDAY_NINE + timedelta(minutes=30), None)


def test_what_waits_already_learns_of_new_targets(quay: Channel, mia_at: Access) -> None:
    arrive(quay, *[said(QUESTION, f"q{n}") for n in range(3)])
    before = due("q0")
    hours(mia_at, {"question": 60}, closing_days=["2026-11-30"])

    told = [setups.retell(now=NOW, limit=2) for _ in range(3)]

    assert (before, told) == (None, [2, 1, 0])
    ends = {due(f"q{n}") for n in range(3)}
    assert ends == {MONDAY_NINE + timedelta(days=1, minutes=60)}
    assert Setup.objects.get().dues_from is None


def test_a_list_of_what_is_late(quay: Channel, mia_at: Access) -> None:
    hours(mia_at, {"question": 60})
    arrive(quay, said(QUESTION, "a"), said(PRAISE, "b"))
    end = MONDAY_NINE + timedelta(minutes=60)
    workspaces = [mia_at.workspace.pk]

    assert listed(workspaces, Filters(overdue=end)) == []
    late = listed(workspaces, Filters(overdue=end + timedelta(seconds=1)))
    assert [one.due_at for one in late] == [end]


def test_nonsense_is_refused_and_changes_nothing(ada_at: Access, mia_at: Access) -> None:
    for targets, changes, code in (
        ({"question": 0}, {}, "bad_target"),
        ({"weather": 5}, {}, "bad_target"),
        ({}, {"week": {0: [("18:00", "09:00")]}}, "bad_hours"),
        ({}, {"closing_days": ["Christmas"]}, "bad_day"),
    ):
        with pytest.raises(Invalid, match=code):
            hours(mia_at, targets, **changes)
    with pytest.raises(Forbidden):
        hours(ada_at, {"question": 60})

    assert not Setup.objects.exists()
