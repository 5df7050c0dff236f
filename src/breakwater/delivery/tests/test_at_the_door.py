"""What a worker has claimed is looked at once more: too early, too many, throttled for days."""

from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any

from django.db import OperationalError, connection
from tests.deliveries import MakeDelivery, all_approved

from breakwater.channels.limits import to_json
from breakwater.channels.models import Channel
from breakwater.channels.selectors import manifest
from breakwater.channels.services import throttle
from breakwater.delivery.models import Delivery, Hold, Worker
from breakwater.delivery.services import claims, raise_wall, release, shift
from breakwater.people.models import Person

HOUR, MINUTE = timedelta(hours=1), timedelta(minutes=1)


def _claim(worker: Worker, now: datetime) -> list[Delivery]:
    return list(claims.claim(worker, limit=10, approved=all_approved, now=now).taken)


def test_what_was_claimed_by_the_old_rules_of_a_zone_waits_for_the_new_time(
    queued: MakeDelivery, worker: Worker, now: datetime
) -> None:
    row = queued()
    taken = _claim(worker, now)
    assert [one.pk for one in shift([row], planned=now, by=HOUR, now=now)] == [row.pk]

    assert claims.begin(taken, worker, now=now) == []

    row.refresh_from_db()
    assert (row.state, row.not_before, row.commit_calls) == ("retry_wait", now + HOUR, 0)
    assert len(claims.begin(_claim(worker, now + HOUR), worker, now=now + HOUR)) == 1


def test_what_may_be_out_already_goes_on_whatever_its_planned_time(
    queued: MakeDelivery, worker: Worker, now: datetime
) -> None:
    row = queued()
    Delivery.objects.filter(pk=row.pk).update(
        doubtful=True, first_sent_at=now - MINUTE, due_at=now + HOUR, state="retry_wait"
    )

    assert len(claims.begin(_claim(worker, now), worker, now=now)) == 1


def test_who_is_throttled_for_longer_than_the_window_is_missed_when_it_ends(
    queued: MakeDelivery, channel: Channel, worker: Worker, now: datetime
) -> None:
    row = queued()
    taken = _claim(worker, now)
    throttle(channel.pk, now + 24 * HOUR)
    assert claims.begin(taken, worker, now=now) == []

    assert claims.sweep_missed(now=now + 15 * MINUTE) == []
    assert len(claims.sweep_missed(now=now + 16 * MINUTE)) == 1

    row.refresh_from_db()
    assert (row.state, row.reason, row.to_tell) == ("missed", "throttled", True)


def test_who_is_in_doubt_and_throttled_for_days_asks_as_soon_as_nothing_is_sent_again(
    queued: MakeDelivery, now: datetime
) -> None:
    row = queued()
    Delivery.objects.filter(pk=row.pk).update(
        state="retry_wait", doubtful=True, first_sent_at=now, not_before=now + 240 * HOUR
    )

    assert claims.sweep_doubtful(resend_within=HOUR, now=now + HOUR) == []
    assert len(claims.sweep_doubtful(resend_within=HOUR, now=now + HOUR + MINUTE)) == 1


def test_what_may_be_out_is_not_called_missed_by_the_release_of_a_hold(
    queued: MakeDelivery, channel: Channel, worker: Worker, bob: Person, now: datetime
) -> None:
    row = queued()
    hold, _ = raise_wall(channel.workspace_id, why="Storm.", by=bob.pk, now=now)
    Delivery.objects.filter(pk=row.pk).update(
        state="retry_wait", doubtful=True, first_sent_at=now, tries=1, commit_calls=1
    )
    _claim(worker, now)
    row.refresh_from_db()
    assert (row.state, row.reason) == ("held", "hold")

    release(hold, by=bob.pk, now=now + 2 * HOUR)

    row.refresh_from_db()
    assert row.state == "queued"
    assert _claim(worker, now + 2 * HOUR) == []
    row.refresh_from_db()
    assert (row.state, row.reason, row.to_tell) == ("needs_human", "not_found", True)


def test_a_budget_that_cannot_be_written_down_costs_those_that_have_begun_nothing(
    queued: MakeDelivery, channel: Channel, worker: Worker, now: datetime
) -> None:
    channel.limits = to_json(replace(manifest("sandbox").limits, posts_per_hour=1))
    channel.save(update_fields=["limits"])
    rows = [queued(), queued()]
    taken = _claim(worker, now)

    def broken(execute: Any, sql: str, *rest: Any) -> Any:
        if 'INSERT INTO "delivery_hold"' in sql:
            raise OperationalError("the disk is full")
        return execute(sql, *rest)

    with connection.execute_wrapper(broken):
        begun = claims.begin(taken, worker, now=now)

    assert len(begun) == 1
    assert not Hold.objects.exists()
    states = Delivery.objects.filter(pk__in=[row.pk for row in rows]).values_list("state", "reason")
    assert sorted(states) == [("retry_wait", "over_budget"), ("sending", "")]
