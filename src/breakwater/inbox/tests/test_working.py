"""Conversations are done, open again or put off, as people say; each once, whoever says it when."""

from datetime import timedelta

import pytest

from breakwater.audit.models import Entry
from breakwater.channels.models import Channel
from breakwater.core.ids import new_id
from breakwater.domain.errors import Forbidden, Invalid
from breakwater.inbox.models import Item, Thread
from breakwater.inbox.services.rollup import roll_up
from breakwater.inbox.services.working import finish, reopen, snooze, wake
from breakwater.inbox.tests.world import KIM, LEO, NOW, OURS, PRAISE, QUESTION, arrive, said
from breakwater.people.models import Workspace
from breakwater.people.selectors import Access

pytestmark = pytest.mark.django_db
HOUR = timedelta(hours=1)


def thread(remote_id: str = "a") -> Thread:
    return Item.objects.get(arrival__remote_id=remote_id).thread


def test_what_is_done_waits_for_nothing_and_many_are_done_at_once(
    quay: Channel, ada_at: Access
) -> None:
    arrive(quay, said(QUESTION, "a"), said(PRAISE, "b", by=LEO))

    moved = finish(ada_at, [thread("a").pk, thread("b").pk], now=NOW)

    assert len(moved) == 2
    assert set(Thread.objects.values_list("state", "waiting")) == {("done", 0)}
    assert list(Item.objects.values_list("closed", flat=True)) == [True, True]
    assert (
        list(Entry.objects.values_list("verb", "actor_id"))
        == [("thread.done", ada_at.person.pk)] * 2
    )


def test_done_twice_is_done_once(quay: Channel, ada_at: Access, mia_at: Access) -> None:
    arrive(quay, said(QUESTION, "a"))

    assert len(finish(ada_at, [thread().pk], now=NOW)) == 1
    assert finish(mia_at, [thread().pk], now=NOW) == []
    assert Entry.objects.count() == 1


def test_what_came_unseen_still_waits(quay: Channel, ada_at: Access) -> None:
    arrive(quay, said(QUESTION, "a"))
    seen = Item.objects.get().pk
    arrive(quay, said(PRAISE, "b", parent="a", minutes=1))

    moved = finish(ada_at, [thread().pk], upto=seen, now=NOW)

    assert moved == []
    assert (thread().state, thread().waiting, thread().category) == ("open", 1, "praise")


def test_something_new_opens_what_is_done(quay: Channel, ada_at: Access) -> None:
    arrive(quay, said(QUESTION, "a"))
    finish(ada_at, [thread().pk], now=NOW)

    arrive(quay, said(PRAISE, "b", parent="a", minutes=1))

    assert (thread().state, thread().waiting) == ("open", 1)


def test_reopened_it_waits_with_what_was_said_since_we_answered(
    quay: Channel, ada_at: Access
) -> None:
    arrive(
        quay, said(QUESTION, "a"), said("At ten.", "ours", by=OURS, own=True, parent="a", minutes=1),
        said(PRAISE, "b", parent="a", minutes=2), said(PRAISE, "c", parent="a", minutes=3),
    )  # fmt: skip
    finish(ada_at, [thread().pk], now=NOW)

    moved = reopen(ada_at, [thread().pk], now=NOW)

    assert len(moved) == 1
    assert (thread().state, thread().waiting) == ("open", 2)
    assert Item.objects.get(arrival__remote_id="a").closed


def test_reopened_after_an_answer_the_last_message_waits(quay: Channel, ada_at: Access) -> None:
    ours = said("At ten.", "ours", by=OURS, own=True, parent="a", minutes=1)
    arrive(quay, said(QUESTION, "a"), ours)
    assert thread().state == "done"

    reopen(ada_at, [thread().pk], now=NOW)

    assert (thread().state, thread().waiting) == ("open", 1)


def test_put_off_it_sleeps_until_then_and_wakes_once(quay: Channel, ada_at: Access) -> None:
    arrive(quay, said(QUESTION, "a"))
    snooze(ada_at, [thread().pk], NOW + HOUR, now=NOW)

    early = wake(now=NOW + HOUR - timedelta(seconds=1))
    asleep = thread().state
    woken = [wake(now=NOW + HOUR) for _ in range(2)]

    assert (early, asleep, woken) == (0, "snoozed", [1, 0])
    assert (thread().state, thread().snoozed_until, thread().waiting) == ("open", None, 1)


def test_what_is_put_off_further_sleeps_on(quay: Channel, ada_at: Access) -> None:
    arrive(quay, said(QUESTION, "a"))
    snooze(ada_at, [thread().pk], NOW + HOUR, now=NOW)
    snooze(ada_at, [thread().pk], NOW + 3 * HOUR, now=NOW)

    assert wake(now=NOW + HOUR) == 0
    assert thread().snoozed_until == NOW + 3 * HOUR


def test_only_something_new_wakes_it_early(quay: Channel, ada_at: Access) -> None:
    arrive(quay, said(QUESTION, "a"))
    snooze(ada_at, [thread().pk], NOW + HOUR, now=NOW)

    roll_up([thread().pk], now=NOW)
    counted_again = thread().state
    arrive(quay, said(PRAISE, "b", parent="a", by=KIM, minutes=1))

    assert counted_again == "snoozed"
    assert (thread().state, thread().snoozed_until) == ("open", None)


@pytest.mark.parametrize("ahead", [timedelta(0), -HOUR, timedelta(days=367)])
def test_later_lies_ahead_within_a_year(quay: Channel, ada_at: Access, ahead: timedelta) -> None:
    arrive(quay, said(QUESTION, "a"))

    with pytest.raises(Invalid, match="snooze_past"):
        snooze(ada_at, [thread().pk], NOW + ahead, now=NOW)

    assert thread().state == "open"


def test_who_answers_nobody_moves_nothing_and_other_workspaces_are_not_there(
    quay: Channel, ann_at: Access, ada_at: Access, other_workspace: Workspace
) -> None:
    arrive(quay, said(QUESTION, "a"))
    elsewhere = Access(ada_at.person, other_workspace, "agent", ada_at.rights)

    for deed in (finish, reopen):
        with pytest.raises(Forbidden):
            deed(ann_at, [thread().pk], now=NOW)
        assert deed(elsewhere, [thread().pk, new_id()], now=NOW) == []
    with pytest.raises(Forbidden):
        snooze(ann_at, [thread().pk], NOW + HOUR, now=NOW)

    assert thread().state == "open"
    assert not Entry.objects.exists()
