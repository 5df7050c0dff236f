"""What became of reports, as people learn it."""

from datetime import timedelta

import pytest

from breakwater.audit.models import Entry
from breakwater.channels.models import Channel
from breakwater.core.ids import new_id
from breakwater.delivery.models import Delivery
from breakwater.domain.errors import Forbidden, Invalid, NotFound, StaleState
from breakwater.inbox.models import Item, Reported
from breakwater.inbox.reports import closed_reports, open_reports
from breakwater.inbox.services.acting import Wish, act
from breakwater.inbox.services.reporting import follow_up
from breakwater.inbox.tests.world import ABUSE, LEO, NOW, arrive, said
from breakwater.networks.base import Deed
from breakwater.people.selectors import Access

pytestmark = pytest.mark.django_db
LATER = NOW + timedelta(days=3)


@pytest.fixture
def report(quay: Channel, ada_at: Access) -> Reported:
    arrive(quay, said(ABUSE, "a"), said(ABUSE, "b", by=LEO))
    wish = Wish(Deed.REPORT, reason="rude")
    act(ada_at, Item.objects.get(arrival__remote_id="a").pk, wish, request=new_id(), now=NOW)
    return Reported.objects.get()


def test_a_report_is_followed_through_its_appeal(report: Reported, ada_at: Access) -> None:
    steps = [("", "rejected"), ("rejected", "appealed"), ("appealed", "overturned")]
    open_after = []
    for seen, outcome in steps:
        follow_up(ada_at, report.pk, outcome, seen=seen, note=f"Mail: {outcome}.", now=LATER)
        open_after.append(len(open_reports(ada_at.workspace.pk)))

    (kept,) = closed_reports(ada_at.workspace.pk)
    assert (kept.outcome, kept.note, kept.outcome_at) == ("overturned", "Mail: overturned.", LATER)
    assert open_after == [0, 1, 0]
    assert [row.verb for row in Entry.objects.filter(subject="report").order_by("number")] == [
        "report.rejected", "report.appealed", "report.overturned",
    ]  # fmt: skip


def test_who_comes_second_is_told(report: Reported, ada_at: Access) -> None:
    follow_up(ada_at, report.pk, "upheld", seen="", now=LATER)

    with pytest.raises(StaleState):
        follow_up(ada_at, report.pk, "rejected", seen="", now=LATER)

    assert Reported.objects.get().outcome == "upheld"


def test_what_makes_no_sense_changes_nothing(
    report: Reported, ada_at: Access, ann_at: Access
) -> None:
    with pytest.raises(Invalid):
        follow_up(ada_at, report.pk, "maybe", seen="", now=LATER)
    with pytest.raises(Forbidden):
        follow_up(ann_at, report.pk, "upheld", seen="", now=LATER)
    with pytest.raises(NotFound):
        follow_up(ada_at, new_id(), "upheld", seen="", now=LATER)

    assert Reported.objects.get().outcome == ""


def test_a_report_that_never_left_is_not_waited_for(report: Reported, ada_at: Access) -> None:
    Delivery.objects.update(state="failed")

    assert open_reports(ada_at.workspace.pk) == []
