"""What YouTube shows of a channel: its videos and live events, and one comment."""

import re
from collections.abc import AsyncIterator, Mapping
from datetime import datetime
from typing import Any

from breakwater.domain.errors import TryLater, Unsupported
from breakwater.networks.base import Account, Seen, SeenMedium
from breakwater.networks.google import moment
from breakwater.networks.youtube.calls import Api

_VIDEO = re.compile(r"[A-Za-z0-9_-]{11}")
_CHAT = "LCC."
"""What ids of chat messages begin with (from memory, not checked)."""
PARTS = "snippet,status,contentDetails,liveStreamingDetails"
PAGE = "50"
"""The most of a page of videos and playlists (from memory, not checked)."""


def is_video(remote_id: str) -> bool:
    """Videos have ids of 11 characters; those of comments are longer."""
    return _VIDEO.fullmatch(remote_id) is not None


def is_chat(remote_id: str) -> bool:
    return remote_id.startswith(_CHAT)


def watch_url(video: str, comment: str = "") -> str:
    return f"https://www.youtube.com/watch?v={video}" + (f"&lc={comment}" if comment else "")


class Reader:
    """Read-only calls as one channel."""

    def __init__(self, api: Api, account: Account) -> None:
        self._api = api
        self._account = account

    async def read(self, remote_id: str) -> Seen | None:
        """The video, event or comment; None when it is denied to a sign-in that still is ours."""
        if is_chat(remote_id):
            raise Unsupported("a single message of a chat cannot be asked for")
        if is_video(remote_id):
            row = await self.video(remote_id)
            if row is not None:
                return seen(row)
        else:
            found = await self._api.items(
                "comments", part="snippet", id=remote_id, textFormat="plainText"
            )
            if found:
                return seen_comment(found[0])
        await self._prove_that_we_would_see_it()
        return None

    async def video(self, video: str, parts: str = PARTS) -> dict[str, Any] | None:
        """The row of one video, private ones too."""
        found = await self._api.items("videos", part=parts, id=video)
        return found[0] if found else None

    async def uploads(self, parts: str = PARTS) -> list[dict[str, Any]]:
        """The newest page of the channel's own videos, private ones too."""
        async for page in self._uploads(parts):
            return page
        return []

    async def timeline(self, limit: int) -> tuple[Seen, ...]:
        """Up to `limit` videos that are not private, newest first."""
        found: list[Seen] = []
        async for page in self._uploads(PARTS):
            found += [seen(row) for row in page if shown_to(row) != "private"]
            if len(found) >= limit:
                break
        found.sort(key=lambda one: one.created_at, reverse=True)
        return tuple(found[:limit])

    async def _uploads(self, parts: str) -> AsyncIterator[list[dict[str, Any]]]:
        playlist = await self._uploads_playlist()
        pages = self._api.pages(
            "playlistItems", part="contentDetails", playlistId=playlist, maxResults=PAGE
        )
        async for page in pages:
            ids = [str((row.get("contentDetails") or {}).get("videoId") or "") for row in page]
            if ids:
                yield await self._api.items("videos", part=parts, id=",".join(ids))

    async def _uploads_playlist(self) -> str:
        channels = await self._api.items("channels", part="contentDetails", mine="true")
        lists = [
            (row.get("contentDetails") or {}).get("relatedPlaylists") or {} for row in channels
        ]
        found = [str(one["uploads"]) for one in lists if one.get("uploads")]
        if not found:
            raise TryLater("no playlist of uploads in the answer")
        return found[0]

    async def _prove_that_we_would_see_it(self) -> None:
        channels = await self._api.items("channels", part="id", mine="true")
        if [row.get("id") for row in channels] != [self._account.remote_id]:
            raise TryLater(f"the sign-in is of {[row.get('id') for row in channels]}")


def shown_to(row: Mapping[str, Any]) -> str:
    """The privacy of a video."""
    return str((row.get("status") or {}).get("privacyStatus") or "")


def seen(row: Mapping[str, Any]) -> Seen:
    """A video as we know posts. TryLater when it lacks what makes one."""
    facts = row.get("snippet") or {}
    return Seen(
        remote_id=_id(row),
        url=watch_url(_id(row)),
        text=str(facts.get("description") or ""),
        created_at=_moment(facts.get("publishedAt")),
        media=_media(row, facts),
    )


def seen_comment(row: Mapping[str, Any]) -> Seen:
    """A comment as we know posts."""
    facts = row.get("snippet") or {}
    return Seen(
        remote_id=_id(row),
        url=watch_url(str(facts["videoId"]), _id(row)) if facts.get("videoId") else "",
        text=comment_text(facts),
        created_at=_moment(facts.get("publishedAt")),
    )


def comment_text(facts: Mapping[str, Any]) -> str:
    """As it was typed where we may see that, else as it is displayed (plain text was asked for)."""
    return str(facts.get("textOriginal") or facts.get("textDisplay") or "")


def _media(row: Mapping[str, Any], facts: Mapping[str, Any]) -> tuple[SeenMedium, ...]:
    """The film; of a live event the picture that stands for it, if it has one of its own."""
    details = row.get("contentDetails") or {}
    is_event = bool(row.get("liveStreamingDetails"))
    if is_event and not details.get("hasCustomThumbnail"):
        return ()
    pictures = facts.get("thumbnails") or {}
    best = pictures.get("maxres") or pictures.get("high") or pictures.get("default") or {}
    return (SeenMedium(url=str(best.get("url") or "")),)


def _id(row: Mapping[str, Any]) -> str:
    if not isinstance(row.get("id"), str) or not row["id"]:
        raise TryLater(f"no id in a row: {sorted(row)}")
    return str(row["id"])


def _moment(text: object) -> datetime:
    try:
        return moment(text)
    except ValueError as error:
        raise TryLater(f"no time in a row: {text!r}") from error
