"""From one conversation to the next: on, whatever became of it, and not for those who look on."""

import re
from html import unescape

import pytest
from django.test import Client

from breakwater.channels.models import Channel
from breakwater.inbox.models import Item, Thread
from breakwater.inbox.tests.world import (
    COMPLAINT,
    LEO,
    PRAISE,
    QUESTION,
    arrive,
    said,
)
from breakwater.networks.base import Author
from breakwater.people.models import Person
from breakwater.web.tests.quay import at_desk

pytestmark = pytest.mark.django_db
PAGE = "/w/harbour/inbox/"


def _thread(remote_id: str) -> Thread:
    return Item.objects.get(arrival__remote_id=remote_id).thread


def _fields(page: str) -> dict[str, str]:
    """The hidden fields of the answer's form."""
    form = page.partition('id="answer-form"')[2].partition("</form>")[0]
    found = re.findall(r'<input type="hidden" name="(\w+)" value="([^"]*)"', form)
    return {name: unescape(value) for name, value in found}


def _form(client: Client, page: str) -> dict[str, str]:
    return _fields(client.get(page).content.decode())


def _next(client: Client, page: str) -> str:
    """Where "The next one" of that page leads."""
    found = re.search(r'href="([^"]+)" data-key="n"', client.get(page).content.decode())
    assert found is not None
    return client.get(unescape(found[1]))["Location"]


def test_the_next_one_leads_on_though_nothing_was_done(quay: Channel, ada: Person) -> None:
    arrive(quay, said(QUESTION, "a"), said(QUESTION, "b", by=LEO, minutes=1))
    arrive(quay, said(COMPLAINT, "c", by=Author("z", "@z", "Zed"), minutes=2))
    client = at_desk(ada)
    a, b, c = (f"{PAGE}{_thread(one).pk}/" for one in "abc")

    assert client.get(f"{PAGE}next/")["Location"] == f"{a}?n=1"
    assert [_next(client, f"{a}?n=1"), _next(client, f"{b}?n=2")] == [f"{b}?n=2", f"{c}?n=3"]
    assert _next(client, f"{c}?n=3") == PAGE
    assert [_next(client, a), _next(client, b)] == [b, PAGE]
    assert client.get(f"{PAGE}next/?past=question~x~y")["Location"] == f"{a}?n=1"


def test_praise_in_between_does_not_turn_the_walk_back(quay: Channel, ada: Person) -> None:
    arrive(quay, said(QUESTION, "a"), said(QUESTION, "b", by=LEO, minutes=1))
    arrive(quay, said(PRAISE, "p", by=Author("z", "@z", "Zed"), minutes=2))
    client = at_desk(ada)

    nice = _next(client, f"{PAGE}{_thread('a').pk}/?n=5")

    assert nice.startswith(f"{PAGE}{_thread('p').pk}/?n=6&past=question~")
    assert _next(client, nice) == f"{PAGE}{_thread('b').pk}/?n=7"


def test_who_only_looks_on_is_not_asked_to_begin(quay: Channel, ada: Person, ann: Person) -> None:
    arrive(quay, said(QUESTION, "a"))
    pages = (PAGE, f"{PAGE}{_thread('a').pk}/")

    looks, answers = (
        [at_desk(one).get(page).content.decode() for page in pages] for one in (ann, ada)
    )

    assert ["inbox/next/" in page for page in answers] == [True, True]
    assert ["inbox/next/" in page for page in looks] == [False, False]


def test_sent_and_on_leads_to_the_next_conversation(quay: Channel, ada: Person) -> None:
    arrive(quay, said(QUESTION, "a"))
    client, page = at_desk(ada), f"{PAGE}{_thread('a').pk}/"
    typed = {**_form(client, page), "text": "Hello.", "then": "next"}

    sent = client.post(f"{page}answer/", typed)

    assert sent["Location"].startswith("/w/harbour/inbox/next/?category=question&past=question~")
    assert client.get(sent["Location"])["Location"] == "/w/harbour/inbox/"


def test_a_walk_goes_on_from_where_it_was_when_an_answer_is_sent(
    quay: Channel, ada: Person
) -> None:
    arrive(quay, said(QUESTION, "a"))
    client, page = at_desk(ada), f"{PAGE}{_thread('a').pk}/"
    typed = _form(client, f"{page}?n=3")

    refused = client.post(f"{page}answer/", {**typed, "text": "", "then": "next"})
    sent = client.post(f"{page}answer/", {**typed, "text": "Hello.", "then": "next"})

    assert _fields(refused.content.decode())["next"] == typed["next"]
    assert sent["Location"] == typed["next"]
    assert sent["Location"].startswith("/w/harbour/inbox/next/?n=3&past=question~")
