"""Pictures and videos go up before the post: harmless, one after the other, a video in pieces."""

import secrets
from collections.abc import AsyncIterator, Mapping
from typing import Any
from urllib.parse import quote

import httpx

from breakwater.domain.errors import OutcomeUnknown, TryLater
from breakwater.networks import wire
from breakwater.networks.base import Account, Kit, Medium
from breakwater.networks.mastodon.errors import harmless, refusal
from breakwater.networks.mastodon.inbound import Reader, bearer

PIECE = 1024 * 1024
Entry = dict[str, Any]
"""{"sha256", "id", "ready"}: one upload."""


class Uploads:
    """Of one account. An upload that no status uses is swept out by the instance in a day."""

    def __init__(
        self, client: httpx.AsyncClient, account: Account, kit: Kit, reader: Reader
    ) -> None:
        self._client = client
        self._account = account
        self._kit = kit
        self._reader = reader

    async def make(self, medium: Medium) -> Entry:
        """A new upload, perhaps not ready yet."""
        await self._kit.take("upload")
        cover = await self._kit.read(medium.cover) if medium.cover else b""
        form = _Form(self._kit, medium, cover)
        try:
            response = await wire.call(
                self._client,
                "POST",
                f"{self._account.origin}/api/v2/media",
                headers={**bearer(self._account), **form.headers},
                content=form.pieces(),
            )
        except OutcomeUnknown as error:
            raise harmless(error) from error
        if not response.is_success:
            raise refusal(response, safe=True)
        media_id = wire.body(response, safe=True).get("id")
        if not isinstance(media_id, str) or not media_id:
            raise TryLater(f"no media id: {wire.excerpt(response)}")
        ready = response.status_code != httpx.codes.ACCEPTED
        return {"sha256": medium.sha256, "id": media_id, "ready": ready}

    async def ask(self, entry: Entry, medium: Medium) -> Entry:
        """The upload as it is now; a new one where the instance has it no more."""
        response = await self._reader.get(f"/api/v1/media/{quote(entry['id'], safe='')}")
        if response.status_code == httpx.codes.NOT_FOUND:
            return await self.make(medium)
        if not response.is_success:
            raise refusal(response, safe=True)
        return {**entry, "ready": response.status_code == httpx.codes.OK}


class _Form:
    """A multipart form that is never in memory whole: its length is known, its file is read piece
    by piece. cover: JPEG, or nothing."""

    def __init__(self, kit: Kit, medium: Medium, cover: bytes) -> None:
        self._kit = kit
        self._medium = medium
        self._boundary = secrets.token_hex(16)
        name = f"{medium.kind}.{medium.mime.rpartition('/')[2]}"
        self._head = b"".join(
            self._opening(f'name="{field}"') + value.encode() + b"\r\n"
            for field, value in (("description", medium.alt), ("focus", medium.focus))
            if value
        )
        if cover:
            described = 'name="thumbnail"; filename="cover.jpeg"'
            self._head += self._opening(described, "image/jpeg") + cover + b"\r\n"
        self._head += self._opening(f'name="file"; filename="{name}"', medium.mime)
        self._end = f"\r\n--{self._boundary}--\r\n".encode()

    @property
    def headers(self) -> Mapping[str, str]:
        length = len(self._head) + self._medium.size + len(self._end)
        return {
            "Content-Type": f"multipart/form-data; boundary={self._boundary}",
            "Content-Length": str(length),
        }

    async def pieces(self) -> AsyncIterator[bytes]:
        yield self._head
        for offset in range(0, self._medium.size, PIECE):
            length = min(PIECE, self._medium.size - offset)
            yield await self._kit.piece(self._medium.sha256, offset, length)
        yield self._end

    def _opening(self, described: str, mime: str = "") -> bytes:
        kind = f"Content-Type: {mime}\r\n" if mime else ""
        return (
            f"--{self._boundary}\r\nContent-Disposition: form-data; {described}\r\n{kind}\r\n"
        ).encode()
