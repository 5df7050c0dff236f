"""What Facebook pushes of a Page: comments, posts, mentions, reviews, messages.

Source of the fields: https://developers.facebook.com/docs/graph-api/webhooks/reference/page and
…/docs/messenger-platform/webhooks, 2026-11-28. Who it is by comes as `from` or as `sender_…`.
"""

import json
from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Any

from breakwater.domain.errors import Refused
from breakwater.networks.base import (
    Arrived,
    Author,
    Echo,
    Pushed,
    Secrets,
    SeenMedium,
    Source,
    What,
)
from breakwater.networks.facebook.calls import inner, listed
from breakwater.networks.graph import check_signature, echo

Value = Mapping[str, Any]

_SAID = ("add", "edit", "edited")
_GONE = ("remove", "delete")
_POSTS = ("post", "status", "photo", "video", "share", "link", "album")
_LOOK = {
    "feed": (Source.OWN_POSTS, Source.COMMENTS),
    "mention": (Source.MENTIONS,),
    "messages": (Source.MESSAGES,),
    "message_edits": (Source.MESSAGES,),
    "ratings": (Source.REVIEWS,),
    "live_videos": (Source.LIVE_CHAT,),
}
"""Where to look when only the name of a field came."""


class PageHooks:
    """See `base.Hooks`."""

    def challenge(self, query: Mapping[str, str], app: Secrets) -> Echo:
        return echo(query, app)

    def verify(self, headers: Mapping[str, str], body: bytes, app: Secrets, now: datetime) -> None:
        """A push carries no time of its own, so its age is not asked: one that comes twice has
        the same ids."""
        del now
        check_signature(headers, body, app)

    def parse(self, headers: Mapping[str, str], body: bytes) -> tuple[Pushed, ...]:
        del headers
        try:
            said = json.loads(body)
        except (ValueError, RecursionError) as error:
            raise Refused("hook_refused", "not JSON") from error
        if not isinstance(said, dict) or said.get("object") != "page":
            raise Refused("hook_refused", "not about a Page")
        pushed = (_entry(entry) for entry in listed(said, "entry"))
        return tuple(one for one in pushed if one.arrived or one.look)


def _entry(entry: Value) -> Pushed:
    page_id = str(entry.get("id") or "")
    arrived = [
        came
        for change in listed(entry, "changes")
        if (came := _change(change, page_id)) is not None
    ]
    events = [event for name in ("messaging", "standby") for event in listed(entry, name)]
    arrived += [came for event in events if (came := _message(event, page_id)) is not None]
    names = [str(name) for name in entry.get("changed_fields") or ()]
    names += [str(change.get("field")) for change in listed(entry, "changes")
              if change.get("field") == "live_videos"]  # fmt: skip
    look = dict.fromkeys(source for name in names for source in _LOOK.get(name, ()))
    return Pushed(page_id, tuple(arrived), tuple(look))


def _change(change: Value, page_id: str) -> Arrived | None:
    """What one change brought; None for what is of no interest, or not what was promised."""
    value = change.get("value")
    if not isinstance(value, dict):
        return None
    field, item = change.get("field"), value.get("item")
    try:
        if item == "comment":
            return _comment(value, page_id)
        if field == "ratings":
            return _review(value)
        if field == "mention":
            return _post(value, page_id, What.MENTION)
        if field == "feed" and item in _POSTS:
            return _post(value, page_id, What.POST)
    except (ValueError, TypeError, OverflowError, OSError):
        return None
    return None


def _comment(value: Value, page_id: str) -> Arrived | None:
    remote_id = str(value.get("comment_id") or "")
    what = _what(value, What.COMMENT)
    if not remote_id or what is None:
        return None
    about, parent = str(value.get("post_id") or ""), str(value.get("parent_id") or "")
    author = _author(value)
    return Arrived(
        what=what,
        remote_id=remote_id,
        at=_at(value),
        author=author,
        text=str(value.get("message") or ""),
        url=str(inner(value, "post", "permalink_url") or ""),
        about=about,
        parent=parent or about,
        thread=remote_id if parent in ("", about) else parent,
        media=_media(value),
        own=author.remote_id == page_id,
        ad=inner(value, "post", "promotion_status") not in (None, "", "ineligible", "inactive"),
        raw=value,
    )


def _post(value: Value, page_id: str, kind: What) -> Arrived | None:
    remote_id = str(value.get("comment_id") or value.get("post_id") or "")
    what = _what(value, kind)
    hidden = value.get("published") == 0
    if not remote_id or what is None or (hidden and what is not What.GONE):
        return None
    author = _author(value)
    return Arrived(
        what=what,
        remote_id=remote_id,
        at=_at(value),
        author=author,
        text=str(value.get("message") or ""),
        url=str(value.get("permalink_url") or inner(value, "post", "permalink_url") or ""),
        about=str(value.get("post_id") or ""),
        media=_media(value),
        own=author.remote_id == page_id,
        raw=value,
    )


def _review(value: Value) -> Arrived | None:
    what = _what(value, What.REVIEW)
    remote_id = str(value.get("open_graph_story_id") or value.get("post_id") or "")
    if value.get("item") != "rating" or what is None or not remote_id:
        return None
    stars = value.get("rating")
    return Arrived(
        what=what,
        remote_id=remote_id,
        at=_at(value),
        author=_author(value),
        text=str(value.get("review_text") or ""),
        rating=stars if isinstance(stars, int) and 1 <= stars <= 5 else None,
        raw=value,
    )


def _message(event: Value, page_id: str) -> Arrived | None:
    """A message to the Page, or the echo of one that it sent itself."""
    message = event.get("message")
    if not isinstance(message, dict) or not message.get("mid"):
        return None
    own = message.get("is_echo") is True
    writer, reader = str(inner(event, "sender", "id") or ""), str(inner(event, "recipient", "id"))
    urls = [inner(one, "payload", "url") for one in listed(message, "attachments")]
    try:
        at = datetime.fromtimestamp(float(event.get("timestamp") or 0) / 1000, UTC)
    except (ValueError, TypeError, OverflowError, OSError):
        return None
    return Arrived(
        what=What.MESSAGE,
        remote_id=str(message["mid"]),
        at=at,
        author=Author(page_id if own else writer),
        text=str(message.get("text") or ""),
        thread=reader if own else writer,
        parent=str(inner(message, "reply_to", "mid") or ""),
        media=tuple(SeenMedium(str(url)) for url in urls if url),
        own=own,
        raw=event,
    )


def _what(value: Value, kind: What) -> What | None:
    verb = value.get("verb")
    if verb in _GONE:
        return What.GONE
    return kind if verb in _SAID else None


def _author(value: Value) -> Author:
    ids = (inner(value, "from", "id"), value.get("sender_id"), value.get("reviewer_id"))
    names = (inner(value, "from", "name"), value.get("sender_name"), value.get("reviewer_name"))
    return Author(
        remote_id=str(next((one for one in ids if one), "")),
        name=str(next((one for one in names if one), "")),
    )


def _at(value: Value) -> datetime:
    """Seconds, or ISO in the fields that came from the object itself."""
    said = value.get("created_time") or 0
    if isinstance(said, str) and not said.isdigit():
        return datetime.fromisoformat(said).astimezone(UTC)
    return datetime.fromtimestamp(int(said), UTC)


def _media(value: Value) -> tuple[SeenMedium, ...]:
    photos = value.get("photos")
    urls = photos if isinstance(photos, list) else [value.get("photo") or value.get("video")]
    return tuple(SeenMedium(url) for url in urls if isinstance(url, str) and url)
