"""What Threads shows: own posts and replies, conversations below them, mentions."""

from collections.abc import AsyncIterator, Mapping
from datetime import datetime
from typing import Any
from urllib.parse import quote

from breakwater.domain.errors import Refused, TryLater
from breakwater.networks.base import (
    Account,
    Arrived,
    Author,
    Batch,
    Comment,
    Seen,
    SeenMedium,
    What,
)
from breakwater.networks.containers import Found
from breakwater.networks.cursors import newer
from breakwater.networks.graph import Graph, moment

POST = (
    "id,media_type,media_url,permalink,username,text,timestamp,thumbnail_url,children,"
    "is_quote_post,alt_text,has_replies"
)
REPLY = (
    "id,media_type,media_url,permalink,username,text,timestamp,thumbnail_url,children,alt_text,"
    "is_reply_owned_by_me,root_post,replied_to,hide_status"
)
_CHILD = "id,media_url,thumbnail_url,alt_text"
_REPOST = "REPOST_FACADE"
"""Somebody else's post in our timeline."""


def bare(remote_id: str) -> str:
    """The id, safe in a path."""
    return quote(remote_id, safe="")


class Reader:
    """Read-only calls as one account."""

    def __init__(self, graph: Graph, account: Account) -> None:
        self._graph = graph
        self._me = account.remote_id
        self._name = account.handle.lstrip("@")

    async def read(self, remote_id: str) -> Seen | None:
        """A post or a reply; None once it is proved that it is not there."""
        row = await self.node(remote_id, POST)
        return seen(await self._with_children(row)) if row is not None else None

    async def node(self, remote_id: str, fields: str) -> dict[str, Any] | None:
        """The fields of one thing. None: not there, though the token still opens the account."""
        try:
            return await self._graph.get(bare(remote_id), fields=fields)
        except Refused as error:
            if error.reason != "not_there":
                raise
        me = await self._graph.get("me", fields="id")
        if me.get("id") != self._me:
            raise TryLater(f"the token is of account {me.get('id')!r}")
        return None

    async def since(self, moment_: datetime, *, replies: bool = False) -> Found:
        """Own posts (or replies) from then on, newest first."""
        found: list[Seen] = []
        edge, fields = ("replies", REPLY) if replies else ("threads", POST)
        async for page in self._own(edge, fields):
            for row in page:
                post = seen(row)
                if post.created_at < moment_:
                    return tuple(found), True
                found.append(post)
            if not page:
                return tuple(found), True
        return tuple(found), False

    async def timeline(self, limit: int) -> tuple[Seen, ...]:
        found: list[Seen] = []
        async for page in self._own("threads", POST):
            found += [seen(row) for row in page]
            if len(found) >= limit:
                break
        return tuple(found[:limit])

    async def comments(self, remote_id: str) -> tuple[Comment, ...]:
        """Everything below the post, oldest first."""
        rows = await self._below(remote_id)
        told = [(seen(row), _author(row).handle) for row in rows]
        return tuple(Comment(one.remote_id, by, one.text, one.created_at) for one, by in told)

    async def new_posts(self, cursor: str) -> Batch:
        answer = await self._graph.get("me/threads", fields=POST, limit="25")
        rows = [row for row in _rows(answer) if row.get("media_type") != _REPOST]
        return newer([self._arrived(row, What.POST) for row in rows], cursor)

    async def new_mentions(self, cursor: str) -> Batch:
        answer = await self._graph.get("me/mentions", fields=POST, limit="50")
        found = [
            self._arrived(row, What.QUOTE if row.get("is_quote_post") else What.MENTION)
            for row in _rows(answer)
        ]
        return newer(found, cursor)

    async def new_replies(self, cursor: str) -> Batch:
        """Below the 25 newest posts; below older ones they come by push only."""
        answer = await self._graph.get("me/threads", fields="id,has_replies", limit="25")
        found: list[Arrived] = []
        for post in _rows(answer):
            if post.get("has_replies"):
                rows = await self._below(str(post["id"]))
                found += [self._reply(row, str(post["id"])) for row in rows]
        return newer(found, cursor)

    async def _below(self, remote_id: str) -> list[dict[str, Any]]:
        path = f"{bare(remote_id)}/conversation"
        found: list[dict[str, Any]] = []
        async for page in self._graph.pages(path, fields=REPLY, reverse="false"):
            found += page
        return found

    def _reply(self, row: Mapping[str, Any], root: str) -> Arrived:
        one = seen(row)
        above = (row.get("replied_to") or {}).get("id")
        return Arrived(
            What.COMMENT, one.remote_id, one.created_at, _author(row), one.text, one.url,
            about=root, parent=str(above or root), thread=root, media=one.media,
            own=bool(row.get("is_reply_owned_by_me")), raw=row,
        )  # fmt: skip

    def _arrived(self, row: Mapping[str, Any], what: What) -> Arrived:
        one, author = seen(row), _author(row)
        return Arrived(
            what, one.remote_id, one.created_at, author, one.text, one.url, thread=one.remote_id,
            media=one.media, own=what is What.POST or author.handle == f"@{self._name}", raw=row,
        )  # fmt: skip

    async def _own(self, edge: str, fields: str) -> AsyncIterator[list[dict[str, Any]]]:
        """Pages of our own, the last one empty; reposts are left out of full ones only."""
        async for page in self._graph.pages(f"me/{edge}", fields=fields, limit="50"):
            kept = [row for row in page if row.get("media_type") != _REPOST]
            if kept or not page:
                yield kept

    async def _with_children(self, row: Mapping[str, Any]) -> Mapping[str, Any]:
        """Children are told by their ids alone: each is read, for its alternative text."""
        children = [
            await self._graph.get(bare(str(child["id"])), fields=_CHILD)
            for child in _rows(row.get("children"))
        ]
        return {**row, "children": {"data": children}} if children else row


def seen(row: Mapping[str, Any]) -> Seen:
    """A post as we know posts. TryLater when it lacks what makes one."""
    try:
        has_media = row.get("media_url") or row.get("thumbnail_url")
        parts = _rows(row.get("children")) or ([row] if has_media else [])
        return Seen(
            remote_id=str(row["id"]),
            url=str(row.get("permalink") or ""),
            text=str(row.get("text") or ""),
            created_at=moment(row["timestamp"]),
            media=tuple(_seen_medium(part) for part in parts),
        )
    except (KeyError, TypeError, ValueError) as error:
        raise TryLater(f"not a post: {type(error).__name__} {error}") from error


def _seen_medium(row: Mapping[str, Any]) -> SeenMedium:
    url = row.get("media_url") or row.get("thumbnail_url") or ""
    return SeenMedium(str(url), str(row.get("alt_text") or ""))


def _author(row: Mapping[str, Any]) -> Author:
    """Threads tells a name, and no id."""
    name = str(row.get("username") or "")
    url = f"https://www.threads.com/@{name}" if name else ""
    return Author(name, f"@{name}" if name else "", url=url)


def _rows(value: Any) -> list[Mapping[str, Any]]:
    data = value.get("data") if isinstance(value, dict) else None
    return [row for row in data if isinstance(row, dict)] if isinstance(data, list) else []
