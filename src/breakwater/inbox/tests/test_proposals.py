"""Answers that need somebody else's yes: exactly one delivery, or a no with a reason."""

from datetime import timedelta

import pytest

from breakwater.channels.models import Channel
from breakwater.core.ids import new_id
from breakwater.delivery.models import Delivery
from breakwater.domain.errors import Forbidden, Invalid, NotFound, StaleState
from breakwater.inbox.models import Answer, Item, Proposal, Thread
from breakwater.inbox.services.answering import Wish, answer
from breakwater.inbox.services.approval import ask_approval
from breakwater.inbox.services.proposals import approve, refuse, withdraw
from breakwater.inbox.tests.world import NOW, QUESTION, arrive, said
from breakwater.notices.models import Notice
from breakwater.people.selectors import Access

pytestmark = pytest.mark.django_db
HELLO = "Good morning Kim, the shop opens at ten."
LATER = NOW + timedelta(minutes=30)


@pytest.fixture
def made(quay: Channel, ada_at: Access, mia_at: Access) -> Proposal:
    """ada's answer, in a workspace where answers need a yes; mia manages."""
    ask_approval(mia_at, on=True, now=NOW)
    arrive(quay, said(QUESTION, "a"))
    item = Item.objects.get()
    sent = Wish(item.pk, HELLO, new_id(), quay.workspace_id, quay.pk, upto=item.pk)
    proposal = answer(ada_at, item.thread_id, sent, now=LATER)
    assert isinstance(proposal, Proposal)
    assert answer(ada_at, item.thread_id, sent, now=LATER) == proposal
    return proposal


def test_it_waits_and_nothing_leaves(made: Proposal, mia_at: Access, ada_at: Access) -> None:
    told = Notice.objects.filter(code="answer_to_approve")

    assert made.state == "waiting"
    assert not Delivery.objects.exists()
    assert Thread.objects.get().state == "open"
    assert mia_at.person.pk in told.values_list("person_id", flat=True)
    assert ada_at.person.pk not in told.values_list("person_id", flat=True)
    assert HELLO not in str(told.get(person=mia_at.person).data)


def test_a_yes_makes_the_delivery_exactly_once(made: Proposal, mia_at: Access) -> None:
    first = approve(mia_at, made.pk, now=LATER)
    second = approve(mia_at, made.pk, now=LATER)

    delivery = Delivery.objects.get()
    assert first == second == Answer.objects.get()
    assert (delivery.source, delivery.payload["text"]) == (made.request, HELLO)
    assert (first.by_id, Proposal.objects.get().decided_by_id) == (made.by_id, mia_at.person.pk)
    assert (Thread.objects.get().state, Proposal.objects.get().state) == ("done", "sent")


def test_its_author_decides_nothing(made: Proposal, ada_at: Access, mia_at: Access) -> None:
    own = Access(ada_at.person, ada_at.workspace, mia_at.role, mia_at.rights)

    with pytest.raises(Forbidden) as refusal:
        approve(own, made.pk, now=LATER)
    with pytest.raises(Forbidden):
        refuse(own, made.pk, "Too long", now=LATER)
    with pytest.raises(Forbidden):
        approve(ada_at, made.pk, now=LATER)

    assert refusal.value.code == "own_answer"
    assert Proposal.objects.get().state == "waiting"
    assert not Delivery.objects.exists()


def test_a_no_has_a_reason_that_its_author_is_told(
    made: Proposal, ada_at: Access, mia_at: Access
) -> None:
    with pytest.raises(Invalid) as refusal:
        refuse(mia_at, made.pk, "  ", now=LATER)
    assert refusal.value.code == "reason_needed"
    assert Proposal.objects.get().state == "waiting"

    refuse(mia_at, made.pk, "Say which shop.", now=LATER)

    row = Proposal.objects.get()
    assert (row.state, row.why) == ("refused", "Say which shop.")
    assert Notice.objects.get(person=ada_at.person).data["note"] == "Say which shop."
    with pytest.raises(StaleState) as late:
        approve(mia_at, made.pk, now=LATER)
    assert late.value.code == "proposal_decided"
    assert not Delivery.objects.exists()


def test_its_author_takes_it_back(made: Proposal, ada_at: Access, mia_at: Access) -> None:
    with pytest.raises(Forbidden):
        withdraw(mia_at, made.pk, now=LATER)

    withdraw(ada_at, made.pk, now=LATER)

    assert Proposal.objects.get().state == "withdrawn"
    with pytest.raises(StaleState):
        approve(mia_at, made.pk, now=LATER)
    assert not Delivery.objects.exists()


def test_a_yes_that_comes_too_late_is_told_and_leaves_all_as_it_was(
    made: Proposal, mia_at: Access
) -> None:
    Item.objects.update(gone=True)

    with pytest.raises(StaleState) as refusal:
        approve(mia_at, made.pk, now=LATER)

    assert refusal.value.code == "answer_gone"
    assert Proposal.objects.get().state == "waiting"
    assert not Delivery.objects.exists()


def test_what_is_not_there_is_not_found(made: Proposal, mia_at: Access) -> None:
    with pytest.raises(NotFound):
        approve(mia_at, new_id(), now=LATER)


def test_only_who_runs_the_workspace_asks_for_approval(ada_at: Access, quay: Channel) -> None:
    with pytest.raises(Forbidden):
        ask_approval(ada_at, on=True, now=NOW)

    arrive(quay, said(QUESTION, "a"))
    item = Item.objects.get()
    sent = Wish(item.pk, HELLO, new_id(), quay.workspace_id, quay.pk, upto=item.pk)
    assert isinstance(answer(ada_at, item.thread_id, sent, now=LATER), Answer)
