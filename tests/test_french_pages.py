"""Every page, read by a French person: no English is left on it, and its spaces are French."""

import argparse
import re
from collections.abc import Iterator
from html.parser import HTMLParser
from itertools import product
from typing import Any

import pytest
from django.http import HttpResponseBase
from django.test import Client
from django.urls import reverse

from breakwater.channels.models import Channel
from breakwater.config.commands import demo
from breakwater.core import clock
from breakwater.delivery.models import Delivery
from breakwater.inbox.models import Contact, Item, Label, Pile, Rule, SavedReply, Thread
from breakwater.inbox.services.pile_deeds import DEEDS
from breakwater.inbox.tests.pile_ons import grouped
from breakwater.inbox.tests.world import arrive, said
from breakwater.networks.base import Author
from breakwater.networks.sandbox import weekend
from breakwater.people.models import Person, Workspace
from breakwater.publishing.models import Decision, Post
from breakwater.web.tests import quay
from breakwater.web.tests.routes import Route, routes
from tests.people import PASSWORD

pytestmark = [pytest.mark.slow, pytest.mark.django_db]

ENGLISH = re.compile(
    r"\b(the|of|and|to|is|are|was|were|be|been|has|have|had|your|you|this|that|these|those"
    r"|with|from|not|it|its|what|when|where|which|who|will|would|can|could|may|must|should"
    r"|than|then|there|their|they|them|we|our|for|but|only|by|at|as|into|about|after"
    r"|before|yet|until|nothing|something|nobody|somebody|everything|everybody|write|read"
    r"|send|sent|choose|change|changed|delete|deleted|look|save|saved|back|again|still"
    r"|waits|planned|approve|approved|draft|channel|channels|network|networks|posts"
    r"|picture|pictures|practice|harbour|sign|day|time|workspace|delivery|deliveries"
    r"|settings|people)\b",
    re.IGNORECASE,
)
ADDRESS = re.compile(r"https?://\S+|\S+@\S+|\w+\.[\w.]*\w|\b[A-Z]\w+/[A-Z][\w /-]+")
"""Of the net, of people, and the names of time zones: the same in every language."""
SPACE = re.compile(r"(?<![\u00a0\d])[:;?!»](?=\s|$)|«(?!\u00a0)")
UNSPOKEN = {"script", "style", "code", "kbd", "q", "pre"}
"""Machine's words, and the network's own."""
VOID = {"area", "br", "col", "embed", "hr", "img", "input", "link", "meta", "source", "wbr"}
SPOKEN = ("aria-label", "title", "placeholder", "alt")

LED: tuple[tuple[tuple[str, ...], dict[str, str]], ...] = (
    (quay.LOST, {"reason": "not_found"}),
    (quay.LOST, {"reason": "several"}),
    (("missed",), {"reason": "missed"}),
    (("held",), {"reason": "hold"}),
    (("claimed", "prepared", "sending", "failed"), {"reason": "text_too_long"}),
    (("cancelled",), {}),
    (quay.OUT, {"remote_id": "kelp-1"}),
    (("claimed", "prepared", "sending", "unknown"), {}),
)


MADE: dict[str, dict[str, str]] = {
    "labels/": {"name": "Brume"},
    "answers/add/": {"name": "Heures", "language": "fr", "text": "Bonjour", "category": "question"},
    "rules/add/": {
        "name": "Calme", "network": "sandbox", "words": "brume", "language": "fr", "days": "1",
        "score_head": "abusive", "score": "50", "author": "2", "link": "yes", "hours": "open",
        "done": "on", "assign": "turn", "hourly": "60",
    },
}  # fmt: skip
"""What the owner makes in the inbox's settings, by hand."""


class Spoken(HTMLParser):
    """The texts of a page that a person reads or hears, but for those that say they are no French."""

    def __init__(self) -> None:
        super().__init__()
        self.texts: list[str] = []
        self._silent: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if self._silent or tag in UNSPOKEN or (dict(attrs).get("lang") or "fr") != "fr":
            self._silent += [tag] * (tag not in VOID)
        for name, value in attrs:
            if value and (name in SPOKEN or (name.startswith("data-") and " " in value)):
                self.texts.append(value)

    def handle_endtag(self, tag: str) -> None:
        if tag in self._silent:
            while self._silent.pop() != tag:
                pass

    def handle_data(self, data: str) -> None:
        if not self._silent and data.strip():
            self.texts.append(data.strip())


@pytest.fixture
def café(db: None) -> Workspace:
    """The demo's French brand, with deliveries in every state that a person may meet."""
    demo.run(argparse.Namespace(language="fr"))
    rows = list(Delivery.objects.filter(state="queued").order_by("pk"))
    assert len(rows) >= len(LED)
    for row, (states, values) in zip(rows, LED, strict=False):
        quay.led(row, *states, **values)
    channels = list(Channel.objects.order_by("pk"))
    Channel.objects.filter(pk=channels[-1].pk).update(state="reconnect")
    _strangers_write(channels[0])
    return Workspace.objects.get()


def _strangers_write(channel: Channel) -> None:
    """A bad week-end, its words set as French is, taken in and grouped as the workers do."""
    arrive(
        channel,
        *(
            said(
                re.sub(" ([:;?!])+", "\u00a0\\1", line.text), f"s{n}",
                by=Author(f"a{n}", f"@a{n}", line.author), minutes=n,
            )
            for n, line in enumerate(weekend.lines("fr"))
        ),
        now=clock.now(),
    )  # fmt: skip
    grouped(now=clock.now())


def test_no_english_is_left_and_the_spaces_are_french(café: Workspace) -> None:
    owner = Person.objects.filter(memberships__role="owner").get()
    client = Client(headers={"Accept-Language": "fr"})
    client.force_login(owner)

    for page, typed in MADE.items():
        assert client.post(f"/w/{café.slug}/inbox/setup/{page}", typed).status_code == 303

    faults, pages = [], 0
    for url in _urls(café, owner):
        answer = client.get(url)
        if _is_read(answer):
            pages += 1
            faults += [f"{url}: {fault}" for fault in _faults(answer.content.decode())]

    assert pages > 250
    assert sorted(set(faults)) == []


def test_a_stranger_reads_french_before_signing_in(ann: Person) -> None:
    client = Client(headers={"Accept-Language": "fr"})

    pages = [client.get(reverse(name)) for name in ("account_login", "account_reset_password")]
    pages.append(client.post(reverse("account_login"), {"login": "x@y.test", "password": PASSWORD}))
    pages.append(client.get("/nowhere/"))

    assert [fault for page in pages for fault in _faults(page.content.decode())] == []


@pytest.mark.parametrize(
    "page", ["<p>Choose a day</p>", '<a title="Back">x</a>', "<p>Bon: oui</p>", "<b>«Oui»</b>"]
)
def test_the_test_sees_a_fault(page: str) -> None:
    assert _faults(page)


def _is_read(answer: HttpResponseBase) -> bool:
    """Whether a person reads it: it neither leads elsewhere nor is for scripts or other programs."""
    kind = answer.headers.get("Content-Type", "")
    read = kind.startswith(("text/html", "text/plain", "text/csv"))
    return read and not 300 <= answer.status_code < 400


def _faults(page: str) -> list[str]:
    spoken = Spoken()
    spoken.feed(page)
    return [text for text in spoken.texts if _faulty(ADDRESS.sub("", text))]


def _faulty(text: str) -> bool:
    return bool(ENGLISH.search(text) or SPACE.search(text))


def _urls(workspace: Workspace, person: Person) -> Iterator[str]:
    """The address of every page, once for each thing that it can be about."""
    about: dict[str, list[Any]] = {
        "slug": [workspace.slug],
        "post_id": _one_for_each(Post),
        "delivery_id": _one_for_each(Delivery),
        "channel_id": list(Channel.objects.values_list("pk", flat=True)),
        "decision_id": list(Decision.objects.values_list("pk", flat=True)[:1]),
        "person_id": [person.pk],
        "thread_id": _one_of_each(Thread),
        "item_id": _one_of_each(Item),
        "contact_id": list(Contact.objects.values_list("pk", flat=True)[:2]),
        "pile_id": list(Pile.objects.values_list("pk", flat=True)),
        "deed": list(DEEDS),
        "name": ["hide", "block", "report"],
        "what": ["later", "give", "label"],
        "label_id": list(Label.objects.values_list("pk", flat=True)),
        "reply_id": list(SavedReply.objects.values_list("pk", flat=True)),
        "rule_id": list(Rule.objects.values_list("pk", flat=True)),
        "network": ["sandbox", "bluesky", "mastodon"],
        "year": [2026],
        "number": [12],
    }
    for route in routes():
        if "GET" in route.methods and set(route.kwargs) <= set(about):
            yield from _each(route, about)


def _one_for_each(model: type[Post | Delivery]) -> list[Any]:
    """An id for each state and, of deliveries, for each reason."""
    kinds = ("state", "reason") if model is Delivery else ("state",)
    found = {tuple(row[1:]): row[0] for row in model.objects.values_list("pk", *kinds)}
    return list(found.values())


def _one_of_each(model: type[Thread | Item]) -> list[Any]:
    """An id for each category."""
    return list({row[1]: row[0] for row in model.objects.values_list("pk", "category")}.values())


def _each(route: Route, about: dict[str, list[Any]]) -> Iterator[str]:
    for values in product(*(about[name] for name in route.kwargs)):
        yield reverse(route.name, kwargs=dict(zip(route.kwargs, values, strict=True)))
