"""A network in trouble is left in peace, then tried by one delivery; nothing is lost or bursts."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from threading import Barrier, Thread
from typing import Any

import pytest
from django.db import connection
from tests.deliveries import MakeDelivery, all_approved

from breakwater.channels.models import Channel
from breakwater.delivery.models import Attempt, Circuit, Delivery, Worker
from breakwater.delivery.services import circuits, claims
from breakwater.delivery.services.outcomes import Result, settle
from breakwater.delivery.standing import standing
from breakwater.domain.guarantees import Outcome
from breakwater.domain.parcels import digest_of
from breakwater.domain.resolution import Next
from breakwater.domain.timings import Timings

T = Timings()
ORIGIN = "http://harbour.internal"
MINUTE = timedelta(minutes=1)


def _claim(worker: Worker, now: datetime, limit: int = 10) -> list[Delivery]:
    return list(claims.claim(worker, limit=limit, approved=all_approved, now=now).taken)


def _send(worker: Worker, now: datetime, limit: int = 10) -> list[Delivery]:
    return claims.begin(_claim(worker, now, limit), worker, now=now)


def _end(rows: Sequence[Delivery], outcome: Outcome, now: datetime, counted: bool = True) -> None:
    state = {Outcome.UNKNOWN: "unknown", Outcome.ACCEPTED: "accepted", Outcome.REFUSED: "failed"}
    results = [
        Result(
            delivery_id=row.pk, before="sending", tries=row.tries, step="commit", outcome=outcome,
            next=Next(state.get(outcome, "retry_wait"), now), at=now,
            origin=ORIGIN if counted else "",
        )
        for row in rows
    ]  # fmt: skip
    settle(results, now=now)
    circuits.heed(results, timings=T, now=now)


def _open(now: datetime) -> Circuit:
    return Circuit.objects.create(
        origin=ORIGIN, opened_at=now, reason="unknown", probe_at=now + MINUTE
    )


def test_three_deliveries_in_doubt_shut_the_network(
    queued: MakeDelivery, worker: Worker, now: datetime
) -> None:
    first = [queued() for _ in range(3)]
    begun = _send(worker, now)
    assert len(begun) == len(first)

    _end(begun[:2], Outcome.UNKNOWN, now)
    assert not Circuit.objects.exists()
    _end(begun[2:], Outcome.UNKNOWN, now)

    shut = Circuit.objects.get()
    assert (shut.origin, shut.reason, shut.opened_at) == (ORIGIN, "unknown", now)
    assert (shut.probe_at, shut.to_tell) == (now + MINUTE, True)


def test_five_that_were_not_reached_shut_it_and_old_ones_do_not_count(
    queued: MakeDelivery, worker: Worker, now: datetime
) -> None:
    for _ in range(6):
        queued(missed_after=timedelta(hours=1))
    begun = _send(worker, now)
    _end(begun[:1], Outcome.NOT_SENT, now)
    later = now + timedelta(minutes=10)

    _end(begun[1:5], Outcome.NOT_SENT, later)
    assert not Circuit.objects.exists()
    _end(begun[5:], Outcome.NOT_SENT, later)

    assert Circuit.objects.get().reason == "failures"


def test_one_delivery_in_trouble_is_not_the_networks_trouble(
    queued: MakeDelivery, worker: Worker, now: datetime
) -> None:
    queued()
    (begun,) = _send(worker, now)

    for _ in range(6):
        _end([begun], Outcome.UNKNOWN, now)

    assert Attempt.objects.filter(counts=True, origin=ORIGIN).count() == 6
    assert not Circuit.objects.exists()


def test_refusals_and_throttling_shut_nothing(
    queued: MakeDelivery, worker: Worker, now: datetime
) -> None:
    for _ in range(6):
        queued()
    begun = _send(worker, now)

    _end(begun[:3], Outcome.REFUSED, now, counted=False)
    _end(begun[3:], Outcome.THROTTLED, now, counted=False)

    assert not Circuit.objects.exists()


def test_behind_a_shut_network_posts_wait_as_they_are_and_deletes_leave(
    queued: MakeDelivery, worker: Worker, now: datetime
) -> None:
    post, gone = queued(), _delete(queued)
    _open(now)

    begun = _send(worker, now)

    assert [row.pk for row in begun] == [gone.pk]
    post.refresh_from_db()
    assert (post.state, post.commit_calls) == ("queued", 0)


def test_other_networks_go_on(
    queued: MakeDelivery, worker: Worker, channel: Channel, now: datetime
) -> None:
    other = Channel.objects.create(
        workspace=channel.workspace, network="sandbox", origin="http://other.internal",
        remote_id="2", handle="@other", state="connected", state_at=now, created_at=now,
    )  # fmt: skip
    queued()
    elsewhere = queued()
    Delivery.objects.filter(pk=elsewhere.pk).update(channel=other, digest="")
    _open(now)

    got = claims.claim(worker, limit=10, approved=all_approved, now=now)

    assert [row.pk for row in got.stopped] == [elsewhere.pk]  # looked at: altered, so held


def test_the_door_sees_a_network_that_was_shut_after_the_claim(
    queued: MakeDelivery, worker: Worker, now: datetime
) -> None:
    row, gone = queued(), _delete(queued)
    taken = _claim(worker, now)
    assert {one.pk for one in taken} == {row.pk, gone.pk}
    _open(now)

    begun = claims.begin(taken, worker, now=now)

    assert [one.pk for one in begun] == [gone.pk]
    row.refresh_from_db()
    assert (row.state, row.reason, row.worker_id) == ("retry_wait", "circuit", None)
    assert (row.commit_calls, row.tries) == (0, 0)


def test_what_waits_too_long_is_missed_and_not_sent_in_a_burst(
    queued: MakeDelivery, worker: Worker, now: datetime
) -> None:
    rows = [queued() for _ in range(3)]
    _open(now)
    late = now + timedelta(minutes=16)

    assert [row.pk for row in claims.sweep_missed(now=late)] == [row.pk for row in rows]
    Circuit.objects.update(opened_at=None)

    assert _claim(worker, late) == []


def test_after_the_pause_one_delivery_tries_and_success_lets_the_others_out(
    queued: MakeDelivery, worker: Worker, other_worker: Worker, now: datetime
) -> None:
    for _ in range(4):
        queued()
    _open(now)
    assert _send(worker, now + MINUTE - timedelta(seconds=1)) == []
    later = now + MINUTE

    probe = _send(worker, later)
    assert len(probe) == 1
    assert _send(other_worker, later) == []
    _end(probe, Outcome.ACCEPTED, later, counted=False)

    shut = Circuit.objects.get()
    assert (shut.opened_at, shut.probe, shut.closed_at) == (None, None, later)
    assert len(_send(other_worker, later)) == 3


def test_a_probe_that_fails_makes_the_pause_longer_and_tells_nobody_again(
    queued: MakeDelivery, worker: Worker, now: datetime
) -> None:
    for _ in range(3):
        queued()
    _open(now)
    later = now + MINUTE

    _end(_send(worker, later), Outcome.UNKNOWN, later)

    shut = Circuit.objects.get()
    assert (shut.opened_at, shut.failed, shut.probe) == (now, 1, None)
    assert (shut.probe_at, shut.to_tell) == (later + 2 * MINUTE, False)
    assert _send(worker, later + 2 * MINUTE - timedelta(seconds=1)) == []
    assert len(_send(worker, later + 2 * MINUTE)) == 1


def test_after_it_closed_the_failures_before_it_count_no_more(
    queued: MakeDelivery, worker: Worker, now: datetime
) -> None:
    for _ in range(6):
        queued()
    begun = _send(worker, now, limit=3)
    _end(begun, Outcome.UNKNOWN, now)
    later = now + MINUTE
    _end(_send(worker, later), Outcome.ACCEPTED, later, counted=False)

    rest = _send(worker, later)
    _end(rest[:1], Outcome.UNKNOWN, later + timedelta(seconds=1))

    assert Circuit.objects.get().opened_at is None


def test_a_probe_that_never_left_or_whose_worker_froze_does_not_stop_the_next(
    queued: MakeDelivery, worker: Worker, other_worker: Worker, now: datetime
) -> None:
    for _ in range(3):
        queued(missed_after=timedelta(hours=1))
    _open(now)
    later = now + MINUTE
    (first,) = _claim(worker, later)
    claims.drop([first.pk], worker, now=later)

    (second,) = _claim(worker, later)
    assert second.pk != first.pk
    assert _claim(other_worker, later) == []

    lease = T.prepare_deadline + T.takeover
    assert len(_claim(other_worker, later + lease)) == 1


def test_what_may_be_out_and_waits_too_long_behind_a_shut_network_asks_a_person(
    queued: MakeDelivery, worker: Worker, now: datetime
) -> None:
    row, gone = queued(), _delete(queued)
    Delivery.objects.filter(pk__in=[row.pk, gone.pk]).update(
        state="retry_wait", doubtful=True, first_sent_at=now
    )
    _open(now)

    assert claims.sweep_doubtful(resend_within=T.probe_within, now=now + 60 * MINUTE) == []
    late = now + 61 * MINUTE
    (asked,) = claims.sweep_doubtful(resend_within=T.probe_within, now=late)

    assert (asked.pk, asked.state, asked.reason) == (row.pk, "needs_human", "not_found")
    assert asked.to_tell


def test_a_whole_app_that_was_throttled_waits_deletes_too_and_the_later_moment_stays(
    queued: MakeDelivery, worker: Worker, now: datetime
) -> None:
    row, gone = queued(), _delete(queued)
    taken = _claim(worker, now)
    until = now + 5 * MINUTE
    circuits.quiet(ORIGIN, until)
    circuits.quiet(ORIGIN, now + MINUTE)

    assert claims.begin(taken, worker, now=now) == []

    for one in (row, gone):
        one.refresh_from_db()
        assert (one.state, one.reason, one.not_before) == ("retry_wait", "throttled", until)
    Delivery.objects.update(not_before=now)
    assert _claim(worker, until - timedelta(seconds=1)) == []
    assert len(_claim(worker, until)) == 2


def test_a_channel_that_was_throttled_after_the_claim_is_left_in_peace_at_the_door(
    queued: MakeDelivery, worker: Worker, now: datetime
) -> None:
    row = queued()
    taken = _claim(worker, now)
    Channel.objects.update(quiet_until=now + MINUTE)

    assert claims.begin(taken, worker, now=now) == []

    row.refresh_from_db()
    assert (row.state, row.reason, row.not_before) == ("retry_wait", "throttled", now + MINUTE)


def test_a_claim_asks_one_question_more_however_much_is_due(
    queued: MakeDelivery, worker: Worker, now: datetime
) -> None:
    for _ in range(3):
        queued()
    claims_of, doors_of = _Asked("delivery_circuit"), _Asked("delivery_circuit")

    with connection.execute_wrapper(claims_of):
        taken = _claim(worker, now)
    with connection.execute_wrapper(doors_of):
        begun = claims.begin(taken, worker, now=now)

    assert len(begun) == 3
    assert (claims_of.count, doors_of.count) == (1, 1)


def test_what_stands_is_said_with_what_waits(queued: MakeDelivery, now: datetime) -> None:
    row = queued()
    assert standing(now).fine
    _open(now)

    (shut,) = standing(now, row.workspace_id).networks

    assert (shut.origin, shut.since, shut.reason) == (ORIGIN, now, "unknown")
    assert (shut.tried_at, shut.waiting) == (now + MINUTE, 1)


@pytest.mark.django_db(transaction=True)
def test_of_several_workers_only_one_lets_a_probe_out(
    queued: MakeDelivery, worker: Worker, other_worker: Worker, now: datetime
) -> None:
    for _ in range(4):
        queued()
    _open(now)
    begun: list[int] = []
    together = Barrier(2)

    def run(one: Worker) -> None:
        try:
            together.wait(5)
            begun.append(len(_claim(one, now + MINUTE)))
        finally:
            connection.close()

    threads = [Thread(target=run, args=(one,)) for one in (worker, other_worker)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(10)

    assert sorted(begun) == [0, 1]


class _Asked:
    """How many statements named a table."""

    def __init__(self, table: str) -> None:
        self.table = table
        self.count = 0

    def __call__(self, execute: Any, sql: str, *rest: Any) -> Any:
        self.count += self.table in sql
        return execute(sql, *rest)


def _delete(queued: MakeDelivery) -> Delivery:
    row = queued()
    payload = {"remote_id": "9", "remote_url": ""}
    digest = digest_of("delete", row.channel_id, payload)
    Delivery.objects.filter(pk=row.pk).update(kind="delete", payload=payload, digest=digest)
    row.refresh_from_db()
    return row
