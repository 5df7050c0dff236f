"""What arrives becomes conversations: each message once, in whatever order they come."""

import itertools
from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from hypothesis import given
from hypothesis import settings as how
from hypothesis import strategies as st
from hypothesis.extra.django import TestCase
from tests.people import make_member, make_person, make_workspace

from breakwater.channels.models import Channel
from breakwater.channels.services.arrivals import record_arrivals
from breakwater.domain.shield import Level, Shield
from breakwater.domain.triage import Category
from breakwater.inbox import reading
from breakwater.inbox.models import Contact, Intake, Item, Thread
from breakwater.inbox.services import intake, judging, turns
from breakwater.inbox.services.turns import INBOX
from breakwater.inbox.tests.world import (
    ABUSE,
    COMPLAINT,
    DANGER,
    KIM,
    LEO,
    NOW,
    OURS,
    PRAISE,
    QUESTION,
    arrive,
    channel_of,
    said,
    take_in,
)
from breakwater.networks.base import Arrived, Author, What
from breakwater.people.roles import Role

pytestmark = pytest.mark.django_db

TALK = (
    said(QUESTION, "a"),
    said("On Sundays we are closed.", "b", by=OURS, minutes=5, parent="a", own=True),
    said("And on Mondays?", "c", minutes=9, parent="b"),
    said("I would like to know that too", "d", by=LEO, minutes=12, parent="c"),
    said(PRAISE, "x", by=LEO, minutes=1),
)
"""Two conversations: a-b-c-d, and x."""


def parts() -> set[frozenset[str]]:
    found: dict[object, set[str]] = {}
    for item in Item.objects.select_related("arrival"):
        found.setdefault(item.thread_id, set()).add(item.arrival.remote_id)
    return {frozenset(one) for one in found.values()}


def test_a_message_is_scored_and_waits_in_a_conversation_of_its_author(quay: Channel) -> None:
    arrive(quay, said(QUESTION, "a"), said(ABUSE, "b", by=LEO), said(DANGER, "c", by=LEO))

    by_id = {item.arrival.remote_id: item for item in Item.objects.select_related("thread")}
    assert by_id["a"].category == Category.QUESTION
    assert by_id["a"].rank == Level.EVERYTHING
    assert by_id["b"].category == Category.THREAT or by_id["b"].category == Category.ABUSE
    assert by_id["b"].rank in (Level.HELD, Level.ABUSE)
    assert (by_id["c"].category, by_id["c"].danger) == (Category.DANGER, True)
    assert by_id["c"].thread.danger
    assert [(t.state, t.waiting, t.what) for t in Thread.objects.all()] == [
        ("open", 1, "comment")
    ] * 3
    leo = Contact.objects.get(remote_id="l")
    assert (leo.name, leo.items, leo.network) == ("Leo Marsh", 2, "sandbox")


class InAnyOrder(TestCase):
    @how(max_examples=25, deadline=None)
    @given(
        order=st.permutations(TALK),
        repeats=st.lists(st.sampled_from(TALK), max_size=3),
        size=st.integers(1, 8),
    )
    def test_any_order_with_any_repeats_makes_the_same_conversations(
        self, order: list[Arrived], repeats: list[Arrived], size: int
    ) -> None:
        workspace = make_workspace("Pier")
        make_member(workspace, make_person("pia"), Role.OWNER)
        pier = channel_of(workspace, remote_id="pier")
        stream = [*order, *repeats]

        for first in range(0, len(stream), size):
            arrive(pier, *stream[first : first + size])

        assert parts() == {frozenset("abcd"), frozenset("x")}
        talk = Thread.objects.get(key="a")
        assert (talk.items, talk.waiting) == (4, 2)
        assert talk.last_at == NOW + timedelta(minutes=12)
        assert Thread.objects.count() == 2


def test_two_readers_at_once_take_each_message_in_once(quay: Channel) -> None:
    record_arrivals(quay, TALK, now=NOW)
    assert turns.take(INBOX, now=NOW) is not None

    assert turns.take(INBOX, now=NOW) is None
    one, other = intake.read(now=NOW), intake.read(now=NOW)
    judged = judging.judge(one.arrivals, now=NOW)
    assert (intake.store(one, judged, now=NOW), intake.store(other, judged, now=NOW)) == (5, 0)
    assert Item.objects.count() == 5


def test_a_reader_that_died_is_followed_by_another(quay: Channel) -> None:
    turns.take(INBOX, now=NOW)

    assert turns.take(INBOX, now=NOW + timedelta(seconds=59)) is None
    assert turns.take(INBOX, now=NOW + timedelta(seconds=61)) is not None


def test_what_we_said_by_hand_on_the_network_closes_what_waited(quay: Channel) -> None:
    arrive(quay, TALK[0])
    arrive(quay, TALK[1])
    thread = Thread.objects.get()
    assert (thread.state, thread.waiting) == ("done", 0)

    arrive(quay, TALK[2])

    thread.refresh_from_db()
    assert (thread.state, thread.waiting, thread.items) == ("open", 1, 3)


def test_our_own_posts_are_no_messages(quay: Channel) -> None:
    post = Arrived(What.POST, "p1", NOW, OURS, "New opening hours", own=True)
    strange = Arrived(What.POST, "p2", NOW, KIM, QUESTION)

    assert arrive(quay, post, strange) == 1
    assert Item.objects.get().arrival.remote_id == "p2"


def test_messages_of_one_person_are_one_conversation(quay: Channel) -> None:
    notes = [
        Arrived(What.MESSAGE, f"m{n}", NOW + timedelta(minutes=n), KIM, QUESTION) for n in range(3)
    ]

    arrive(quay, *notes)

    assert parts() == {frozenset(("m0", "m1", "m2"))}
    assert Thread.objects.get().waiting == 3


def test_other_words_are_judged_anew_and_what_is_gone_waits_no_longer(quay: Channel) -> None:
    arrive(quay, said(PRAISE, "a"), said(QUESTION, "b"))
    later = NOW + timedelta(hours=1)
    take_in(now=later)

    arrive(quay, said(ABUSE, "a"), now=later)
    arrive(quay, said("", "b", what=What.GONE), now=later)

    edited = Item.objects.get(arrival__remote_id="a")
    assert edited.rank in (Level.HELD, Level.ABUSE)
    gone = Item.objects.select_related("thread").get(arrival__remote_id="b")
    assert (gone.gone, gone.thread.state, gone.thread.waiting) == (True, "done", 0)
    before = list(Item.objects.order_by("pk").values())
    take_in(now=later)
    assert list(Item.objects.order_by("pk").values()) == before


def test_more_changes_than_are_read_at_once_are_all_taken_in(quay: Channel) -> None:
    other = channel_of(make_workspace("Pier"), remote_id="pier")
    for channel in (quay, other):
        arrive(channel, *(said(PRAISE, f"{n}") for n in range(7)))
    later = NOW + timedelta(hours=1)
    take_in(now=later)

    for channel in (quay, other):
        record_arrivals(channel, [said(ABUSE, f"{n}") for n in range(4)], now=later)
        gone = [said("", f"{n}", what=What.GONE) for n in range(4, 7)]
        record_arrivals(channel, gone, now=later)
    take_in(now=later, limit=3)

    edited = Item.objects.filter(words_at=later)
    assert {item.rank in (Level.HELD, Level.ABUSE) for item in edited} == {True}
    assert (edited.count(), Item.objects.filter(gone=True).count()) == (8, 6)


def test_until_all_changes_are_taken_in_the_reader_stays_where_it_is(quay: Channel) -> None:
    arrive(quay, *(said(PRAISE, f"{n}") for n in range(4)))
    record_arrivals(quay, [said(ABUSE, f"{n}") for n in range(4)], now=NOW + timedelta(seconds=1))
    reached, days_later = [], NOW + timedelta(days=2)

    for _ in range(3):
        batch = intake.read(now=days_later, limit=2)
        intake.store(batch, judging.judge(batch.altered, now=days_later), now=days_later)
        reached.append((len(batch.altered), Intake.objects.get().changed_to))

    assert reached == [(2, NOW), (2, NOW), (0, days_later)]


def test_a_change_made_while_a_slow_scorer_judged_is_not_lost(quay: Channel) -> None:
    arrive(quay, said(PRAISE, "a"), said(PRAISE, "b"))
    record_arrivals(quay, [said(ABUSE, "a")], now=NOW + timedelta(seconds=1))
    batch = intake.read(now=NOW + timedelta(seconds=2))
    judged = judging.judge(batch.altered, now=NOW)
    record_arrivals(quay, [said(ABUSE, "b")], now=NOW + timedelta(seconds=3))
    intake.store(batch, judged, now=NOW + timedelta(minutes=10))

    take_in(now=NOW + timedelta(minutes=11))

    ranks = Item.objects.values_list("rank", flat=True)
    assert all(rank in (Level.HELD, Level.ABUSE) for rank in ranks)


def test_while_the_scorer_is_down_messages_come_in_unscored(quay: Channel) -> None:
    arrive(quay, said(ABUSE, "a"), scored=False)

    item = Item.objects.get()
    assert (item.rank, item.band, item.model) == (None, "", "")
    assert Thread.objects.get().rank is None


def test_a_hateful_name_is_known_as_one(quay: Channel) -> None:
    arrive(quay, said(QUESTION, "a", by=Author("h", "@x", "You are all fucking bitches")))

    contact = Contact.objects.get()
    assert contact.rank in (Level.HELD, Level.ABUSE)
    assert Item.objects.get().rank == Level.EVERYTHING


def test_a_hateful_name_is_known_as_one_however_long_it_goes_on(quay: Channel) -> None:
    lovely = "we had a lovely day at the harbour and "
    long = (lovely * 6)[:200] + ABUSE + lovely * 200
    arrive(quay, said(QUESTION, "a", by=Author("h", "@x" + "x" * 9_000, long)))

    contact = Contact.objects.get()
    assert (len(contact.name), len(contact.handle)) == (255, 255)
    assert judging.name_of(Item.objects.get().arrival) == f"{contact.name} {contact.handle}"
    assert contact.rank in (Level.HELD, Level.ABUSE)


def test_an_address_is_shown_once_the_name_in_it_may_be(quay: Channel) -> None:
    hateful = Author("h", "@x", "You are all fucking bitches")
    there = "https://harbour.example/all-fucking-bitches/1"
    arrive(quay, said(QUESTION, "a", by=hateful, url=there))
    arrive(quay, said(QUESTION, "b", by=LEO, url="https://harbour.example/leo/2"))
    veiled, plain = Item.objects.select_related("arrival", "contact").order_by("pk")
    opened = reading.Opened(names={str(veiled.contact_id)})

    assert reading.message(veiled, Shield()).url == ""
    assert reading.message(veiled, Shield(), opened).url == there
    assert reading.message(plain, Shield()).url == "https://harbour.example/leo/2"


def test_taking_in_costs_few_queries_however_many_come(quay: Channel) -> None:
    arrive(quay, said(QUESTION, "first"))
    costs = []
    for size in (3, 60):
        people = [Author(f"{size}{n}", "", "A") for n in range(size)]
        rows = [said(COMPLAINT, f"{size}-{n}", by=who) for n, who in enumerate(people)]
        record_arrivals(quay, rows, now=NOW)
        batch = intake.read(now=NOW)
        judged = judging.judge(batch.arrivals, now=NOW)
        with CaptureQueriesContext(connection) as used:
            intake.store(batch, judged, now=NOW)
        costs.append(len(used))

    assert costs[0] <= 22
    assert costs[1] - costs[0] <= 2  # SQLite takes a thousand values at a time


def test_a_message_that_answers_itself_or_in_a_circle_is_a_conversation(quay: Channel) -> None:
    arrive(quay, said(QUESTION, "a", parent="a"), said(QUESTION, "b", parent="c"),
           said(QUESTION, "c", parent="b"))  # fmt: skip

    assert set(itertools.chain(*parts())) == {"a", "b", "c"}
