"""A link's card: fetched through the guard, in a stranger's words made plain, approved as shown."""

import threading
from collections.abc import Iterator
from datetime import datetime
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest
from pytest_django import Settings
from tests.drawn import picture

from breakwater.core import blobs
from breakwater.domain.errors import Invalid
from breakwater.media.models import Asset
from breakwater.people.models import Person, Workspace
from breakwater.publishing.content import Content, as_json, parse
from breakwater.publishing.services.cards import card_for, first_link

pytestmark = pytest.mark.django_db
PAGE = """<html><head><title>Ignored &amp; long</title>
<meta property="og:title" content="Low tide &lt;b&gt;at eleven&lt;/b&gt;">
<meta name="description" content="  Boots
 welcome\u202e ">
<meta property="og:image" content="/boat.png"></head><body><script>alert(1)</script></body></html>"""


class _Site(BaseHTTPRequestHandler):
    pages: dict[str, tuple[str, bytes]] = {}

    def do_GET(self) -> None:
        kind, body = self.pages.get(self.path, ("", b""))
        self.send_response(200 if kind else 404)
        self.send_header("content-type", kind)
        self.send_header("content-length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, format: str, *args: object) -> None:
        """Silent."""


@pytest.fixture
def site(settings: Settings, tmp_path: Path) -> Iterator[str]:
    settings.BLOBS = tmp_path
    boat = blobs.read(picture(7).sha256)
    _Site.pages = {"/tides": ("text/html; charset=utf-8", PAGE.encode()), "/boat.png": ("image/png", boat)}  # fmt: skip
    server = ThreadingHTTPServer(("127.0.0.1", 0), _Site)
    thread = threading.Thread(target=server.serve_forever, args=(0.05,), daemon=True)
    thread.start()
    origin = f"http://127.0.0.1:{server.server_address[1]}"
    settings.ALLOWED_ORIGINS = frozenset({origin})
    yield origin
    server.shutdown()
    server.server_close()
    thread.join()


def test_a_page_gives_its_words_and_its_picture(
    site: str, harbour_workspace: Workspace, ann: Person, now: datetime
) -> None:
    card = card_for(harbour_workspace.pk, f"{site}/tides", by=ann.pk, now=now)

    assert (card.title, card.description) == ("Low tide <b>at eleven</b>", "Boots welcome")
    assert Asset.objects.get().pk == card.asset_id
    content = Content(text="x", card=card)
    assert parse(as_json(content)) == content


def test_a_page_that_says_nothing_gives_its_address(
    site: str, harbour_workspace: Workspace, ann: Person, now: datetime
) -> None:
    _Site.pages["/bare"] = ("text/html", b"<p>Hello")

    card = card_for(harbour_workspace.pk, f"{site}/bare", by=ann.pk, now=now)

    assert (card.title, card.description, card.asset_id) == (f"{site}/bare", "", None)


@pytest.mark.parametrize(
    ("url", "code"),
    [
        ("http://127.0.0.1:1/inside", "address_refused"),
        ("http://169.254.169.254/latest", "address_refused"),
        ("SITE/missing", "card_unreachable"),
    ],
)
def test_what_cannot_be_fetched_is_said_and_nothing_is_kept(
    site: str, url: str, code: str, harbour_workspace: Workspace, ann: Person, now: datetime
) -> None:
    with pytest.raises(Invalid) as refused:
        card_for(harbour_workspace.pk, url.replace("SITE", site), by=ann.pk, now=now)

    assert (refused.value.code, refused.value.field) == (code, "card")
    assert not Asset.objects.exists()


def test_the_first_link_of_the_text_is_offered() -> None:
    assert first_link(Content(text="See https://a.example/x, and https://b.example.")) == (
        "https://a.example/x"
    )
    assert first_link(Content(text="No link.")) == ""


@pytest.mark.parametrize("url", ["javascript:alert(1)", "", "ftp://a.example"])
def test_a_card_has_a_link_of_the_web(url: str) -> None:
    with pytest.raises(Invalid) as refused:
        parse({"card": {"url": url, "title": "x"}})

    assert refused.value.code == "card_no_link"
