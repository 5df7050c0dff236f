"""A real browser shows what is pushed to it, by the service worker that is built for our pages."""

import json
import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest
from playwright.sync_api import Browser

from breakwater.web.assets import worker

pytestmark = pytest.mark.slow

_NOTED = """async () => {
  const ready = await navigator.serviceWorker.ready;
  const shown = await ready.getNotifications();
  return shown.map(one => [one.title, one.body, one.lang, one.tag, one.data]);
}"""
_REGISTERED = """async () => {
  await navigator.serviceWorker.register('/sw.js');
  await navigator.serviceWorker.ready;
}"""
SAID = {"title": "Alarm: quay", "body": "Look.", "lang": "en", "tag": "a:1", "url": "/x/alarm/1/m/"}


@pytest.fixture
def origin() -> Iterator[str]:
    """A page without anything, and our worker at its address."""

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            script = self.path == "/sw.js"
            body = (worker() or b"") if script else b"<!doctype html><title>Quay</title>"
            self.send_response(200)
            self.send_header("Content-Type", "text/javascript" if script else "text/html")
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, *_said: object) -> None:
            """Quiet."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    thread = threading.Thread(target=server.serve_forever, args=(0.05,))
    thread.start()
    yield f"http://127.0.0.1:{server.server_address[1]}"
    server.shutdown()
    thread.join()
    server.server_close()


def test_a_push_is_shown_with_its_words_and_its_link(origin: str, browser: Browser) -> None:
    context = browser.new_context()
    context.grant_permissions(["notifications"], origin=origin)
    page = context.new_page()
    page.goto(f"{origin}/")
    session = context.new_cdp_session(page)
    found: list[str] = []
    session.on(
        "ServiceWorker.workerRegistrationUpdated",
        lambda event: found.extend(one["registrationId"] for one in event["registrations"]),
    )
    session.send("ServiceWorker.enable")

    page.evaluate(_REGISTERED)
    while not found:
        page.wait_for_timeout(50)
    pushed = {"origin": origin, "registrationId": found[-1], "data": json.dumps(SAID)}
    session.send("ServiceWorker.deliverPushMessage", pushed)
    page.wait_for_function(f"async () => (await ({_NOTED})()).length > 0")

    assert page.evaluate(_NOTED) == [list(SAID.values())]
    context.close()
