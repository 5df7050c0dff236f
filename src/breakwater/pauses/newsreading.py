"""A news feed's bytes become headlines. A stranger's words: nothing of them is opened or followed."""

import calendar
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from hashlib import sha256
from html import unescape
from io import BytesIO
from typing import Any

import feedparser  # type: ignore[import-untyped]
import regex

from breakwater.domain.errors import Invalid
from breakwater.domain.text import one_line, storable

MAX_BYTES = 1024 * 1024
ITEMS = 200
TITLE = 300
_TAG = regex.compile(r"<[^<>]{0,500}>")
_ENCODING = regex.compile(rb"""<\?xml[^>]{0,200}?encoding\s*=\s*["']([^"']{0,40})["']""", regex.I)
_LETTERS = {
    b"utf-8", b"utf8", b"us-ascii", b"ascii", b"utf-16", b"utf-16le", b"utf-16be", b"iso-8859-1",
    b"latin-1", b"latin1", b"iso-8859-15", b"windows-1252",
}  # fmt: skip
_OLDEST = timedelta(days=7)


@dataclass(frozen=True)
class News:
    """key: the same for the same item of a feed, whatever its words become."""

    key: str
    title: str
    url: str
    at: datetime


def headlines(data: bytes, *, now: datetime) -> list[News]:
    """The items of RSS or Atom, at most ITEMS, none older than seven days. One without a time is of
    now, one from the future too.

    Raises: Invalid "feed_too_large", "feed_entities" (it declares entities of its own, as those do
    that grow without end), "feed_unreadable".
    """
    if len(data) > MAX_BYTES:
        raise Invalid(code="feed_too_large", field="url")
    if not _in_known_letters(data):
        raise Invalid(code="feed_unreadable", field="url")
    if b"<!ENTITY" in data.replace(b"\x00", b"").upper():
        raise Invalid(code="feed_entities", field="url")
    try:
        found = feedparser.parse(BytesIO(data), sanitize_html=False, resolve_relative_uris=False)
    except Exception as error:  # the parser of strangers' bytes raises whatever it likes
        raise Invalid(code="feed_unreadable", field="url") from error
    if not found.get("version") and not found.entries:
        raise Invalid(code="feed_unreadable", field="url")
    items = [_news(one, now) for one in found.entries[:ITEMS]]
    return [one for one in items if one.title and one.at >= now - _OLDEST]


def _in_known_letters(data: bytes) -> bool:
    """Whether it says no encoding other than those in which a declaration of entities is seen: in
    UTF-7 and such it would be spelt differently."""
    head = data[:1000].replace(b"\x00", b"")
    said = _ENCODING.search(head)
    return said is None or said[1].lower() in _LETTERS


def key_of(*parts: str) -> str:
    return sha256("\n".join(parts).encode()).hexdigest()


def clean(title: object) -> str:
    """One line of text, without markup."""
    bare = _TAG.sub(" ", unescape(str(title or "")[: 10 * TITLE]))
    return one_line("".join(one for one in storable(bare) if one.isprintable()))[:TITLE]


def web_address(url: object) -> str:
    """`url` where it is one of the web; "" otherwise."""
    text = str(url or "").strip()
    return text[:1000] if text.startswith(("https://", "http://")) else ""


def _news(entry: Any, now: datetime) -> News:
    title, url = clean(entry.get("title")), web_address(entry.get("link"))
    own = str(entry.get("id") or url or title)
    return News(key_of(own), title, url, _time(entry, now))


def _time(entry: Any, now: datetime) -> datetime:
    said = entry.get("published_parsed") or entry.get("updated_parsed")
    try:
        at = datetime.fromtimestamp(calendar.timegm(said), UTC) if said else now
    except (ValueError, OverflowError, TypeError):
        return now
    return min(at, now)
