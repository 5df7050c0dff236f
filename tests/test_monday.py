"""A Monday after a bad week-end, in a browser, in both languages, on the practice harbour.

Strangers wrote some sixty times: a storm of insults about a seal, a delivery that is late for many,
questions, praise, a threat, somebody in danger, somebody who sells. Whoever answers does all of
it with what the product has and what its worker does; no abuse is ever in a page that they saw.

Set BREAKWATER_TEST_SHOTS to a folder to look at the pages.
"""

import html
import json
import os
import re
import sqlite3
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.live import Live
from tests.monday import (
    ABUSE,
    DESK,
    EN,
    FR,
    HIDDEN,
    ON_THEIR_WAY,
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
    context = browser.new_context(locale=words.locale, viewport=DESK, reduced_motion="reduce")
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


@pytest.mark.parametrize("monday", [EN, FR], indirect=True, ids=["en", "fr"])
def test_a_monday_after_a_bad_weekend(monday: Monday) -> None:
    _begins_with_what_matters(monday)
    _looks_after_somebody_in_danger(monday)
    _keeps_the_threats(monday)
    _answers_by_keyboard(monday)
    _hides_one(monday)
    _answers_the_late_as_one(monday)
    _puts_the_storm_away(monday)
    _answers_the_rest(monday)
    _is_done(monday)

    _nothing_vile_was_shown(monday)
    _the_harbour_has_it(monday)
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


def _keeps_the_threats(monday: Monday) -> None:
    """Each sealed as evidence, and nobody read any."""
    page, kept = monday.page, 0
    while monday.opened("threat"):
        if kept == 0:
            monday.look("threat")
        _unfold(page)
        if monday.form("/keep/threat/").count():
            monday.post(monday.form("/keep/threat/"))
        expect(monday.form("/keep/threat/")).to_have_count(0)
        monday.post(monday.form("/work/done/"))
        kept += 1
    assert kept >= 1
    monday.go("inbox/evidence/")
    expect(page.locator("form[action*='/evidence/'][action$='/open/']")).to_have_count(kept)
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
    assert _veiled(monday)
    page.locator(".deeds summary").first.click()
    with page.expect_navigation():
        page.locator(".deeds button[formaction*='/deeds/hide/']").first.click()
    monday.verified()
    monday.look("hidden")


def _veiled(monday: Monday) -> bool:
    """A conversation of abuse, by itself or as an example of what many say."""
    page = monday.page
    if monday.opened("abuse"):
        return True
    for there in _piles(monday):
        monday.go(there)
        for one in page.locator("main li:has(.veil) a[href*='masked=']").all():
            monday.go(f"{monday.live.url}{(one.get_attribute('href') or '').partition('?')[0]}")
            return page.locator(".veil").count() > 0
    return False


def _piles(monday: Monday) -> list[str]:
    """Where those that the day opens with are."""
    monday.go("inbox/")
    links = monday.page.locator(".rows-main a[href*='/piles/']")
    return [f"{monday.live.url}{one.get_attribute('href')}" for one in links.all()]


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
    for one in alone:
        monday.go(one)
        page.fill("#answer-text", monday.words.free)
        monday.post_answer("stay")


def _puts_the_storm_away(monday: Monday) -> None:
    """What is abuse and nothing else goes aside, unread; what many say is decided as one, and what is
    left of it to look at one by one, threats too."""
    page = monday.page
    monday.go("inbox/")
    if monday.form("/folder/offered/").count():
        monday.post(monday.form("/folder/offered/"))
        expect(page.locator("main ul.rows").first).to_be_visible()
        monday.look("folder")
    decided: set[str] = set()
    while left := [one for one in _piles(monday) if one not in decided]:
        monday.go(left[0])
        _decide(monday)
        decided.add(left[0])
    if monday.opened("threat"):
        _keeps_the_threats(monday)
    while monday.opened("abuse"):
        page.keyboard.press("z")
        page.wait_for_url(re.compile("/folder/"))


def _answers_the_rest(monday: Monday) -> None:
    """Whoever asks, and whoever may be in danger though it did not look so, by itself; praise and what
    is for sale in one go."""
    page = monday.page
    for category in ("danger", "crisis", "question", "request", "complaint"):
        while monday.opened(category):
            page.fill("#answer-text", monday.words.free)
            monday.post_answer("stay")
    for category in ("praise", "other", "spam"):
        monday.go(f"inbox/all/?category={category}")
        if page.locator("[name=thread]").count():
            for box in page.locator("[name=thread]").all():
                box.check()
            with page.expect_navigation():
                page.locator("button[form=bulk]").first.click()


def _is_done(monday: Monday) -> None:
    """Strangers go on writing meanwhile, below the posts that the desk had planned."""

    def nothing_waits() -> bool:
        monday.go("inbox/")
        if monday.page.locator("[data-live] .empty").count():
            return True
        _answers_the_rest(monday)
        return False

    monday.until(nothing_waits)
    expect(monday.page.locator("[data-live] .rows")).to_have_count(0)
    monday.look("done")
    monday.go(f"{monday.live.url}/profile/shield/")
    monday.look("own-shield")


def _nothing_vile_was_shown(monday: Monday) -> None:
    """In none of the pages is any of the abuse, and nobody opened anything."""
    weekend = monday.words.weekend
    vile = [*weekend.storm, weekend.late[-1], weekend.odd[0][1], weekend.odd[2][1]]
    assert len(monday.seen) > 40
    shown = {text for text in vile for page in monday.seen if text in html.unescape(page)}
    assert shown == set()
    assert monday.inside("Exposure.objects.count()") == "0"


def _the_harbour_has_it(monday: Monday) -> None:
    """What is so there: every answer once; hidden from its public is all that was abuse and nothing
    else, and of the storm what was decided as one."""
    monday.until(lambda: monday.inside(ON_THEIR_WAY) == "0")
    with sqlite3.connect(monday.live.data / "networks" / "sandbox" / "harbour.db") as harbour:
        said = [row[0] for row in harbour.execute("SELECT text FROM posts")]
        hidden = {row[0] for row in harbour.execute(HIDDEN)}
    abuse = json.loads(monday.inside(ABUSE))
    assert [said.count(text) for text in set(monday.answers)] == [
        monday.answers.count(text) for text in set(monday.answers)
    ]
    assert said.count(monday.words.late) > 10  # one each, of those who only complained
    assert abuse
    assert set(abuse) - hidden == set()
    assert len(hidden & set(monday.words.weekend.storm)) > 10


def _unfold(page: Page) -> None:
    page.locator("main details").evaluate_all("all => all.forEach(one => one.open = true)")


def _decide(monday: Monday) -> None:
    """The pile that is open is hidden where it is abuse, and done otherwise, all of it that may be."""
    page = monday.page
    way = "hide" if page.locator("main .veil").count() else "dismiss"
    link = page.locator(f"a[href$='/{way}/']")
    if not link.count():
        return
    there = page.url
    link.click()
    if way == "hide":
        page.fill("main [name=why]", "Insults about a rumour, no criticism.")
    for box in page.locator("[name=also]").all():
        box.check()
    monday.post(page.locator("main form"))
    monday.go(there)
    _carried_out(monday)


def _carried_out(monday: Monday) -> None:
    """The worker has reached the end of it."""
    there = monday.page.url

    def ended() -> bool:
        monday.go(there)
        return monday.form("/pile-deeds/").count() == 0

    monday.until(ended)
