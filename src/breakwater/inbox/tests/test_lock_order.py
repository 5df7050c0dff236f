"""Nobody who waits holds what comes later in the order of locks, so that no two wait for one another."""

from collections.abc import Callable
from datetime import timedelta
from uuid import UUID

import pytest
from django.db import connection, transaction
from tests.people import make_member, make_person

from breakwater.audit.models import Head
from breakwater.channels.models import Channel
from breakwater.channels.services.arrivals import record_arrivals
from breakwater.core.ids import new_id
from breakwater.delivery.models import Delivery
from breakwater.inbox.models import Contact, Item, Pile, PileDeed, Pulse, Setup, Thread
from breakwater.inbox.services import (
    acting,
    approval,
    assigning,
    correcting,
    erasing,
    judging,
    pile_deeds,
    pile_proposals,
    pile_setup,
    proposals,
    rejudging,
    setups,
    surveying,
)
from breakwater.inbox.services.answering import Wish, answer
from breakwater.inbox.services.own_setup import own_setup
from breakwater.inbox.tests.pile_ons import LATE, crowd, grouped
from breakwater.inbox.tests.waiting import held_meanwhile
from breakwater.inbox.tests.world import ABUSE, LEO, NOW, PRAISE, QUESTION, arrive, said, take_in
from breakwater.networks.base import Deed
from breakwater.people.roles import Right, Role
from breakwater.people.selectors import Access, access

pytestmark = pytest.mark.django_db(transaction=True)
LATER = NOW + timedelta(minutes=30)


@pytest.fixture(autouse=True)
def _rows_are_locked() -> None:
    if connection.vendor != "postgresql":
        pytest.skip("on SQLite who writes is alone")


def test_the_intake_takes_all_conversations_at_once(quay: Channel) -> None:
    arrive(quay, said(QUESTION, "a"), said(QUESTION, "b", by=LEO))
    first, second = Thread.objects.order_by("pk")
    changed, told = ("a", "b") if first.key == "a" else ("b", "a")
    record_arrivals(quay, [said(PRAISE, changed)], now=LATER)
    record_arrivals(quay, [said(PRAISE, "c", minutes=1, parent=told)], now=LATER)

    held = held_meanwhile(
        lambda: take_in(now=LATER), Thread.objects.filter(pk=first.pk),
        Thread.objects.filter(pk=second.pk),
    )  # fmt: skip

    assert held == []
    assert Item.objects.get(arrival__remote_id=changed).category == "praise"


def test_what_is_judged_anew_is_locked_after_its_conversation(quay: Channel) -> None:
    arrive(quay, said(QUESTION, "a"), scored=False)
    seen = rejudging.unscored()
    verdicts = judging.judge([one.arrival for one in seen], now=LATER)

    held = held_meanwhile(
        lambda: rejudging.store(seen, verdicts, now=LATER), Thread.objects.all(), Item.objects.all()
    )

    assert held == []
    assert Item.objects.get().category == "question"


def test_what_is_grouped_is_locked_after_its_conversation(quay: Channel) -> None:
    arrive(quay, *crowd(LATE, "late"))

    held = held_meanwhile(grouped, Thread.objects.all(), Item.objects.all())

    assert held == []
    assert Item.objects.filter(pile__isnull=False).count() == 6


def test_whoever_is_erased_is_locked_with_those_of_their_group(
    quay: Channel, mia_at: Access
) -> None:
    arrive(quay, *crowd(LATE, "late"))
    grouped()
    contact = Contact.objects.order_by("pk").last()
    assert contact is not None
    other = Thread.objects.exclude(contact=contact).order_by("pk").first()
    assert other is not None

    held = held_meanwhile(
        lambda: erasing.erase(mia_at, contact.pk, now=LATER), Thread.objects.filter(pk=other.pk),
        Contact.objects.filter(pk=contact.pk),
    )  # fmt: skip

    assert held == []
    assert (Contact.objects.count(), Pile.objects.count(), PileDeed.objects.count()) == (5, 0, 0)


def _correct(by: Access, quay: Channel) -> Callable[[], object]:
    arrive(quay, said(ABUSE, "a"))
    item = Item.objects.get()
    return lambda: correcting.correct(by, item.pk, should=None, now=LATER)


def _withdraw(by: Access, quay: Channel) -> Callable[[], object]:
    arrive(quay, said(QUESTION, "a"))
    item = Item.objects.get()
    own_setup(quay.workspace_id, now=NOW)
    Setup.objects.update(approval=True)
    wish = Wish(item.pk, "At ten.", new_id(), quay.workspace_id, quay.pk, upto=item.pk)
    made = answer(by, item.thread_id, wish, now=NOW)
    return lambda: proposals.withdraw(by, made.pk, now=LATER)


def _say_no_to_many(by: Access, quay: Channel) -> Callable[[], object]:
    arrive(quay, *crowd(LATE, "late"))
    grouped()
    own_setup(quay.workspace_id, now=NOW)
    Setup.objects.update(approval=True)
    wish = pile_deeds.Wish("answer", text="On Monday.")
    made = pile_deeds.begin(by, Pile.objects.get().pk, wish, request=new_id(), now=NOW)
    make_member(by.workspace, mia := make_person("mia"), Role.MANAGER)
    mia_at = access(mia, by.workspace.slug, Right.SEE)
    return lambda: pile_proposals.refuse(mia_at, made.pk, "No.", now=LATER)


def _take_in(by: Access, quay: Channel) -> Callable[[], object]:
    arrive(quay, said(QUESTION, "a"))
    record_arrivals(quay, [said(QUESTION, "b", parent="a", minutes=1)], now=LATER)
    return lambda: take_in(now=LATER)


@pytest.mark.parametrize("begun", [_correct, _withdraw, _say_no_to_many, _take_in])
def test_whoever_waits_for_the_chain_holds_up_no_listener(
    quay: Channel, ada_at: Access, begun: Callable[[Access, Channel], Callable[[], object]]
) -> None:
    with transaction.atomic():
        deed = begun(ada_at, quay)

    held = held_meanwhile(deed, Head.objects.all(), Pulse.objects.all())

    assert held == []


_SETTING: dict[str, Callable[[Access], object]] = {
    "share_out": lambda by: setups.share_out(by, assigning.LANGUAGE, now=LATER),
    "approval": lambda by: approval.ask_approval(by, on=True, now=LATER),
    "survey": lambda by: surveying.choose(by, {}, on=True, now=LATER),
    "pile_from": lambda by: pile_setup.choose(by, 7, now=LATER),
    "retell": lambda by: setups.retell(now=LATER),
    "give_out": lambda by: take_in(now=LATER),
}


@pytest.mark.parametrize("deed", sorted(_SETTING))
def test_whoever_waits_for_the_chain_holds_no_set_up(
    quay: Channel, mia_at: Access, deed: str
) -> None:
    setups.set_hours(mia_at, {0: [("09:00", "18:00")]}, [], {"question": 60}, now=NOW)
    setups.share_out(mia_at, assigning.ROUND, now=NOW)
    arrive(quay, said(QUESTION, "a"))
    Setup.objects.update(dues_from=UUID(int=1))
    record_arrivals(quay, [said(QUESTION, "b", minutes=1)], now=LATER)

    held = held_meanwhile(lambda: _SETTING[deed](mia_at), Head.objects.all(), Setup.objects.all())

    assert held == []


def test_a_deed_is_taken_back_after_its_delivery(quay: Channel, ada_at: Access) -> None:
    arrive(quay, said(ABUSE, "a"))
    item = Item.objects.get()
    done = acting.act(ada_at, item.pk, acting.Wish(Deed.HIDE), request=new_id(), now=NOW)

    held = held_meanwhile(
        lambda: acting.undo(ada_at, done.pk, request=new_id(), now=LATER),
        Delivery.objects.all(), Head.objects.all(),
    )  # fmt: skip

    assert held == []
    assert Delivery.objects.get().state == "cancelled"
