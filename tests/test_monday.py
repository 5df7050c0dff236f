"""A Monday after a bad week-end, in a browser, in English so far, on the practice harbour.

Strangers wrote some sixty times: a storm of insults about a seal, a delivery that is late for many,
questions, praise, a threat, somebody in danger, somebody who sells. Whoever answers begins with
what matters, and answers the many as one; no abuse is ever in a page that they saw.

Set BREAKWATER_TEST_SHOTS to a folder to look at the pages.
"""

import html
import os
import re
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.live import Live
from tests.monday import (
    DESK,
    EN,
    SETTINGS,
    WEEKEND,
    Monday,
    Words,
)

pytestmark = pytest.mark.slow


@pytest.fixture
def monday(
    installation: Callable[..., Live],
    browser: Browser,
    request: pytest.FixtureRequest,
    tmp_path: Path,
) -> Monday:
    words: Words = request.param
    live = installation().start()
    filled = live.command("demo", "--language", words.language)
    login = re.search(rf"({words.agent}@harbour\.example)\s+approver\s+(\S+)", filled.stdout)
    assert login is not None, filled.stderr
    env = {**os.environ, **live.environment, **SETTINGS}
    call = [sys.executable, "-c", WEEKEND, words.place, words.quay, words.language, words.hello]
    subprocess.run(call, env=env, check=True, timeout=240)
    context = browser.new_context(locale=words.locale, viewport=DESK)
    context.set_default_timeout(15_000)
    page = context.new_page()
    made = Monday(live, words, page, os.environ.get("BREAKWATER_TEST_SHOTS", ""))
    page.on("pageerror", lambda error: made.problems.append(str(error)))
    page.goto(f"{live.url}/account/login/")
    page.fill("[name=login]", login[1])
    page.fill("[name=password]", login[2])
    page.click("main button")
    page.wait_for_url(f"{live.url}/")
    return made


@pytest.mark.parametrize("monday", [EN], indirect=True, ids=["en"])
def test_a_monday_after_a_bad_weekend(monday: Monday) -> None:
    _begins_with_what_matters(monday)
    _looks_after_somebody_in_danger(monday)
    _keeps_the_threat(monday)
    _answers_by_keyboard(monday)
    _hides_one(monday)
    _answers_the_late_as_one(monday)

    _nothing_vile_was_shown(monday)
    assert monday.problems == []


def _begins_with_what_matters(monday: Monday) -> None:
    """Danger before threats before what many say before what is asked one by one."""
    page = monday.page

    def grouped() -> bool:
        monday.go("inbox/")
        return (
            page.locator("main a[href*='/inbox/piles/']").count() >= 4
        )  # two piles, two links each

    monday.until(grouped)
    links = page.locator("[data-live] .rows-main a").evaluate_all("all => all.map(a => a.href)")
    kinds = [re.findall(r"category=(\w+)|/(piles)/", link)[0] for link in links]
    order = [one or other for one, other in kinds]
    assert [one for one in order if one != "crisis"][:3] == ["danger", "threat", "piles"]
    assert order.index("question") > max(n for n, kind in enumerate(order) if kind == "piles")
    monday.look("home")


def _looks_after_somebody_in_danger(monday: Monday) -> None:
    """Theirs, with the country's numbers and words to begin from; a person sends them."""
    page = monday.page
    assert monday.opened("danger")
    expect(page.locator("main")).to_contain_text("3114")
    monday.post(monday.form("/look-after/"))
    expect(monday.form("/look-after/")).to_have_count(0)
    monday.look("danger")
    _unfold(page)
    monday.post(monday.form("/humane-draft/author/"))
    expect(page.locator("#answer-text")).to_have_value(re.compile("3114"))
    monday.post_answer("stay")
    monday.verified()


def _keeps_the_threat(monday: Monday) -> None:
    """Sealed as evidence, and nobody read it."""
    page = monday.page
    assert monday.opened("threat")
    expect(page.locator(".veil")).to_have_count(1)
    monday.look("threat")
    _unfold(page)
    monday.post(monday.form("/keep/threat/"))
    expect(monday.form("/keep/threat/")).to_have_count(0)
    monday.post(monday.form("/work/done/"))
    monday.go("inbox/evidence/")
    expect(page.locator("form[action*='/evidence/'][action$='/open/']")).to_have_count(1)
    monday.look("evidence")


def _answers_by_keyboard(monday: Monday) -> None:
    """The proposed answer, filled in, sent and read back, without a mouse."""
    page = monday.page
    assert monday.opened("question")
    page.keyboard.press("u")
    text = page.locator("#answer-text")
    expect(text).to_have_value(re.compile(re.escape(monday.words.hello.partition("{")[0])))
    page.keyboard.press("r")
    expect(text).to_be_focused()
    monday.answers.append(text.input_value())
    monday.look("answer")
    page.locator("#answer-form button[name=then][value=stay]").focus()
    with page.expect_navigation():
        page.keyboard.press("Enter")
    monday.verified()


def _hides_one(monday: Monday) -> None:
    """Unread, hidden there, and read back as hidden."""
    page = monday.page
    assert monday.opened("abuse")
    expect(page.locator(".veil")).to_have_count(1)
    page.locator(".deeds summary").first.click()
    with page.expect_navigation():
        page.locator(".deeds button[formaction*='/deeds/hide/']").click()
    monday.verified()
    monday.hidden += 1
    monday.look("hidden")


def _answers_the_late_as_one(monday: Monday) -> None:
    """One answer to all of them but whoever asks something of their own."""
    page = monday.page
    monday.go("inbox/")
    late = {"en": "delivery late", "fr": "livraison en retard"}[monday.words.language]
    page.locator(".rows-main a[href*='/piles/']", has_text=late).click()
    page.wait_for_url(re.compile("/piles/"))
    monday.look("pile")
    page.click("a[href$='/answer/']")
    page.fill("[name=text]", monday.words.late)
    page.check("[name=whom][value=each]")
    monday.look("pile-decide")
    monday.post(page.locator("main form"))
    _carried_out(monday)
    links = page.locator(".rows-main a").evaluate_all("all => all.map(one => one.href)")
    alone = [one for one in links if re.search(r"/inbox/[0-9a-f-]{36}/$", one)]
    assert len(alone) <= 3  # who asked for something of their own, besides
    for one in alone:
        monday.go(one)
        page.fill("#answer-text", monday.words.free)
        monday.post_answer("stay")


def _nothing_vile_was_shown(monday: Monday) -> None:
    """In none of the pages is any of the abuse, and nobody opened anything."""
    weekend = monday.words.weekend
    vile = [*weekend.storm, weekend.late[-1], weekend.odd[0][1], weekend.odd[2][1]]
    assert len(monday.seen) > 12
    shown = {text for text in vile for page in monday.seen if text in html.unescape(page)}
    assert shown == set()
    assert monday.inside("Exposure.objects.count()") == "0"


def _unfold(page: Page) -> None:
    page.locator("main details").evaluate_all("all => all.forEach(one => one.open = true)")


def _next_pile(monday: Monday) -> bool:
    monday.go("inbox/")
    link = monday.page.locator(".rows-main a[href*='/piles/']").first
    if not link.count():
        return False
    link.click()
    monday.page.wait_for_url(re.compile("/piles/"))
    monday.keep()
    return True


def _decided(monday: Monday) -> bool:
    """The pile that is open is hidden where it is abuse, and done otherwise; False: there may be more."""
    page = monday.page
    way = "hide" if page.locator("main .veil").count() else "dismiss"
    link = page.locator(f"a[href$='/{way}/']")
    if link.count():
        link.click()
        if way == "hide":
            page.fill("[name=why]", "Insults about a rumour, no criticism.")
        for box in page.locator("[name=also]").all():
            box.check()
        monday.post(page.locator("main form"))
        _carried_out(monday)
    return False


def _carried_out(monday: Monday) -> None:
    """The worker has reached the end of it."""
    there = monday.page.url

    def ended() -> bool:
        monday.go(there)
        return monday.form("/pile-deeds/").count() == 0

    monday.until(ended)
