"""What LinkedIn shows: own posts by author, one post, its comments, mentions of an organisation.

Only organisations are read (`r_organization_social`): the right to read a member's posts is given
to nobody new, so a member's reads are `Unsupported` here and make no call.
"""

from collections.abc import AsyncIterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any

import httpx

from breakwater.domain.errors import NetworkError, Refused, TryLater, Unsupported
from breakwater.domain.text import says
from breakwater.networks import wire
from breakwater.networks.base import (
    Account,
    Arrived,
    Author,
    Batch,
    Comment,
    Look,
    Parcel,
    Seen,
    SeenMedium,
    Source,
    What,
)
from breakwater.networks.cursors import newer
from breakwater.networks.linkedin import hooks, urns
from breakwater.networks.linkedin.api import PAGE, Api, rows_of
from breakwater.networks.linkedin.errors import refusal
from breakwater.networks.linkedin.little import plain

LOOK_BACK = timedelta(minutes=2)
RECENT = 20
"""Posts whose comments are polled: each costs a call."""

_OUT = ("PUBLISHED", None)


class Reader:
    """Read-only calls as one account."""

    def __init__(self, api: Api, account: Account) -> None:
        self._api = api
        self._account = account

    async def look(self, parcel: Parcel, duplicate_of: str) -> Look:
        """What may be this parcel. A post that a refusal named as the same is asked for first;
        one that is not there is a ghost and proves nothing."""
        since = (parcel.first_sent_at or parcel.created_at) - LOOK_BACK
        if parcel.reply_to:
            return await self._look_among_comments(parcel, since)
        if duplicate_of:
            named = await self.read(duplicate_of)
            if named and named.created_at >= since and says(named.text, parcel.text):
                return Look(exact=True, posts=(named,))
        found, complete = await self._posts_since(since)
        return Look(exact=False, posts=tuple(found), complete=complete)

    async def read(self, remote_id: str) -> Seen | None:
        """The post or comment, or None when the network denies it."""
        if urns.is_comment(remote_id):
            about, number = urns.parts(remote_id)
            path = f"/rest/socialActions/{urns.path(about)}/comments/{number}"
        else:
            self._readable()
            path = f"/rest/posts/{urns.path(remote_id)}?viewContext=AUTHOR"
        answer = await self._api.ask(path)
        if answer.status_code == httpx.codes.NOT_FOUND:
            return None
        if not answer.is_success:
            raise refusal(answer, safe=True)
        row = wire.body(answer, safe=True)
        if urns.is_comment(remote_id):
            return _comment_seen(row)
        return await self._with_pictures(_seen(row)) if _is_out(row) else None

    async def timeline(self, limit: int) -> tuple[Seen, ...]:
        """Own posts, newest first."""
        found: list[Seen] = []
        async for rows in self._own_posts(min(limit, PAGE)):
            found += [_without_addresses(_seen(row)) for row in rows if _is_out(row)]
            if len(found) >= limit:
                break
        return tuple(found[:limit])

    async def comments(self, remote_id: str) -> tuple[Comment, ...]:
        return tuple(
            Comment(seen.remote_id, str(row.get("actor") or ""), seen.text, seen.created_at)
            for row in await self._comments(remote_id)
            for seen in (_comment_seen(row),)
        )

    async def poll(self, source: Source, cursor: str) -> Batch:
        """cursor: of `cursors.newer`; of 0.1 it was the newest thing's milliseconds."""
        self._readable()
        since = _moment(int(cursor)).isoformat() if cursor.isdigit() else cursor
        if source is Source.OWN_POSTS:
            found = [_post_arrived(row) for row in await self._newest(PAGE) if _is_out(row)]
        elif source is Source.COMMENTS:
            found = await self._new_comments()
        elif source is Source.MENTIONS:
            found = await self._new_mentions()
        else:
            raise Unsupported(f"{source} cannot be polled")
        return newer(found, since)

    async def _new_comments(self) -> list[Arrived]:
        found: list[Arrived] = []
        own = self._account.remote_id
        for urn in [str(post.get("id")) for post in await self._newest(RECENT)]:
            found += [_comment_arrived(row, urn, own) for row in await self._comments(urn)]
        return found

    async def _new_mentions(self) -> list[Arrived]:
        """Notifications are kept for 60 days. Their words have to be asked for."""
        path = (
            "/rest/organizationalEntityNotifications?q=criteria"
            f"&organizationalEntity={urns.path(self._account.remote_id)}"
            "&actions=List(SHARE_MENTION)"
        )
        rows = rows_of(await self._api.get(path, method="FINDER"))
        return [await self._with_words(hooks.mention(row)) for row in rows]

    async def _with_words(self, arrived: Arrived) -> Arrived:
        """Some posts that mention us are not ours to read: then the link has to do."""
        if arrived.text:
            return arrived
        try:
            seen = await self.read(arrived.remote_id)
        except NetworkError:
            return arrived
        if seen is None:
            return arrived
        return replace(arrived, text=seen.text)

    async def _posts_since(self, since: datetime) -> tuple[list[Seen], bool]:
        found: list[Seen] = []
        async for rows in self._own_posts(PAGE):
            seen = [_seen(row) for row in rows if _is_out(row)]
            found += [await self._with_pictures(one) for one in seen if one.created_at >= since]
            if not rows or any(one.created_at < since for one in seen):
                return found, True
        return found, False

    async def _look_among_comments(self, parcel: Parcel, since: datetime) -> Look:
        rows = await self._comments(parcel.reply_to)
        own = [row for row in rows if row.get("actor") == self._account.remote_id]
        seen = [one for one in map(_comment_seen, own) if one.created_at >= since]
        return Look(exact=False, posts=tuple(seen))

    async def _comments(self, urn: str) -> list[dict[str, Any]]:
        found: list[dict[str, Any]] = []
        async for rows in self._api.elements(f"/rest/socialActions/{urns.path(urn)}/comments"):
            found += rows
            if not rows:
                return found
        raise TryLater("more comments than can be looked through", code="incomplete")

    async def _newest(self, number: int) -> list[dict[str, Any]]:
        async for rows in self._own_posts(number):
            return rows
        return []

    def _own_posts(self, page: int) -> AsyncIterator[list[dict[str, Any]]]:
        self._readable()
        author = urns.path(self._account.remote_id)
        path = f"/rest/posts?q=author&author={author}&sortBy=CREATED&viewContext=AUTHOR"
        return self._api.elements(path, method="FINDER", page=page)

    async def _with_pictures(self, seen: Seen) -> Seen:
        """With addresses of its pictures, so that they can be compared; without one where the
        network does not give it."""
        if not seen.media:
            return seen
        media = []
        for medium in seen.media:
            url = await self._address(medium.url) if ":image:" in medium.url else ""
            media.append(SeenMedium(url, medium.alt))
        return replace(seen, media=tuple(media))

    async def _address(self, urn: str) -> str:
        try:
            image = await self._api.get(f"/rest/images/{urns.path(urn)}")
        except Refused:
            return ""
        return str(image.get("downloadUrl") or "")

    def _readable(self) -> None:
        if not self._account.remote_id.startswith(urns.ORGANISATION):
            raise Unsupported("the network lets no app read a member's posts")


def _without_addresses(seen: Seen) -> Seen:
    """Each address of a picture would cost a call."""
    return replace(seen, media=tuple(SeenMedium("", medium.alt) for medium in seen.media))


def _is_out(row: dict[str, Any]) -> bool:
    return row.get("lifecycleState") in _OUT


def _seen(row: dict[str, Any]) -> Seen:
    try:
        return Seen(
            remote_id=str(row["id"]),
            url=urns.public_address(str(row["id"])),
            text=plain(str(row.get("commentary") or "")),
            created_at=_moment(row.get("publishedAt") or row["createdAt"]),
            media=_media(row.get("content") or {}),
        )
    except (KeyError, TypeError, ValueError, AttributeError) as error:
        raise TryLater(f"not a post: {type(error).__name__} {error}") from error


def _media(content: dict[str, Any]) -> tuple[SeenMedium, ...]:
    """url: for now the URN. A card's picture is the card's, not the post's."""
    many = content.get("multiImage") or {}
    one = content.get("media")
    return tuple(
        SeenMedium(str(medium["id"]), str(medium.get("altText") or ""))
        for medium in (many.get("images") or ([one] if one else []))
    )


def _comment_seen(row: dict[str, Any]) -> Seen:
    try:
        urn = _comment_urn(row)
        return Seen(
            remote_id=urn,
            url=urns.public_address(urn),
            text=str(row["message"].get("text") or ""),
            created_at=_moment(row["created"]["time"]),
            media=tuple(SeenMedium(str(one.get("url") or "")) for one in row.get("content") or ()),
        )
    except (KeyError, TypeError, ValueError, AttributeError) as error:
        raise TryLater(f"not a comment: {type(error).__name__} {error}") from error


def _comment_urn(row: dict[str, Any]) -> str:
    said = row.get("commentUrn") or row.get("$URN")
    return urns.whole(str(said)) if said else urns.comment(str(row["object"]), str(row["id"]))


def _comment_arrived(row: dict[str, Any], post: str, own: str) -> Arrived:
    seen, actor = _comment_seen(row), str(row.get("actor") or "")
    parent = str(row.get("parentComment") or "")
    return Arrived(
        What.COMMENT, seen.remote_id, seen.created_at, Author(actor), seen.text, seen.url,
        about=post, parent=urns.whole(parent) if parent else post, media=seen.media,
        own=actor == own, raw=row,
    )  # fmt: skip


def _post_arrived(row: dict[str, Any]) -> Arrived:
    seen, author = _seen(row), str(row.get("author") or "")
    return Arrived(
        What.POST, seen.remote_id, seen.created_at, Author(author), seen.text, seen.url,
        own=True, raw=row,
    )  # fmt: skip


def _moment(milliseconds: int) -> datetime:
    return datetime.fromtimestamp(milliseconds / 1000, UTC)
