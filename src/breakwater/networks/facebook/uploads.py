"""Pictures and videos go up before anything is public, and go on where the last try ended.

What the handle says: {"photos": [{"sha256", "id"}, …]} in the order of the parcel, or
{"video": {"sha256", "id", …}}. Facebook forgets unpublished media after about a day.
"""

import json
from collections.abc import AsyncIterator
from typing import Any

import httpx

from breakwater.domain.errors import Refused, TryLater
from breakwater.networks import wire
from breakwater.networks.base import Handle, KeepHandle, Kind, Kit, Medium, Parcel
from breakwater.networks.facebook.calls import Page, inner
from breakwater.networks.facebook.errors import WRONG_OFFSET
from breakwater.networks.graph import codes_of

PIECE = 4 * 1024 * 1024
"""The most that is in memory at once of a video."""

_Entry = dict[str, Any]


class Uploads:
    """All of them are harmless: doubt is TryLater."""

    def __init__(self, page: Page, kit: Kit) -> None:
        self._page = page
        self._kit = kit

    async def photos(self, parcel: Parcel, handle: Handle, keep: KeepHandle) -> Handle:
        """Each picture of the parcel, unpublished. One that Facebook has forgotten goes up anew,
        unless a commit call may have used it."""
        photos = _kept(parcel, handle)
        for place, picture in enumerate(parcel.media):
            if place < len(photos) and await self._usable(photos[place], parcel):
                continue
            made = {"sha256": picture.sha256, "id": await self._photo(picture)}
            photos = [*photos[:place], made, *photos[place + 1 :]]
            await keep({"photos": photos})
        return {"photos": photos}

    async def video(self, parcel: Parcel, handle: Handle, keep: KeepHandle) -> Handle:
        """A video in pieces of the size that Facebook asks for, at most PIECE.

        Source: https://developers.facebook.com/docs/graph-api/video-uploads, 2026-11-28.
        """
        medium = _video_of(parcel)
        state = _state(handle, medium) or await self._session(medium, keep)
        while state["start"] < state["end"]:
            state = {**state, **await self._transfer(state, medium)}
            await keep({"video": state})
        return {"video": state}

    async def reel(self, edge: str, parcel: Parcel, handle: Handle, keep: KeepHandle) -> Handle:
        """A reel or the video of a story. edge: video_reels or video_stories.

        Source: https://developers.facebook.com/docs/video-api/guides/reels-publishing, 2026-11-28.
        """
        medium = _video_of(parcel)
        state = _state(handle, medium)
        offset = await self._received(state) if state and not state["whole"] else 0
        if not state:
            answer = await self._page.graph.post(
                f"{self._page.id}/{edge}", safe=True, upload_phase="start"
            )
            state = {"sha256": medium.sha256, "id": _id(answer, "video_id"), "whole": False}
            await keep({"video": state})
        if not state["whole"]:
            await self._stream(state["id"], medium, offset)
            state = {**state, "whole": True}
            await keep({"video": state})
        return {"video": state}

    async def attachment(self, picture: Medium) -> str:
        """A picture for a message; its id can be sent again and again."""
        said = {"attachment": {"type": "image", "payload": {"is_reusable": True}}}
        data = await self._kit.read(picture.sha256)
        answer = await self._page.graph.upload(
            f"{self._page.id}/message_attachments",
            {"filedata": (_name(picture), data, picture.mime)},
            message=json.dumps(said),
        )
        return _id(answer, "attachment_id")

    async def _photo(self, picture: Medium) -> str:
        data = await self._kit.read(picture.sha256)
        alt = {"alt_text_custom": picture.alt} if picture.alt else {}
        answer = await self._page.graph.upload(
            f"{self._page.id}/photos",
            {"source": (_name(picture), data, picture.mime)},
            published="false",
            **alt,
        )
        return _id(answer, "id")

    async def _usable(self, photo: _Entry, parcel: Parcel) -> bool:
        if parcel.first_sent_at is not None:
            return True
        try:
            await self._page.graph.get(photo["id"], fields="id")
        except Refused as error:
            if error.reason != "not_there":
                raise
            return False
        return True

    async def _session(self, medium: Medium, keep: KeepHandle) -> _Entry:
        answer = await self._page.video.post(
            f"{self._page.id}/videos", safe=True, upload_phase="start", file_size=str(medium.size)
        )
        state = {
            "sha256": medium.sha256,
            "id": _id(answer, "video_id"),
            "session": _id(answer, "upload_session_id"),
            **_span(answer),
        }
        await keep({"video": state})
        return state

    async def _transfer(self, state: _Entry, medium: Medium) -> _Entry:
        """From where to where Facebook wants bytes next."""
        length = min(state["end"] - state["start"], PIECE)
        piece = await self._kit.piece(medium.sha256, state["start"], length)
        response = await self._page.video.sent(
            f"{self._page.id}/videos",
            {"video_file_chunk": ("piece", piece, "application/octet-stream")},
            safe=True,
            upload_phase="transfer",
            upload_session_id=state["session"],
            start_offset=str(state["start"]),
        )
        wanted = _wanted(response)
        span = _span(wanted or self._page.video.body(response, safe=True))
        if span["start"] == state["start"]:
            raise TryLater(f"no byte was taken: {wire.excerpt(response)}")
        return span

    async def _received(self, state: _Entry) -> int:
        """How many bytes Facebook has of an upload that was cut off."""
        answer = await self._page.graph.get(state["id"], fields="status")
        phase = inner(answer, "status", "uploading_phase") or {}
        had = phase.get("bytes_transferred") or phase.get("bytes_transfered")
        return had if isinstance(had, int) else 0

    async def _stream(self, video_id: str, medium: Medium, offset: int) -> None:
        """The bytes from `offset` on, as they are read: Facebook wants them in one request."""
        if offset >= medium.size:
            return
        response = await wire.call(
            self._page.client,
            "POST",
            self._page.upload_url(video_id),
            safe=True,
            headers={
                "Authorization": f"OAuth {self._page.token}",
                "Content-Type": "application/octet-stream",
                "Content-Length": str(medium.size - offset),
                "offset": str(offset),
                "file_size": str(medium.size),
            },
            content=self._pieces(medium, offset),
        )
        answer = self._page.graph.body(response, safe=True)
        if answer.get("success") is not True:
            raise TryLater(f"the video was not taken: {wire.excerpt(response)}")

    async def _pieces(self, medium: Medium, offset: int) -> AsyncIterator[bytes]:
        while offset < medium.size:
            piece = await self._kit.piece(medium.sha256, offset, min(PIECE, medium.size - offset))
            if not piece:
                return
            offset += len(piece)
            yield piece


def _kept(parcel: Parcel, handle: Handle) -> list[_Entry]:
    """The uploads of `handle` that are still this parcel's pictures, in order."""
    kept: list[_Entry] = []
    for entry, picture in zip(handle.get("photos", ()), parcel.media, strict=False):
        if entry["sha256"] != picture.sha256:
            break
        kept.append(dict(entry))
    return kept


def _state(handle: Handle, medium: Medium) -> _Entry:
    state = handle.get("video") or {}
    return dict(state) if state.get("sha256") == medium.sha256 else {}


def _video_of(parcel: Parcel) -> Medium:
    for medium in parcel.media:
        if medium.kind is Kind.VIDEO:
            return medium
    raise Refused("media_type", "there is no video in it")


def _id(answer: dict[str, Any], name: str) -> str:
    value = answer.get(name)
    if not isinstance(value, str | int) or not value:
        raise TryLater(f"no {name} in the answer: has {sorted(answer)}")
    return str(value)


def _span(answer: dict[str, Any]) -> _Entry:
    try:
        return {"start": int(answer["start_offset"]), "end": int(answer["end_offset"])}
    except (KeyError, TypeError, ValueError) as error:
        raise TryLater(f"no offsets in the answer: has {sorted(answer)}") from error


def _wanted(response: httpx.Response) -> dict[str, Any] | None:
    """What Facebook wants instead, when our place in the video was not its own."""
    if WRONG_OFFSET not in codes_of(response):
        return None
    data = inner(response.json(), "error", "error_data")
    try:
        value = json.loads(data) if isinstance(data, str) else data
    except ValueError:
        return None
    return value if isinstance(value, dict) else None


def _name(picture: Medium) -> str:
    return f"picture.{picture.mime.rpartition('/')[2]}"
