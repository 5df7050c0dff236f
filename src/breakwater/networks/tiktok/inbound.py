"""What TikTok shows: own public videos, what became of a post, figures, who we are.

Ids: a video has its own. A post that is not seen by everybody yet has the id of its publishing
(`publish_id`) instead. Behind it stands "#shut" where it never will be, since TikTok gives such
posts no id, and "#photos" where it has one and is not shown as it was sent
(https://developers.tiktok.com/doc/content-posting-api-reference-get-video-status, 2026-11-28).
"""

from collections.abc import AsyncIterator, Collection, Mapping
from datetime import UTC, datetime
from typing import Any

from breakwater.domain.errors import TryLater
from breakwater.networks import wire
from breakwater.networks.base import (
    Arrived,
    Author,
    Batch,
    Figure,
    Look,
    Metric,
    Profile,
    Seen,
    SeenMedium,
    What,
)
from breakwater.networks.tiktok.api import Answer, Api

PAGE = 20
"""The most that one page gives (https://developers.tiktok.com/doc/tiktok-api-v2-video-list)."""
PAGES = 25
"""Where a walk gives up: 500 videos. Beyond it, absence proves nothing."""
SHUT, PHOTOS = "#shut", "#photos"

_VIDEO = "id,create_time,share_url,title,video_description,cover_image_url"
_SHOWN = ("username", "bio_description")
_COUNTS: Mapping[str, Metric] = {
    "view_count": Metric.VIEWS,
    "like_count": Metric.LIKES,
    "comment_count": Metric.COMMENTS,
    "share_count": Metric.SHARES,
}
_OWN_COUNTS: Mapping[str, Metric] = {
    "follower_count": Metric.FOLLOWERS,
    "likes_count": Metric.LIKES,
}


class Reader:
    """Read-only calls as one account. Any of them can be made again at will."""

    def __init__(self, api: Api) -> None:
        self._api = api

    async def creator(self) -> Mapping[str, Any]:
        """What this account may post now: privacy_level_options, max_video_post_duration_sec …"""
        return (await self._api.post("creator", "post/publish/creator_info/query")).data

    async def status(self, publish_id: str) -> Answer:
        return await self._api.post(
            "status", "post/publish/status/fetch", {"publish_id": publish_id}
        )

    async def read(self, remote_id: str) -> Seen | None:
        """The post under its own id. Raises: TryLater while TikTok looks at it."""
        if not is_publishing(remote_id):
            return await self.video(remote_id)
        status = (await self.status(bare(remote_id))).data
        return await self._outcome(remote_id, status)

    async def video(self, video_id: str) -> Seen | None:
        """None: TikTok shows this account no such public video."""
        row = await self._row(video_id, _VIDEO)
        return seen(row) if row else None

    async def look(self, remote_id: str, size: int) -> Look:
        """What became of the upload of a video of `size` bytes: exact."""
        status = (await self.status(bare(remote_id))).data
        if status.get("status") == "PUBLISH_COMPLETE" and post_id(status):
            return Look(exact=True, posts=(await self._shown(post_id(status)),))
        if is_on_its_way(status, size):
            return Look(exact=True, posts=(_bare(remote_id),))
        return Look(exact=True, posts=())

    async def since(self, moment: datetime) -> tuple[tuple[Seen, ...], bool]:
        """Own public videos from `moment` on, newest first; and whether that is all of them."""
        found: list[Seen] = []
        async for page in self._pages(_VIDEO):
            for row in page:
                video = seen(row)
                if video.created_at < moment:
                    return tuple(found), True
                found.append(video)
            if not page:
                return tuple(found), True
        return tuple(found), False

    async def timeline(self, limit: int) -> tuple[Seen, ...]:
        found: list[Seen] = []
        async for page in self._pages(_VIDEO):
            found += [seen(row) for row in page]
            if len(found) >= limit or not page:
                break
        return tuple(found[:limit])

    async def poll(self, author: Author, cursor: str) -> Batch:
        """Own public videos since the last one that was given. cursor: its second and id."""
        second, _, known = cursor.partition(" ")
        start = datetime.fromtimestamp(int(second or "0"), UTC)
        if not cursor:
            fresh: tuple[Seen, ...] = await self.timeline(PAGE)
        else:
            fresh, _ = await self.since(start)
        news = tuple(_arrived(one, author) for one in fresh if one.remote_id != known)
        if not fresh:
            return Batch((), cursor)
        newest = fresh[0]
        return Batch(news, f"{int(newest.created_at.timestamp())} {newest.remote_id}")

    async def profile(self, scopes: Collection[str]) -> Profile:
        """https://developers.tiktok.com/doc/tiktok-api-v2-get-user-info (read 2026-11-29). A field
        whose scope was not granted is not asked for: TikTok would refuse the whole call."""
        asked = ["display_name", *(_SHOWN if "user.info.profile" in scopes else ())]
        user = (await self._api.ask("user", "user/info", ",".join(asked))).data.get("user") or {}
        username = wire.given(user, "username")
        return Profile(
            wire.told(user, "display_name"),
            f"@{username}" if username else None,
            bio=wire.given(user, "bio_description"),
        )

    async def figures(self, remote_id: str) -> tuple[Figure, ...]:
        video_id = await self._video_id(remote_id) if remote_id else ""
        if remote_id and not video_id:
            return ()
        if video_id:
            return _figures(await self._row(video_id, ",".join(["id", *_COUNTS])), _COUNTS)
        answer = await self._api.ask("user", "user/info", ",".join(["open_id", *_OWN_COUNTS]))
        return _figures(answer.data.get("user") or {}, _OWN_COUNTS)

    async def _outcome(self, remote_id: str, status: Mapping[str, Any]) -> Seen | None:
        if status.get("status") == "FAILED":
            return None
        if status.get("status") != "PUBLISH_COMPLETE":
            raise TryLater("TikTok still works on it", code="not_ready")
        if remote_id.endswith(SHUT):
            return _bare(remote_id)
        if not post_id(status):
            raise TryLater("TikTok still looks at it", code="not_ready")
        if remote_id.endswith(PHOTOS):
            return _bare(post_id(status))
        return await self._shown(post_id(status))

    async def _shown(self, video_id: str) -> Seen:
        """The video, or that it is out: TikTok lists one a little later than it names it."""
        return await self.video(video_id) or _bare(video_id)

    async def _video_id(self, remote_id: str) -> str:
        if not is_publishing(remote_id):
            return remote_id
        return post_id((await self.status(bare(remote_id))).data)

    async def _row(self, video_id: str, fields: str) -> Mapping[str, Any]:
        answer = await self._api.post(
            "query", "video/query", {"filters": {"video_ids": [video_id]}}, fields=fields
        )
        return next((row for row in _rows(answer) if row.get("id") == video_id), {})

    async def _pages(self, fields: str) -> AsyncIterator[list[Mapping[str, Any]]]:
        """Pages of own public videos, newest first, the last one empty; stops short at PAGES."""
        body: dict[str, Any] = {"max_count": PAGE}
        for _ in range(PAGES):
            answer = await self._api.post("list", "video/list", body, fields=fields)
            rows = _rows(answer)
            if rows:
                yield rows
            cursor = answer.data.get("cursor")
            if not answer.data.get("has_more") or cursor == body.get("cursor"):
                yield []
                return
            body = {"max_count": PAGE, "cursor": cursor}


def is_publishing(remote_id: str) -> bool:
    """Whether this is the id of a publishing and not of a video, which is all digits."""
    return not remote_id.isdigit()


def bare(remote_id: str) -> str:
    """The id as TikTok gave it."""
    return remote_id.partition("#")[0]


def post_id(status: Mapping[str, Any]) -> str:
    """The video's own id (TikTok spells the field so); "" while it is not seen by everybody."""
    ids = status.get("publicaly_available_post_id") or status.get("publicly_available_post_id")
    return str(ids[0]) if isinstance(ids, list) and ids else ""


def received(status: Mapping[str, Any]) -> int:
    """How many bytes of an upload TikTok has."""
    said = status.get("uploaded_bytes")
    return said if isinstance(said, int) else 0


def is_on_its_way(status: Mapping[str, Any], size: int) -> bool:
    """Whether TikTok has all that it needs of a video of `size` bytes: it comes, or has come."""
    word = status.get("status")
    return word == "PUBLISH_COMPLETE" or (word != "FAILED" and received(status) >= size)


def seen(row: Mapping[str, Any]) -> Seen:
    """A video of the Display API as we know posts. TryLater when it lacks what makes one."""
    try:
        return Seen(
            remote_id=str(row["id"]),
            url=str(row.get("share_url") or ""),
            text=str(row.get("video_description") or row.get("title") or ""),
            created_at=datetime.fromtimestamp(int(row["create_time"]), UTC),
            media=(SeenMedium(url=str(row.get("cover_image_url") or "")),),
        )
    except (KeyError, TypeError, ValueError) as error:
        raise TryLater(f"not a video: {type(error).__name__} {error}") from error


def _bare(remote_id: str) -> Seen:
    return Seen(remote_id, "", "", datetime.fromtimestamp(0, UTC), bare=True)


def _arrived(one: Seen, author: Author) -> Arrived:
    return Arrived(
        What.POST, one.remote_id, one.created_at, author,
        text=one.text, url=one.url, media=one.media, own=True,
    )  # fmt: skip


def _figures(row: Mapping[str, Any], names: Mapping[str, Metric]) -> tuple[Figure, ...]:
    return tuple(
        Figure(metric, row[name])
        for name, metric in names.items()
        if isinstance(row.get(name), int) and not isinstance(row.get(name), bool)
    )


def _rows(answer: Answer) -> list[Mapping[str, Any]]:
    rows = answer.data.get("videos")
    return [row for row in rows if isinstance(row, dict)] if isinstance(rows, list) else []
