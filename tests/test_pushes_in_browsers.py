"""A real browser shows what is pushed to it, and its notification leads to the page."""

import json

import pytest
from playwright.sync_api import Browser

from tests.live import Live
from tests.test_accessible import _sign_in

pytestmark = pytest.mark.slow

_NOTED = """async () => {
  const ready = await navigator.serviceWorker.ready;
  const shown = await ready.getNotifications();
  return shown.map(one => [one.title, one.body, one.lang, one.tag, one.data]);
}"""


def test_a_push_is_shown_with_its_words_and_its_link(live: Live, browser: Browser) -> None:
    context = browser.new_context(locale="en-GB")
    context.grant_permissions(["notifications"], origin=live.url)
    page = context.new_page()
    page.goto(f"{live.url}/")
    _sign_in(page, live)
    page.goto(f"{live.url}/profile/doors/")
    page.wait_for_selector("bw-push button:not([hidden])")
    session = context.new_cdp_session(page)
    found: list[str] = []
    session.on(
        "ServiceWorker.workerRegistrationUpdated",
        lambda event: found.extend(one["registrationId"] for one in event["registrations"]),
    )
    session.send("ServiceWorker.enable")

    page.evaluate(
        "async () => { await navigator.serviceWorker.register('/sw.js'); await navigator.serviceWorker.ready; }"
    )
    said = {
        "title": "Alarm: quay",
        "body": "Look.",
        "lang": "en",
        "tag": "alarm:1",
        "url": "/x/alarm/1/m/",
    }
    page.wait_for_timeout(500)
    session.send(
        "ServiceWorker.deliverPushMessage",
        {"origin": live.url, "registrationId": found[-1], "data": json.dumps(said)},
    )
    page.wait_for_timeout(1000)

    assert page.evaluate(_NOTED) == [["Alarm: quay", "Look.", "en", "alarm:1", "/x/alarm/1/m/"]]
    context.close()
