"""What needs you, by category; a conversation whose veiled words are not in the page until opened."""

import re

import pytest
from django.test import Client
from pytest_django import DjangoAssertNumQueries
from tests.people import make_member, make_workspace

from breakwater.channels.models import Channel
from breakwater.core.ids import new_id
from breakwater.inbox.models import Item, Thread
from breakwater.inbox.tests.world import (
    ABUSE,
    LEO,
    PRAISE,
    QUESTION,
    arrive,
    channel_of,
    said,
)
from breakwater.networks.base import Author
from breakwater.people.models import Person, Workspace
from breakwater.people.roles import Role
from breakwater.web.tests.quay import at_desk, member
from breakwater.wellbeing.models import Exposure

pytestmark = pytest.mark.django_db
PAGE = "/w/harbour/inbox/"
HATEFUL = "You are all fucking bitches"


def _thread(remote_id: str) -> Thread:
    return Item.objects.get(arrival__remote_id=remote_id).thread


def test_the_day_opens_with_what_needs_somebody_and_says_when_it_is_done(
    quay: Channel, ada: Person
) -> None:
    client = at_desk(ada)
    empty = client.get(PAGE).content.decode()
    arrive(quay, said(QUESTION, "a"), said(QUESTION, "b", by=LEO), said(PRAISE, "c", by=LEO))

    full = client.get(PAGE).content.decode()

    assert "Done" in empty
    assert "Questions" in full
    assert "2 conversations" in full
    assert "Praise" in full
    assert QUESTION not in full


def test_the_next_one_is_the_one_that_has_waited_longest(quay: Channel, ada: Person) -> None:
    arrive(quay, said(QUESTION, "late", minutes=5), said(QUESTION, "early", by=LEO))

    answer = at_desk(ada).get(f"{PAGE}next/?category=question")

    assert answer["Location"] == f"{PAGE}{_thread('early').pk}/"


def test_each_message_says_which_language_it_is_in(quay: Channel, ada: Person) -> None:
    arrive(quay, said("Avez-vous encore des biscuits au beurre salé ?", "a"))

    page = at_desk(ada).get(f"{PAGE}{_thread('a').pk}/").content.decode()

    assert re.findall(r'<p class="message-text" lang="(\w*)" dir="auto">(\w+)', page) == [
        ("fr", "Avez")
    ]


def _tabs(client: Client, page: str) -> list[str]:
    bars = re.findall(r'<nav class="tabs".*?</nav>', client.get(page).content.decode(), re.DOTALL)
    return [url for bar in bars for url in re.findall(r'<a href="([^"]+)"', bar)]


@pytest.mark.parametrize("role", Role.values)
def test_nobody_is_shown_a_tab_that_they_may_not_open(
    harbour_workspace: Workspace, role: str
) -> None:
    client = at_desk(member(harbour_workspace, role, name="sam"))

    tabs = _tabs(client, f"{PAGE}setup/answers/")

    assert {client.get(tab).status_code for tab in tabs} == {200}
    assert {f"{PAGE}reports/", f"{PAGE}setup/answers/"} <= set(tabs)
    assert (f"{PAGE}setup/hours/" in tabs) == (role in (Role.OWNER, Role.MANAGER))
    assert set(_tabs(client, PAGE)) <= set(tabs)


def test_each_page_of_the_settings_stands_in_the_same_frame(harbour_workspace: Workspace) -> None:
    client = at_desk(member(harbour_workspace, Role.MANAGER, name="sam"))
    first = _tabs(client, f"{PAGE}setup/answers/")
    pages = [one for one in dict.fromkeys(first) if "/setup/" in one]

    assert len(pages) == 10
    for page in pages:
        assert _tabs(client, page) == first
        html = client.get(page).content.decode()
        assert f'<a href="{PAGE}setup/answers/" aria-current="page">' in html
        assert f'<a href="{page}" aria-current="page">' in html


def test_what_is_veiled_is_not_in_the_page_and_each_opening_counts_once(
    quay: Channel, ada: Person
) -> None:
    arrive(quay, said(ABUSE, "a"), said(PRAISE, "b"))
    client = at_desk(ada)
    item = Item.objects.get(arrival__remote_id="a")

    before = client.get(f"{PAGE}{_thread('a').pk}/").content.decode()
    shown = client.get(f"{PAGE}{_thread('b').pk}/").content.decode()
    click = {"request": str(new_id())}
    opened = [client.post(f"{PAGE}items/{item.pk}/reveal/text/", click) for _ in range(2)]

    assert ABUSE not in before
    assert "bitch" not in before
    assert "Veiled:" in before
    assert PRAISE in shown
    assert [ABUSE in one.content.decode() for one in opened] == [True, True]
    assert [(e.person_id, e.what, e.subject) for e in Exposure.objects.all()] == [
        (ada.pk, "text", str(item.pk))
    ]


def test_a_conversation_below_an_ad_says_so(quay: Channel, ada: Person) -> None:
    arrive(quay, said(QUESTION, "a", ad=True), said(QUESTION, "b", by=LEO))
    client = at_desk(ada)

    pages = [client.get(f"{PAGE}{_thread(one).pk}/").content.decode() for one in "ab"]

    assert ["below an ad" in one for one in pages] == [True, False]


def test_without_script_what_is_opened_is_a_whole_page_with_a_way_back(
    quay: Channel, ada: Person
) -> None:
    arrive(quay, said(ABUSE, "a"))
    client, item = at_desk(ada), Item.objects.get()
    path = f"{PAGE}items/{item.pk}/"

    opened = client.post(f"{path}reveal/text/", {"request": str(new_id())}).content.decode()
    masked = client.get(f"{path}masked/").content.decode()
    by_htmx = client.get(f"{path}masked/", headers={"HX-Request": "true"}).content.decode()

    for page in (opened, masked):
        assert page.startswith("<!doctype html>")
        assert page.count("<h1>") == 1
        assert f'href="{PAGE}{item.thread_id}/#message-{item.pk}"' in page
    assert (ABUSE in opened, ABUSE in masked) == (True, False)
    assert "<html" not in by_htmx
    assert by_htmx.strip().startswith("<li")


def test_a_hateful_name_is_veiled_in_lists_and_conversations(quay: Channel, ada: Person) -> None:
    arrive(quay, said(QUESTION, "a", by=Author("h", "@x", HATEFUL)))
    client = at_desk(ada)

    pages = [client.get(f"{PAGE}all/"), client.get(f"{PAGE}{_thread('a').pk}/")]

    assert [HATEFUL in one.content.decode() for one in pages] == [False, False]
    assert ["a veiled name" in one.content.decode() for one in pages] == [True, True]


def test_nothing_is_shown_or_counted_for_somebody_outside(
    quay: Channel, eve: Person, ann: Person
) -> None:
    arrive(quay, said(ABUSE, "a"))
    item = Item.objects.get()

    outside = at_desk(eve)
    statuses = [
        outside.get(PAGE).status_code,
        outside.get(f"{PAGE}{item.thread_id}/").status_code,
        outside.post(f"{PAGE}items/{item.pk}/reveal/text/").status_code,
        at_desk(ann).post(f"{PAGE}items/{item.pk}/reveal/text/").status_code,
    ]

    assert statuses == [404, 404, 404, 403]
    assert not Exposure.objects.exists()


def test_pages_cost_few_queries_however_much_waits(
    quay: Channel, ada: Person, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    people = [Author(f"{n}", f"@{n}", "Sam") for n in range(40)]
    arrive(quay, *[said(QUESTION, f"a{n}", by=who, minutes=n) for n, who in enumerate(people)])
    client = at_desk(ada)

    with django_assert_num_queries(11):
        client.get(PAGE)
    with django_assert_num_queries(11):
        first = client.get(f"{PAGE}all/").content.decode()
    assert len(re.findall(r"\bSam\b", first)) == 30


def test_a_search_finds_messages_and_opens_nothing(quay: Channel, ada: Person) -> None:
    arrive(quay, said(QUESTION, "a"), said(ABUSE, "b", by=LEO))
    client = at_desk(ada)

    lyon = client.get(f"{PAGE}search/?q=lyon").content.decode()
    rude = client.get(f"{PAGE}search/?q=disgusting").content.decode()
    wrong = client.get(f'{PAGE}search/?q="open')
    odd = ["a+-(-b)", "a+NOT+NOT+b", "(-lost+OR+found)+parcel", "a+-(-b+-c)"]
    statuses = [client.get(f"{PAGE}search/?q={one}").status_code for one in odd]
    cuts = [client.get(f"{PAGE}search/?q=a&before={one}").status_code for one in ("²", "9" * 30)]

    assert statuses + cuts == [200] * 6
    assert QUESTION in lyon
    assert "Leo Marsh" in rude
    assert ABUSE not in rude
    assert (wrong.status_code, "A quotation mark is left open" in wrong.content.decode()) == (
        400,
        True,
    )


def test_all_brands_of_a_person_are_seen_at_once_and_no_others(
    quay: Channel, ada: Person, harbour_workspace: Workspace, other_workspace: Workspace
) -> None:
    pier = make_workspace("Pier")
    make_member(pier, ada, Role.AGENT)
    arrive(quay, said(QUESTION, "a", minutes=9))
    arrive(channel_of(pier, remote_id="2"), said(QUESTION, "b"))
    arrive(channel_of(other_workspace, remote_id="3"), said(PRAISE, "c"))
    client = at_desk(ada)

    page = client.get("/inbox/").content.decode()
    home = client.get("/").content.decode()
    first = client.get("/inbox/next/")

    assert [name in page for name in ("Harbour", "Pier", "Elsewhere")] == [True, True, False]
    assert home.count("1 conversation waits") == 2
    assert first["Location"] == f"/w/pier/inbox/{_thread('b').pk}/"
