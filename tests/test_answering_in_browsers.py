"""Answering in a real browser: one key to the words, a draft that stays, an answer on its way."""

import os
import re
import subprocess
import sys
from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.axe import faults
from tests.live import Live

pytestmark = pytest.mark.slow

HERE = "/w/lighthouse-cafe"
ARRIVE = """
import django
django.setup()
from dataclasses import replace
from breakwater.channels.models import Channel
from breakwater.channels.services.arrivals import record_arrivals
from breakwater.core import clock
from breakwater.inbox.models import Item
from breakwater.inbox.services.saved_replies import Wording, add_reply
from breakwater.inbox.tests.world import QUESTION, said
from breakwater.people.models import Membership
from breakwater.people.roles import Right
from breakwater.people.selectors import access
from tests.live import wait_for

channel = Channel.objects.filter(workspace__slug="lighthouse-cafe", state="connected").first()
now = clock.now()
record_arrivals(channel, [replace(said(QUESTION, "question"), at=now, about="")], now=now)
owner = Membership.objects.filter(workspace__slug="lighthouse-cafe", role="owner").first().person
text = "Hello {name}, we open at ten on {shop}."
by = access(owner, "lighthouse-cafe", Right.SEE)
add_reply(by, Wording("Opening hours", "en", text, "question"), now=now)
wait_for(Item.objects.filter(arrival__remote_id="question").exists, 60)
"""
"""A stranger asks, and the product's own worker takes it in."""

SAVED = "[data-saved][data-state=saved]"


PLACE = "one => getComputedStyle(one.closest('bw-seat')).position"
HEARD = "one => one.checkVisibility()"
"""Where nobody else is there the live region leaves no gap, and is still one."""


@pytest.fixture(scope="module")
def live(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Live]:
    served = Live(tmp_path_factory.mktemp("live"), {}).start()
    yield served
    served.kill()


@pytest.fixture(scope="module")
def owner(live: Live) -> tuple[str, str]:
    """Address and password of the owner of the demo, whose café was asked something."""
    found = re.search(r"(\S+@harbour\.example)\s+owner\s+(\S+)", live.command("demo").stdout)
    assert found is not None
    settings = {"DJANGO_SETTINGS_MODULE": "breakwater.config.settings"}
    env = {**os.environ, **live.environment, **settings}
    subprocess.run([sys.executable, "-c", ARRIVE], env=env, check=True, timeout=120)
    return found[1], found[2]


@pytest.fixture
def page(live: Live, owner: tuple[str, str], browser: Browser) -> Iterator[Page]:
    context = browser.new_context(locale="en-GB", viewport={"width": 1280, "height": 900})
    context.set_default_timeout(15_000)
    opened = context.new_page()
    opened.goto(f"{live.url}/account/login/")
    opened.fill("[name=login]", owner[0])
    opened.fill("[name=password]", owner[1])
    opened.click("main button")
    opened.wait_for_url(f"{live.url}/")
    yield opened
    context.close()


def test_a_question_is_answered_by_keyboard(live: Live, page: Page) -> None:
    page.goto(f"{live.url}{HERE}/inbox/next/?category=question")
    assert faults(page) == []
    seats = page.locator(".seats")
    expect(seats).to_have_attribute("aria-live", "polite")
    assert (seats.evaluate(PLACE), seats.evaluate(HEARD)) == ("absolute", True)

    page.keyboard.press("?")
    expect(page.locator("bw-keys dialog")).to_contain_text("The next conversation")
    page.keyboard.press("Escape")
    page.get_by_role("button", name="Use it").click()
    expect(page.locator("#answer-text")).to_have_value(
        "Hello Kim Holloway, we open at ten on {shop}."
    )
    expect(page.locator("#answer-said")).to_contain_text("{shop}")

    page.locator("h1").click()
    page.keyboard.press("r")
    page.keyboard.press("ControlOrMeta+a")
    page.keyboard.type("You stupid idiot")
    page.wait_for_selector(SAVED)
    expect(page.locator("#answer-said")).to_contain_text("Read it once more")
    page.reload()
    expect(page.locator("#answer-text")).to_have_value("You stupid idiot")

    page.fill("#answer-text", "Hello Kim, we open at ten. See you next Sunday, never and really.")
    expect(page.locator("[data-count]")).to_contain_text("left")
    page.get_by_role("button", name="Send", exact=True).last.click()
    expect(page.locator(".talk")).to_contain_text("See you next Sunday, never and really.")
    expect(page.locator(".page-head .state")).to_have_text("done")


def test_its_pages_stand_in_nobodys_way(live: Live, page: Page) -> None:
    found = []
    for place in ("inbox/", "inbox/proposals/", "inbox/answers/", "inbox/setup/answers/"):
        page.goto(f"{live.url}{HERE}/{place}")
        found += faults(page)

    assert found == []
