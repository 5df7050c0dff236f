"""In a browser: an administrator sets a network up that asks for an app of one's own, somebody
connects two of its pages to listen with, and a Mastodon account is connected and tried.

Set BREAKWATER_TEST_SHOTS to a folder to keep the pictures: desktop and phone, light and dark.
"""

import json
import os
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.guided.server import CLIENT_ID, CLIENT_SECRET, Quayside
from tests.live import Live
from tests.standins.base.server import serving
from tests.standins.mastodon import MastodonStandin

pytestmark = pytest.mark.slow

ROOT = Path(__file__).resolve().parent.parent
PASSWORD = "kelp lantern moored quietly"
ENTRY = "[breakwater.networks]\nquayside = tests.guided.network:build\n"
LOOKS = (("desk", 1280, 800), ("phone", 390, 844))


@dataclass
class Place:
    """One installation, the two networks, and pictures of what was seen."""

    live: Live
    quayside: Quayside
    mastodon: MastodonStandin
    shots: Path
    problems: list[str] = field(default_factory=list)

    def at(self, path: str) -> str:
        return f"{self.live.url}{path}"

    def watched(self, page: Page) -> Page:
        page.on("pageerror", lambda error: self.problems.append(f"script: {error}"))
        page.on(
            "console",
            lambda line: (
                self.problems.append(line.text) if "Content Security Policy" in line.text else None
            ),
        )
        return page

    def shot(self, page: Page, name: str) -> None:
        """The page on a desk and a phone, in light and dark; never wider than the screen."""
        for look, width, height in LOOKS:
            page.set_viewport_size({"width": width, "height": height})
            for scheme in ("light", "dark"):
                page.emulate_media(color_scheme=scheme)  # type: ignore[arg-type]
                wide = page.evaluate("document.documentElement.scrollWidth")
                assert wide <= width, f"{name} is wider than the {look}"
                path = self.shots / f"{name}-{look}-{scheme}.png"
                page.screenshot(path=path, full_page=True)
        page.set_viewport_size({"width": 1280, "height": 800})
        page.emulate_media(color_scheme="light")
        text = page.content()
        assert "canary" not in text, f"{name} shows a secret"


@pytest.fixture
def place(
    installation: Callable[..., Live], mastodon_standin: MastodonStandin, tmp_path: Path
) -> Iterator[Place]:
    site = tmp_path / "site" / "quayside-1.0.dist-info"
    site.mkdir(parents=True)
    (site / "METADATA").write_text("Metadata-Version: 2.1\nName: quayside\nVersion: 1.0\n")
    (site / "entry_points.txt").write_text(ENTRY)
    shots = Path(os.environ.get("BREAKWATER_TEST_SHOTS") or tmp_path / "shots")
    shots.mkdir(parents=True, exist_ok=True)
    with serving(Quayside()) as quayside:
        live = installation(
            PYTHONPATH=f"{site.parent}:{ROOT}",
            BREAKWATER_ALLOWED_ORIGINS=mastodon_standin.origin,
            BREAKWATER_NETWORK_ORIGINS=f"quayside={quayside.origin}",
        )
        yield Place(live.start(), quayside, mastodon_standin, shots)
        assert quayside.broken == []


def test_from_nothing_to_two_pages_that_listen(place: Place, browser: Browser) -> None:
    context = browser.new_context(
        locale="en-GB", viewport={"width": 1280, "height": 800}, reduced_motion="reduce"
    )
    page = place.watched(context.new_page())

    _begin(place, page)
    _told_before(place, page)
    _keys(place, page)
    _walk(place, page)
    _granted(place, page)
    _in_french(place, page)

    assert place.problems == []
    assert place.quayside.wanted == ["comments.read pages.list posts.read"]
    _nothing_leaked(place)
    context.close()


def test_a_mastodon_account_connected_by_consent_is_tried(place: Place, browser: Browser) -> None:
    context = browser.new_context(
        locale="en-GB", viewport={"width": 1280, "height": 800}, reduced_motion="reduce"
    )
    page = place.watched(context.new_page())
    _begin(place, page)
    page.goto(place.at("/w/pier/channels/connect/mastodon/"))
    place.shot(page, "connect-mastodon")
    page.fill("[name=origin]", place.mastodon.origin)
    page.click("main form button[data-kind=primary]")
    page.wait_for_url(re.compile(re.escape(place.mastodon.origin)))
    page.get_by_role("button", name="Authorize").click()
    page.wait_for_url(re.compile("/w/pier/channels/[0-9a-f-]{36}/"))
    channel = page.url.rstrip("/").rsplit("/", 1)[-1]

    told = place.live.command("channel", "probe", channel, "--write", "--json", "-")

    assert told.returncode == 0, told.stderr + told.stdout
    report = json.loads(told.stdout)
    verdicts = {one["can"]: one["verdict"] for one in report["lines"]}
    for can in ("publish", "read_back", "timeline", "comments", "delete"):
        assert verdicts[can] == "holds", can
    assert (report["left"], place.mastodon.statuses) == ([], [])
    page.reload()
    expect(page.locator("main")).to_contain_text("Shown on this account on")
    place.shot(page, "channel-tried")
    assert place.problems == []
    context.close()


def _begin(place: Place, page: Page) -> None:
    page.goto(place.at("/"))
    page.fill("[name=name]", "Maya Stone")
    page.fill("[name=email]", "maya@pier.example")
    page.fill("[name=password]", PASSWORD)
    page.fill("[name=workspace]", "Pier")
    page.click("main form button[data-kind=primary]")
    page.wait_for_url(lambda url: "/setup" not in url)


def _told_before(place: Place, page: Page) -> None:
    """Before anything is typed: what is missing, how long it takes, what to have ready."""
    page.goto(place.at("/networks/"))
    place.shot(page, "networks")
    page.goto(place.at("/w/pier/channels/connect/quayside/"))
    expect(page.locator("main")).to_contain_text("takes 2 to 4 weeks")
    expect(page.get_by_role("button", name="On to the network")).to_have_count(0)
    place.shot(page, "connect-without-keys")
    page.get_by_role("link", name="Set it up").click()
    page.wait_for_url(re.compile("/networks/quayside/keys/"))


def _keys(place: Place, page: Page) -> None:
    """The address is copied, a wrong secret is said, the right one is known."""
    address = page.locator("bw-copy input").first
    expect(address).to_have_value(place.at("/channels/callback"))
    place.shot(page, "keys-empty")
    page.fill("[name=client_id]", CLIENT_ID)
    page.fill("[name=client_secret]", "canary-wrong")
    page.get_by_role("button", name="Keep and check").click()
    expect(page.locator("main")).to_contain_text("The network does not know these keys.")
    expect(page.locator("main")).to_contain_text("keys are refused")
    expect(page.locator("[name=client_secret]")).to_have_value("")
    place.shot(page, "keys-refused")
    page.locator("[name=client_id]").focus()
    page.keyboard.type(CLIENT_ID)
    page.keyboard.press("Tab")
    page.keyboard.type(CLIENT_SECRET)
    page.keyboard.press("Enter")
    expect(page.locator("main")).to_contain_text("The network knows them.")
    page.select_option("[name=review]", "asked")
    page.get_by_role("button", name="Note it").click()
    expect(page.locator("main")).to_contain_text("asked for; the network is looking")
    place.shot(page, "keys-kept")


def _walk(place: Place, page: Page) -> None:
    """To listen, on the network's own page, and back to a choice of accounts."""
    page.goto(place.at("/w/pier/channels/connect/quayside/"))
    page.check("[name=purpose][value=listen]")
    place.shot(page, "connect-purpose")
    page.get_by_role("button", name="On to the network").click()
    page.wait_for_url(re.compile(re.escape(place.quayside.origin)))
    page.get_by_role("link", name="Agree").click()
    page.wait_for_url(re.compile("/channels/connect/accounts/"))
    chosen = page.url
    page.get_by_label("Lighthouse").check()
    page.get_by_label("Ferry").check()
    place.shot(page, "accounts")
    page.get_by_role("button", name="Connect", exact=True).click()
    expect(page.locator("main")).to_contain_text("Lighthouse is connected.")
    expect(page.locator("main")).to_contain_text("Ferry is connected.")
    page.goto(chosen)
    expect(page.locator("main")).to_contain_text("used up, too old")


def _granted(place: Place, page: Page) -> None:
    page.goto(place.at("/w/pier/channels/"))
    page.get_by_role("link", name="Ferry").click()
    expect(page.locator("main")).to_contain_text("Not granted. Reconnect the channel")
    place.shot(page, "channel-granted")
    page.goto(place.at("/networks/quayside/"))
    expect(page.locator("main")).to_contain_text("shown on a real server")
    place.shot(page, "network")


def _in_french(place: Place, page: Page) -> None:
    page.get_by_role("button", name="Français").click()
    expect(page.locator("html")).to_have_attribute("lang", "fr")
    for path in ("/networks/", "/networks/quayside/", "/networks/quayside/keys/"):
        page.goto(place.at(path))
        place.shot(page, f"fr{path.replace('/', '-').rstrip('-')}")


def _nothing_leaked(place: Place) -> None:
    """Of the secrets nothing is in the database, in the logs or in any other file in clear."""
    files = [path for path in place.live.data.rglob("*") if path.is_file()]
    assert len(files) > 3
    for path in [*files, place.live.log]:
        assert b"canary" not in path.read_bytes(), path
