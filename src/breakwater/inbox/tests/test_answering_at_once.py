"""Two people at the same conversation in the same moment: one answer leaves, one of them is told."""

from datetime import timedelta

import pytest

from breakwater.channels.models import Channel
from breakwater.core.ids import new_id
from breakwater.delivery.models import Delivery
from breakwater.inbox.models import Answer, Item, Proposal
from breakwater.inbox.services import pile_deeds, pile_proposals
from breakwater.inbox.services.answering import Wish, answer
from breakwater.inbox.services.approval import ask_approval
from breakwater.inbox.services.proposals import approve, refuse
from breakwater.inbox.tests.meanwhile import at_once
from breakwater.inbox.tests.pile_ons import LATE, crowd, grouped, pile
from breakwater.inbox.tests.world import NOW, QUESTION, arrive, said
from breakwater.people.selectors import Access

pytestmark = pytest.mark.django_db(transaction=True)
LATER = NOW + timedelta(minutes=30)


def wish(item: Item, text: str) -> Wish:
    return Wish(item.pk, text, new_id(), item.workspace_id, item.thread.channel_id, upto=item.pk)


@pytest.fixture
def item(quay: Channel) -> Item:
    arrive(quay, said(QUESTION, "a"))
    return Item.objects.select_related("thread").get()


def test_of_two_answers_one_leaves(ada_at: Access, mia_at: Access, item: Item) -> None:
    came = at_once(
        lambda: answer(ada_at, item.thread_id, wish(item, "At ten."), now=LATER),
        lambda: answer(mia_at, item.thread_id, wish(item, "Ten."), now=LATER),
    )

    assert sorted(came) == ["answered_meanwhile", "done"]
    assert (Delivery.objects.count(), Answer.objects.count()) == (1, 1)


def test_a_click_that_arrives_twice_leaves_once(ada_at: Access, item: Item) -> None:
    sent = wish(item, "At ten.")

    came = at_once(*[lambda: answer(ada_at, item.thread_id, sent, now=LATER)] * 2)

    assert came == ["done", "done"]
    assert Delivery.objects.count() == 1


def test_a_yes_and_a_no_at_once_are_one_of_both(ada_at: Access, mia_at: Access, item: Item) -> None:
    ask_approval(mia_at, on=True, now=NOW)
    made = answer(ada_at, item.thread_id, wish(item, "At ten."), now=LATER)

    came = at_once(
        lambda: approve(mia_at, made.pk, now=LATER),
        lambda: refuse(mia_at, made.pk, "No.", now=LATER),
        lambda: approve(mia_at, made.pk, now=LATER),
    )

    state = Proposal.objects.get().state
    assert state in ("sent", "refused")
    assert Delivery.objects.count() == (1 if state == "sent" else 0)
    assert came.count("proposal_decided") == (1 if state == "sent" else 2)


def test_a_yes_and_a_no_at_once_to_an_answer_to_many_are_one_of_both(
    quay: Channel, ada_at: Access, mia_at: Access
) -> None:
    arrive(quay, *crowd(LATE, "late"))
    grouped()
    ask_approval(mia_at, on=True, now=NOW)
    to_all = pile_deeds.Wish("answer", text="On Monday.")
    made = pile_deeds.begin(ada_at, pile("delivery late").pk, to_all, request=new_id(), now=LATER)

    came = at_once(
        lambda: pile_proposals.approve(mia_at, made.pk, now=LATER),
        lambda: pile_proposals.refuse(mia_at, made.pk, "No.", now=LATER),
        lambda: pile_proposals.approve(mia_at, made.pk, now=LATER),
    )
    while pile_deeds.go_on(now=LATER):
        pass

    made.refresh_from_db()
    assert made.state in ("done", "refused")
    assert Delivery.objects.count() == (5 if made.state == "done" else 0)
    assert came.count("proposal_decided") == (1 if made.state == "done" else 2)
