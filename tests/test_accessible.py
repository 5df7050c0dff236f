"""axe-core finds nothing to mend on the main pages, light and dark, on a desk and on a phone."""

import re

import pytest
from playwright.sync_api import Browser, Page

from tests.axe import faults as found
from tests.live import Live

pytestmark = pytest.mark.slow

PLACES = (
    "", "calendar/", "posts/", "posts/new/", "channels/", "channels/connect/", "deliveries/",
    "people/", "settings/", "settings/doors/", "pause/", "pauses/", "status/", "tokens/", "scoring/", "scoring/terms/",
    "scoring/thresholds/", "inbox/", "inbox/all/", "inbox/filter/", "inbox/search/",
    "inbox/proposals/", "inbox/answers/", "inbox/folder/", "inbox/evidence/", "inbox/reports/",
    "inbox/setup/answers/", "inbox/setup/shield/", "inbox/setup/rota/", "inbox/setup/hours/",
    "inbox/setup/labels/", "inbox/setup/piles/", "inbox/setup/helplines/", "inbox/setup/erasing/",
    "strays/", "strays/hand/",
)  # fmt: skip
"""Conversations and piles are looked at where there are some: tests/test_monday.py."""
LINKED = ("posts", "deliveries", "channels")
"""Lists whose first entry is looked at too."""
OWN = (
    "",
    "inbox/",
    "notices/",
    "profile/",
    "profile/shield/",
    "profile/doors/",
    "networks/",
    "networks/mastodon/",
)
"""Outside of any workspace."""


def _sign_in(page: Page, live: Live, language: str = "en") -> str:
    filled = live.command("demo", "--language", language)
    email, password = re.findall(r"(\S+@harbour.example)\s+owner\s+(\S+)", filled.stdout)[0]
    page.goto(f"{live.url}/")
    page.fill("[name=login]", email)
    page.fill("[name=password]", password)
    page.keyboard.press("Enter")
    page.wait_for_url(f"{live.url}/")
    link = page.locator("main a[href*='/w/']").last.get_attribute("href") or ""
    return live.url + re.findall(r"/w/[^/]+/", link)[0]


def _pages(page: Page, workspace: str, live: Live) -> list[str]:
    places = [f"{workspace}{place}" for place in PLACES]
    for name in LINKED:
        page.goto(f"{workspace}{name}/")
        links = page.locator("main a").evaluate_all("all => all.map(one => one.href)")
        one = re.compile(rf"/{name}/[0-9a-f-]{{36}}/$")
        places += [link for link in links if one.search(link)][:1]
    return [*places, *(f"{live.url}/{place}" for place in OWN)]


def test_nothing_stands_in_anybodys_way(live: Live, browser: Browser) -> None:
    desk = browser.new_context(viewport={"width": 1280, "height": 900}, locale="en-GB")
    page = desk.new_page()
    page.goto(f"{live.url}/")
    faults = found(page)  # the first page, before anybody is there
    workspace = _sign_in(page, live)
    places = _pages(page, workspace, live)
    phone = {"width": 390, "height": 844}

    for size, scheme in (({"width": 1280, "height": 900}, "light"), (phone, "dark")):
        page.set_viewport_size(size)
        page.emulate_media(color_scheme=scheme)
        for place in places:
            page.goto(place)
            faults += found(page)

    assert len(places) == len(PLACES) + len(LINKED) + len(OWN)
    assert not faults, "\n".join(sorted(set(faults)))
    desk.close()


def test_no_place_runs_into_the_next_on_a_phone_in_french(live: Live, browser: Browser) -> None:
    phone = browser.new_context(viewport={"width": 390, "height": 844}, locale="fr-FR")
    page = phone.new_page()
    page.goto(f"{live.url}/")
    page.goto(f"{_sign_in(page, live, 'fr')}inbox/")

    words = page.locator(".nav .nav-link").evaluate_all(
        """all => all.map(link => {
            const range = document.createRange();
            range.selectNodeContents(link);
            const box = range.getBoundingClientRect();
            return [Math.round(box.top / 8), box.left, box.right];
        })"""
    )

    assert len(words) == 10
    rows = sorted({top for top, _, _ in words})
    assert len(rows) == 2
    for row in rows:
        edges = [edge for top, left, right in words if top == row for edge in (left, right)]
        assert edges == sorted(edges)
        assert edges[0] >= 0
        assert edges[-1] <= 390
    phone.close()


def test_the_place_where_one_is_stands_in_sight_on_a_phone(live: Live, browser: Browser) -> None:
    phone = browser.new_context(viewport={"width": 390, "height": 844}, locale="en-GB")
    page = phone.new_page()
    page.goto(f"{live.url}/")
    page.goto(f"{_sign_in(page, live)}inbox/setup/labels/")

    for here in page.locator('.tabs [aria-current="page"]').all():
        box = here.bounding_box()
        assert box is not None
        assert box["x"] >= 0
        assert box["x"] + box["width"] <= 390
    assert page.locator('.tabs [aria-current="page"]').count() == 2
    phone.close()
