"""What came since the last look, source by source.

A cursor says up to when everything was seen, and in the middle of a long walk also where it goes
on. Facebook counts in whole seconds, so it names what was seen in the very last one: more may come
in it.
"""

import hashlib
import json
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass
from typing import Any

from breakwater.domain.errors import Unsupported
from breakwater.networks.base import Arrived, Batch, Source, What
from breakwater.networks.facebook import shapes
from breakwater.networks.facebook.calls import Page, inner, listed, moment

PAGES = 4
"""So many pages in one poll; then the caller asks again at once."""
_BELOW = 50
_NAMED = 20
"""So many ids fit into a cursor; of what else came in that second, some comes twice."""
_ROWS = "25"

Row = Mapping[str, Any]


@dataclass(frozen=True)
class Place:
    """since: up to when all was seen before this walk (seconds); known: short ids of what was seen in
    that second. newest, fresh: the same for this walk. after: Facebook's own, of its next page."""

    since: float = 0.0
    known: tuple[str, ...] = ()
    newest: float = 0.0
    fresh: tuple[str, ...] = ()
    after: str = ""

    @classmethod
    def read(cls, cursor: str) -> "Place":
        try:
            said = json.loads(cursor) if cursor else {}
            return cls(
                since=float(said.get("since", 0)),
                known=tuple(map(str, said.get("known", ()))),
                newest=float(said.get("newest", 0)),
                fresh=tuple(map(str, said.get("fresh", ()))),
                after=str(said.get("after", "")),
            )
        except (ValueError, TypeError, AttributeError):
            return cls()  # not a cursor of ours: from the beginning

    def written(self) -> str:
        return json.dumps({name: value for name, value in vars(self).items() if value})


class Poller:
    """Reads one page of Facebook's after the other, newest first, back to the place."""

    def __init__(self, page: Page) -> None:
        self._page = page

    async def poll(self, source: Source, cursor: str) -> Batch:
        walks: Mapping[Source, Callable[[Place], Awaitable[Batch]]] = {
            Source.OWN_POSTS: self._own_posts,
            Source.COMMENTS: self._comments,
            Source.AD_COMMENTS: self._ad_comments,
            Source.MENTIONS: self._mentions,
            Source.MESSAGES: self._messages,
            Source.REVIEWS: self._reviews,
            Source.LIVE_CHAT: self._live_chat,
        }
        if source not in walks:
            raise Unsupported(f"{source} cannot be polled")
        return await walks[source](Place.read(cursor))

    async def _own_posts(self, place: Place) -> Batch:
        """What stands on the Page, by whomever."""
        return await self._walk("feed", place, self._post, fields=shapes.POST)

    async def _mentions(self, place: Place) -> Batch:
        return await self._walk("tagged", place, self._mention, fields=shapes.POST)

    async def _reviews(self, place: Place) -> Batch:
        return await self._walk("ratings", place, shapes.came_review, fields=shapes.REVIEW)

    def _post(self, row: Row) -> Arrived:
        return shapes.came_post(row, self._page.id)

    def _mention(self, row: Row) -> Arrived:
        return shapes.came_post(row, self._page.id, What.MENTION)

    async def _messages(self, place: Place) -> Batch:
        """The newest messages of each conversation in which something happened."""
        fields = f"id,updated_time,messages.limit({_BELOW}){{{shapes.MESSAGE}}}"
        found: list[Arrived] = []

        async def gather(row: Row) -> None:
            rows = await self._inside(row, "messages", place, fields=shapes.MESSAGE)
            found.extend(shapes.came_message(one, self._page.id) for one in rows)

        after = await self._rows(
            "conversations", place, gather, "updated_time", platform="MESSENGER", fields=fields
        )
        return _batch(found, place, after)

    async def _comments(self, place: Place) -> Batch:
        return await self._below("published_posts", place)

    async def _ad_comments(self, place: Place) -> Batch:
        return await self._below("ads_posts", place, ad=True, include_inline_create="true")

    async def _live_chat(self, place: Place) -> Batch:
        return await self._below("live_videos", place, broadcast_status='["LIVE"]')

    async def _below(self, edge: str, place: Place, *, ad: bool = False, **params: str) -> Batch:
        """Comments below the newest posts (or live videos) of an edge. Older posts are heard of
        by push only: Facebook has no list of all comments of a Page."""
        fields = (
            "id,comments.filter(stream).order(reverse_chronological)"
            f".limit({_BELOW}){{{shapes.COMMENT}}}"
        )
        answer = await self._page.graph.get(
            f"{self._page.id}/{edge}", fields=fields, limit=_ROWS, **params
        )
        found: list[Arrived] = []
        asked = {"filter": "stream", "order": "reverse_chronological", "fields": shapes.COMMENT}
        for row in listed(answer, "data"):
            about = self._about(edge, row)
            found += [
                shapes.came_comment(comment, about, self._page.id, ad=ad)
                for comment in await self._inside(row, "comments", place, **asked)
            ]
        return _batch(found, place)

    async def _inside(
        self, row: Row, edge: str, place: Place, **params: str
    ) -> list[dict[str, Any]]:
        """What came with the row, and further pages where all of it is new."""
        rows = listed(row, edge, "data")
        whole = not inner(row, edge, "paging", "next")
        if whole or not place.since or _posix(rows[-1], "created_time") < place.since:
            return rows
        rows = []
        async for page in self._page.graph.pages(
            f"{row.get('id')}/{edge}", limit=str(_BELOW), **params
        ):
            rows += page
            if any(_posix(one, "created_time") < place.since for one in page):
                break
        return rows

    def _about(self, edge: str, row: Row) -> str:
        return f"live:{row.get('id')}" if edge == "live_videos" else str(row.get("id") or "")

    async def _walk(
        self, edge: str, place: Place, arrived: Callable[[Row], Arrived], **params: str
    ) -> Batch:
        found: list[Arrived] = []

        async def gather(row: Row) -> None:
            found.append(arrived(row))

        after = await self._rows(edge, place, gather, "created_time", **params)
        return _batch(found, place, after)

    async def _rows(
        self,
        edge: str,
        place: Place,
        gather: Callable[[Row], Awaitable[None]],
        time: str,
        **params: str,
    ) -> str:
        """Where to go on; "" when all is seen. time: the field by which the edge is sorted."""
        after = place.after
        for _ in range(PAGES if place.since else 1):
            more = {"after": after} if after else {}
            answer = await self._page.graph.get(
                f"{self._page.id}/{edge}", limit=_ROWS, **params, **more
            )
            rows = listed(answer, "data")
            for row in rows:
                await gather(row)
            after = str(inner(answer, "paging", "cursors", "after") or "")
            seen_all = not rows or _posix(rows[-1], time) < place.since
            if seen_all or not inner(answer, "paging", "next") or not after:
                return ""
        return after if place.since else ""


def _batch(found: list[Arrived], place: Place, after: str = "") -> Batch:
    """Oldest first. after: the walk is not at its end; the next one goes on from there."""
    young = [one for one in reversed(found) if _is_new(one, place)]
    young.sort(key=lambda one: one.at)
    newest = max([place.newest, place.since, *(one.at.timestamp() for one in young)])
    fresh = [_short(one.remote_id) for one in young if one.at.timestamp() == newest]
    if newest == place.newest:
        fresh += place.fresh
    if newest == place.since:
        fresh += place.known
    kept = tuple(dict.fromkeys(fresh))[:_NAMED]
    if after:
        here = Place(place.since, place.known, newest, kept, after)
        return Batch(tuple(young), here.written(), more=True)
    return Batch(tuple(young), Place(newest, kept).written())


def _is_new(one: Arrived, place: Place) -> bool:
    return one.at.timestamp() >= place.since and _short(one.remote_id) not in place.known


def _short(remote_id: str) -> str:
    """Ids of messages are long, and a cursor is not."""
    return hashlib.sha256(remote_id.encode()).hexdigest()[:10]


def _posix(row: Row, name: str) -> float:
    return moment(row.get(name)).timestamp()
