"""A password that is tried on a channel's page leaves the browser in no request."""

import re

import pytest
from playwright.sync_api import Page, Request, WebSocket

from tests.live import Live
from tests.test_accessible import _sign_in

pytestmark = pytest.mark.slow
GUESSED, HARD = "azerty123", "kelp lantern moored quietly"


def test_a_password_that_is_tried_is_in_no_request(live: Live, page: Page) -> None:
    workspace = _sign_in(page, live)
    page.goto(f"{workspace}channels/")
    links = page.locator("main a").evaluate_all("all => all.map(one => one.href)")
    channel = next(link for link in links if re.search(r"/channels/[0-9a-f-]{36}/$", link))
    sent: list[str] = []
    page.on("request", lambda one: sent.append(_all_of(one)))
    page.on("websocket", lambda one: sent.append(_frames(one)))
    page.goto(f"{channel}hygiene/")
    field, said = page.locator("#strength"), page.locator("#strength-said")

    field.press_sequentially(GUESSED)
    page.wait_for_selector("#strength-said[data-score='0'], #strength-said[data-score='1']")
    weak = said.inner_text()
    field.fill(HARD)
    page.wait_for_selector("#strength-said[data-score='4']")
    strong = said.inner_text()
    field.press("Enter")
    page.locator("[name=done_on]").fill("2026-01-05")
    page.locator("form[action$='drill/'] button").click()
    page.wait_for_load_state("networkidle")

    assert "Do not use it" in weak
    assert "Very hard to guess" in strong
    assert len(sent) >= 3
    everything = "\n".join(sent)
    assert "done_on=2026-01-05" in everything  # bodies are recorded
    for word in (GUESSED, HARD, "azerty", "lantern", "kelp"):
        assert word not in everything
    assert page.locator("#strength").input_value() == ""
    kept = page.evaluate(
        "JSON.stringify([{...localStorage}, {...sessionStorage}, document.cookie])"
    )
    assert "lantern" not in kept


def _all_of(one: Request) -> str:
    return "\n".join([one.method, one.url, str(one.headers), one.post_data or ""])


def _frames(one: WebSocket) -> str:
    return one.url
