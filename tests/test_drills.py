"""The five drills as one person lives them in a browser, in both languages, with their times.

Each is begun on its page, a minute in a second; noticed, contained, decided and answered by the
pages that there are for it on the real day. BREAKWATER_TEST_TIMES names a file for the table.
"""

import os
import re
from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import Browser, expect

from tests.drilling import EN, FR, Desk, Words
from tests.live import Live

pytestmark = pytest.mark.slow

BY_ALARM = {"noticed": "alarm", "answered": "statement"}


@pytest.fixture
def desk(
    installation: Callable[..., Live], browser: Browser, request: pytest.FixtureRequest
) -> Desk:
    words: Words = request.param
    live = installation().start()
    filled = live.command("demo", "--language", words.language)
    login = re.search(rf"({words.owner}@harbour\.example)\s+owner\s+(\S+)", filled.stdout)
    assert login is not None, filled.stderr
    context = browser.new_context(locale=words.locale, viewport={"width": 390, "height": 844})
    context.set_default_timeout(30_000)
    made = Desk(live, words, context.new_page(), (login[1], login[2]))
    made.page.goto(f"{live.url}/account/login/")
    made.sign_in()
    return made


@pytest.mark.parametrize("desk", [EN, FR], indirect=True, ids=["en", "fr"])
def test_the_five_drills(desk: Desk) -> None:
    hijack(desk)
    wrong_account(desk)
    after_a_tragedy(desk)
    joke(desk)
    pile_on(desk)

    _tell(desk.table)
    assert len(desk.table) == 20


def hijack(desk: Desk) -> None:
    """Not us: contained with one button from the alarm; then a word to everybody."""
    desk.begin("hijack")
    desk.alarm()
    desk.page.locator("details.follows summary").click()
    desk.page.check("main [name=keep_channels]")
    desk.press("/contain/")
    expect(desk.page).to_have_url(re.compile(r"/incidents/[0-9a-f-]{36}/"))
    desk.state("holding")
    desk.ends("hijack", {**BY_ALARM, "contained": "deleted", "decided": "contain"})


def wrong_account(desk: Desk) -> None:
    """Ours, but wrong: everything is held; the aid is asked; it stays, and is explained."""
    desk.begin("wrong_account")
    desk.alarm()
    desk.press("/wrong/")
    desk.page.wait_for_url(re.compile(r"/incidents/[0-9a-f-]{36}/decide/"))
    desk.decide("ours", "leave")
    desk.state("explanation")
    desk.ends("wrong_account", {**BY_ALARM, "contained": "paused", "decided": "verdict"})


def after_a_tragedy(desk: Desk) -> None:
    """Everything is paused before the cheerful post leaves; all that was planned is decided."""
    desk.begin("after_a_tragedy")
    desk.pause()
    rest = desk.review("pause")
    desk.answer()
    facts = {"noticed": "pause", "contained": "paused", "decided": "review", "answered": "answer"}
    desk.ends("after_a_tragedy", facts, rest)


def joke(desk: Desk) -> None:
    """One's own post: an incident by hand, a pause, the verdict, an apology."""
    desk.begin("joke")
    desk.pause()
    desk.incident("bad_post")
    desk.decide("ours", "leave")
    desk.state("apology")
    facts = {
        "noticed": "pause",
        "contained": "paused",
        "decided": "verdict",
        "answered": "statement",
    }
    desk.ends("joke", facts)


def pile_on(desk: Desk) -> None:
    """Nothing is hidden: planned posts stay back, and whoever asks gets an answer."""
    desk.begin("pile_on")
    desk.pause()
    rest = desk.review("pause")
    desk.answer()
    facts = {"noticed": "pause", "contained": "paused", "decided": "review", "answered": "answer"}
    desk.ends("pile_on", facts, rest)


def _tell(table: list[str]) -> None:
    print("\n" + "\n".join(table))  # noqa: T201 - the times are what the story is for
    if path := os.environ.get("BREAKWATER_TEST_TIMES"):
        with Path(path).open("a", encoding="utf-8") as file:
            file.write("\n".join(table) + "\n")
