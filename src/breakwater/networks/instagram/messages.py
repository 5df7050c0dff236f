"""Direct messages, over the Facebook Page that the account is linked to.

A conversation is known by the person's Instagram-scoped id, which is also whom an answer goes to.
Sources: api_specs Page.json (messages, conversations), UnifiedThread.json; the fields of a message
(created_time, from, to, message, attachments) are from memory, not checked.
"""

import json
from collections.abc import Mapping
from datetime import datetime
from typing import Any

from breakwater.domain.errors import OutcomeUnknown, Refused, TryLater
from breakwater.domain.text import over
from breakwater.networks.base import (
    Account,
    Arrived,
    Author,
    Batch,
    Kind,
    Kit,
    Parcel,
    Seen,
    SeenMedium,
    Sent,
    What,
)
from breakwater.networks.cursors import newer
from breakwater.networks.graph import Graph, moment
from breakwater.networks.instagram.abilities import MESSAGE_TEXT
from breakwater.networks.instagram.inbound import Reader

_MESSAGE = "id,created_time,from,to,message,attachments"


class Letters:
    """The messages of one account."""

    def __init__(self, graph: Graph, account: Account, kit: Kit) -> None:
        self._graph = graph
        self._me = account.remote_id
        self._name = account.handle.lstrip("@")
        self._page = account.secrets.get("page_id", "")
        self._kit = kit

    def checked(self, parcel: Parcel) -> None:
        """Raises: Refused for what no message can be."""
        if len(parcel.media) > 1 or (parcel.media and parcel.text):
            raise Refused("one_thing_a_message")
        if over(parcel.text, MESSAGE_TEXT):
            raise Refused("text_too_long", f"more than {MESSAGE_TEXT.limit} bytes")

    async def send(self, parcel: Parcel) -> Sent:
        """One message. Raises: Refused("window_closed") a day after the person's last one."""
        answer = await self._graph.post(
            f"{self._page}/messages",
            recipient=json.dumps({"id": parcel.to}),
            messaging_type="RESPONSE",
            message=json.dumps(self._body(parcel)),
        )
        made = answer.get("message_id")
        if not isinstance(made, str) or not made:
            raise OutcomeUnknown(f"no id in the answer: {sorted(answer)}")
        return Sent(f"message:{made}")

    async def read(self, reader: Reader, message_id: str) -> Seen | None:
        row = await reader.node(message_id, _MESSAGE)
        return _seen(row) if row is not None else None

    async def own_since(self, person: str, since: datetime) -> tuple[Seen, ...]:
        """Our messages to a person from then on."""
        rows = [row for row in await self._rows(user_id=person) if self._is_ours(row)]
        return tuple(one for row in rows if (one := _seen(row)).created_at >= since)

    async def new(self, cursor: str) -> Batch:
        """Messages of the 25 newest conversations, ours too."""
        return newer([self._arrived(row) for row in await self._rows()], cursor)

    async def _rows(self, **whose: str) -> list[dict[str, Any]]:
        fields = f"id,updated_time,messages.limit(20){{{_MESSAGE}}}"
        answer = await self._graph.get(
            f"{self._page}/conversations", platform="instagram", fields=fields, limit="25", **whose
        )
        threads = [one for one in answer.get("data") or [] if isinstance(one, dict)]
        pages = [one.get("messages") or {} for one in threads]
        return [row for page in pages for row in page.get("data") or [] if isinstance(row, dict)]

    def _arrived(self, row: Mapping[str, Any]) -> Arrived:
        one, ours = _seen(row), self._is_ours(row)
        sender = row.get("from") or {}
        people = [sender, *((row.get("to") or {}).get("data") or [])]
        other = next((p for p in people if p.get("username") != self._name), sender)
        name = str(sender.get("username") or "")
        author = Author(str(sender.get("id") or ""), f"@{name}" if name else "")
        return Arrived(
            What.MESSAGE, one.remote_id, one.created_at, author, one.text, media=one.media,
            thread=str(other.get("id") or ""), own=ours, raw=row,
        )  # fmt: skip

    def _is_ours(self, row: Mapping[str, Any]) -> bool:
        sender = row.get("from") or {}
        return self._me == sender.get("id") or self._name == sender.get("username")

    def _body(self, parcel: Parcel) -> dict[str, Any]:
        if not parcel.media:
            return {"text": parcel.text}
        medium = parcel.media[0]
        kind = "video" if medium.kind is Kind.VIDEO else "image"
        url = self._kit.address(medium.sha256, medium.mime)
        return {"attachment": {"type": kind, "payload": {"url": url}}}


def _seen(row: Mapping[str, Any]) -> Seen:
    try:
        files = (row.get("attachments") or {}).get("data") or []
        media = tuple(SeenMedium(_url(one)) for one in files if isinstance(one, dict))
        at = moment(row["created_time"])
        return Seen(f"message:{row['id']}", "", str(row.get("message") or ""), at, media)
    except (KeyError, TypeError, ValueError, AttributeError) as error:
        raise TryLater(f"not a message: {type(error).__name__} {error}") from error


def _url(attachment: Mapping[str, Any]) -> str:
    data = attachment.get("image_data") or attachment.get("video_data") or {}
    return str(data.get("url") or attachment.get("file_url") or "")
