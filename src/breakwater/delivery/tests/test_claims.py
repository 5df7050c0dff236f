"""Taking in hand: who may, what goes aside, and what `sending` means."""

import threading
from collections.abc import Sequence
from datetime import datetime, timedelta
from uuid import UUID

import pytest
from django.db import IntegrityError, connection, transaction
from tests.deliveries import MakeDelivery, all_approved

from breakwater.channels.models import Channel
from breakwater.delivery.models import Attempt, Delivery, Hold, Worker
from breakwater.delivery.services import claims, raise_wall, release, release_missed, revoke
from breakwater.delivery.services.incarnations import forget
from breakwater.people.models import Person


def _claim(worker: Worker, now: datetime, limit: int = 10) -> claims.Claimed:
    return claims.claim(worker, limit=limit, approved=all_approved, now=now)


def test_a_due_delivery_is_claimed_by_one_worker_only(
    queued: MakeDelivery, worker: Worker, other_worker: Worker, now: datetime
) -> None:
    row = queued()

    first = _claim(worker, now)
    second = _claim(other_worker, now)

    assert [one.pk for one in first.taken] == [row.pk]
    assert second.taken == ()
    row.refresh_from_db()
    assert (row.state, row.worker_id) == ("claimed", worker.pk)


def test_nothing_is_claimed_before_its_time(
    queued: MakeDelivery, worker: Worker, now: datetime
) -> None:
    queued(due_at=now + timedelta(seconds=1))

    assert _claim(worker, now).taken == ()


def test_a_late_delivery_is_missed_and_waits_for_a_person(
    queued: MakeDelivery, worker: Worker, ann: Person, now: datetime
) -> None:
    row = queued()
    late = now + timedelta(minutes=15, seconds=1)

    got = _claim(worker, late)

    assert got.taken == ()
    row.refresh_from_db()
    assert (row.state, row.reason, row.to_tell) == ("missed", "late", True)
    assert row.commit_calls == 0

    released = release_missed(row, by=ann.pk, now=late)
    assert (released.state, released.due_at) == ("queued", late)
    assert [one.pk for one in _claim(worker, late).taken] == [row.pk]


def test_what_is_no_longer_approved_is_held(
    queued: MakeDelivery, worker: Worker, now: datetime
) -> None:
    row = queued()

    got = claims.claim(worker, limit=5, approved=lambda _: set(), now=now)

    assert got.taken == ()
    row.refresh_from_db()
    assert (row.state, row.reason) == ("held", "not_approved")


def test_a_revocation_empties_the_digest_and_the_claim_holds(
    queued: MakeDelivery, worker: Worker, bob: Person, now: datetime
) -> None:
    row = queued()

    assert revoke(row.source, by=bob.pk, now=now) == 1

    assert _claim(worker, now).taken == ()
    row.refresh_from_db()
    assert (row.state, row.reason, row.digest) == ("held", "not_approved", "")


@pytest.mark.parametrize("state", ["unknown", "needs_human", "failed", "held"])
def test_what_was_revoked_does_not_leave_another_time(
    queued: MakeDelivery, worker: Worker, bob: Person, now: datetime, state: str
) -> None:
    row = queued()
    Delivery.objects.filter(pk=row.pk).update(state=state)

    assert revoke(row.source, by=bob.pk, now=now) == 1

    row.refresh_from_db()
    assert (row.state, row.digest) == (state, "")
    Delivery.objects.filter(pk=row.pk).update(state="retry_wait")
    assert _claim(worker, now).taken == ()
    row.refresh_from_db()
    assert (row.state, row.reason, row.commit_calls) == ("held", "not_approved", 0)


def test_what_was_revoked_while_it_left_is_not_sent_again_after_a_no(
    queued: MakeDelivery, worker: Worker, bob: Person, now: datetime
) -> None:
    row = queued()
    claims.begin(_claim(worker, now).taken, worker, now=now)

    assert revoke(row.source, by=bob.pk, now=now) == 1

    Delivery.objects.filter(pk=row.pk).update(state="retry_wait", worker=None)
    assert _claim(worker, now).taken == ()
    row.refresh_from_db()
    assert (row.state, row.reason, row.commit_calls) == ("held", "not_approved", 1)


@pytest.mark.parametrize("state", ["accepted", "verified", "cancelled"])
def test_what_is_out_or_given_up_keeps_what_was_approved(
    queued: MakeDelivery, bob: Person, now: datetime, state: str
) -> None:
    row = queued()
    Delivery.objects.filter(pk=row.pk).update(state=state)

    assert revoke(row.source, by=bob.pk, now=now) == 0

    row.refresh_from_db()
    assert (row.state, len(row.digest)) == (state, 64)


def test_a_payload_that_was_tampered_with_is_held(
    queued: MakeDelivery, worker: Worker, now: datetime
) -> None:
    row = queued()
    Delivery.objects.filter(pk=row.pk).update(payload={**row.payload, "text": "Buy now."})

    assert _claim(worker, now).taken == ()
    row.refresh_from_db()
    assert (row.state, row.reason) == ("held", "altered_since_approval")


@pytest.mark.parametrize("state", ["reconnect", "disconnected"])
def test_nothing_is_claimed_for_a_channel_that_is_shut(
    queued: MakeDelivery, channel: Channel, worker: Worker, now: datetime, state: str
) -> None:
    row = queued()
    Channel.objects.filter(pk=channel.pk).update(state=state)

    assert _claim(worker, now).taken == ()
    assert claims.sweep_missed(now=now) == []
    moved = claims.sweep_missed(now=now + timedelta(minutes=16))
    assert [one.pk for one in moved] == [row.pk]
    assert moved[0].state == "missed"


def test_a_channel_that_asked_for_peace_is_left_in_peace(
    queued: MakeDelivery, channel: Channel, worker: Worker, now: datetime
) -> None:
    queued()
    Channel.objects.filter(pk=channel.pk).update(quiet_until=now + timedelta(minutes=2))

    assert _claim(worker, now).taken == ()
    assert len(_claim(worker, now + timedelta(minutes=2)).taken) == 1


def test_sending_is_written_with_its_ledger_row_before_anything_leaves(
    queued: MakeDelivery, worker: Worker, now: datetime
) -> None:
    queued()
    taken = _claim(worker, now).taken

    (begun,) = claims.begin(taken, worker, now=now)

    assert (begun.state, begun.commit_calls, begun.first_sent_at) == ("sending", 1, now)
    ledger = list(Attempt.objects.values_list("step", "outcome", "number", "sent"))
    assert ledger == [("commit", "begun", 1, begun.digest)]


def test_begin_leaves_alone_what_is_no_longer_this_workers(
    queued: MakeDelivery, worker: Worker, other_worker: Worker, now: datetime
) -> None:
    queued()
    taken = _claim(worker, now).taken

    assert claims.begin(taken, other_worker, now=now) == []
    assert Attempt.objects.count() == 0


def test_a_hold_between_claim_and_door_stops_the_delivery(
    queued: MakeDelivery, worker: Worker, bob: Person, now: datetime
) -> None:
    row = queued()
    taken = _claim(worker, now).taken
    hold, leaving = raise_wall(row.workspace_id, why="storm", by=bob.pk, now=now)

    assert claims.begin(taken, worker, now=now) == []

    assert leaving == []
    row.refresh_from_db()
    assert (row.state, row.reason, row.commit_calls) == ("held", "hold", 0)
    (back,) = release(hold, by=bob.pk, now=now + timedelta(minutes=1))
    assert back.state == "queued"


def test_what_is_already_sending_is_named_as_leaving(
    queued: MakeDelivery, worker: Worker, bob: Person, now: datetime
) -> None:
    row = queued()
    claims.begin(_claim(worker, now).taken, worker, now=now)

    _, leaving = raise_wall(row.workspace_id, why="storm", by=bob.pk, now=now)

    assert [one.pk for one in leaving] == [row.pk]


def test_a_release_makes_late_posts_wait_instead_of_bursting_out(
    queued: MakeDelivery, worker: Worker, bob: Person, now: datetime
) -> None:
    row = queued()
    hold, _ = raise_wall(row.workspace_id, why="storm", by=bob.pk, now=now)
    _claim(worker, now)

    (moved,) = release(hold, by=bob.pk, now=now + timedelta(hours=1))

    assert (moved.state, moved.to_tell) == ("missed", True)
    assert release(hold, by=bob.pk, now=now + timedelta(hours=1)) == []


def test_deletes_pass_the_wall(
    queued: MakeDelivery, worker: Worker, bob: Person, channel: Channel, now: datetime
) -> None:
    from_network = {"remote_id": "77", "remote_url": ""}
    from breakwater.domain.parcels import digest_of  # noqa: PLC0415

    row = queued(
        kind="delete", payload=from_network, digest=digest_of("delete", channel.pk, from_network)
    )
    raise_wall(row.workspace_id, why="storm", by=bob.pk, now=now)

    taken = _claim(worker, now).taken

    assert [one.pk for one in claims.begin(taken, worker, now=now)] == [row.pk]


def test_the_seventh_commit_call_is_never_made(
    queued: MakeDelivery, worker: Worker, now: datetime
) -> None:
    row = queued()
    taken = _claim(worker, now).taken
    Delivery.objects.filter(pk=row.pk).update(commit_calls=6)

    assert claims.begin(taken, worker, now=now) == []

    row.refresh_from_db()
    assert (row.state, row.reason, row.commit_calls) == ("needs_human", "too_many_tries", 6)
    with pytest.raises(IntegrityError), transaction.atomic():
        Delivery.objects.filter(pk=row.pk).update(commit_calls=7)


def test_only_the_dead_are_taken_over_and_only_after_a_while(
    queued: MakeDelivery, worker: Worker, now: datetime
) -> None:
    row = queued()
    claims.begin(_claim(worker, now).taken, worker, now=now)
    grace = timedelta(minutes=2)

    early = claims.take_over(gone=lambda _: True, older_than=grace, now=now + grace / 2)
    frozen = claims.take_over(gone=lambda _: False, older_than=grace, now=now + grace)
    dead = claims.take_over(gone=lambda key: key == 11, older_than=grace, now=now + grace)

    assert (early, frozen) == ([], [])
    assert [(one.pk, one.state, one.reason) for one in dead] == [(row.pk, "unknown", "worker_gone")]
    row.refresh_from_db()
    assert (row.doubtful, row.worker_id) == (True, None)


def test_what_had_not_begun_goes_back_to_the_queue_when_its_worker_dies(
    queued: MakeDelivery, worker: Worker, now: datetime
) -> None:
    row = queued()
    _claim(worker, now)

    claims.take_over(gone=lambda _: True, older_than=timedelta(0), now=now)

    row.refresh_from_db()
    assert (row.state, row.worker_id, row.doubtful) == ("retry_wait", None, False)


def test_a_graceful_stop_lets_go_of_what_had_not_begun(
    queued: MakeDelivery, worker: Worker, now: datetime
) -> None:
    queued()
    _claim(worker, now)

    assert claims.let_go(worker, now=now) == 1
    assert len(_claim(worker, now).taken) == 1


def test_asking_for_the_same_delivery_twice_gives_the_same_row(
    queued: MakeDelivery, now: datetime
) -> None:
    row = queued()

    again = queued(source=row.source)

    assert again.pk == row.pk
    assert Delivery.objects.count() == 1


def test_a_doubtful_delivery_is_not_sent_again_hours_after_its_first_call(
    queued: MakeDelivery, worker: Worker, now: datetime
) -> None:
    row = queued()
    Delivery.objects.filter(pk=row.pk).update(
        state="retry_wait", doubtful=True, first_sent_at=now, commit_calls=1, tries=1
    )

    late = _claim(worker, now + timedelta(minutes=61))

    assert late.taken == ()
    row.refresh_from_db()
    assert (row.state, row.reason, row.to_tell) == ("needs_human", "not_found", True)


def test_rows_that_a_worker_has_without_knowing_are_free_again(
    queued: MakeDelivery, worker: Worker, now: datetime
) -> None:
    rows = [queued(f"Buoy {number}.") for number in range(3)]
    known, claimed, begun = _claim(worker, now).taken
    claims.begin([begun], worker, now=now)

    assert claims.disown(worker, held={known.pk}, now=now) == 2
    assert claims.disown(worker, held={known.pk}, now=now) == 0

    states = {row.pk: row.state for row in Delivery.objects.filter(pk__in=[r.pk for r in rows])}
    assert states == {known.pk: "claimed", claimed.pk: "retry_wait", begun.pk: "unknown"}


def test_one_payload_that_has_no_canonical_form_does_not_stop_the_queue(
    queued: MakeDelivery, worker: Worker, now: datetime
) -> None:
    odd, fine = queued("Odd."), queued("Fine.")
    Delivery.objects.filter(pk=odd.pk).update(payload={**odd.payload, "options": {"x": 0.5}})

    assert [row.pk for row in _claim(worker, now).taken] == [fine.pk]

    odd.refresh_from_db()
    assert (odd.state, odd.reason) == ("held", "altered_since_approval")


@pytest.mark.slow
@pytest.mark.django_db(transaction=True)
def test_a_hold_cannot_be_released_behind_the_back_of_a_claim(
    queued: MakeDelivery, worker: Worker, ann: Person, now: datetime
) -> None:
    row = queued()
    hold, _ = raise_wall(row.workspace_id, why="storm", by=ann.pk, now=now)
    releasing = threading.Thread(target=_release, args=(hold, ann, now))

    def refused(_rows: Sequence[Delivery]) -> dict[UUID, str]:  # asked after the look at the holds
        releasing.start()
        releasing.join(1)
        return {}

    claims.claim(worker, limit=1, approved=set, refused=refused, now=now)
    releasing.join()

    row.refresh_from_db()
    assert row.state == "queued"


def _release(hold: Hold, by: Person, now: datetime) -> None:
    try:
        release(hold, by=by.pk, now=now)
    finally:
        connection.close()


def test_a_worker_that_slept_for_days_and_holds_its_lock_is_not_forgotten(
    queued: MakeDelivery, worker: Worker, other_worker: Worker, now: datetime
) -> None:
    after, later = timedelta(days=1), now + timedelta(days=3)

    assert forget(gone=lambda key: key == other_worker.lock_key, before=after, now=later) == 1

    row = queued(due_at=later)
    assert [one.pk for one in _claim(worker, later).taken] == [row.pk]
    assert Worker.objects.get() == worker
