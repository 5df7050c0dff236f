"""What many say at once on a page: figures and examples, decided about as one, exceptions picked."""

import re
from uuid import UUID

import pytest
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from breakwater.channels.models import Channel, Trial
from breakwater.delivery.models import Delivery
from breakwater.inbox.models import Item, Label, PileDeed, Setup, Thread
from breakwater.inbox.services.pile_deeds import go_on
from breakwater.inbox.tests.pile_ons import DEAR, LATE, crowd, grouped, pile, somebody
from breakwater.inbox.tests.world import ABUSE, NOW, PRAISE, QUESTION, arrive, said
from breakwater.networks.base import Author
from breakwater.people.models import Person, Workspace
from breakwater.people.roles import Role
from breakwater.web.tests.quay import at_desk, member, told

pytestmark = pytest.mark.django_db
PAGE = "/w/harbour/inbox/"
SORRY = "We are sorry: the courier is on strike."


@pytest.fixture
def ada(harbour_workspace: Workspace) -> Client:
    """Answers people."""
    return at_desk(member(harbour_workspace, Role.AGENT, name="ada"))


@pytest.fixture
def late(quay: Channel) -> str:
    """The address of the pile of late parcels."""
    arrive(quay, *crowd(LATE, "late"))
    grouped()
    return f"{PAGE}piles/{pile('delivery late').pk}/"


def typed(client: Client, address: str, **rest: str) -> dict[str, str]:
    """What the form of the page sends, with what somebody filled in."""
    page = client.get(address).content.decode()
    hidden = {
        name: re.findall(rf'name="{name}" value="([^"]*)"', page)[0] for name in ("request", "upto")
    }
    return {**hidden, **rest}


def test_the_day_opens_with_the_urgent_then_what_many_say_then_the_rest(
    quay: Channel, ada: Client
) -> None:
    arrive(quay, *crowd(LATE, "late"), *crowd(DEAR, "dear"), said(QUESTION, "q"),
           said(PRAISE, "p", by=somebody("p")), said(ABUSE, "a", by=somebody("a")))  # fmt: skip
    Item.objects.filter(arrival__remote_id="late1").update(category="threat", reasons=["threat"])
    Thread.objects.filter(key="late1").update(category="threat")
    grouped()

    page = ada.get(PAGE).content.decode()

    places = [
        page.index(one)
        for one in ("First", "Threats", "Said by many", "12 people, 2 arguments", "1 threat",
                    "delivery late", "Questions", "Praise")
    ]  # fmt: skip
    assert places == sorted(places)
    assert "6 conversations wait, 2 to look at one by one" in page
    assert "Complaints" not in page
    assert LATE[0] not in page


def test_a_pile_shows_figures_and_few_examples_and_no_veiled_word(
    quay: Channel, ada: Client
) -> None:
    cruel = [f"Quincy the orchid seller is a fat lying pig, number {n}" for n in range(12)]
    arrive(quay, *crowd(cruel, "cruel"))
    grouped()
    (found,) = Item.objects.exclude(pile=None).values_list("pile", flat=True).distinct()

    page = ada.get(f"{PAGE}piles/{found}/").content.decode()

    assert "lying pig" not in page
    assert "Veiled:" in page
    assert "12 people, 12 messages" in page
    assert "0 may be shown" not in page
    assert "12 of 12 messages came within ten minutes." not in page
    assert "English: 12" in page


def test_what_is_to_be_read_is_counted_as_the_readers_shield_shows_it(
    late: str, ada: Client
) -> None:
    ids = Item.objects.order_by("pk").values_list("pk", flat=True)[:3]
    before = ada.get(late).content.decode()

    Item.objects.filter(pk__in=list(ids)).update(category="threat")
    after = ada.get(late).content.decode()

    assert "<dd>6 are shown</dd>" in before
    assert "<dd>3 are shown, 3 are veiled</dd>" in after


def test_who_may_not_answer_reads_why_nothing_can_be_pressed(
    late: str, ada: Client, ann: Person
) -> None:
    why = "Your role reads along here and answers nobody."

    theirs = at_desk(ann).get(late).content.decode()
    hers = ada.get(late).content.decode()

    assert (why in theirs, "Answer all of them" in theirs) == (True, False)
    assert (why in hers, "Answer all of them" in hers) == (False, True)


def test_exceptions_are_listed_and_a_hateful_name_is_veiled(
    quay: Channel, late: str, ada: Client
) -> None:
    arrive(quay, said(LATE[2], "h", by=Author("h", "@x", "You are all fucking bitches"), minutes=8))
    grouped(now=NOW)  # somebody else holds them: nothing new
    Thread.objects.filter(key="h").update(pile=UUID(late.split("/")[-2]))

    page = ada.get(late).content.decode()

    assert "To look at one by one" in page
    assert "bitches" not in page
    assert "a veiled name" in page
    assert "Sam late2" in page


def test_all_are_answered_after_the_page_said_how_many_and_where(late: str, ada: Client) -> None:
    before = ada.get(f"{late}answer/").content.decode()
    assert "5 conversations" in before
    assert "Sam late2" in before

    page = told(ada, f"{late}answer/", typed(ada, f"{late}answer/", text=SORRY, whom="all"))
    assert "under way" in page
    while go_on(now=NOW):
        pass

    after = ada.get(late).content.decode()
    assert "finished · 5 conversations" in after
    assert "1 left out: asks something of its own" in after
    assert {row.payload["text"] for row in Delivery.objects.all()} == {SORRY}


def test_the_same_form_sent_twice_is_one_deed(late: str, ada: Client) -> None:
    form = typed(ada, f"{late}dismiss/")

    told(ada, f"{late}dismiss/", form)
    told(ada, f"{late}dismiss/", form)

    assert PileDeed.objects.count() == 1


def test_an_exception_that_was_picked_goes_along(late: str, ada: Client) -> None:
    question = Thread.objects.get(key="late2")
    told(ada, f"{late}dismiss/", typed(ada, f"{late}dismiss/", also=str(question.pk)))

    while go_on(now=NOW):
        pass

    question.refresh_from_db()
    assert question.state == "done"


def test_where_it_cannot_be_done_is_said_before(quay: Channel, late: str, ada: Client) -> None:
    Trial.objects.create(channel=quay, can="hide", outcome="refused", created_at=NOW)

    page = ada.get(f"{late}hide/").content.decode()

    assert "0 conversations" in page
    assert "not for 5: the network said no when it was tried" in page


def test_nothing_is_hidden_without_a_reason(late: str, ada: Client) -> None:
    form = typed(ada, f"{late}hide/", why="spam")

    answer = ada.post(f"{late}hide/", form)

    assert answer.status_code == 400
    assert "Criticism is not hidden by the hundred without a reason" in answer.content.decode()
    assert not PileDeed.objects.exists()


def test_what_was_picked_stays_picked_when_it_is_refused(late: str, ada: Client) -> None:
    question = str(Thread.objects.get(key="late2").pk)
    form = typed(ada, f"{late}hide/", why="spam", also=question)

    page = ada.post(f"{late}hide/", form).content.decode()

    assert f'name="also" value="{question}" checked>' in page
    assert " checked>" not in ada.get(f"{late}hide/").content.decode()
    assert not PileDeed.objects.exists()


def test_a_label_is_put_on_all_of_it(quay: Channel, late: str, ada: Client) -> None:
    label = Label.objects.create(workspace=quay.workspace, name="strike", created_at=NOW)

    page = told(ada, f"{late}label/", typed(ada, f"{late}label/", label=str(label.pk)))

    assert "Labelled: strike" in page


def test_a_deed_can_be_stopped(late: str, ada: Client) -> None:
    told(ada, f"{late}dismiss/", typed(ada, f"{late}dismiss/"))

    page = told(ada, f"{PAGE}pile-deeds/{PileDeed.objects.get().pk}/stop/")

    assert "stopped" in page
    assert not go_on(now=NOW)
    assert set(Thread.objects.values_list("state", flat=True)) == {"open"}


def test_a_pile_is_for_its_own_workspace_and_those_who_answer(
    late: str, ada: Client, eve: Person, ann: Person
) -> None:
    form = typed(ada, f"{late}dismiss/")
    outside, author = at_desk(eve), at_desk(ann)

    statuses = [
        outside.get(late).status_code,
        outside.post(f"{late}dismiss/", form).status_code,
        author.get(late).status_code,
        author.post(f"{late}dismiss/", form).status_code,
        ada.get(f"{late}burn/").status_code,
    ]

    assert statuses == [404, 404, 200, 403, 404]
    assert not PileDeed.objects.exists()


def test_who_runs_the_workspace_says_how_many_make_a_pile(
    harbour_workspace: Workspace, ada: Client
) -> None:
    mia = at_desk(member(harbour_workspace, Role.MANAGER, name="mia"))
    address = f"{PAGE}setup/piles/"

    page = told(mia, address, {"people": "12"})
    refused = [mia.post(address, {"people": "1"}).status_code, ada.get(address).status_code]

    assert "It counts from the next messages on." in page
    assert refused == [400, 403]
    assert Setup.objects.get().pile_from == 12


def test_pages_cost_few_queries_however_large_a_pile_is(
    quay: Channel, late: str, ada: Client, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    worker = grouped(now=NOW.replace(hour=10))
    counts = []
    for _ in range(2):
        with django_assert_num_queries(13):
            ada.get(PAGE)
        with django_assert_num_queries(13):
            ada.get(late)
        with django_assert_num_queries(12):
            ada.get(f"{late}answer/")
        counts.append(Item.objects.count())
        arrive(quay, *crowd(LATE * 6, f"more{len(counts)}"))
        grouped(worker, now=NOW.replace(hour=10))

    assert counts == [6, 42]


def test_everywhere_a_pile_counts_as_one_and_is_where_to_begin_when_nothing_else_waits(
    quay: Channel, late: str, ada: Client
) -> None:
    Thread.objects.filter(pile=None).update(state="done")
    Thread.objects.filter(category="question").update(state="done")

    page = ada.get("/inbox/").content.decode()
    home = ada.get("/").content.decode()
    begin = ada.get("/inbox/next/")

    assert "1 thing that many say" in page
    assert "conversations</span>" not in page
    assert "1 thing that many say" in home
    assert begin["Location"] == late


def test_a_pile_of_abuse_is_shown_veiled_and_each_example_leads_to_its_conversation(
    quay: Channel, ada: Client
) -> None:
    vile = [f"{ABUSE}, the delivery is late, where is my parcel {n}" for n in range(6)]
    arrive(quay, *crowd(vile, "vile"))
    grouped()
    item = Item.objects.filter(pile__isnull=False).order_by("pk")[0]
    assert item.pile is not None

    page = ada.get(f"{PAGE}piles/{item.pile_id}/")

    html = page.content.decode()
    assert page.status_code == 200
    assert 'class="veil"' in html
    assert ABUSE not in html
    assert f"{PAGE}{item.thread_id}/?masked={item.pk}" in html
