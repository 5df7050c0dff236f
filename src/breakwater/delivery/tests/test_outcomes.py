"""Outcomes: the ledger and the next state, and answers that come late or twice."""

from datetime import datetime, timedelta
from typing import Any

import pytest
from django.db import DatabaseError, connection, transaction
from tests.deliveries import MakeDelivery, all_approved

from breakwater.audit.selectors import verify
from breakwater.delivery.models import Attempt, Delivery, Worker
from breakwater.delivery.services import claims, it_is_not_out, it_is_out, leave_it
from breakwater.delivery.services.outcomes import Result, settle
from breakwater.domain.errors import Invalid, StaleState
from breakwater.domain.guarantees import Outcome
from breakwater.domain.resolution import Next
from breakwater.people.models import Person


@pytest.fixture
def sending(queued: MakeDelivery, worker: Worker, now: datetime) -> Delivery:
    queued()
    taken = claims.claim(worker, limit=1, approved=all_approved, now=now).taken
    return claims.begin(taken, worker, now=now)[0]


def _result(row: Delivery, outcome: Outcome, to: str, now: datetime, **values: Any) -> Result:
    fixed: dict[str, Any] = {"before": row.state, "step": "commit", **values}
    return Result(
        delivery_id=row.pk, tries=row.tries, outcome=outcome, next=Next(to, now), at=now, **fixed
    )


def test_an_accepted_delivery_knows_its_id_on_the_network(sending: Delivery, now: datetime) -> None:
    result = _result(
        sending, Outcome.ACCEPTED, "accepted", now, remote_id="9", remote_url="https://n/9"
    )

    settle([result], now=now)

    sending.refresh_from_db()
    assert (sending.state, sending.remote_id, sending.remote_url, sending.worker_id) == (
        "accepted",
        "9",
        "https://n/9",
        None,
    )
    assert list(Attempt.objects.values_list("outcome", flat=True)) == ["begun", "accepted"]


def test_the_same_result_twice_moves_the_row_once(sending: Delivery, now: datetime) -> None:
    result = _result(sending, Outcome.ACCEPTED, "accepted", now, remote_id="9")
    settle([result], now=now)

    again = settle([result], now=now)

    assert again == []
    sending.refresh_from_db()
    assert sending.state == "accepted"


def test_a_definite_no_can_still_be_missed_but_doubt_cannot(
    sending: Delivery, now: datetime
) -> None:
    settle([_result(sending, Outcome.NOT_SENT, "retry_wait", now)], now=now)
    sending.refresh_from_db()
    assert (sending.doubtful, sending.first_sent_at) == (False, None)

    late = now + timedelta(hours=1)
    assert [row.pk for row in claims.sweep_missed(now=late)] == [sending.pk]


@pytest.mark.parametrize(
    ("outcome", "counted"),
    [(Outcome.NOT_SENT, 0), (Outcome.THROTTLED, 1), (Outcome.UNKNOWN, 1)],
)
def test_a_call_of_which_nothing_left_is_none_of_the_six_for_life(
    sending: Delivery, now: datetime, outcome: Outcome, counted: int
) -> None:
    to = "unknown" if outcome is Outcome.UNKNOWN else "retry_wait"

    settle([_result(sending, outcome, to, now)], now=now)

    sending.refresh_from_db()
    assert (sending.commit_calls, sending.tries) == (counted, 1)


def test_a_doubtful_delivery_is_never_called_missed(sending: Delivery, now: datetime) -> None:
    settle([_result(sending, Outcome.UNKNOWN, "unknown", now)], now=now)
    sending.refresh_from_db()
    look = _result(sending, Outcome.ABSENT, "retry_wait", now, step="look")
    settle([look], now=now)

    sending.refresh_from_db()
    assert (sending.state, sending.doubtful, sending.first_sent_at) == ("retry_wait", True, now)
    assert claims.sweep_missed(now=now + timedelta(hours=1)) == []


def test_an_answer_from_a_spool_still_settles_what_was_called_unknown(
    sending: Delivery, now: datetime
) -> None:
    grace = timedelta(0)
    claims.take_over(gone=lambda _: True, older_than=grace, now=now)

    settle([_result(sending, Outcome.ACCEPTED, "accepted", now, remote_id="9")], now=now)

    sending.refresh_from_db()
    assert (sending.state, sending.remote_id) == ("accepted", "9")


def test_an_answer_to_an_older_try_moves_nothing(sending: Delivery, now: datetime) -> None:
    Delivery.objects.filter(pk=sending.pk).update(tries=2)

    settle([_result(sending, Outcome.REFUSED, "failed", now)], now=now)

    sending.refresh_from_db()
    assert sending.state == "sending"
    assert Attempt.objects.filter(outcome="refused").count() == 1


def test_the_ledger_refuses_to_be_rewritten(sending: Delivery) -> None:
    with pytest.raises(DatabaseError), transaction.atomic():
        Attempt.objects.all().update(detail="nothing happened")
    with pytest.raises(DatabaseError), transaction.atomic():
        Attempt.objects.all().delete()

    assert Attempt.objects.get().detail == ""


def test_the_ledger_cannot_be_emptied_at_once(sending: Delivery) -> None:
    connection.check_constraints()  # or PostgreSQL refuses to truncate for another reason
    emptying = ["DELETE FROM delivery_attempt"]
    if connection.vendor == "postgresql":
        emptying = ["TRUNCATE delivery_attempt", "TRUNCATE delivery_delivery CASCADE"]

    for statement in emptying:
        with pytest.raises(DatabaseError, match="append-only"), transaction.atomic():
            connection.cursor().execute(statement)

    assert Attempt.objects.get().delivery_id == sending.pk


@pytest.fixture
def asked(sending: Delivery, now: datetime) -> Delivery:
    settle([_result(sending, Outcome.UNKNOWN, "unknown", now)], now=now)
    sending.refresh_from_db()
    seen = ({"remote_id": "5", "url": "https://n/5", "text": "Fog on the pier."},)
    settle([_result(sending, Outcome.SEVERAL, "needs_human", now, step="look", seen=seen)], now=now)
    sending.refresh_from_db()
    assert (sending.state, sending.to_tell) == ("needs_human", True)
    return sending


def test_a_person_points_at_the_post_that_is_ours(
    asked: Delivery, ann: Person, now: datetime
) -> None:
    row = it_is_out(asked, remote_id="5", by=ann.pk, now=now)

    assert (row.state, row.remote_id, row.remote_url) == ("accepted", "5", "https://n/5")


def test_a_person_cannot_point_at_a_post_that_was_not_found(
    asked: Delivery, ann: Person, now: datetime
) -> None:
    with pytest.raises(Invalid):
        it_is_out(asked, remote_id="666", by=ann.pk, now=now)

    asked.refresh_from_db()
    assert (asked.state, asked.remote_id) == ("needs_human", "")


def test_a_person_says_it_is_not_out_and_it_leaves_again_with_the_same_key(
    asked: Delivery, ann: Person, worker: Worker, now: datetime
) -> None:
    key = asked.record_key

    row = it_is_not_out(asked, by=ann.pk, now=now)

    assert (row.state, row.record_key, row.doubtful) == ("queued", key, False)
    assert claims.claim(worker, limit=1, approved=all_approved, now=now).taken[0].pk == row.pk


def test_two_people_answer_and_the_second_is_told(
    asked: Delivery, ann: Person, bob: Person, now: datetime
) -> None:
    seen_by_both = Delivery.objects.get(pk=asked.pk)
    leave_it(asked, by=ann.pk, now=now)

    with pytest.raises(StaleState):
        it_is_not_out(seen_by_both, by=bob.pk, now=now)

    asked.refresh_from_db()
    assert asked.state == "cancelled"


def test_every_move_is_in_an_audit_chain_that_holds(
    asked: Delivery, ann: Person, now: datetime
) -> None:
    leave_it(asked, by=ann.pk, now=now)

    assert verify(asked.workspace_id) is None


@pytest.mark.parametrize("state", ["retry_wait", "needs_human"])
def test_an_acceptance_that_comes_very_late_is_still_believed(
    sending: Delivery, now: datetime, state: str
) -> None:
    accepted = _result(sending, Outcome.ACCEPTED, "accepted", now, remote_id="9")
    claims.take_over(gone=lambda _: True, older_than=timedelta(0), now=now)
    sending.refresh_from_db()
    settle([_result(sending, Outcome.ABSENT, state, now, step="look")], now=now)

    settle([accepted], now=now)

    sending.refresh_from_db()
    assert (sending.state, sending.remote_id, sending.commit_calls) == ("accepted", "9", 1)


@pytest.mark.parametrize("state", ["queued", "held", "missed"])
def test_an_acceptance_from_before_a_restore_is_believed_and_nothing_is_sent_again(
    sending: Delivery, now: datetime, state: str
) -> None:
    """It lay in a spool; the backup knows nothing of the call."""
    accepted = _result(sending, Outcome.ACCEPTED, "accepted", now, remote_id="9")
    refused = _result(sending, Outcome.REFUSED, "failed", now)
    Delivery.objects.filter(pk=sending.pk).update(
        state=state, tries=0, commit_calls=0, worker=None, first_sent_at=None, last_sent_at=None
    )

    assert settle([refused], now=now) == []
    settle([accepted], now=now)

    sending.refresh_from_db()
    assert (sending.state, sending.remote_id, sending.first_sent_at) == ("accepted", "9", now)
