"""Nobody who waits holds what comes later in the order of locks, so that no two wait for one another."""

from datetime import timedelta

import pytest
from django.db import connection

from breakwater.channels.models import Channel
from breakwater.channels.services.arrivals import record_arrivals
from breakwater.inbox.models import Contact, Item, Pile, PileDeed, Thread
from breakwater.inbox.services import erasing, judging, rejudging
from breakwater.inbox.tests.pile_ons import LATE, crowd, grouped
from breakwater.inbox.tests.waiting import held_meanwhile
from breakwater.inbox.tests.world import LEO, NOW, PRAISE, QUESTION, arrive, said, take_in
from breakwater.people.selectors import Access

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
