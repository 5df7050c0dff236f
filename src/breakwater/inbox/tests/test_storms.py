"""Many messages at once take as many ways to the database as few do, or SQLite's share of them."""

from collections.abc import Callable, Sequence
from datetime import timedelta
from typing import Any

import pytest
from django.db import DataError, connection

from breakwater.channels.models import Channel
from breakwater.channels.services.arrivals import record_arrivals
from breakwater.core.rows import write_rows
from breakwater.inbox.models import Contact, Draft, Item, Label, Labelled, Thread
from breakwater.inbox.services import intake, judging, turns
from breakwater.inbox.services.piling import Piling
from breakwater.inbox.services.turns import INBOX
from breakwater.inbox.tests.world import COMPLAINT, DANGER, NOW, QUESTION, arrive, said
from breakwater.networks.base import Arrived, Author
from breakwater.notices.models import Notice
from breakwater.people.selectors import Access

pytestmark = pytest.mark.django_db


class Ways:
    """How often somebody went to the database and back: a statement run for each of many rows counts
    as often, which lists of queries do not say."""

    def __init__(self) -> None:
        self.count = 0

    def __call__(
        self, execute: Callable[..., Any], sql: str, params: Any, many: bool, context: Any
    ) -> Any:
        self.count += len(params) if many else 1
        return execute(sql, params, many, context)


def _ways_of(channel: Channel, messages: Sequence[Arrived]) -> int:
    """To take these in, read and scored."""
    turns.take(INBOX, now=NOW)
    record_arrivals(channel, messages, now=NOW)
    ways = Ways()
    with connection.execute_wrapper(ways):
        batch = intake.read(now=NOW)
        intake.store(batch, judging.judge(batch.arrivals, now=NOW), now=NOW)
    return ways.count


def _answers(begin: str, to: str, count: int, text: str) -> list[Arrived]:
    return [
        said(text, f"{begin}{n}", by=Author(f"{begin}{n}", "", f"Person {n}"), parent=f"{to}{n}")
        for n in range(count)
    ]


@pytest.mark.slow
def test_a_storm_out_of_order_goes_to_the_database_a_few_times_for_a_whole_batch(
    quay: Channel, mia_at: Access
) -> None:
    few, many = 5, 90
    arrive(quay, *_answers("c", "b", few, QUESTION), *_answers("z", "y", many, QUESTION))

    costs = [
        _ways_of(quay, _answers("b", "a", few, DANGER)),
        _ways_of(quay, _answers("y", "x", many, DANGER)),
    ]

    assert costs[0] <= 60
    assert costs[1] <= costs[0] + (12 if connection.vendor == "sqlite" else 0)
    assert Thread.objects.count() == few + many
    assert set(Thread.objects.values_list("items", "danger")) == {(2, True)}
    assert Item.objects.count() == 2 * (few + many)
    told = Notice.objects.filter(person=mia_at.person, code="danger")
    assert told.count() == few + many


@pytest.mark.slow
def test_one_batch_of_five_hundred_takes_a_fifth_of_that_in_queries(quay: Channel) -> None:
    messages = [said(f"{COMPLAINT} {n}", f"m{n}", by=Author(f"p{n}", "", "A")) for n in range(500)]

    cost = _ways_of(quay, messages)

    assert cost <= (90 if connection.vendor == "sqlite" else 35)
    assert Item.objects.count() == 500
    assert Contact.objects.filter(items=1).count() == 500


@pytest.mark.slow
def test_a_pile_is_written_in_few_queries_however_many_are_in_it(quay: Channel) -> None:
    words = "The late boat again, shame on the whole harbour office and its timetable"
    piling, costs = Piling(), []
    for size in (20, 120):
        people = [Author(f"{size}-{n}", "", "A") for n in range(size)]
        arrive(quay, *[said(words, f"{size}-{n}", by=who) for n, who in enumerate(people)])
        ways = Ways()
        with connection.execute_wrapper(ways):
            while piling.turn(now=NOW + timedelta(minutes=1)):
                pass
        costs.append(ways.count)

    assert max(costs) <= 40
    assert Item.objects.exclude(pile=None).count() == 140
    assert Thread.objects.exclude(pile=None).count() == 140


def test_a_conversation_joins_one_that_becomes_part_of_another_in_the_same_batch(
    quay: Channel,
) -> None:
    arrive(quay, said(QUESTION, "p", parent="k"), said(QUESTION, "q", parent="r"))

    arrive(quay, said(QUESTION, "k", parent="w"), said(QUESTION, "r", parent="p"))

    assert Thread.objects.get().key == "w"
    assert sorted(Item.objects.values_list("arrival__remote_id", flat=True)) == list("kpqr")


def test_messages_that_answer_each_other_in_a_circle_are_all_kept(quay: Channel) -> None:
    arrive(quay, said(QUESTION, "p", parent="q"))

    arrive(quay, said(QUESTION, "q", parent="p"))
    arrive(quay, said(QUESTION, "r", parent="s"), said(QUESTION, "s", parent="r"))

    assert sorted(Item.objects.values_list("arrival__remote_id", flat=True)) == list("pqrs")
    assert Thread.objects.filter(items=0).count() == 0


def test_labels_drafts_and_who_looks_after_it_go_with_a_conversation_that_joins(
    quay: Channel, ada_at: Access
) -> None:
    arrive(quay, said(QUESTION, "p", parent="k"), said(QUESTION, "q", parent="r"))
    label = Label.objects.create(workspace=quay.workspace, name="Late", created_at=NOW)
    for thread in Thread.objects.all():
        Labelled.objects.create(label=label, thread=thread, created_at=NOW)
    part = Thread.objects.get(key="k")
    Thread.objects.filter(pk=part.pk).update(assignee=ada_at.person)
    Draft.objects.create(
        thread=part, person=ada_at.person, text="On Sunday.", saved_at=NOW, created_at=NOW
    )

    arrive(quay, said(QUESTION, "k", parent="w"), said(QUESTION, "r", parent="w"))

    whole = Thread.objects.get()
    assert (whole.key, whole.assignee) == ("w", ada_at.person)
    assert [one.thread_id for one in Labelled.objects.all()] == [whole.pk]
    assert [(one.thread_id, one.text) for one in Draft.objects.all()] == [(whole.pk, "On Sunday.")]


def test_rows_are_written_each_with_its_own_values(quay: Channel) -> None:
    arrive(quay, *(said(QUESTION, f"m{n}", by=Author(f"p{n}", "", "A")) for n in range(3)))
    people = list(Contact.objects.order_by("remote_id"))
    for n, one in enumerate(people):
        one.name, one.rank = f"O'Neill {n} %s", None if n == 0 else 7
        one.last_at = NOW + timedelta(hours=n)
    people[0].url = "not written"

    write_rows(people[:2], ["name", "rank", "last_at"])

    rows = Contact.objects.order_by("remote_id").values_list("name", "rank", "last_at", "url")
    assert list(rows) == [
        ("O'Neill 0 %s", None, NOW, ""),
        ("O'Neill 1 %s", 7, NOW + timedelta(hours=1), ""),
        ("A", 2, NOW, ""),
    ]


def test_lists_and_numbers_of_a_row_stay_what_they_are(quay: Channel) -> None:
    arrive(quay, *(said(QUESTION, f"m{n}") for n in range(2)))
    items = list(Item.objects.order_by("pk"))
    items[0].reasons, items[0].danger_said, items[0].digest = [], None, None
    items[1].reasons, items[1].danger_said, items[1].digest = ["threat"], True, -(2**62)

    write_rows(items, ["reasons", "danger_said", "digest"])

    rows = Item.objects.order_by("pk").values_list("reasons", "danger_said", "digest")
    assert list(rows) == [([], None, None), (["threat"], True, -(2**62))]


def test_what_is_too_long_is_refused_and_not_cut_off_in_silence(quay: Channel) -> None:
    if connection.vendor == "sqlite":
        pytest.skip("SQLite keeps no lengths")
    arrive(quay, said(QUESTION, "m"))
    (contact,) = Contact.objects.all()
    contact.name = "n" * 256

    with pytest.raises(DataError):
        write_rows([contact], ["name"])
