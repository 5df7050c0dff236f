"""The story of the product, in a browser, in both languages: a person plans a post with a
picture, somebody else approves it, it leaves at its time for a real AT Protocol server and a
Mastodon server checked against its description, is read back, and is deleted with proof.

Set BREAKWATER_TEST_SHOTS=docs/screenshots to renew the pictures of the README.
"""

import io
import os
import re
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import httpx
import pytest
from PIL import Image
from playwright.sync_api import Browser, BrowserContext, Page, expect

from breakwater.config.demo.scenes import draw
from tests.live import Live, wait_for
from tests.peers.pds import Pds
from tests.peers.pds import Person as Blogger
from tests.standins.mastodon import MastodonStandin

pytestmark = pytest.mark.slow

ZONE = ZoneInfo("Europe/Paris")
PASSWORD = "kelp lantern moored quietly"
PHONE = {"width": 390, "height": 844}
LEAVES_WITHIN_S = 45


@dataclass(frozen=True)
class Words:
    """What the people of one language write."""

    language: str
    locale: str
    brand: str
    text: str
    alt: str


ENGLISH = Words(
    "en",
    "en-GB",
    "Pier Bakery",
    "Low tide at eleven: boots welcome 🥾 https://lighthouse.example/tides #harbour",
    "The white lighthouse under a clear sky.",
)
FRENCH = Words(
    "fr",
    "fr-FR",
    "Boulangerie du Port",
    "Marée basse à onze heures\u00a0: bottes bienvenues 🥾 https://phare.example/marees #port",
    "Le phare blanc sous un ciel clair.",
)


@dataclass
class World:
    """One installation, two networks, and the person at the keyboard."""

    live: Live
    pds: Pds
    blogger: Blogger
    mastodon: MastodonStandin
    words: Words
    shots: Path
    slug: str = ""
    problems: list[str] = field(default_factory=list)

    def at(self, path: str) -> str:
        return f"{self.live.url}/w/{self.slug}/{path}"

    def watched(self, page: Page) -> Page:
        """A page whose errors, refusals by the policy and failed scripts fail the test."""
        page.on("pageerror", lambda error: self.problems.append(f"script: {error}"))
        page.on("dialog", lambda dialog: self.problems.append(f"dialog: {dialog.message}"))
        page.on(
            "console",
            lambda line: (
                self.problems.append(line.text) if "Content Security Policy" in line.text else None
            ),
        )
        return page

    def shot(self, page: Page, name: str) -> None:
        page.wait_for_load_state("networkidle")
        width = page.evaluate("document.documentElement.scrollWidth")
        assert width <= page.viewport_size["width"], f"{name} is wider than the screen"
        page.screenshot(path=self.shots / f"{name}-{self.words.language}.png")

    def records(self) -> list[dict[str, object]]:
        """The posts of the account on the real AT Protocol server, as anybody sees them."""
        answer = httpx.get(
            f"{self.pds.origin}/xrpc/com.atproto.repo.listRecords",
            params={"repo": self.blogger.did, "collection": "app.bsky.feed.post"},
        )
        return list(answer.raise_for_status().json()["records"])


@pytest.fixture
def world(
    installation: Callable[..., Live],
    pds: Pds,
    pds_account: Callable[[str], Blogger],
    mastodon_standin: MastodonStandin,
    request: pytest.FixtureRequest,
    tmp_path: Path,
) -> World:
    words: Words = request.param
    live = installation(BREAKWATER_ALLOWED_ORIGINS=f"{pds.origin},{mastodon_standin.origin}")
    shots = Path(os.environ.get("BREAKWATER_TEST_SHOTS") or tmp_path / "shots")
    shots.mkdir(parents=True, exist_ok=True)
    return World(live.start(), pds, pds_account("pier"), mastodon_standin, words, shots)


@pytest.mark.parametrize("world", [ENGLISH, FRENCH], indirect=True, ids=lambda w: w.language)
def test_a_planned_post_leaves_safely_and_is_deleted_with_proof(
    world: World, browser: Browser
) -> None:
    desk = browser.new_context(locale=world.words.locale, viewport={"width": 1280, "height": 800})
    phone = browser.new_context(
        locale=world.words.locale, viewport=PHONE, color_scheme="dark", has_touch=True
    )
    page = world.watched(desk.new_page())

    _set_up(world, page)
    _connect_bluesky(world, page)
    _connect_mastodon(world, page)
    approver = _invited(world, page, phone)
    planned = _write_and_submit(world, page)
    assert world.records() == []
    _approve(world, approver)
    _calendar_agrees(world, page)
    if world.words is ENGLISH:
        _leaves_at_its_time(world, page, planned)
    else:
        _leaves_now(world, approver)
    _proved(world, page)
    _deleted(world, page)
    _practice(world, browser)

    assert world.problems == []
    desk.close()
    phone.close()


def _set_up(world: World, page: Page) -> None:
    """The first page makes the owner."""
    page.goto(f"{world.live.url}/")
    page.fill("[name=name]", "Maya Stone")
    page.fill("[name=email]", "maya@pier.example")
    page.fill("[name=password]", PASSWORD)
    page.fill("[name=workspace]", world.words.brand)
    page.select_option("[name=language]", world.words.language)
    _choose_zone(page)
    world.shot(page, "setup")
    page.click("main form button[data-kind=primary]")
    page.wait_for_url(lambda url: "/setup" not in url)
    expect(page.locator("html")).to_have_attribute("lang", re.compile(world.words.language))
    link = page.locator("a[href*='/w/']").first.get_attribute("href") or ""
    world.slug = re.findall(r"/w/([^/]+)/", link)[0]


def _choose_zone(page: Page) -> None:
    zone = page.locator("[name=zone]")
    if zone.evaluate("e => e.tagName") == "SELECT":
        zone.select_option("Europe/Paris")
    else:
        zone.fill("Europe/Paris")


def _connect_bluesky(world: World, page: Page) -> None:
    page.goto(world.at("channels/connect/"))
    page.click("a[href$='/connect/bluesky/']")
    page.fill("[name=origin]", world.pds.origin)
    page.fill("[name=handle]", world.blogger.handle)
    page.fill("[name=app_password]", world.blogger.app_password)
    page.click("main form button[data-kind=primary]")
    expect(page.locator("main")).to_contain_text(world.blogger.handle)


def _connect_mastodon(world: World, page: Page) -> None:
    page.goto(world.at("channels/connect/"))
    page.click("a[href$='/connect/mastodon/']")
    page.fill("[name=origin]", world.mastodon.origin)
    page.click("main form button[data-kind=primary]")
    page.wait_for_url(re.compile(re.escape(world.mastodon.origin)))
    page.get_by_role("button", name="Authorize").click()
    page.wait_for_url(re.compile(re.escape(world.live.url)))
    page.goto(world.at("channels/"))
    expect(page.locator("main a[href*='/channels/']:not([href*=connect])")).to_have_count(2)
    world.shot(page, "channels")


def _invited(world: World, page: Page, phone: BrowserContext) -> Page:
    """Bob is invited, follows the link on his phone and is in."""
    page.goto(world.at("people/"))
    page.fill("form[action$='/invite/'] [name=email]", "bob@pier.example")
    page.check("form[action$='/invite/'] [name=role][value=approver]")
    page.click("form[action$='/invite/'] button")
    link = page.locator("bw-copy input").input_value()
    other = world.watched(phone.new_page())
    other.goto(link)
    other.fill("[name=name]", "Bob Hale")
    other.fill("[name=password]", f"{PASSWORD} 2")
    other.click("main form button[data-kind=primary]")
    other.wait_for_url(lambda url: "/invitation/" not in url)
    return other


def _write_and_submit(world: World, page: Page) -> datetime:
    """A post for both channels with a picture, saved as typed; submitted as it was looked at."""
    planned = (datetime.now(ZONE) + timedelta(seconds=75)).replace(second=0, microsecond=0)
    page.goto(world.at("posts/new/"))
    page.fill("#text", world.words.text)
    for box in page.locator("[name=channel]").all():
        box.check()
    page.set_input_files(
        "#files",
        {"name": "tide.jpg", "mimeType": "image/jpeg", "buffer": _photo()},
    )
    alt = page.locator(".picture-line textarea")
    alt.fill(world.words.alt)
    page.fill("#wall", planned.strftime("%Y-%m-%dT%H:%M"))
    expect(page.locator("[data-saved][data-state=saved]")).to_be_visible()
    page.wait_for_url(re.compile(r"/posts/[0-9a-f-]{36}/edit/"))
    page.reload()
    expect(page.locator("#text")).to_have_value(world.words.text)
    expect(page.locator(".picture-line textarea")).to_have_value(world.words.alt)
    world.shot(page, "composer")
    page.click("button[name=then][value=check]")
    page.wait_for_url(re.compile(r"/check/"))
    world.shot(page, "check")
    page.click("main form button[data-kind=primary]")
    page.wait_for_url(re.compile(r"/posts/[0-9a-f-]{36}/$"))
    assert page.locator("[name=answer][value=yes]").count() == 0  # never one's own
    return planned


def _photo() -> bytes:
    """The demo's lighthouse as a camera would give it."""
    out = io.BytesIO()
    Image.open(io.BytesIO(draw("day"))).save(out, "JPEG", quality=85)
    return out.getvalue()


def _approve(world: World, other: Page) -> None:
    other.goto(f"{world.live.url}/")
    other.click("main a[href*='/posts/']:not([href$='/new/'])")
    expect(other.locator("main")).to_contain_text(world.words.text.split(" https")[0])
    expect(other.locator(f"img[alt='{world.words.alt}']").first).to_be_visible()
    other.locator("[name=answer][value=yes]").scroll_into_view_if_needed()
    world.shot(other, "approve-phone")
    other.click("[name=answer][value=yes]")
    expect(other.locator("[name=answer][value=yes]")).to_have_count(0)


def _calendar_agrees(world: World, page: Page) -> None:
    page.goto(world.at("calendar/"))
    first = world.words.text[:10]
    expect(page.locator("main a", has_text=first)).to_have_count(1)
    page.goto(world.at("posts/"))
    expect(page.locator("main a", has_text=first)).to_have_count(1)


def _leaves_at_its_time(world: World, page: Page, planned: datetime) -> None:
    assert world.records() == []
    wait = (planned - datetime.now(ZONE)).total_seconds()
    wait_for(lambda: bool(world.records()), max(0.0, wait) + LEAVES_WITHIN_S)
    assert datetime.now(ZONE) >= planned


def _leaves_now(world: World, other: Page) -> None:
    """The approver decides that it leaves at once."""
    other.click("a[href$='/send-now/']")
    other.click("main form button[data-kind=primary]")
    wait_for(lambda: bool(world.records()), LEAVES_WITHIN_S)


def _proved(world: World, page: Page) -> None:
    """Both networks have it, once, as written; and the page shows the proof."""
    wait_for(lambda: bool(world.mastodon.statuses), LEAVES_WITHIN_S)
    (record,) = world.records()
    (status,) = world.mastodon.statuses
    value = record["value"]
    assert isinstance(value, dict)
    assert value["text"] == world.words.text
    assert value["embed"]["images"][0]["alt"] == world.words.alt
    assert status.text == world.words.text
    for link in _deliveries(world, page):
        page.goto(link)
        expect(page.locator(".state[data-state=verified]").first).to_be_visible(timeout=60_000)
    world.shot(page, "delivery")


def _deliveries(world: World, page: Page) -> list[str]:
    page.goto(world.at("deliveries/"))
    links = page.locator("main a[href*='/deliveries/']").all()
    found = {str(one.get_attribute("href")) for one in links}
    return sorted(
        f"{world.live.url}{one}" for one in found if re.search(r"/deliveries/[0-9a-f-]{36}/$", one)
    )


def _deleted(world: World, page: Page) -> None:
    for link in _deliveries(world, page):
        page.goto(f"{link}delete/")
        page.click("main form button[data-kind=stop]")
        expect(page.locator(".state[data-state=verified]").first).to_be_visible(timeout=60_000)
    wait_for(lambda: not world.records() and not world.mastodon.statuses, LEAVES_WITHIN_S)
    page.reload()
    world.shot(page, "deleted")


def _practice(world: World, browser: Browser) -> None:
    """The demo prints passwords that open a month of calendar."""
    filled = world.live.command("demo", "--language", world.words.language)
    assert filled.returncode == 0, filled.stderr
    owner, password = re.findall(r"(\S+@harbour.example)\s+owner\s+(\S+)", filled.stdout)[0]
    context = browser.new_context(
        locale=world.words.locale, viewport={"width": 1280, "height": 1320}
    )
    page = world.watched(context.new_page())
    page.goto(f"{world.live.url}/")
    page.fill("[name=login]", owner)
    page.fill("[name=password]", password)
    page.keyboard.press("Enter")
    page.click("a[href$='/calendar/']")
    assert page.locator("main a[href*='/posts/']").count() > 3
    world.shot(page, "calendar")
    context.close()
