"""What Instagram shows: own posts, stories, comments, tags, mentions.

Ids: of a post as Instagram has it; "comment:<id>"; "mention:<media>:<comment or nothing>" for a
post of somebody else; "message:<id>" (messages.py).
"""

from collections.abc import AsyncIterator, Mapping
from dataclasses import replace
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

MEDIA = (
    "id,caption,media_type,media_product_type,media_url,thumbnail_url,permalink,timestamp,"
    "username,alt_text,children{id,media_url,thumbnail_url,alt_text}"
)
COMMENT = "id,text,timestamp,username,from,parent_id,hidden"
_TAGGED = "id,caption,media_url,permalink,timestamp,username"


def bare(remote_id: str) -> str:
    """The id as Instagram knows it, safe in a path."""
    return quote(remote_id.rpartition(":")[2], safe="")


class Reader:
    """Read-only calls as one account."""

    def __init__(self, graph: Graph, account: Account) -> None:
        self._graph = graph
        self._me = account.remote_id
        self._name = account.handle.lstrip("@")

    async def media(self, remote_id: str) -> Seen | None:
        """A post or a story; None once it is proved that the account does not have it."""
        row = await self.node(remote_id, MEDIA)
        return seen(row) if row is not None else None

    async def comment(self, remote_id: str) -> Seen | None:
        row = await self.node(remote_id, COMMENT)
        return seen_comment(row) if row is not None else None

    async def mention(self, remote_id: str) -> Seen | None:
        """A post or comment of somebody else that names the account, with its words."""
        _, media, comment = remote_id.split(":")
        edge, which = (
            ("mentioned_comment", f"comment_id({comment}){{id,text,timestamp,username}}")
            if comment
            else ("mentioned_media", f"media_id({media}){{{_TAGGED}}}")
        )
        row = (await self.node(self._me, f"{edge}.{which}") or {}).get(edge)
        if not isinstance(row, dict):
            return None
        found = seen_comment(row) if comment else seen(row)
        return replace(found, remote_id=remote_id)

    async def node(self, remote_id: str, fields: str) -> dict[str, Any] | None:
        """The fields of one thing. None: not there, though the token still opens the account."""
        try:
            return await self._graph.get(bare(remote_id), fields=fields)
        except Refused as error:
            if error.reason != "not_there":
                raise
        me = await self._graph.get(self._me, fields="id")
        if me.get("id") != self._me:
            raise TryLater(f"the token is of account {me.get('id')!r}")
        return None

    async def since(self, moment_: datetime, *, stories: bool = False) -> Found:
        """Own posts (or stories) from then on, newest first."""
        found: list[Seen] = []
        async for page in self._pages("stories" if stories else "media"):
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
        async for page in self._pages("media"):
            found += [seen(row) for row in page]
            if len(found) >= limit:
                break
        return tuple(found[:limit])

    async def below(self, remote_id: str) -> list[Mapping[str, Any]]:
        """Comments on a post with their answers; answers to a comment. Raw, in no order."""
        edge = "replies" if remote_id.startswith("comment:") else "comments"
        fields = COMMENT if edge == "replies" else f"{COMMENT},replies{{{COMMENT}}}"
        found: list[Mapping[str, Any]] = []
        path = f"{bare(remote_id)}/{edge}"
        async for page in self._graph.pages(path, fields=fields, limit="50"):
            for row in page:
                found += [row, *_rows(row.get("replies"))]
        return found

    async def comments(self, remote_id: str) -> tuple[Comment, ...]:
        posts = [(seen_comment(row), _author(row)) for row in await self.below(remote_id)]
        told = [Comment(one.remote_id, by.handle, one.text, one.created_at) for one, by in posts]
        return tuple(sorted(told, key=lambda one: one.created_at))

    async def own_comments(self, target: str, since: datetime) -> tuple[Seen, ...]:
        """Ours below a post or a comment, from then on."""
        rows = [row for row in await self.below(target) if _author(row).handle == f"@{self._name}"]
        return tuple(one for row in rows if (one := seen_comment(row)).created_at >= since)

    async def new_posts(self, cursor: str) -> Batch:
        return await self._new("media", MEDIA, What.POST, cursor)

    async def new_tags(self, cursor: str) -> Batch:
        """Posts of others in which the account is tagged (an @mention comes by push only)."""
        return await self._new("tags", _TAGGED, What.TAG, cursor)

    async def new_comments(self, cursor: str) -> Batch:
        """Of the 25 newest posts; on older ones they come by push only."""
        fields = f"id,timestamp,comments.limit(50){{{COMMENT},replies{{{COMMENT}}}}}"
        answer = await self._graph.get(f"{self._me}/media", fields=fields, limit="25")
        found: list[Arrived] = []
        for post in _rows(answer):
            for row in _rows(post.get("comments")):
                both = [row, *_rows(row.get("replies"))]
                found += [self._comment(one, str(post.get("id"))) for one in both]
        return newer(found, cursor)

    def _comment(self, row: Mapping[str, Any], about: str) -> Arrived:
        one, author = seen_comment(row), _author(row)
        parent = row.get("parent_id")
        return Arrived(
            What.COMMENT, one.remote_id, one.created_at, author, one.text, about=about,
            parent=f"comment:{parent}" if parent else about, thread=about,
            own=author.handle == f"@{self._name}", raw=row,
        )  # fmt: skip

    async def _new(self, edge: str, fields: str, what: What, cursor: str) -> Batch:
        answer = await self._graph.get(f"{self._me}/{edge}", fields=fields, limit="25")
        found = [self._arrived(row, what) for row in _rows(answer)]
        return newer(found, cursor)

    def _arrived(self, row: Mapping[str, Any], what: What) -> Arrived:
        post, own = seen(row), what is What.POST
        remote_id = post.remote_id if own else f"mention:{post.remote_id}:"
        name = str(row.get("username") or (self._name if own else ""))
        author = Author(self._me if own else "", f"@{name}" if name else "")
        return Arrived(
            what, remote_id, post.created_at, author, post.text, post.url, media=post.media,
            thread=post.remote_id, own=own, raw=row,
        )  # fmt: skip

    async def _pages(self, edge: str) -> AsyncIterator[list[dict[str, Any]]]:
        async for page in self._graph.pages(f"{self._me}/{edge}", fields=MEDIA, limit="50"):
            yield page


def seen(row: Mapping[str, Any]) -> Seen:
    """A post as we know posts. TryLater when it lacks what makes one."""
    try:
        parts = _rows(row.get("children")) or [row]
        return Seen(
            remote_id=str(row["id"]),
            url=str(row.get("permalink") or ""),
            text=str(row.get("caption") or ""),
            created_at=moment(row["timestamp"]),
            media=tuple(_medium(part) for part in parts),
        )
    except (KeyError, TypeError, ValueError) as error:
        raise TryLater(f"not a post: {type(error).__name__} {error}") from error


def _medium(row: Mapping[str, Any]) -> SeenMedium:
    url = row.get("media_url") or row.get("thumbnail_url") or ""
    return SeenMedium(str(url), str(row.get("alt_text") or ""))


def seen_comment(row: Mapping[str, Any]) -> Seen:
    try:
        at = moment(row["timestamp"])
        return Seen(f"comment:{row['id']}", "", str(row.get("text") or ""), at)
    except (KeyError, TypeError, ValueError) as error:
        raise TryLater(f"not a comment: {type(error).__name__} {error}") from error


def _author(row: Mapping[str, Any]) -> Author:
    by = row.get("from")
    told = by if isinstance(by, dict) else {}
    name = str(told.get("username") or row.get("username") or "")
    url = f"https://www.instagram.com/{name}/" if name else ""
    return Author(str(told.get("id") or ""), f"@{name}" if name else "", url=url)


def _rows(value: Any) -> list[Mapping[str, Any]]:
    data = value.get("data") if isinstance(value, dict) else None
    return [row for row in data if isinstance(row, dict)] if isinstance(data, list) else []
