"""Pictures, videos and documents on their way up: harmless, kept step by step, gone on with later.

An entry of the handle: {"sha256", "urn", "done", "ready"}; while a video goes up also "parts"
([{"url", "first", "last", "etag"}]) and "token". Sources: images-api, videos-api, documents-api
below https://learn.microsoft.com/en-us/linkedin/marketing/community-management/shares, read
2026-11-28 (4 MB parts, etags as uploadedPartIds).
"""

from collections.abc import AsyncIterator, Awaitable, Callable
from typing import Any

import httpx

from breakwater.domain.errors import Refused, TryLater
from breakwater.networks import wire
from breakwater.networks.base import Kind, Kit, Medium
from breakwater.networks.linkedin import urns
from breakwater.networks.linkedin.api import Api
from breakwater.networks.linkedin.errors import refusal
from breakwater.networks.linkedin.forms import LEAST_VIDEO_BYTES

Entry = dict[str, Any]
KeepEntry = Callable[[Entry], Awaitable[None]]

PIECE = 4 * 1024 * 1024
PROCESSING_S = 10.0
_ROOTS = {Kind.PICTURE: "images", Kind.VIDEO: "videos", Kind.DOCUMENT: "documents"}
_GONE = (400, 403, 404, 410)
"""How an upload address answers that has run out (they last about a day)."""


class Uploads:
    """Uploads for one owner (a URN)."""

    def __init__(self, api: Api, kit: Kit, owner: str) -> None:
        self._api = api
        self._kit = kit
        self._owner = owner

    async def bring(self, medium: Medium, entry: Entry | None, keep: KeepEntry) -> Entry:
        """The entry of `medium`, uploaded and ready. Raises: TryLater("not_ready") while the
        network works on it; Refused when it cannot."""
        if entry is None or entry.get("sha256") != medium.sha256:
            entry = await self._begin(medium)
            await keep(entry)
        if not entry["done"]:
            entry = await self._send(medium, entry, keep)
        if not entry["ready"]:
            await self._ask(medium.kind, entry)
            entry = {**entry, "ready": True}
            await keep(entry)
        return entry

    async def _begin(self, medium: Medium) -> Entry:
        root = _ROOTS[medium.kind]
        wish: dict[str, Any] = {"owner": self._owner}
        if medium.kind is Kind.VIDEO:
            if medium.size < LEAST_VIDEO_BYTES:
                raise Refused("video_too_small", f"{medium.size} bytes")
            wish |= {
                "fileSizeBytes": medium.size,
                "uploadCaptions": False,
                "uploadThumbnail": bool(medium.cover),
            }
        response = await self._api.send(
            "POST",
            f"/rest/{root}?action=initializeUpload",
            {"initializeUploadRequest": wish},
            safe=True,
        )
        value = wire.body(response, safe=True).get("value")
        if not isinstance(value, dict):
            raise TryLater(f"no upload in the answer: {wire.excerpt(response)}")
        return _entry(medium, root, value)

    async def _send(self, medium: Medium, entry: Entry, keep: KeepEntry) -> Entry:
        if medium.kind is Kind.VIDEO:
            return await self._send_video(medium, entry, keep)
        length = {"content-length": str(medium.size)}
        if medium.kind is Kind.DOCUMENT:  # up to 100 MB: never in memory whole
            await self._put(entry["url"], self._pieces(medium), length)
        else:
            await self._put(entry["url"], await self._kit.read(medium.sha256), {})
        entry = {**entry, "done": True, "url": ""}
        await keep(entry)
        return entry

    async def _pieces(self, medium: Medium) -> AsyncIterator[bytes]:
        for offset in range(0, medium.size, PIECE):
            yield await self._kit.piece(medium.sha256, offset, PIECE)

    async def _send_video(self, medium: Medium, entry: Entry, keep: KeepEntry) -> Entry:
        for place, part in enumerate(entry["parts"]):
            if part["etag"]:
                continue
            length = part["last"] - part["first"] + 1
            data = await self._kit.piece(medium.sha256, part["first"], length)
            answer = await self._put(part["url"], data, {})
            parts = list(entry["parts"])
            parts[place] = {**part, "etag": _etag(answer)}
            entry = {**entry, "parts": parts}
            await keep(entry)
        if medium.cover and entry["thumbnail"]:
            cover = await self._kit.read(medium.cover)
            await self._put(entry["thumbnail"], cover, {"media-type-family": "STILLIMAGE"})
        ending = {
            "video": entry["urn"],
            "uploadToken": entry["token"],
            "uploadedPartIds": [part["etag"] for part in entry["parts"]],
        }
        await self._api.send(
            "POST",
            "/rest/videos?action=finalizeUpload",
            {"finalizeUploadRequest": ending},
            safe=True,
        )
        entry = {**_named(medium, entry["urn"]), "done": True}
        await keep(entry)
        return entry

    async def _put(
        self, address: str, data: bytes | AsyncIterator[bytes], headers: dict[str, str]
    ) -> httpx.Response:
        answer = await self._api.put_bytes(address, data, headers)
        if answer.is_success:
            return answer
        if answer.status_code in _GONE:
            raise Refused("media_gone", wire.excerpt(answer))
        raise refusal(answer, safe=True)

    async def _ask(self, kind: Kind, entry: Entry) -> None:
        """Returns when the network is through with it. Who may post may not always ask."""
        answer = await self._api.ask(f"/rest/{_ROOTS[kind]}/{urns.path(entry['urn'])}")
        if answer.status_code == httpx.codes.FORBIDDEN:
            return
        if not answer.is_success:
            raise refusal(answer, safe=True)
        status = wire.body(answer, safe=True).get("status")
        if status == "PROCESSING_FAILED":
            raise Refused("media_type", wire.excerpt(answer))
        if status != "AVAILABLE":
            raise TryLater(f"{entry['urn']} is {status}", after_s=PROCESSING_S, code="not_ready")


def _entry(medium: Medium, root: str, value: dict[str, Any]) -> Entry:
    urn = value.get(root.removesuffix("s"))
    if not isinstance(urn, str) or not urn:
        raise TryLater(f"no name of the upload: {sorted(value)}")
    if medium.kind is not Kind.VIDEO:
        return {**_named(medium, urn), "url": str(value.get("uploadUrl") or "")}
    parts = [
        {"url": one["uploadUrl"], "first": one["firstByte"], "last": one["lastByte"], "etag": ""}
        for one in value.get("uploadInstructions") or ()
    ]
    return {
        **_named(medium, urn),
        "parts": parts,
        "token": str(value.get("uploadToken") or ""),
        "thumbnail": str(value.get("thumbnailUploadUrl") or ""),
    }


def _named(medium: Medium, urn: str) -> Entry:
    return {"sha256": medium.sha256, "urn": urn, "done": False, "ready": False}


def _etag(answer: httpx.Response) -> str:
    tag = str(answer.headers.get("etag", ""))
    if not tag:
        raise TryLater(f"a part without an etag: {wire.excerpt(answer)}")
    return tag.strip('"')
