"""What a Page shows of what it said: one thing by its id, its own posts, comments below them."""

from collections.abc import AsyncIterator, Mapping
from datetime import UTC, datetime
from typing import Any

from breakwater.domain.errors import Refused, TryLater
from breakwater.networks.base import Comment, Look, Seen, SeenMedium
from breakwater.networks.facebook import shapes
from breakwater.networks.facebook.calls import Node, Page, inner, listed, moment

PAGE = "50"
"""How much one page of a list holds. The most is 100."""

Row = Mapping[str, Any]


class Reader:
    """Read-only calls as one Page. Any of them can be made again at will."""

    def __init__(self, page: Page) -> None:
        self._page = page

    async def read(self, remote_id: str) -> Seen | None:
        """It, or None when Facebook denies it to a token that still is the Page's."""
        node, plain = self._page.node(remote_id)
        if node is Node.STORY:
            return await self._story(plain)
        try:
            return await self._one(node, plain)
        except Refused as error:
            if error.reason != "not_there":
                raise
        await self._prove_that_we_would_see_it()
        return None

    async def timeline(self, limit: int) -> tuple[Seen, ...]:
        """Up to `limit` own posts, newest first; pictures without their alt texts."""
        found: list[Seen] = []
        async for rows in self.posts():
            found += map(shapes.post, rows)
            if len(found) >= limit:
                break
        return tuple(found[:limit])

    async def posts_since(self, since: datetime) -> Look:
        """Own posts from `since` on, newest first."""
        found: list[Seen] = []
        async for rows in self.posts():
            for row in rows:
                if moment(row.get("created_time")) < since:
                    return Look(exact=False, posts=tuple(found))
                found.append(shapes.post(row))
            if not rows:
                return Look(exact=False, posts=tuple(found))
        return Look(exact=False, posts=tuple(found), complete=False)

    def posts(self) -> AsyncIterator[list[dict[str, Any]]]:
        return self._page.graph.pages(
            f"{self._page.id}/published_posts", fields=shapes.POST, limit=PAGE
        )

    async def comments(self, remote_id: str) -> tuple[Comment, ...]:
        """All of them, answers to comments included, oldest first."""
        found: list[Comment] = []
        async for rows in self.comment_pages(self._page.plain(remote_id), "chronological"):
            found += map(shapes.short_comment, rows)
        return tuple(found)

    def comment_pages(self, plain: str, order: str) -> AsyncIterator[list[dict[str, Any]]]:
        return self._page.graph.pages(
            f"{plain}/comments", fields=shapes.COMMENT, filter="stream", order=order, limit=PAGE
        )

    async def with_alts(self, row: Row) -> Seen:
        """The post with the alt texts of its pictures, which only the pictures themselves say."""
        seen = shapes.post(row)
        ids = [str(inner(one, "target", "id") or "") for one in shapes.attached(row)]
        wanted = ",".join(one for one in ids if one)
        if not wanted:
            return seen
        photos = await self._page.graph.get("", ids=wanted, fields="id,alt_text_custom")
        alts = {
            key: str(photo.get("alt_text_custom") or "")
            for key, photo in photos.items()
            if isinstance(photo, dict)
        }
        return shapes.post(row, alts)

    async def _one(self, node: Node, plain: str) -> Seen | None:
        graph = self._page.graph
        if node is Node.POST:
            return await self.with_alts(await graph.get(plain, fields=shapes.POST))
        if node is Node.VIDEO:
            return await self.video(plain)
        if node is Node.LIVE:
            return shapes.live(await graph.get(plain, fields=shapes.LIVE))
        if node is Node.MESSAGE:
            return shapes.message(await graph.get(plain, fields=shapes.MESSAGE))
        return shapes.comment(await graph.get(plain, fields=shapes.COMMENT))

    async def video(self, plain: str) -> Seen | None:
        """A video that is out; None for one that never will be. Raises: TryLater while Facebook
        still works on it."""
        row = await self._page.graph.get(plain, fields=shapes.VIDEO)
        state = str(inner(row, "status", "video_status") or "")
        phase = inner(row, "status", "publishing_phase") or {}
        if state == "ready" and (row.get("published") or phase.get("status") == "complete"):
            return shapes.video(row, self._page.id)
        if state in ("processing", "ready"):
            raise TryLater(f"Facebook still works on the video: {phase}", code="not_ready")
        return None

    async def stories(self) -> list[dict[str, Any]]:
        """The newest stories that the Page's archive holds."""
        fields = "post_id,status,creation_time,media_id,media_type,url"
        answer = await self._page.graph.get(f"{self._page.id}/stories", fields=fields, limit=PAGE)
        return listed(answer, "data")

    async def _story(self, post_id: str) -> Seen:
        for row in await self.stories():
            if str(row.get("post_id")) == post_id:
                return story(row)
        raise TryLater("not among the stories; the Page may keep no archive")

    async def _prove_that_we_would_see_it(self) -> None:
        me = await self._page.graph.get("me", fields="id")
        if me.get("id") != self._page.id:
            raise TryLater(f"the token is of {me.get('id')!r}")


def story(row: Row) -> Seen:
    """creation_time: seconds since 1970, as text."""
    url = str(row.get("url") or "")
    try:
        at = datetime.fromtimestamp(int(str(row.get("creation_time"))), UTC)
    except (ValueError, OverflowError) as error:
        raise TryLater(f"not a story: {sorted(row)}") from error
    return Seen(f"story:{row.get('post_id')}", url, "", at, media=(SeenMedium(url),))
