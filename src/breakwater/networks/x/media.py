"""Uploads: begun, sent in pieces, ended, described, waited for. All of it is harmless.

An entry of the handle: {"sha256", "id", "sent" (pieces), "state": "open", "ended" or "ready",
"told" (the alt text stands there)}. Source: the description 2.167, /2/media/upload/….
"""

import math
from typing import Any

from breakwater.domain.errors import Refused, TryLater
from breakwater.networks.base import Kind, Kit, Medium
from breakwater.networks.x.api import Api

PIECE = 4 * 1024 * 1024
"""An upload has at most 1,000 pieces (segment_index 0-999), so those of 8 GB are larger."""

PROCESSING_S = 5.0
OPEN, ENDED, READY = "open", "ended", "ready"
Entry = dict[str, Any]


class Uploads:
    """Media of one account. purpose: "tweet" or "dm"."""

    def __init__(self, api: Api, kit: Kit, purpose: str) -> None:
        self._api = api
        self._kit = kit
        self._purpose = purpose

    async def begun(self, medium: Medium) -> Entry:
        wish = {
            "media_category": f"{self._purpose}_{_category(medium)}",
            "media_type": medium.mime,
            "total_bytes": medium.size,
        }
        answer = await self._api.repeatable(
            "upload", "POST", "/2/media/upload/initialize", json=wish
        )
        number = _data(answer).get("id")
        if not isinstance(number, str) or not number:
            raise TryLater(f"no media id: {sorted(answer)}")
        return {"sha256": medium.sha256, "id": number, "sent": 0, "state": OPEN, "told": False}

    async def one_step(self, entry: Entry, medium: Medium) -> Entry:
        """The entry one request further. Raises TryLater while X works on it."""
        if entry["state"] == OPEN and entry["sent"] * piece_size(medium) < medium.size:
            return await self._append(entry, medium)
        if entry["state"] == OPEN:
            return await self._end(entry)
        if not entry["told"] and medium.alt:
            return await self._describe(entry, medium)
        return await self._wait(entry)

    async def _append(self, entry: Entry, medium: Medium) -> Entry:
        size = piece_size(medium)
        piece = await self._kit.piece(medium.sha256, entry["sent"] * size, size)
        await self._api.repeatable(
            "upload",
            "POST",
            f"/2/media/upload/{entry['id']}/append",
            data={"segment_index": str(entry["sent"])},
            files={"media": ("piece", piece, "application/octet-stream")},
        )
        return {**entry, "sent": entry["sent"] + 1}

    async def _end(self, entry: Entry) -> Entry:
        """An end whose answer was lost is refused the second time: then its state tells."""
        path = f"/2/media/upload/{entry['id']}/finalize"
        try:
            data = _data(await self._api.repeatable("upload", "POST", path))
        except Refused:
            data = await self._status(entry)
        return {**entry, "state": _state(data)}

    async def _describe(self, entry: Entry, medium: Medium) -> Entry:
        wish = {"id": entry["id"], "metadata": {"alt_text": {"text": medium.alt}}}
        await self._api.repeatable("describe", "POST", "/2/media/metadata", json=wish)
        return {**entry, "told": True}

    async def _wait(self, entry: Entry) -> Entry:
        data = await self._status(entry)
        if _state(data) == READY:
            return {**entry, "state": READY}
        wish = _processing(data).get("check_after_secs")
        after = float(wish) if isinstance(wish, int) else PROCESSING_S
        raise TryLater("X still works on a video or picture", after_s=after, code="not_ready")

    async def still_there(self, entry: Entry) -> bool:
        """Whether X keeps an upload that was ready before (it does for a day)."""
        try:
            await self._status(entry)
        except Refused:
            return False
        return True

    async def _status(self, entry: Entry) -> dict[str, Any]:
        params = {"media_id": entry["id"], "command": "STATUS"}
        return _data(await self._api.get("upload_state", "/2/media/upload", **params))


def settled(entry: Entry, medium: Medium) -> bool:
    return entry["state"] == READY and (entry["told"] or not medium.alt)


def piece_size(medium: Medium) -> int:
    """The same for one medium each time, so that an upload goes on where it stopped."""
    return max(PIECE, math.ceil(medium.size / 1_000))


def _category(medium: Medium) -> str:
    if medium.mime == "image/gif":
        return "gif"
    return "image" if medium.kind is Kind.PICTURE else "video"


def _state(data: dict[str, Any]) -> str:
    """READY when nothing is worked on any more. Raises Refused when X gave up on it."""
    state = _processing(data).get("state")
    if state == "failed":
        raise Refused("media_failed", str(_processing(data))[:300])
    return READY if state in (None, "succeeded") else ENDED


def _processing(data: dict[str, Any]) -> dict[str, Any]:
    found = data.get("processing_info")
    return found if isinstance(found, dict) else {}


def _data(answer: dict[str, Any]) -> dict[str, Any]:
    found = answer.get("data")
    return found if isinstance(found, dict) else {}
