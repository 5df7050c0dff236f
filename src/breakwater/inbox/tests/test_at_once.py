"""Two workers, or two people, in the same moment: nothing is lost and nothing is done twice."""

from contextlib import suppress
from datetime import timedelta

import pytest

from breakwater.channels.models import Channel
from breakwater.core.ids import new_id
from breakwater.domain.errors import Invalid
from breakwater.inbox.models import Item, Setup, Survey, Thread
from breakwater.inbox.services import aside, assigning, correcting, danger, surveying, working
from breakwater.inbox.services.answering import Wish, answer
from breakwater.inbox.tests.meanwhile import at_once
from breakwater.inbox.tests.world import ABUSE, LEO, NOW, QUESTION, arrive, said
from breakwater.networks.base import What
from breakwater.people.selectors import Access

pytestmark = pytest.mark.django_db(transaction=True)
LATER = NOW + timedelta(minutes=30)


def test_of_two_who_take_it_one_has_it(quay: Channel, ada_at: Access, mia_at: Access) -> None:
    arrive(quay, said(QUESTION, "a"))
    seen = [Thread.objects.get() for _ in range(2)]

    came = at_once(
        lambda: assigning.take(ada_at, seen[0], now=LATER),
        lambda: assigning.take(mia_at, seen[1], now=LATER),
    )

    assert sorted(one == "done" for one in came) == [False, True]
    winner = (ada_at, mia_at)[came.index("done")]
    assert Thread.objects.get().assignee == winner.person


def test_what_comes_while_it_is_done_waits(quay: Channel, ada_at: Access) -> None:
    arrive(quay, said(QUESTION, "a"))
    first = Item.objects.get()

    at_once(
        lambda: working.finish(ada_at, [first.thread_id], upto=first.pk, now=LATER),
        lambda: arrive(quay, said("And on Monday?", "b", minutes=1, parent="a"), now=LATER),
    )

    thread = Thread.objects.get()
    assert (thread.state, thread.waiting) == ("open", 1)
    assert dict(Item.objects.values_list("arrival__remote_id", "closed")) == {
        "a": True, "b": False,
    }  # fmt: skip


def test_nobody_in_danger_is_set_aside_by_a_colleague(
    quay: Channel, ada_at: Access, mia_at: Access
) -> None:
    """Whoever says so first is refused to set it aside; whoever says so second takes it out again."""
    arrive(quay, said(ABUSE, "a"))
    item = Item.objects.get()

    def set_aside() -> None:
        with suppress(Invalid):
            aside.set_aside(ada_at, [item.thread_id], now=LATER)

    at_once(
        set_aside,
        lambda: danger.in_danger(mia_at, item.pk, now=LATER),
    )

    thread = Thread.objects.get()
    assert (thread.state, thread.danger) == ("open", True)


def test_a_correction_reaches_the_copy_that_comes_in_the_same_moment(
    quay: Channel, ada_at: Access
) -> None:
    arrive(quay, said(ABUSE, "a"))
    item = Item.objects.get()

    at_once(
        lambda: correcting.correct(ada_at, item.pk, should=None, now=LATER),
        lambda: arrive(quay, said(ABUSE, "b", by=LEO, minutes=1), now=LATER),
    )

    assert list(Item.objects.values_list("corrected", flat=True)) == [True, True]


def test_a_correction_that_is_taken_back_leaves_no_copy_that_comes_in_the_same_moment(
    quay: Channel, ada_at: Access
) -> None:
    arrive(quay, said(ABUSE, "a"))
    item = Item.objects.get()
    correcting.correct(ada_at, item.pk, should=None, now=NOW)

    at_once(
        lambda: correcting.undo(ada_at, item.pk, now=LATER),
        lambda: arrive(quay, said(ABUSE, "b", by=LEO, minutes=1), now=LATER),
    )

    assert list(Item.objects.values_list("corrected", flat=True)) == [False, False]


def test_two_workers_ask_once_how_it_was(quay: Channel, ada_at: Access) -> None:
    Setup.objects.create(workspace=quay.workspace, survey=True, created_at=NOW)
    arrive(quay, said(QUESTION, "m", what=What.MESSAGE, thread="t1", about=""))
    item = Item.objects.get()
    wish = Wish(item.pk, "At ten.", new_id(), quay.workspace_id, quay.pk, upto=item.pk)
    answer(ada_at, item.thread_id, wish, now=NOW)

    at_once(lambda: surveying.ask(now=LATER), lambda: surveying.ask(now=LATER))

    assert Survey.objects.count() == 1
