"""Uploading a video in pieces: a session is opened and kept, then asked how far it has come.

What arrives is private until the commit call. Source, read 2026-11-28: the beginning of
https://developers.google.com/youtube/v3/guides/using_resumable_upload_protocol; ranges and pieces:
https://docs-for-llms.nauman.im/youtube-how-to-implement-resumable-upload-range-reconciliation.
"""

import re
from collections.abc import Mapping
from datetime import timedelta
from typing import Any
from urllib.parse import urlsplit

import httpx

from breakwater.domain.errors import OutcomeUnknown, Refused, TryLater
from breakwater.networks import wire
from breakwater.networks.base import Kit, Parcel
from breakwater.networks.google import moment, said_at
from breakwater.networks.youtube import drafts
from breakwater.networks.youtube.calls import Api
from breakwater.networks.youtube.inbound import Reader
from breakwater.networks.youtube.keeping import Kept

PIECE = 32 * 256 * 1024
"""Bytes; all pieces but the last are multiples of 256 KiB."""
_GOES_ON = httpx.codes.PERMANENT_REDIRECT  # 308, here "Resume Incomplete"
_GONE = (httpx.codes.NOT_FOUND, httpx.codes.GONE)
_SO_FAR = re.compile(r"bytes=0-(\d+)")
_EARLIER = timedelta(minutes=2)
_SESSION = ("session", "opened", "last")


class Upload:
    """One video of one parcel on its way. The handle has `session`, `opened` and `last` (the last
    piece was begun) while it travels, then `video`."""

    def __init__(self, api: Api, reader: Reader, kit: Kit, parcel: Parcel, kept: Kept) -> None:
        self._api = api
        self._reader = reader
        self._kit = kit
        self._parcel = parcel
        self._kept = kept
        self._film = drafts.film(parcel)

    async def arrived(self) -> str:
        """The id of the private video. Raises TryLater when it did not all arrive; the next call
        goes on where this one ended."""
        if self._kept.text("video"):
            return self._kept.text("video")
        if not self._film.size:
            raise Refused("video_failed", "the file is empty")
        video, offset = await self._so_far()
        if not self._kept.text("session") and not video:
            await self._open()
        video = video or await self._send(offset)
        await self._kept.add(video=video)
        await self._kept.forget(*_SESSION)
        return video

    async def _so_far(self) -> tuple[str, int]:
        """The video if it is there already, and how many of its bytes have arrived."""
        session = self._kept.text("session")
        if not session:
            return "", 0
        response = await self._put(session, b"", f"bytes */{self._film.size}")
        if response.status_code not in _GONE:
            return self._told(response)
        video = await self._left_behind() if self._kept.facts.get("last") else ""
        await self._kept.forget(*_SESSION)
        return video, 0

    async def _open(self) -> None:
        notify = str(drafts.flag(self._parcel, "notify", default=True)).lower()
        response = await _in_doubt_later(
            self._api.upload(
                "videos.insert",
                {"uploadType": "resumable", "part": "snippet,status", "notifySubscribers": notify},
                json={
                    "snippet": drafts.snippet(self._parcel),
                    "status": drafts.status(self._parcel, "private"),
                },
                headers={
                    "X-Upload-Content-Length": str(self._film.size),
                    "X-Upload-Content-Type": self._film.mime,
                },
            )
        )
        if not response.is_success:
            raise self._api.google.error_of(response, safe=True)
        session, now = response.headers.get("location", ""), said_at(response)
        if not self._is_theirs(session):
            raise TryLater(f"no session of theirs: {session[:200]!r}")
        await self._kept.add(session=session, opened=now.isoformat() if now else "")

    async def _send(self, offset: int) -> str:
        """The video id, once the last byte is there."""
        session, size = self._kept.text("session"), self._film.size
        while offset < size:
            data = await self._kit.piece(self._film.sha256, offset, min(PIECE, size - offset))
            end = offset + len(data)
            if end == size:
                await self._kept.add(last=True)
            response = await self._put(session, data, f"bytes {offset}-{end - 1}/{size}")
            video, arrived = self._told(response)
            if video:
                return video
            if arrived <= offset:
                raise TryLater(f"no byte after {offset} was taken: {wire.excerpt(response)}")
            offset = arrived
        raise TryLater("all bytes are there, and no video yet", code="not_ready")

    async def _put(self, session: str, data: bytes, span: str) -> httpx.Response:
        """The token goes along, as the guide has it."""
        headers = {"Content-Range": span, "Content-Length": str(len(data))}
        if data:
            headers["Content-Type"] = self._film.mime
        return await _in_doubt_later(
            self._api.google.ask("PUT", session, content=data, headers=headers)
        )

    def _told(self, response: httpx.Response) -> tuple[str, int]:
        """The video, or how many bytes have arrived."""
        if response.status_code == _GOES_ON:
            found = _SO_FAR.fullmatch(response.headers.get("range", ""))
            return "", int(found[1]) + 1 if found else 0
        answer = self._api.google.body(response, safe=True)
        if not isinstance(answer.get("id"), str) or not answer["id"]:
            raise TryLater(f"no video in the answer: {wire.excerpt(response)}")
        return str(answer["id"]), self._film.size

    async def _left_behind(self) -> str:
        """The private video that our last piece made, when nobody could tell us so. None or
        several: "", and it is uploaded once more; what is left over is private."""
        opened = self._kept.text("opened")
        if not opened:
            return ""
        since = moment(opened) - _EARLIER
        ours = [
            str(row["id"])
            for row in await self._reader.uploads(parts="snippet,status,fileDetails")
            if _is_private(row) and self._is_ours(row) and moment(_at(row)) >= since
        ]
        return ours[0] if len(ours) == 1 else ""

    def _is_ours(self, row: Mapping[str, Any]) -> bool:
        facts, file = row.get("snippet") or {}, row.get("fileDetails") or {}
        same_words = facts.get("title") == drafts.title(self._parcel) and (
            str(facts.get("description")).split() == self._parcel.text.split()
        )
        return same_words and str(file.get("fileSize", self._film.size)) == str(self._film.size)

    def _is_theirs(self, session: str) -> bool:
        """Our token goes nowhere but to the network, wherever its answer points."""
        parts = urlsplit(session)
        origin = f"{parts.scheme}://{parts.netloc}"
        host = parts.hostname or ""
        return origin == self._api.origin or (
            parts.scheme == "https" and host.endswith(".googleapis.com")
        )


def _is_private(row: Mapping[str, Any]) -> bool:
    return (row.get("status") or {}).get("privacyStatus") == "private"


def _at(row: Mapping[str, Any]) -> object:
    return (row.get("snippet") or {}).get("publishedAt", "1970-01-01T00:00:00Z")


async def _in_doubt_later(call: Any) -> httpx.Response:
    """An upload is harmless: what is in doubt is asked for again."""
    try:
        response: httpx.Response = await call
    except OutcomeUnknown as error:
        raise TryLater(error.detail) from error
    return response
