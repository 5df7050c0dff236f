"""Writing in real browsers: saved as typed, two at once, a lost connection, pictures, keys."""

import io
import re
from collections.abc import Callable, Iterator

import pytest
from PIL import Image
from playwright.sync_api import Browser, Dialog, Page, Route, expect

from tests.live import Live

pytestmark = pytest.mark.slow

HERE = "/w/lighthouse-cafe"
SAVED = "[data-saved][data-state=saved]"
Desk = Callable[[str], Page]


@pytest.fixture(scope="module")
def live(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Live]:
    """One installation for all of them: each writes posts of its own."""
    served = Live(tmp_path_factory.mktemp("live"), {}).start()
    yield served
    served.kill()


@pytest.fixture(scope="module")
def passwords(live: Live) -> dict[str, str]:
    """Of the people of the demo."""
    printed = live.command("demo").stdout
    return dict(re.findall(r"(\w+)@harbour\.example +\w+ +(\S+)", printed))


@pytest.fixture
def desk(live: Live, passwords: dict[str, str], browser: Browser) -> Iterator[Desk]:
    """Signs somebody of the demo in: `desk("ann")` is a page of their own browser."""
    contexts = []

    def sit_down(name: str) -> Page:
        context = browser.new_context(locale="en-GB", viewport={"width": 1280, "height": 900})
        context.set_default_timeout(15_000)
        contexts.append(context)
        page = context.new_page()
        page.goto(f"{live.url}/account/login/")
        page.fill("[name=login]", f"{name}@harbour.example")
        page.fill("[name=password]", passwords[name])
        page.click("main button")
        page.wait_for_url(f"{live.url}/")
        return page

    yield sit_down
    for context in contexts:
        context.close()


def begun(page: Page, live: Live, text: str) -> str:
    """The address of a new draft that the page made by itself."""
    page.goto(f"{live.url}{HERE}/posts/new/")
    page.fill("#text", text)
    page.wait_for_selector(SAVED)
    assert re.fullmatch(rf"{live.url}{HERE}/posts/[0-9a-f-]{{36}}/edit/", page.url)
    return page.url


def test_two_browsers_lose_no_word(live: Live, desk: Desk) -> None:
    ann, maya = desk("ann"), desk("maya")
    address = begun(ann, live, "Ann's first words.")
    maya.goto(address)
    maya.fill("#text", "Maya's words.")
    maya.wait_for_selector(SAVED)

    ann.fill("#text", "Ann's second words.")
    expect(ann.locator("#problem")).to_contain_text("Maya Stone saved this post while you were")
    expect(ann.locator("#problem")).to_contain_text("Maya's words.")
    expect(ann.locator("#text")).to_have_value("Ann's second words.")

    with ann.expect_navigation():
        ann.get_by_role("button", name="Keep mine").click()
    expect(ann.locator("#text")).to_have_value("Ann's second words.")

    maya.fill("#text", "Maya again.")
    maya.get_by_role("link", name="Take the version by Ann Reed").click()
    expect(maya.locator("#text")).to_have_value("Ann's second words.")
    expect(maya.locator("#problem")).to_be_empty()


def test_what_is_typed_in_a_tunnel_is_kept_and_saved_afterwards(live: Live, desk: Desk) -> None:
    ann = desk("ann")
    address = begun(ann, live, "Before the tunnel.")

    ann.context.set_offline(True)
    ann.fill("#text", "In the tunnel.")
    expect(ann.locator("[data-saved]")).to_contain_text("Not saved")
    ann.context.set_offline(False)
    ann.wait_for_selector(SAVED, timeout=40_000)

    ann.goto(address)
    expect(ann.locator("#text")).to_have_value("In the tunnel.")


def test_a_reload_brings_unsaved_words_back(live: Live, desk: Desk) -> None:
    ann = desk("ann")
    begun(ann, live, "Saved words.")
    ann.route("**/edit/", lambda route: route.abort() if route.request.method == "POST" else route.continue_())  # fmt: skip
    ann.fill("#text", "Unsaved words.")
    expect(ann.locator("[data-saved]")).to_contain_text("Not saved")

    ann.on("dialog", lambda dialog: dialog.accept())
    ann.unroute("**/edit/")
    ann.reload()

    expect(ann.locator("#text")).to_have_value("Unsaved words.")
    ann.wait_for_selector(SAVED)


def test_pictures_are_added_described_ordered_and_refused(live: Live, desk: Desk) -> None:
    ann = desk("ann")
    begun(ann, live, "With pictures.")
    files = [picture("navy"), picture("teal"), {**picture("bad"), "buffer": b"<svg/>"}]

    ann.set_input_files("#files", files)  # type: ignore[arg-type]
    expect(ann.locator(".picture-line")).to_have_count(2)
    expect(ann.locator("[data-progress]")).to_contain_text("bad.png: SVG drawings are not taken")
    ann.locator(".picture-line textarea").nth(0).fill("Navy.")
    ann.locator(".picture-line textarea").nth(1).fill("Teal.")
    ann.locator(".picture-line [data-move='1']").nth(0).click()
    ann.wait_for_selector(SAVED)
    ann.reload()

    alts = ann.locator(".picture-line textarea")
    assert [alts.nth(n).input_value() for n in range(alts.count())] == ["Teal.", "Navy."]


def test_a_picture_is_saved_at_once_and_not_left_behind(live: Live, desk: Desk) -> None:
    ann = desk("ann")
    begun(ann, live, "With a picture.")
    asked: list[str] = []
    held: list[Route] = []

    def stay(dialog: Dialog) -> None:
        asked.append(dialog.type)
        dialog.dismiss()

    ann.on("dialog", stay)
    ann.route("**/edit/", lambda route: held.append(route))
    ann.click("#text")  # a browser asks only people who did something on the page

    with ann.expect_request(lambda sent: sent.url.endswith("/edit/"), timeout=5_000):
        ann.set_input_files("#files", [picture("navy")])  # type: ignore[list-item]
    ann.evaluate("setTimeout(() => location.reload())")
    ann.wait_for_timeout(500)
    assert asked == ["beforeunload"]

    held[0].continue_()
    ann.unroute("**/edit/")
    ann.wait_for_selector(SAVED)
    ann.reload()
    expect(ann.locator(".picture-line")).to_have_count(1)
    assert asked == ["beforeunload"]


def test_ones_own_second_window_is_no_colleague(live: Live, desk: Desk) -> None:
    ann = desk("ann")
    address = begun(ann, live, "First words.")
    second = ann.context.new_page()
    second.goto(address)
    second.fill("#text", "In the second window.")
    second.wait_for_selector(SAVED)

    ann.fill("#text", "In the first window.")

    expect(ann.locator("#problem")).to_contain_text("You saved this post in another window")
    expect(ann.locator("[data-saved]")).to_contain_text("changed elsewhere")
    with ann.expect_navigation():
        ann.get_by_role("button", name="Keep what is in this window").click()
    expect(ann.locator("#text")).to_have_value("In the first window.")


def test_submitting_waits_for_the_save(live: Live, desk: Desk) -> None:
    ann = desk("ann")
    begun(ann, live, "Half a")
    ann.locator("[name=channel]").first.check()
    ann.fill("#text", "Half a sentence, finished at the last moment.")

    ann.get_by_role("button", name="Look and submit").click()

    ann.wait_for_url("**/check/")
    expect(ann.locator("main")).to_contain_text("finished at the last moment")


def test_the_calendar_is_walked_by_keys(live: Live, desk: Desk) -> None:
    ann = desk("ann")
    ann.goto(f"{live.url}{HERE}/calendar/2026/3/")
    ann.focus("[role=gridcell] >> nth=6")
    where = "document.activeElement.querySelector('time').dateTime"

    for key, day in (("ArrowRight", "02"), ("ArrowDown", "09"), ("End", "15"), ("Home", "09")):
        ann.keyboard.press(key)
        assert ann.evaluate(where) == f"2026-03-{day}"

    ann.keyboard.press("PageDown")
    ann.wait_for_url("**/calendar/2026/4/#first")
    assert ann.evaluate(where) == "2026-04-01"


def picture(colour: str) -> dict[str, object]:
    data = io.BytesIO()
    Image.new("RGB", (60, 40), colour if colour != "bad" else "red").save(data, "PNG")
    return {"name": f"{colour}.png", "mimeType": "image/png", "buffer": data.getvalue()}
