"""A thread and a first comment leave once what they answer is out, and not before."""

from datetime import datetime, timedelta
from threading import Event, Thread
from typing import Any

import pytest
from django.db import connection
from tests.deliveries import MakeDelivery, all_approved

from breakwater.channels.models import Channel
from breakwater.core.ids import new_id
from breakwater.delivery.models import NOT_YET, Delivery, Hold, Worker
from breakwater.delivery.reconcile import Discovery
from breakwater.delivery.selectors import most_late_s, stuck
from breakwater.delivery.services import (
    Answer,
    Order,
    answer,
    do,
    enqueue,
    hold_everything,
    it_is_out,
    leave_it,
    release,
)
from breakwater.delivery.services.claims import begin, claim
from breakwater.delivery.services.orders import bring_forward, cancel
from breakwater.delivery.services.outcomes import Result, settle
from breakwater.delivery.services.reconciling import adopt
from breakwater.domain.guarantees import Outcome
from breakwater.domain.parcels import digest_of
from breakwater.domain.resolution import Next
from breakwater.networks.base import Seen
from breakwater.people.models import Person

pytestmark = pytest.mark.django_db
WINDOW = timedelta(minutes=15)


@pytest.fixture
def thread(channel: Channel, ann: Person, now: datetime) -> list[Delivery]:
    """A post, what follows it, and a first comment below it, all due now."""
    source = new_id()

    def order(part: int, after: int | None) -> Order:
        payload = {"text": f"Part {part}.", "language": "en", "media": [], "options": {}}
        return Order(
            workspace_id=channel.workspace_id, channel_id=channel.pk, kind="publish",
            source=source, payload=payload, digest=digest_of("publish", channel.pk, payload),
            tags=[], due_at=now, missed_after=WINDOW, part=part, after=after,
        )  # fmt: skip

    return enqueue([order(0, None), order(1, 0), order(2, 0)], by=ann.pk, now=now)


def out(row: Delivery, worker: Worker, remote_id: str, now: datetime) -> None:
    """The row has left, and the network gave it an id."""
    (taken,) = claim(worker, limit=9, approved=all_approved, now=now).taken
    assert taken.pk == row.pk
    (begun,) = begin([taken], worker, now=now)
    settle([_accepted(begun, remote_id, now)], now=now)


def _accepted(row: Delivery, remote_id: str, now: datetime) -> Result:
    return Result(
        delivery_id=row.pk, before=row.state, tries=row.tries, step="commit",
        outcome=Outcome.ACCEPTED, next=Next("accepted", now), at=now, remote_id=remote_id,
    )  # fmt: skip


def test_only_the_first_is_due(thread: list[Delivery], worker: Worker, now: datetime) -> None:
    taken = claim(worker, limit=9, approved=all_approved, now=now).taken

    assert [row.pk for row in taken] == [thread[0].pk]
    assert [row.not_before for row in thread] == [now, NOT_YET, NOT_YET]


def test_what_follows_answers_what_is_out(
    thread: list[Delivery], worker: Worker, now: datetime
) -> None:
    later = now + timedelta(minutes=20)
    out(thread[0], worker, "first-7", now)

    settle_at = Delivery.objects.get(pk=thread[1].pk)
    taken = claim(worker, limit=9, approved=all_approved, now=now + timedelta(minutes=14)).taken

    assert settle_at.not_before == now
    assert {row.pk for row in taken} == {thread[1].pk, thread[2].pk}
    assert {(row.reply_to, row.root) for row in taken} == {("first-7", "first-7")}
    assert claim(worker, limit=9, approved=all_approved, now=later).taken == ()


def test_the_window_of_what_follows_begins_when_the_first_is_out(
    thread: list[Delivery], worker: Worker, ann: Person, now: datetime
) -> None:
    later = now + timedelta(minutes=10)
    out(thread[0], worker, "first-7", later)

    row = Delivery.objects.get(pk=thread[1].pk)

    assert (row.due_at, row.not_before, row.missed_at) == (later, later, later + WINDOW)
    assert stuck(after=timedelta(minutes=2), now=later) == []


def test_send_now_does_not_send_the_answer_before_the_question(
    thread: list[Delivery], worker: Worker, ann: Person, now: datetime
) -> None:
    bring_forward(thread, by=ann.pk, now=now)

    taken = claim(worker, limit=9, approved=all_approved, now=now).taken

    assert [row.pk for row in taken] == [thread[0].pk]
    rows = Delivery.objects.filter(pk__in=[one.pk for one in thread[1:]])
    assert {(one.state, one.not_before, one.reason) for one in rows} == {
        ("queued", NOT_YET, "after_first")
    }


def test_what_waits_for_its_first_is_not_called_stuck(
    thread: list[Delivery], now: datetime
) -> None:
    found = stuck(after=timedelta(minutes=2), now=now + timedelta(minutes=3))

    assert [row.pk for row in found] == [thread[0].pk]
    assert most_late_s(now + timedelta(minutes=3)) == 180
    Delivery.objects.filter(pk=thread[0].pk).update(state="needs_human")
    assert most_late_s(now + timedelta(minutes=3)) == 0


def test_who_leaves_the_first_leaves_what_follows(
    thread: list[Delivery], ann: Person, now: datetime
) -> None:
    Delivery.objects.filter(pk=thread[0].pk).update(state="needs_human")
    thread[0].refresh_from_db()

    leave_it(thread[0], by=ann.pk, now=now)

    states = Delivery.objects.filter(source=thread[0].source).values_list("state", flat=True)
    assert set(states) == {"cancelled"}


def test_cancelling_the_post_cancels_all_of_it(
    thread: list[Delivery], ann: Person, now: datetime
) -> None:
    cancelled = cancel(thread, by=ann.pk, now=now)

    assert len(cancelled) == 3


def asks(row: Delivery, now: datetime, **changes: Any) -> Delivery:
    """The row waits for a person."""
    Delivery.objects.filter(pk=row.pk).update(state="needs_human", to_tell=True, **changes)
    return Delivery.objects.get(pk=row.pk)


def test_what_a_person_recognised_is_answered(
    thread: list[Delivery], worker: Worker, ann: Person, now: datetime
) -> None:
    """Nothing else would wake what waits: the first is at its end."""
    first = asks(thread[0], now, reason="altered", remote_id="first-7")

    it_is_out(first, by=ann.pk, now=now)

    taken = claim(worker, limit=9, approved=all_approved, now=now).taken
    assert {(row.pk, row.reply_to) for row in taken} == {
        (thread[1].pk, "first-7"), (thread[2].pk, "first-7"),
    }  # fmt: skip


def test_what_answers_a_post_of_unknown_place_asks_a_person(
    thread: list[Delivery], worker: Worker, ann: Person, now: datetime
) -> None:
    it_is_out(asks(thread[0], now), by=ann.pk, now=now)

    claimed = claim(worker, limit=9, approved=all_approved, now=now)

    assert claimed.taken == ()
    rows = Delivery.objects.filter(pk__in=[one.pk for one in thread[1:]])
    assert {(one.state, one.reason, one.to_tell) for one in rows} == {
        ("needs_human", "first_gone", True)
    }


def test_who_leaves_the_first_leaves_what_was_woken_for_it_before(
    thread: list[Delivery], worker: Worker, ann: Person, now: datetime
) -> None:
    out(thread[0], worker, "first-7", now)
    Delivery.objects.filter(pk=thread[1].pk).update(state="missed")
    first = asks(thread[0], now, reason="vanished")

    leave_it(first, by=ann.pk, now=now)

    states = Delivery.objects.filter(source=first.source).values_list("state", flat=True)
    assert list(states) == ["cancelled"] * 3


def test_nothing_answers_a_post_that_was_taken_down_meanwhile(
    thread: list[Delivery], worker: Worker, queued: MakeDelivery, now: datetime
) -> None:
    out(thread[0], worker, "first-7", now)
    payload = {"remote_id": "first-7", "remote_url": ""}
    digest = digest_of("delete", thread[0].channel_id, payload)
    queued(kind="delete", source=thread[0].pk, payload=payload, digest=digest)

    taken = claim(worker, limit=9, approved=all_approved, now=now).taken

    assert [row.kind for row in taken] == ["delete"]
    rows = Delivery.objects.filter(pk__in=[one.pk for one in thread[1:]])
    assert {(one.state, one.reason) for one in rows} == {("needs_human", "first_gone")}


@pytest.mark.django_db(transaction=True)
def test_a_claim_and_an_outcome_at_once_leave_nobody_waiting(
    thread: list[Delivery], worker: Worker, other_worker: Worker, ann: Person, now: datetime
) -> None:
    """Sent at once by a person, the answer is claimed in the moment in which the first comes out."""
    (taken,) = claim(worker, limit=9, approved=all_approved, now=now).taken
    (begun,) = begin([taken], worker, now=now)
    bring_forward(thread[1:], by=ann.pk, now=now)
    found_early, settled = Event(), Event()

    def wait_for_the_outcome(execute: Any, sql: str, *rest: Any) -> Any:
        done = execute(sql, *rest)
        if "SET" in sql and "not_before" in sql and "after_first" in str(rest[0]):
            found_early.set()
            settled.wait(0.4)  # if it does not wait for us, it is through by then
        return done

    def claim_meanwhile() -> None:
        with connection.execute_wrapper(wait_for_the_outcome):
            claim(other_worker, limit=9, approved=all_approved, now=now)
        connection.close()

    claiming = Thread(target=claim_meanwhile)
    claiming.start()
    assert found_early.wait(10)
    settle([_accepted(begun, "first-7", now)], now=now)
    settled.set()
    claiming.join(10)

    rows = Delivery.objects.filter(pk__in=[one.pk for one in thread[1:]])
    assert {(one.state, one.not_before) for one in rows} == {("queued", now)}


class TestAfterARestore:
    """What the backup had waiting may have left since, and a comparison shows posts alone."""

    @pytest.fixture
    def hold(self, thread: list[Delivery], now: datetime) -> Hold:
        hold_everything("Restored.", known_until=now, now=now)
        return Hold.objects.get()

    def test_what_answers_a_post_that_was_found_out_asks_a_person(
        self, thread: list[Delivery], hold: Hold, worker: Worker, ann: Person, now: datetime
    ) -> None:
        seen = Seen("first-7", "", "Part 0.", now)

        adopt([Discovery(thread[0], (seen,), "content")], by=ann.pk, now=now)
        release(hold, by=ann.pk, unchecked=True, now=now)

        assert claim(worker, limit=9, approved=all_approved, now=now).taken == ()
        rows = Delivery.objects.filter(pk__in=[one.pk for one in thread[1:]])
        assert {(one.state, one.reason, one.to_tell) for one in rows} == {
            ("needs_human", "after_restore", True)
        }

    def test_an_answer_that_waited_is_not_sent_unasked(
        self, channel: Channel, hold: Hold, worker: Worker, ann: Person, now: datetime
    ) -> None:
        said = Answer("Thank you.", to_post="7")
        before = answer(channel, said, request=new_id(), by=ann.pk, now=now)
        after = answer(channel, said, request=new_id(), by=ann.pk, now=now + timedelta(seconds=1))
        report = do(channel, "report", "7", request=new_id(), by=ann.pk, now=now)
        like = do(channel, "like", "7", request=new_id(), by=ann.pk, now=now)
        claim(worker, limit=9, approved=all_approved, now=now + timedelta(seconds=2))

        release(hold, by=ann.pk, unchecked=True, now=now + timedelta(seconds=3))

        states = dict(Delivery.objects.values_list("pk", "state"))
        assert (states[before.pk], states[after.pk]) == ("needs_human", "queued")
        assert (states[report.pk], states[like.pk]) == ("needs_human", "queued")

    def test_without_a_restore_what_was_found_out_is_answered(
        self, thread: list[Delivery], worker: Worker, ann: Person, now: datetime
    ) -> None:
        seen = Seen("first-7", "", "Part 0.", now)

        adopt([Discovery(thread[0], (seen,), "content")], by=ann.pk, now=now)

        taken = claim(worker, limit=9, approved=all_approved, now=now).taken
        assert {row.reply_to for row in taken} == {"first-7"}
