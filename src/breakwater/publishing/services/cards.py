"""A link's card: what its page says of itself, fetched for a person to approve or to reword."""

from datetime import datetime
from html.parser import HTMLParser
from urllib.parse import urljoin
from uuid import UUID

import httpx
from asgiref.sync import async_to_sync

from breakwater.core import http
from breakwater.domain.errors import BreakwaterError, EgressRefused, Invalid
from breakwater.domain.text import links, one_line, storable
from breakwater.media.services import upload
from breakwater.publishing.content import (
    CARD_DESCRIPTION,
    CARD_TITLE,
    CardOf,
    Content,
)

_TITLES = ("og:title", "title")
_DESCRIPTIONS = ("og:description", "description")
_PICTURES = ("og:image:secure_url", "og:image")
_HEAD = 512 * 1024  # characters; what a page says of itself stands at its beginning


def first_link(content: Content) -> str:
    """The first link of the text, or ""."""
    return next((content.text[start:end] for start, end in links(content.text)), "")


def card_for(workspace_id: UUID, url: str, *, by: UUID, now: datetime) -> CardOf:
    """The card of the page at `url`: its own words, trimmed, and its picture, drawn anew.

    A page without a title gives its address. Raises: Invalid("card_unreachable",
    "address_refused") with field "card".
    """
    page = _fetched(url)
    said = _Said()
    said.feed(page.text[:_HEAD])
    picture = said.first(_PICTURES)
    return CardOf(
        url=url,
        title=said.first(_TITLES)[:CARD_TITLE] or url[:CARD_TITLE],
        description=said.first(_DESCRIPTIONS)[:CARD_DESCRIPTION],
        asset_id=_picture(workspace_id, urljoin(str(page.url), picture), by, now)
        if picture
        else None,
    )


def _picture(workspace_id: UUID, url: str, by: UUID, now: datetime) -> UUID | None:
    """A picture that cannot be had is left out: the card is shown before it is approved."""
    try:
        data = _fetched(url).content
        asset = upload(workspace_id, data, file_name="card", by=by, now=now)
    except (BreakwaterError, httpx.HTTPError):
        return None
    return asset.pk if asset.mime.startswith("image/") else None


@async_to_sync
async def _fetched(url: str) -> httpx.Response:
    try:
        async with http.client() as client:
            answer = await client.get(url, follow_redirects=True)
    except EgressRefused as error:
        raise Invalid(code="address_refused", field="card") from error
    except (httpx.HTTPError, httpx.InvalidURL, OSError) as error:
        raise Invalid(code="card_unreachable", field="card") from error
    if answer.status_code != httpx.codes.OK:
        raise Invalid(code="card_unreachable", field="card")
    return answer


class _Said(HTMLParser):
    """What a page says of itself in its head. A stranger's words: only text is kept."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self._found: dict[str, str] = {}
        self._in_title = False

    def first(self, names: tuple[str, ...]) -> str:
        return next((self._found[name] for name in names if self._found.get(name)), "")

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self._in_title = tag == "title"
        if tag != "meta":
            return
        given = dict(attrs)
        name = (given.get("property") or given.get("name") or "").lower()
        self._keep(name, given.get("content") or "")

    def handle_endtag(self, tag: str) -> None:
        self._in_title = self._in_title and tag != "title"

    def handle_data(self, data: str) -> None:
        if self._in_title:
            self._keep("title", data)

    def _keep(self, name: str, text: str) -> None:
        clean = one_line("".join(char for char in storable(text) if char.isprintable()))
        if name and clean:
            self._found.setdefault(name, clean)
