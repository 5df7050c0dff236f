"""A new user's walk on every network, in a browser, in one installation: the administrator reads what
the network wants and enters its keys, connects an account on the network's own page, and a post with
a picture (or a video) leaves for it, is read back, and is shown as it was written.

Set BREAKWATER_TEST_SHOTS to a folder to keep the pictures: desktop and phone, light and dark.
"""

import contextlib
import io
import os
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from PIL import Image
from playwright.sync_api import Browser, BrowserContext, Page, expect

from breakwater.config.demo.scenes import draw
from tests.axe import faults
from tests.filmed import PDF, video
from tests.guided.walks import DOCUMENT, VIDEO, WALKS, Walk, lead_back
from tests.live import Live, wait_for
from tests.standins.base.server import serving
from tests.standins.base.tricks import Tricky

pytestmark = pytest.mark.slow

PASSWORD = "kelp lantern moored quietly"
TEXT = {
    "en": "Low tide at eleven: boots welcome 🥾",
    "fr": "Marée basse à onze heures\u00a0: bottes bienvenues 🥾",
}
ALT = {"en": "The white lighthouse.", "fr": "Le phare blanc."}
LOOKS = (("desk", 1280, 800), ("phone", 390, 844))
LEAVES_WITHIN_S = 45


@dataclass
class Place:
    """One installation that is led to every stand-in, and its owner at the keyboard."""

    live: Live
    standins: dict[str, Tricky]
    context: BrowserContext
    shots: Path | None
    problems: list[str] = field(default_factory=list)
    seen: list[str] = field(default_factory=list)

    def at(self, path: str) -> str:
        return f"{self.live.url}{path}"

    def page(self) -> Page:
        """A page whose errors and refusals by the policy fail the test."""
        page = self.context.new_page()
        page.on("pageerror", lambda error: self.problems.append(f"script: {error}"))
        page.on("dialog", lambda dialog: self.problems.append(f"dialog: {dialog.message}"))
        page.on("console", lambda line: self._said(line.type, line.text, line.location["url"]))
        return page

    def look(self, page: Page, name: str) -> None:
        """axe-core has nothing against it, and it is never wider than a screen."""
        self.seen += faults(page)
        for look, width, height in LOOKS:
            page.set_viewport_size({"width": width, "height": height})
            wide = page.evaluate("document.documentElement.scrollWidth")
            assert wide <= width, f"{name} is wider than the {look}"
            self._shot(page, f"{name}-{look}")
        page.set_viewport_size({"width": 1280, "height": 800})

    def _shot(self, page: Page, name: str) -> None:
        if self.shots is None:
            return
        page.wait_for_load_state("networkidle")
        for scheme in ("light", "dark"):
            page.emulate_media(color_scheme=scheme)  # type: ignore[arg-type]
            page.screenshot(
                path=self.shots / f"{name}-{scheme}.png", full_page=True, animations="disabled"
            )
        page.emulate_media(color_scheme="light")

    def _said(self, kind: str, text: str, source: str) -> None:
        ours = source.startswith(self.live.url) or "Content Security Policy" in text
        if ours and (kind == "error" or "Content Security Policy" in text):
            self.problems.append(f"{text} {source}")


@pytest.fixture(scope="module")
def place(tmp_path_factory: pytest.TempPathFactory, browser: Browser) -> Iterator[Place]:
    home = tmp_path_factory.mktemp("everywhere")
    kept = os.environ.get("BREAKWATER_TEST_SHOTS")
    shots = Path(kept) if kept else None
    if shots:
        shots.mkdir(parents=True, exist_ok=True)
    with contextlib.ExitStack() as served:
        standins = {one.slug: served.enter_context(serving(one.made())) for one in WALKS}
        led = ",".join(f"{s}={one.origin}" for s, one in standins.items() if s != "mastodon")
        live = Live(home, {
            "BREAKWATER_NETWORK_ORIGINS": led,
            "BREAKWATER_ALLOWED_ORIGINS": standins["mastodon"].origin,
            "BREAKWATER_TIME_SCALE": "20",
        })  # fmt: skip
        served.callback(live.kill)
        live.start()
        for one in standins.values():
            lead_back(one, f"{live.url}/channels/callback")
        context = browser.new_context(
            locale="en-GB", viewport={"width": 1280, "height": 800}, reduced_motion="reduce"
        )
        served.callback(context.close)
        place = Place(live, standins, context, shots)
        _begin(place)
        yield place


@pytest.mark.parametrize("walk", WALKS, ids=lambda one: one.slug)
def test_from_no_keys_to_a_post_that_is_out(place: Place, walk: Walk) -> None:
    place.problems.clear()
    place.seen.clear()
    standin = place.standins[walk.slug]
    page = place.page()
    _speak(place, page, walk.language)

    if walk.keys:
        _keys(place, page, walk)
    channel = _connected(place, page, walk)
    _composed(place, page, walk, channel)
    delivery = _planned(place, page, walk)
    _leaves(place, page, walk, delivery)

    assert place.problems == []
    assert place.seen == []
    assert standin.violations == []
    page.close()


def _begin(place: Place) -> None:
    page = place.page()
    page.goto(place.at("/"))
    page.fill("[name=name]", "Maya Stone")
    page.fill("[name=email]", "maya@pier.example")
    page.fill("[name=password]", PASSWORD)
    page.fill("[name=workspace]", "Pier")
    page.check("[name=alone]")
    page.click("main form button[data-kind=primary]")
    page.wait_for_url(lambda url: "/setup" not in url)
    page.close()


def _speak(place: Place, page: Page, language: str) -> None:
    page.goto(place.at("/networks/"))
    switch = page.locator(f"[name=language][value={language}]")
    if switch.count():
        switch.click()
    expect(page.locator("html")).to_have_attribute("lang", language)


def _keys(place: Place, page: Page, walk: Walk) -> None:
    """What the network wants is read before anything is typed; the keys are kept and known."""
    if walk is WALKS[0] or walk is WALKS[1]:
        place.look(page, f"networks-{walk.language}")
    page.click(f"main a[href$='/networks/{walk.slug}/keys/']")
    expect(page.locator("bw-copy input").first).to_have_value(place.at("/channels/callback"))
    for name, value in walk.keys.items():
        field = page.locator(f"[name={name}]")
        if field.evaluate("e => e.tagName") == "SELECT":
            field.select_option(value)
        else:
            field.fill(value)
    place.look(page, f"{walk.slug}-keys")
    page.click("#keys button[data-kind=primary]")
    expect(page.locator(".notice[data-tone=done]")).to_have_count(1)
    page.click("form[action$='/keys/check/'] button")
    expect(page.locator(".notice[data-tone=done]")).to_have_count(1)
    place.look(page, f"{walk.slug}-keys-kept")
    page.goto(place.at(f"/networks/{walk.slug}/"))
    place.look(page, f"{walk.slug}-network")


def _connected(place: Place, page: Page, walk: Walk) -> str:
    """The id of the channel, after the network's own page and the choice of an account."""
    page.goto(place.at("/w/pier/channels/connect/"))
    place.look(page, f"choose-{walk.language}")
    page.click(f"main a[href$='/connect/{walk.slug}/']")
    if not walk.keys:
        page.fill("[name=origin]", place.standins[walk.slug].origin)
    purpose = page.locator(f"[name=purpose][value={walk.purpose}]")
    if purpose.count():
        purpose.check()
    place.look(page, f"{walk.slug}-connect")
    page.click("main form button[data-kind=primary]")
    page.wait_for_url(re.compile(re.escape(place.standins[walk.slug].origin)))
    page.get_by_role("button", name="Authorize").click()
    page.wait_for_url(re.compile(re.escape(place.live.url)))
    if walk.account:
        place.look(page, f"{walk.slug}-accounts")
        page.get_by_label(walk.account).check()
        page.click("main form button[data-kind=primary]")
    page.wait_for_url(re.compile("/w/pier/channels/[0-9a-f-]{36}/$"))
    expect(page.locator(".notice[data-tone=done]")).to_have_count(1)
    place.look(page, f"{walk.slug}-channel")
    return page.url.rstrip("/").rsplit("/", 1)[-1]


def _composed(place: Place, page: Page, walk: Walk, channel: str) -> None:
    """A post for that channel alone, with what its network asks, as it will look."""
    page.goto(place.at("/w/pier/posts/new/"))
    for box in page.locator("[name=channel]:checked").all():
        box.uncheck()
    page.check(f"[name=channel][value='{channel}']")
    page.fill("#text", TEXT[walk.language])
    page.set_input_files("#files", _file(walk))
    page.fill("#wall", (datetime.now(UTC) + timedelta(days=1)).strftime("%Y-%m-%dT%H:%M"))
    page.locator(".picture-line textarea").fill(ALT[walk.language])
    if walk.thread or walk.comment:
        page.locator(".follows > summary").first.click()
        page.fill("#thread-1", walk.thread)
        page.fill("#comment", walk.comment)
    asks = page.locator(f".offer:has([value='{channel}']) .offer-asks")
    if asks.count() and not asks.evaluate("e => e.open"):
        asks.locator("summary").click()
    for name, value in walk.chosen.items():
        field = page.locator(f"[name='option-{channel}-{name}']")
        if field.evaluate("e => e.type") == "checkbox":
            field.check()
        elif field.evaluate("e => e.tagName") == "SELECT":
            field.select_option(value)
        else:
            field.fill(value)
    expect(page.locator("[data-saved][data-state=saved]")).to_be_visible()
    expect(page.locator("#previews")).to_contain_text(TEXT[walk.language])
    place.look(page, f"{walk.slug}-compose")


def _planned(place: Place, page: Page, walk: Walk) -> str:
    """Submitted as it was looked at, and sent at once: the address of its delivery."""
    page.click("button[name=then][value=check]")
    page.wait_for_url(re.compile(r"/check/"))
    place.look(page, f"{walk.slug}-check")
    page.click("main form button[data-kind=primary]")
    page.wait_for_url(re.compile(r"/posts/[0-9a-f-]{36}/$"))
    page.click("a[href$='/send-now/']")
    page.click("main form button[data-kind=primary]")
    page.wait_for_url(re.compile(r"/posts/[0-9a-f-]{36}/$"))
    if walk.comment:
        expect(page.locator("main .rows")).to_contain_text("First comment")
    return str(page.locator("main a[href*='/deliveries/']").first.get_attribute("href"))


def _leaves(place: Place, page: Page, walk: Walk, delivery: str) -> None:
    standin = place.standins[walk.slug]
    wanted = sorted(one for one in (TEXT[walk.language], walk.thread, walk.comment) if one)
    wait_for(
        lambda: len(walk.out(standin)) >= len(wanted), LEAVES_WITHIN_S,
        lambda: f"{walk.out(standin)} {standin.requests[-5:]}",
    )  # fmt: skip
    assert sorted(walk.out(standin)) == wanted
    place.look(page, f"{walk.slug}-post")
    page.goto(place.at(delivery))
    expect(page.locator(".state[data-state=verified]").first).to_be_visible(timeout=60_000)
    place.look(page, f"{walk.slug}-delivery")


def _file(walk: Walk) -> dict[str, object]:
    if walk.file == DOCUMENT:
        return {"name": "tides.pdf", "mimeType": "application/pdf", "buffer": PDF}
    if walk.file == VIDEO:
        film = video(seconds=4, size=(360, 640))
        return {"name": "tide.mp4", "mimeType": "video/mp4", "buffer": film}
    out = io.BytesIO()
    Image.open(io.BytesIO(draw("day"))).save(out, "JPEG", quality=85)
    return {"name": "tide.jpg", "mimeType": "image/jpeg", "buffer": out.getvalue()}
