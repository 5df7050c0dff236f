"""The words that the pages of a Monday use, and the agent who works through it."""

import os
import re
import subprocess
import sys
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path

from playwright.sync_api import Locator, Page

from breakwater.networks.sandbox.weekend_texts import ENGLISH, FRENCH, Weekend
from tests.axe import faults
from tests.live import Live

WITHIN_S = 45
PHONE = {"width": 390, "height": 844}
DESK = {"width": 1280, "height": 900}


@dataclass(frozen=True)
class Words:
    """What one language's brand and people are called, and what is said to them."""

    language: str
    locale: str
    weekend: Weekend
    place: str
    agent: str
    quay: str
    hello: str
    late: str
    free: str


EN = Words(
    "en", "en-GB", ENGLISH, "lighthouse-cafe", "bob", "lighthouse-news",
    "Hello {name}, thank you for asking: all of it is on our page about visits.",
    "We are sorry: the biscuits leave by a new courier today.", "Hello, we open at ten.",
)  # fmt: skip
FR = Words(
    "fr", "fr-FR", FRENCH, "cafe-du-phare", "basile", "phare-nouvelles",
    "Bonjour {name}, merci de votre question : tout est sur notre page des visites.",
    "Nous sommes désolés : les biscuits partent aujourd’hui par un autre livreur.",
    "Bonjour, nous ouvrons à dix heures.",
)  # fmt: skip

SETTINGS = {"DJANGO_SETTINGS_MODULE": "breakwater.config.settings"}
MODELS = """
import django
django.setup()
import json
from breakwater.delivery.lifecycle import OPEN
from breakwater.inbox.models import Item
from breakwater.delivery.models import Delivery
from breakwater.wellbeing.models import Exposure
"""
ON_THEIR_WAY = "Delivery.objects.filter(kind__in=['reply', 'act'], state__in=OPEN).count()"
ABUSE = "json.dumps([one.arrival.text for one in Item.objects.filter(category='abuse')])"
HIDDEN = "SELECT text FROM comments JOIN marks ON marks.target = comments.id WHERE deed = 'hide'"
WEEKEND = """
import django
django.setup()
from breakwater.channels.models import Arrival, Channel, Cursor
from breakwater.channels.services.practice import bad_weekend
from breakwater.core import clock
from breakwater.delivery.models import Delivery
from breakwater.inbox.models import Item
from breakwater.inbox.services.saved_replies import Wording, add_reply
from breakwater.people.models import Membership
from breakwater.people.roles import Right
from breakwater.people.selectors import access
from tests.live import wait_for

import sys
place, quay, language, hello = sys.argv[1:]
channel = Channel.objects.get(workspace__slug=place, handle__contains=quay)
wait_for(Delivery.objects.filter(channel=channel, state="verified").exists, 60)
owner = Membership.objects.get(workspace__slug=place, role="owner").person
add_reply(access(owner, place, Right.SEE), Wording("Visits", language, hello, "question"), now=clock.now())
said = bad_weekend(channel, by=owner.pk, now=clock.now())
Cursor.objects.filter(channel=channel).update(next_at=clock.now())  # it is time to look again
wait_for(lambda: Item.objects.filter(arrival__channel=channel).count() >= said, 90)
"""
"""The post of the demo is out; the week-end happens; the product's own worker takes it in."""


@dataclass
class Monday:
    """The agent at the keyboard. seen: everything that any page of theirs ever was."""

    live: Live
    words: Words
    page: Page
    shots: str
    seen: list[str] = field(default_factory=list)
    answers: list[str] = field(default_factory=list)
    problems: list[str] = field(default_factory=list)

    def at(self, path: str) -> str:
        return f"{self.live.url}/w/{self.words.place}/{path}"

    def go(self, path: str) -> None:
        self.keep()
        self.page.goto(path if path.startswith("http") else self.at(path))
        self.keep()

    def keep(self) -> None:
        """The page as it is now, with all that came into it since it was loaded."""
        self.seen.append(self.page.content())

    def post(self, form: Locator) -> None:
        """The button of a form is pressed, and the page that answers is there."""
        self.keep()
        with self.page.expect_navigation():
            form.locator("button:visible").first.click()
        self.keep()

    def form(self, part: str) -> Locator:
        return self.page.locator(f"form[action*='{part}']").first

    def post_answer(self, then: str) -> None:
        """What is typed is sent."""
        self.answers.append(self.page.locator("#answer-text").input_value())
        with self.page.expect_navigation():
            self.page.locator(f"#answer-form button[name=then][value={then}]").click()
        self.keep()

    def inside(self, expression: str) -> str:
        """What is so in the installation's own database."""
        env = {**os.environ, **self.live.environment, **SETTINGS}
        call = [sys.executable, "-c", f"{MODELS}\nprint({expression})"]
        done = subprocess.run(call, env=env, check=True, timeout=60, capture_output=True, text=True)
        return done.stdout.strip()

    def opened(self, category: str) -> bool:
        """The conversation of that kind that has waited longest; False when there is none."""
        self.go(f"inbox/next/?category={category}")
        return re.search(r"/inbox/[0-9a-f-]{36}/", self.page.url) is not None

    def verified(self) -> None:
        """What was just done on the network is read back there: the page says so."""
        self.until(self._so)

    def until(self, so: Callable[[], bool]) -> None:
        """Asked again and again, as each asking loads a page; AssertionError with what it shows."""
        end = time.monotonic() + WITHIN_S
        while not so():
            assert time.monotonic() < end, self.page.locator("main").inner_text()
            self.page.wait_for_timeout(500)

    def _so(self) -> bool:
        self.page.reload()
        self.keep()
        marks = self.page.locator(
            ".talk .state[data-state=verified], .deeds-done .state[data-tone=done]"
        )
        return marks.count() > 0

    def look(self, name: str) -> None:
        """On a desk and on a phone, light and dark, the page stands in nobody's way and is no wider
        than the screen; nothing is on its way to it."""
        for size, scheme in ((DESK, "light"), (PHONE, "dark")):
            self.page.set_viewport_size(size)
            self.page.emulate_media(color_scheme=scheme)
            width = self.page.evaluate("document.documentElement.scrollWidth")
            if width > size["width"]:
                self.problems.append(f"{name} is wider than the screen")
            self.problems += [f"{name}: {fault}" for fault in faults(self.page)]
            if self.shots:
                file = f"{name}-{self.words.language}-{scheme}.png"
                self.page.screenshot(path=Path(self.shots) / file, full_page=True)
        self.page.set_viewport_size(DESK)
        self.page.emulate_media(color_scheme="light")
