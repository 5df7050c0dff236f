"""Looking: posts, the timeline, comments, and whether a parcel got out. Read only."""

from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Any

import httpx

from breakwater.domain.errors import TryLater
from breakwater.domain.guarantees import Guarantee
from breakwater.networks import wire
from breakwater.networks.base import (
    Account,
    Comment,
    Handle,
    Kit,
    Look,
    Parcel,
    Seen,
    SeenMedium,
)
from breakwater.networks.sandbox.classes import CLAIMS, PUBLISH_ID, RESUMABLE, class_named
from breakwater.networks.sandbox.errors import error_of
from breakwater.networks.sandbox.manifest import MANIFEST
from breakwater.networks.unable import Unable

_PAGE = 40
_PAGES = 10
_EARLIER = timedelta(minutes=2)
_NOTHING = Look(exact=True, posts=())


class Reader(Unable):
    """What can be asked about one account."""

    def __init__(self, client: httpx.AsyncClient, account: Account, kit: Kit) -> None:
        self._client = client
        self._account = account
        self._kit = kit

    @property
    def kind(self) -> str:
        """The class that the account was connected as (classes.CLAIMS)."""
        chosen = self._account.secrets.get("class") or self._account.options.get("class")
        return class_named(chosen or MANIFEST.guarantee)

    @property
    def guarantee(self) -> Guarantee:
        """What that class claims."""
        return CLAIMS[self.kind]

    async def look(self, parcel: Parcel, handle: Handle) -> Look:
        """By record key or handle: exact. Else own posts since two minutes before the first
        send."""
        if self.kind == Guarantee.LASTING_KEY:
            return _exact(await self._get(f"/api/records/{parcel.record_key}"), self._seen)
        if self.kind == RESUMABLE:
            return await self._look_in_upload(handle)
        if self.kind == PUBLISH_ID:
            return await self._look_for_publication(handle)
        since = (parcel.first_sent_at or parcel.created_at) - _EARLIER
        if self.kind == Guarantee.HANDLE:
            return await self._look_in_container(handle, since)
        return await self._look_back(since)

    async def read(self, remote_id: str) -> Seen | None:
        """By the id of the post, or by a publish id (then `remote_id` of what is seen is the
        post's). TryLater while it is moderated."""
        if is_publish_id(remote_id):
            return await self._published_as(remote_id)
        found = await self._get(f"/api/posts/{remote_id}")
        return None if found is None else self._seen(found)

    async def timeline(self, limit: int) -> tuple[Seen, ...]:
        """Own posts; not what answers somebody."""
        posts: list[dict[str, Any]] = []
        while len(posts) < limit:
            page = await self._page(posts[-1]["seq"] if posts else None, own=True)
            posts += page
            if len(page) < _PAGE:
                break
        return tuple(self._seen(post) for post in posts[:limit])

    async def comments(self, remote_id: str) -> tuple[Comment, ...]:
        """Oldest first; none for a post that is not there."""
        response = await self._call("GET", f"/api/posts/{remote_id}/comments", safe=True)
        if response.status_code == httpx.codes.NOT_FOUND:
            return ()
        return tuple(comment_of(row) for row in wire.rows(_read(response)))

    async def _look_in_container(self, handle: Handle, since: datetime) -> Look:
        if "container" not in handle:
            return _NOTHING  # kept before publishing, so nothing was
        found = await self._get(f"/api/containers/{handle['container']}")
        if found and found.get("status") == "PUBLISHED" and not found.get("post"):
            return await self._look_back(since)  # as which post? Never simply as the latest
        return _exact(found.get("post") if found else None, self._seen)

    async def _look_in_upload(self, handle: Handle) -> Look:
        if "session" not in handle:
            return _NOTHING
        found = await self._get(f"/api/uploads/{handle['session']}")
        return _exact(found.get("post") if found else None, self._seen)

    async def _look_for_publication(self, handle: Handle) -> Look:
        if "publish_id" not in handle:
            return _NOTHING
        seen = await self._published_as(handle["publish_id"])
        return Look(exact=True, posts=(seen,) if seen else ())

    async def _published_as(self, publish_id: str) -> Seen | None:
        """The post that it became; None if it became none. Raises: TryLater until that is known."""
        found = await self._get(f"/api/publishes/{publish_id}")
        if found and found.get("moderating"):
            raise TryLater("handed in, and still moderated")
        post = found.get("post") if found else None
        return self._seen(post) if post else None

    async def _look_back(self, since: datetime) -> Look:
        posts: list[Seen] = []
        before: int | None = None
        for _ in range(_PAGES):
            page = await self._page(before)
            seen = [self._seen(post) for post in page]
            posts += [post for post in seen if post.created_at >= since]
            if len(page) < _PAGE or seen[-1].created_at < since:
                return Look(exact=False, posts=tuple(posts))
            before = page[-1]["seq"]
        return Look(exact=False, posts=tuple(posts), complete=False)

    async def _page(self, before: int | None, *, own: bool = False) -> list[dict[str, Any]]:
        query = {"limit": str(_PAGE)} | ({"own": "1"} if own else {})
        query |= {} if before is None else {"before": str(before)}
        return wire.rows(_read(await self._call("GET", "/api/posts", safe=True, params=query)))

    async def _get(self, path: str) -> dict[str, Any] | None:
        response = await self._call("GET", path, safe=True)
        if response.status_code == httpx.codes.NOT_FOUND:
            return None
        return wire.body(_read(response), safe=True)

    async def _call(
        self, method: str, path: str, *, safe: bool = False, **kwargs: Any
    ) -> httpx.Response:
        headers = {
            "authorization": f"Bearer {self._account.secrets.get('token', '')}",
            **kwargs.pop("headers", {}),
        }
        url = self._account.origin + path
        return await wire.call(self._client, method, url, safe=safe, headers=headers, **kwargs)

    def _url(self, path: str) -> str:
        """Where a browser finds it; "" in process, where no browser can go."""
        origin = self._account.origin
        return "" if origin == MANIFEST.default_origin else origin + path

    def _seen(self, post: Mapping[str, Any]) -> Seen:
        try:
            return Seen(
                remote_id=str(post["id"]),
                url=self._url(str(post["path"])),
                text=str(post["text"]),
                created_at=datetime.fromisoformat(post["created_at"]),
                media=tuple(
                    SeenMedium(
                        url=f"{self._account.origin}/api/media/{m['sha256']}",
                        alt=str(m["alt"]),
                        sha256=str(m["sha256"]),
                    )
                    for m in post["media"]
                ),
            )
        except (KeyError, TypeError, ValueError) as error:
            raise TryLater(f"not a post: {error!r}") from error


def comment_of(row: Mapping[str, Any]) -> Comment:
    try:
        at = datetime.fromisoformat(row["created_at"])
        return Comment(str(row["id"]), str(row["author"]), str(row["text"]), at)
    except (KeyError, TypeError, ValueError) as error:
        raise TryLater(f"not a comment: {error!r}") from error


def is_publish_id(remote_id: str) -> bool:
    """Posts have a dot in their id, publish ids have none."""
    return "." not in remote_id


def _exact(post: Any, seen: Any) -> Look:
    return Look(exact=True, posts=() if post is None else (seen(post),))


def _read(response: httpx.Response) -> httpx.Response:
    """A read that went well. A 404 is the caller's: it is proof of absence only for one post."""
    if not response.is_success:
        raise error_of(response, safe=True)
    return response
