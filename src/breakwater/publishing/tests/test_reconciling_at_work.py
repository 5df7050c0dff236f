"""A comparison while workers send, and after one restore upon another."""

from datetime import datetime, timedelta

import pytest
from tests.drawn import picture

from breakwater.channels.models import Channel
from breakwater.delivery import accounts
from breakwater.delivery.models import Delivery, Reconciliation, Worker
from breakwater.delivery.reconcile import Report, Verdict
from breakwater.delivery.services import hold_everything
from breakwater.delivery.services.reconciling import note
from breakwater.people.models import Person
from breakwater.publishing.services import reconcile_channel
from breakwater.publishing.tests.test_reconciling import (
    DAY,
    HOUR,
    compared,
    connect,
    leave,
    quay,
    queued,
    today,
    verdicts,
)

__all__ = ["connect", "quay", "today"]
MINUTE = timedelta(minutes=1)


def _sending(row: Delivery, worker: Worker, since: datetime) -> None:
    Delivery.objects.filter(pk=row.pk).update(
        state="sending", worker=worker, tries=1, first_sent_at=since, last_sent_at=since,
        state_at=since,
    )  # fmt: skip


def test_what_a_worker_is_just_sending_is_no_other_deliverys_post_and_no_stray(
    quay: Channel, ann: Person, worker: Worker, today: datetime
) -> None:
    doubtful = queued(
        quay, ann, today, due=today - HOUR, state="unknown", doubtful=True, tries=1,
        first_sent_at=today - HOUR, last_sent_at=today - HOUR,
    )  # fmt: skip
    row = queued(quay, ann, today, due=today)
    _sending(row, worker, today)
    leave(row)

    report = compared(quay, today, adopt=True)

    assert [(one.verdict, one.delivery_id) for one in report.differences] == [
        (Verdict.UNKNOWN, doubtful.pk),
        (Verdict.UNKNOWN, row.pk),
    ]
    doubtful.refresh_from_db()
    assert (doubtful.state, doubtful.remote_id) == ("unknown", "")


def test_what_never_left_is_not_taken_for_a_post_of_the_last_minutes(
    quay: Channel, ann: Person, today: datetime
) -> None:
    row = queued(quay, ann, today, due=today + DAY)
    leave(row)

    report = reconcile_channel(
        quay, since=today - DAY, until=today + MINUTE, adopt=True, by=ann.pk, now=today
    )

    assert verdicts(report) == [Verdict.STRAY]
    row.refresh_from_db()
    assert row.state == "queued"


def test_a_backup_of_a_quarantine_does_not_shorten_what_has_to_be_looked_at(
    quay: Channel, ann: Person, today: datetime
) -> None:
    row = queued(quay, ann, today, due=today + DAY)
    leave(row)
    for known_until, restored_at in ((today - HOUR, today), (today + HOUR / 2, today + HOUR)):
        hold_everything("restored", known_until=known_until, now=restored_at)

    report = reconcile_channel(
        quay, since=today - DAY, until=today + 2 * HOUR, adopt=True, by=ann.pk,
        now=today + 2 * HOUR,
    )  # fmt: skip

    assert verdicts(report) == [Verdict.ADOPTED]


def test_pictures_that_take_for_ever_do_not_keep_the_account_from_being_compared(
    quay: Channel, ann: Person, today: datetime, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(accounts, "_PICTURES_S", 0)
    row = queued(quay, ann, today, due=today + DAY, media=(picture(1),))
    leave(row)
    hold_everything("restored", known_until=today - HOUR, now=today)

    report = compared(quay, today, adopt=True)

    assert (verdicts(report), report.complete) == ([Verdict.ADOPTED], True)


def test_of_each_channel_the_last_hundred_comparisons_are_kept(
    quay: Channel, today: datetime
) -> None:
    for number in range(102):
        at = today + number * MINUTE
        report = Report(quay, number, (), complete=True)
        note(report, since=today - DAY, until=at, asked=(), by=None, now=at)

    kept = Reconciliation.objects.order_by("created_at").values_list("agreed", flat=True)
    assert list(kept) == list(range(2, 102))
