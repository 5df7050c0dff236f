"""What comes: replies, mentions and quotes by notifications; messages; whom the account follows."""

import hashlib
from base64 import urlsafe_b64encode
from collections.abc import AsyncGenerator, AsyncIterator, Mapping
from contextlib import aclosing
from typing import Any

from breakwater.domain.errors import TryLater, Unsupported
from breakwater.networks.base import (
    Arrived,
    Author,
    Batch,
    Comment,
    Figure,
    Metric,
    People,
    Source,
    What,
)
from breakwater.networks.bluesky.echoes import own_post
from breakwater.networks.bluesky.embeds import seen_media
from breakwater.networks.bluesky.facets import in_full
from breakwater.networks.bluesky.firehose import Event
from breakwater.networks.bluesky.inbound import BlueskyReader
from breakwater.networks.bluesky.manifest import MANIFEST
from breakwater.networks.bluesky.records import FOLLOW, moment, parts, post_url, profile_url
from breakwater.networks.bluesky.stream import heard, jetstream, jetstream_or_server

_PAGE = 50
_PEOPLE = 100
_DEPTH = 100
_ID = 8
_OWN_RECORDS = "repo:"
_REASONS: Mapping[Source, Mapping[str, What]] = {
    Source.COMMENTS: {"reply": What.COMMENT},
    Source.MENTIONS: {"mention": What.MENTION, "quote": What.QUOTE},
}
_COUNTS = {"likeCount": Metric.LIKES, "replyCount": Metric.COMMENTS, "repostCount": Metric.SHARES}


class BlueskyListener(BlueskyReader):
    """The hearing part of the connector."""

    async def poll(self, source: Source, cursor: str) -> Batch:
        if source is Source.MESSAGES:
            return await self._chat.poll(cursor)
        if source is Source.OWN_POSTS:
            return await self._own_posts(_Memory.of(cursor))
        reasons = _REASONS.get(source)
        if reasons is None:
            raise Unsupported(f"{source} cannot be polled")
        return await self._notified(reasons, _Memory.of(cursor))

    async def comments(self, remote_id: str) -> tuple[Comment, ...]:
        """All replies below a post, oldest first, as the app's service has them."""
        answer = await self._server.query(
            "app.bsky.feed.getPostThread", uri=remote_id, depth=_DEPTH, parentHeight=0
        )
        thread = answer.get("thread")
        found = list(_below(thread)) if isinstance(thread, Mapping) else []
        return tuple(sorted(found, key=lambda comment: comment.created_at))

    async def following(self, cursor: str = "") -> People:
        """By name where the app's service answers, else by our own records."""
        if not cursor.startswith(_OWN_RECORDS):
            try:
                return await self._follows(cursor)
            except Unsupported:
                cursor = _OWN_RECORDS
        return await self._followed(cursor.removeprefix(_OWN_RECORDS))

    async def insights(self, remote_id: str = "") -> tuple[Figure, ...]:
        if not remote_id:
            profile = await self._server.query(
                "app.bsky.actor.getProfile", actor=self._account.remote_id
            )
            return (Figure(Metric.FOLLOWERS, int(profile.get("followersCount") or 0)),)
        answer = await self._server.query("app.bsky.feed.getPosts", uris=[remote_id])
        posts = answer.get("posts")
        if not isinstance(posts, list) or not posts:
            raise TryLater("the post is not known there yet")
        return tuple(
            Figure(metric, int(posts[0].get(name) or 0)) for name, metric in _COUNTS.items()
        )

    async def stream(self) -> AsyncIterator[Arrived]:
        """Own posts, replies to the account and deletions, by Jetstream, which hears all of the network's posts;
        for a server of one's own without one, by what that server tells of its accounts."""
        async with aclosing(heard(self._told(), self._account.remote_id)) as events:
            async for one in events:
                yield one

    def _told(self) -> AsyncGenerator[Event, None]:
        origin, kit = self._account.origin, self._kit
        if origin == MANIFEST.default_origin:
            return jetstream(kit.listen, MANIFEST.at(origin, "stream"))
        return jetstream_or_server(kit.listen, kit.listen_to_all, origin)

    async def _own_posts(self, memory: "_Memory") -> Batch:
        """By the keys of the records, newest first. One that was changed comes again."""
        page = await self._page(_PAGE, memory.page)
        listed = page.get("records")
        records = [one for one in listed if isinstance(one, dict)] if listed else []
        rows = [{**one, "reason": one.get("cid")} for one in records]
        new = memory.new(rows)
        arrived = [one for row in new if (one := self._echo(row)) is not None]
        follows = str(page.get("cursor") or "") if new and len(new) == len(rows) else ""
        after = memory.after(rows, follows)
        return Batch(tuple(reversed(arrived)), after.cursor(), bool(after.page))

    def _echo(self, row: Mapping[str, Any]) -> Arrived | None:
        """An own post; None for what answers somebody."""
        record = row.get("value")
        if not isinstance(record, Mapping) or isinstance(record.get("reply"), Mapping):
            return None
        at = moment(record.get("createdAt"))
        return own_post(record, str(row.get("uri", "")), at, dict(row))

    async def _notified(self, reasons: Mapping[str, What], memory: "_Memory") -> Batch:
        page = await self._server.query(
            "app.bsky.notification.listNotifications", reasons=list(reasons), limit=_PAGE,
            **({"cursor": memory.page} if memory.page else {}),
        )  # fmt: skip
        listed = page.get("notifications")
        rows = [row for row in listed if isinstance(row, dict)] if isinstance(listed, list) else []
        new = memory.new(rows)
        arrived = [
            self._arrived(row, reasons[str(row["reason"])])
            for row in new
            if row.get("reason") in reasons
        ]
        follows = str(page.get("cursor") or "") if new and len(new) == len(rows) else ""
        after = memory.after(rows, follows)
        return Batch(tuple(reversed(arrived)), after.cursor(), bool(after.page))

    def _arrived(self, row: Mapping[str, Any], what: What) -> Arrived:
        record = row.get("record") if isinstance(row.get("record"), Mapping) else {}
        author = _author(row.get("author"))
        reply = record.get("reply") if isinstance(record, Mapping) else None
        above = reply if isinstance(reply, Mapping) else {}
        root, uri = _uri(above.get("root")), str(row.get("uri", ""))
        own = root.startswith(f"at://{self._account.remote_id}/")
        did, _, rkey = parts(uri)
        return Arrived(
            what=what,
            remote_id=uri,
            at=moment(row.get("indexedAt")),
            author=author,
            text=in_full(str((record or {}).get("text", "")), (record or {}).get("facets")),
            url=post_url(author.handle or did, rkey),
            about=root if own else str(row.get("reasonSubject") or ""),
            parent=_uri(above.get("parent")),
            thread=root or uri,
            media=seen_media((record or {}).get("embed"), self._account.origin, did),
            raw=dict(row),
        )

    async def _follows(self, cursor: str) -> People:
        page = await self._server.query(
            "app.bsky.graph.getFollows", actor=self._account.remote_id, limit=_PEOPLE,
            **({"cursor": cursor} if cursor else {}),
        )  # fmt: skip
        rows = page.get("follows")
        people = tuple(_author(row) for row in rows) if isinstance(rows, list) else ()
        return People(people, str(page.get("cursor") or ""))

    async def _followed(self, cursor: str) -> People:
        page = await self._server.query(
            "com.atproto.repo.listRecords", repo=self._account.remote_id, collection=FOLLOW,
            limit=_PEOPLE, **({"cursor": cursor} if cursor else {}),
        )  # fmt: skip
        rows = page.get("records") or []
        dids = dict.fromkeys(str(row.get("value", {}).get("subject", "")) for row in rows)
        after = str(page.get("cursor") or "") if len(rows) == _PEOPLE else ""
        return People(
            tuple(Author(did, url=profile_url(did)) for did in dids),
            _OWN_RECORDS + after if after else "",
        )


class _Memory:
    """What was on the newest page at the last poll: the list is sorted by dates that its authors
    chose, so a date alone would lose what comes in below what is known.

    known: short ids of the page that the last full poll began with; None before the first.
    newest: of the one that this poll began with. page: where it goes on; "" at its end.
    """

    def __init__(self, known: str | None, newest: str = "", page: str = "") -> None:
        self._known = known
        self._newest = newest
        self.page = page

    @classmethod
    def of(cls, cursor: str) -> "_Memory":
        if not cursor:
            return cls(None)
        known, newest, page = [*cursor.split("~", 2), "", ""][:3]
        return cls(known, newest, page)

    def new(self, rows: list[dict[str, Any]]) -> list[dict[str, Any]]:
        """Those that were not given yet. Below a full page of known ones nothing is new: what
        slides up there when another is deleted was given long ago."""
        known = _ids(self._known or "") | _ids(self._newest)
        last = max((at for at, row in enumerate(rows) if _short(row) in known), default=len(rows))
        full = len(_ids(self._known or "")) >= _PAGE
        within = rows[: last + 1] if full else rows
        return [row for row in within if _short(row) not in known]

    def after(self, rows: list[dict[str, Any]], follows: str) -> "_Memory":
        """Once these rows were given. At the very beginning the newest page is enough."""
        newest = self._newest or "".join(_short(row) for row in rows)
        if follows and self._known is not None:
            return _Memory(self._known, newest, follows)
        return _Memory(newest or self._known or "")

    def cursor(self) -> str:
        return "~".join((self._known or "", self._newest, self.page))


def _ids(joined: str) -> set[str]:
    return {joined[at : at + _ID] for at in range(0, len(joined), _ID)}


def _short(row: Mapping[str, Any]) -> str:
    digest = hashlib.sha256(f"{row.get('uri')} {row.get('reason')}".encode()).digest()
    return urlsafe_b64encode(digest).decode()[:_ID]


def _uri(reference: object) -> str:
    return str(reference.get("uri", "")) if isinstance(reference, Mapping) else ""


def _author(person: object) -> Author:
    if not isinstance(person, Mapping):
        return Author("")
    did, handle = str(person.get("did", "")), str(person.get("handle", ""))
    name, picture = str(person.get("displayName") or ""), str(person.get("avatar") or "")
    return Author(did, handle, name or handle, profile_url(handle or did), picture)


def _below(thread: Mapping[str, Any]) -> "list[Comment]":
    found: list[Comment] = []
    waiting = list(thread.get("replies") or [])
    while waiting:
        node = waiting.pop()
        post = node.get("post") if isinstance(node, Mapping) else None
        if not isinstance(post, Mapping):
            continue
        record = post.get("record") or {}
        author = _author(post.get("author"))
        text = in_full(str(record.get("text", "")), record.get("facets"))
        at = moment(record.get("createdAt"))
        found.append(Comment(str(post.get("uri", "")), author.handle, text, at))
        waiting += list(node.get("replies") or [])
    return found
