"""A thread and a first comment leave once what they answer is out, and not before."""

from datetime import datetime, timedelta

import pytest
from tests.deliveries import all_approved

from breakwater.channels.models import Channel
from breakwater.core.ids import new_id
from breakwater.delivery.models import NOT_YET, Delivery, Worker
from breakwater.delivery.selectors import stuck
from breakwater.delivery.services import Order, enqueue, it_is_out, leave_it
from breakwater.delivery.services.claims import begin, claim
from breakwater.delivery.services.orders import bring_forward, cancel
from breakwater.delivery.services.outcomes import Result, settle
from breakwater.domain.guarantees import Outcome
from breakwater.domain.parcels import digest_of
from breakwater.domain.resolution import Next
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
    ended = Result(
        delivery_id=row.pk, before=begun.state, tries=begun.tries, step="commit",
        outcome=Outcome.ACCEPTED, next=Next("accepted", now), at=now, remote_id=remote_id,
    )  # fmt: skip
    settle([ended], now=now)


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

    assert (row.due_at, row.not_before, row.missed_at) == (now, later, later + WINDOW)


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


def test_who_leaves_the_first_leaves_what_follows(
    thread: list[Delivery], ann: Person, now: datetime
) -> None:
    Delivery.objects.filter(pk=thread[0].pk).update(state="needs_human")
    thread[0].refresh_from_db()

    leave_it(thread[0], by=ann.pk, now=now)

    states = Delivery.objects.filter(source=thread[0].source).values_list("state", flat=True)
    assert set(states) == {"cancelled"}


def test_what_belongs_below_a_post_that_only_a_person_saw_asks_them(
    thread: list[Delivery], worker: Worker, ann: Person, now: datetime
) -> None:
    Delivery.objects.filter(pk=thread[0].pk).update(state="needs_human")
    thread[0].refresh_from_db()

    it_is_out(thread[0], by=ann.pk, now=now)
    stopped = claim(worker, limit=9, approved=all_approved, now=now).stopped

    assert {row.pk for row in stopped} == {thread[1].pk, thread[2].pk}
    rows = Delivery.objects.filter(after=thread[0])
    assert {(row.state, row.reason, row.to_tell) for row in rows} == {
        ("needs_human", "first_unnamed", True)
    }


def test_cancelling_the_post_cancels_all_of_it(
    thread: list[Delivery], ann: Person, now: datetime
) -> None:
    cancelled = cancel(thread, by=ann.pk, now=now)

    assert len(cancelled) == 3
