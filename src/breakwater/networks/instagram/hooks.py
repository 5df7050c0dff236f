"""What Instagram pushes: comments, mentions, messages, the figures of a story that ended.

Source: developers.facebook.com/docs/graph-api/webhooks/reference/instagram and
.../instagram-platform/webhooks/examples, read 2026-11-28.
"""

import json
from collections.abc import Iterator, Mapping
from datetime import UTC, datetime
from typing import Any

from breakwater.domain.errors import Refused
from breakwater.networks import graph
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

FIELDS = ("comments", "live_comments", "mentions", "messages", "story_insights")


class InstagramHooks:
    """See `base.Hooks`."""

    def challenge(self, query: Mapping[str, str], app: Secrets) -> Echo:
        return graph.echo(query, app)

    def verify(self, headers: Mapping[str, str], body: bytes, app: Secrets, now: datetime) -> None:
        """Signed, but not dated: the time within is that of the first try, and a push is tried
        again for hours. What it brings is known by its id, so an old one changes nothing."""
        del now
        graph.check_signature(headers, body, app)

    def parse(self, headers: Mapping[str, str], body: bytes) -> tuple[Pushed, ...]:
        del headers
        try:
            told = json.loads(body)
            entries = told["entry"] if told["object"] == "instagram" else []
            return tuple(_pushed(entry) for entry in entries)
        except (ValueError, KeyError, TypeError, AttributeError, OverflowError) as error:
            raise Refused("hook_refused", f"{type(error).__name__} {error}") from error


def _pushed(entry: Mapping[str, Any]) -> Pushed:
    me, at = str(entry["id"]), _at(entry["time"])
    arrived: list[Arrived] = []
    look: list[Source] = []
    for field, value in _changes(entry):
        if field in ("comments", "live_comments"):
            arrived.append(_comment(value, at, me))
        elif field == "mentions":
            arrived.append(_mention(value, at))
        elif field == "story_insights":
            look.append(Source.OWN_POSTS)
    for event in entry.get("messaging") or []:
        arrived += _message(event, me)
    return Pushed(me, tuple(arrived), tuple(dict.fromkeys(look)))


def _changes(entry: Mapping[str, Any]) -> Iterator[tuple[str, Mapping[str, Any]]]:
    """Under `changes` with one login, beside the id with the other."""
    for change in entry.get("changes") or ([entry] if "field" in entry else []):
        yield str(change["field"]), change["value"]


def _comment(value: Mapping[str, Any], at: datetime, me: str) -> Arrived:
    by, media = value.get("from") or {}, value.get("media") or {}
    about, parent = str(media.get("id") or ""), value.get("parent_id")
    name = str(by.get("username") or "")
    author = Author(str(by.get("id") or ""), f"@{name}" if name else "")
    return Arrived(
        What.COMMENT, f"comment:{value['id']}", at, author, str(value.get("text") or ""),
        about=about, parent=f"comment:{parent}" if parent else about, thread=about,
        own=author.remote_id == me, ad=bool(media.get("ad_id")), raw=value,
    )  # fmt: skip


def _mention(value: Mapping[str, Any], at: datetime) -> Arrived:
    """Only ids are told; `read` of the id gives the words."""
    media, comment = str(value["media_id"]), str(value.get("comment_id") or "")
    return Arrived(
        What.MENTION, f"mention:{media}:{comment}", at, Author(""), thread=media, raw=value
    )


def _message(event: Mapping[str, Any], me: str) -> list[Arrived]:
    message = event.get("message")
    if not isinstance(message, dict):
        return []
    sender, receiver = str(event["sender"]["id"]), str(event["recipient"]["id"])
    ours = bool(message.get("is_echo")) or sender == me
    files = message.get("attachments") or []
    what = What.GONE if message.get("is_deleted") else What.MESSAGE
    return [
        Arrived(
            what, f"message:{message['mid']}", _at(event["timestamp"]), Author(sender),
            str(message.get("text") or ""), thread=receiver if ours else sender, own=ours,
            media=tuple(SeenMedium(str((one.get("payload") or {}).get("url") or "")) for one in files),
            raw=event,
        )
    ]  # fmt: skip


def _at(number: Any) -> datetime:
    """Of seconds, or of milliseconds (messages)."""
    seconds = int(number)
    return datetime.fromtimestamp(seconds / 1000 if seconds > 100_000_000_000 else seconds, UTC)
