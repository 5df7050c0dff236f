"""What came since the last look, source by source.

A cursor says up to when everything was seen, and in the middle of a long walk also where it goes
on: {"since": s, "newest": s, "after": Facebook's own}. Seconds, as Facebook counts them; what came
in the very second of `since` is given again rather than lost.
"""

import json
from collections.abc import Awaitable, Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from breakwater.domain.errors import Unsupported
from breakwater.networks.base import Arrived, Batch, Source, What
from breakwater.networks.facebook import shapes
from breakwater.networks.facebook.calls import Page, inner, listed, moment

PAGES = 4
"""So many pages in one poll; then the caller asks again at once."""
_BELOW = 50
_ROWS = "25"

Row = Mapping[str, Any]


@dataclass(frozen=True)
class Place:
    """since: up to when all was seen before this walk. newest: the newest seen on it."""

    since: float = 0.0
    newest: float = 0.0
    after: str = ""

    @classmethod
    def read(cls, cursor: str) -> "Place":
        try:
            said = json.loads(cursor) if cursor else {}
            return cls(float(said.get("since", 0)), float(said.get("newest", 0)), _word(said))
        except (ValueError, TypeError, AttributeError):
            return cls()  # not a cursor of ours: from the beginning

    def written(self) -> str:
        return json.dumps({"since": self.since, "newest": self.newest, "after": self.after})


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

        def arrived(row: Row) -> list[Arrived]:
            return [shapes.came_post(row, self._page.id)]

        return await self._walk("feed", place, arrived, "created_time", fields=shapes.POST)

    async def _mentions(self, place: Place) -> Batch:
        def arrived(row: Row) -> list[Arrived]:
            return [shapes.came_post(row, self._page.id, What.MENTION)]

        return await self._walk("tagged", place, arrived, "created_time", fields=shapes.POST)

    async def _reviews(self, place: Place) -> Batch:
        def arrived(row: Row) -> list[Arrived]:
            return [shapes.came_review(row)]

        return await self._walk("ratings", place, arrived, "created_time", fields=shapes.REVIEW)

    async def _messages(self, place: Place) -> Batch:
        """The newest messages of each conversation in which something happened."""

        def arrived(row: Row) -> list[Arrived]:
            return [
                shapes.came_message(one, self._page.id) for one in listed(row, "messages", "data")
            ]

        fields = f"id,updated_time,messages.limit({_BELOW}){{{shapes.MESSAGE}}}"
        return await self._walk(
            "conversations", place, arrived, "updated_time", platform="MESSENGER", fields=fields
        )

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
        for row in listed(answer, "data"):
            about = self._about(edge, row)
            found += [
                shapes.came_comment(comment, about, self._page.id, ad=ad)
                for comment in await self._comments_of(row, place)
            ]
        return _batch(found, place)

    async def _comments_of(self, row: Row, place: Place) -> list[dict[str, Any]]:
        """Those that came with the post, and further pages where all of them are new."""
        rows = listed(row, "comments", "data")
        if not place.since or not inner(row, "comments", "paging", "next"):
            return rows
        rows = []
        async for page in self._page.graph.pages(
            f"{row.get('id')}/comments",
            fields=shapes.COMMENT,
            filter="stream",
            order="reverse_chronological",
            limit=str(_BELOW),
        ):
            rows += page
            if any(_posix(one, "created_time") < place.since for one in page):
                break
        return rows

    def _about(self, edge: str, row: Row) -> str:
        return f"live:{row.get('id')}" if edge == "live_videos" else str(row.get("id") or "")

    async def _walk(
        self,
        edge: str,
        place: Place,
        arrived: Callable[[Row], Iterable[Arrived]],
        time: str,
        **params: str,
    ) -> Batch:
        """time: the field by which the edge is sorted, newest first."""
        found: list[Arrived] = []
        after = place.after
        for _ in range(PAGES if place.since else 1):
            more = {"after": after} if after else {}
            answer = await self._page.graph.get(
                f"{self._page.id}/{edge}", limit=_ROWS, **params, **more
            )
            rows = listed(answer, "data")
            for row in rows:
                found += arrived(row)
            after = str(inner(answer, "paging", "cursors", "after") or "")
            seen_all = not rows or _posix(rows[-1], time) < place.since
            if seen_all or not inner(answer, "paging", "next") or not after:
                return _batch(found, place)
        return _batch(found, place, after if place.since else "")


def _batch(found: list[Arrived], place: Place, after: str = "") -> Batch:
    """after: the walk is not at its end; the next one goes on from there."""
    young = [one for one in found if one.at.timestamp() >= place.since]
    young.sort(key=lambda one: one.at)
    newest = max([place.newest, place.since, *(one.at.timestamp() for one in young)])
    if after:
        return Batch(tuple(young), Place(place.since, newest, after).written(), more=True)
    return Batch(tuple(young), Place(newest, newest).written())


def _posix(row: Row, name: str) -> float:
    return moment(row.get(name)).timestamp()


def _word(said: Mapping[str, Any]) -> str:
    return str(said.get("after") or "")
