"""Direct messages: another service, which the account's server hands our calls on to.

Remote ids of messages are "conversation/message". Lexicons chat.bsky.convo.*. Nothing protects a
message from being there twice: a lost answer is looked for in the conversation.
"""

from collections.abc import Mapping
from datetime import timedelta
from typing import Any

from breakwater.domain.errors import OutcomeUnknown, Refused, TryLater
from breakwater.domain.text import over
from breakwater.networks import wire
from breakwater.networks.base import (
    Account,
    Arrived,
    Author,
    Batch,
    Handle,
    KeepHandle,
    Look,
    Parcel,
    Seen,
    Sent,
    What,
)
from breakwater.networks.bluesky.errors import refusal
from breakwater.networks.bluesky.facets import facets
from breakwater.networks.bluesky.manifest import MESSAGE_TEXT
from breakwater.networks.bluesky.records import moment
from breakwater.networks.bluesky.xrpc import Server

CHAT = "did:web:api.bsky.chat#bsky_chat"
_PAGE, _PAGES = 100, 10
_EARLIER = timedelta(minutes=2)
_MESSAGE = "chat.bsky.convo.defs#messageView"
_LOGGED = "chat.bsky.convo.defs#logCreateMessage"


def is_message(remote_id: str) -> bool:
    return not remote_id.startswith("at://") and remote_id.count("/") == 1


class Chat:
    """The conversations of one account. A handle is {"convo": id}."""

    def __init__(self, server: Server, account: Account) -> None:
        self._server = server
        self._account = account

    async def prepare(self, parcel: Parcel, handle: Handle, keep: KeepHandle) -> Handle:
        """`to` is a conversation, or a person: then the conversation with them, made if new."""
        if over(parcel.text, MESSAGE_TEXT):
            raise Refused("text_too_long")
        if parcel.media:
            raise Refused("media_type", "a message has no media")
        if "convo" in handle:
            return handle
        made = {"convo": await self._conversation(parcel.to)}
        await keep(made)
        return made

    async def commit(self, parcel: Parcel, handle: Handle) -> Sent:
        convo = str(handle.get("convo", ""))
        message = {"text": parcel.text, "facets": facets(parcel.text, {})}
        payload = {"convoId": convo, "message": message}
        response = await self._server.told("chat.bsky.convo.sendMessage", payload)
        if not response.is_success:
            raise refusal(response)
        id_ = wire.body(response).get("id")
        if not isinstance(id_, str) or not id_:
            raise OutcomeUnknown(f"accepted without an id: {wire.excerpt(response)}")
        return Sent(f"{convo}/{id_}", detail=wire.excerpt(response))

    async def look(self, parcel: Parcel, handle: Handle) -> Look:
        """Own messages in the conversation since two minutes before the first call."""
        if "convo" not in handle:
            return Look(exact=True, posts=())
        since = (parcel.first_sent_at or parcel.created_at) - _EARLIER
        posts: list[Seen] = []
        cursor = ""
        for _ in range(_PAGES):
            page, cursor = await self._messages(str(handle["convo"]), cursor)
            posts += [
                self._seen(str(handle["convo"]), row)
                for row in page
                if (row.get("sender") or {}).get("did") == self._account.remote_id
            ]
            reached = any(moment(row.get("sentAt")) < since for row in page)
            if reached or not cursor:
                recent = tuple(one for one in posts if one.created_at >= since)
                return Look(exact=False, posts=recent)
        return Look(exact=False, posts=tuple(posts), complete=False)

    async def read(self, remote_id: str) -> Seen | None:
        convo, _, wanted = remote_id.partition("/")
        cursor = ""
        for _ in range(_PAGES):
            page, cursor = await self._messages(convo, cursor)
            for row in page:
                if row.get("id") == wanted:
                    return (
                        self._seen(convo, row) if row.get("$type", _MESSAGE) == _MESSAGE else None
                    )
            if not cursor:
                return None
        raise TryLater("the message is further back than we look")

    async def poll(self, cursor: str) -> Batch:
        """What others wrote since. The log goes forward, so its cursor is ours."""
        page = await self._server.query(
            "chat.bsky.convo.getLog", **({"cursor": cursor} if cursor else {})
        )
        logs = page.get("logs")
        rows = [row for row in logs if isinstance(row, dict)] if isinstance(logs, list) else []
        after = str(page.get("cursor") or cursor)
        arrived = [self._arrived(row) for row in rows if row.get("$type") == _LOGGED]
        return Batch(tuple(one for one in arrived if one), after, bool(rows) and after != cursor)

    async def _conversation(self, to: str) -> str:
        if not to.startswith("did:"):
            return to
        answer = await self._server.query("chat.bsky.convo.getConvoForMembers", members=[to])
        convo = answer.get("convo")
        id_ = convo.get("id") if isinstance(convo, Mapping) else None
        if not isinstance(id_, str) or not id_:
            raise TryLater("no conversation")
        return id_

    async def _messages(self, convo: str, cursor: str) -> tuple[list[dict[str, Any]], str]:
        page = await self._server.query(
            "chat.bsky.convo.getMessages", convoId=convo, limit=_PAGE,
            **({"cursor": cursor} if cursor else {}),
        )  # fmt: skip
        rows = page.get("messages")
        if not isinstance(rows, list):
            raise TryLater("messages without messages")
        return [row for row in rows if isinstance(row, dict)], str(page.get("cursor") or "")

    def _seen(self, convo: str, row: Mapping[str, Any]) -> Seen:
        text = str(row.get("text", ""))
        return Seen(f"{convo}/{row.get('id')}", "", text, moment(row.get("sentAt")))

    def _arrived(self, log: Mapping[str, Any]) -> Arrived | None:
        row, convo = log.get("message"), str(log.get("convoId", ""))
        if not isinstance(row, Mapping) or row.get("$type", _MESSAGE) != _MESSAGE:
            return None
        sender = str((row.get("sender") or {}).get("did", ""))
        return Arrived(
            what=What.MESSAGE,
            remote_id=f"{convo}/{row.get('id')}",
            at=moment(row.get("sentAt")),
            author=Author(sender),
            text=str(row.get("text", "")),
            thread=convo,
            own=sender == self._account.remote_id,
            raw=dict(row),
        )
