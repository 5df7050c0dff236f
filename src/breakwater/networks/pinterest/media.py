"""A video on its way up: registered, sent as a form to the address that came back, worked through.

The entry in the handle: {"sha256", "id", "url", "fields", "sent", "ready"}. Source: operations
media/create and media/get of the description; the form goes to Amazon S3, fields first, file last.
"""

from collections.abc import AsyncIterator, Awaitable, Callable
from typing import Any

import httpx

from breakwater.domain.errors import OutcomeUnknown, Refused, TryLater
from breakwater.networks import wire
from breakwater.networks.base import Kit, Medium
from breakwater.networks.pinterest.api import Api
from breakwater.networks.pinterest.errors import refusal

Entry = dict[str, Any]
KeepEntry = Callable[[Entry], Awaitable[None]]

PIECE = 4 * 1024 * 1024
PROCESSING_S = 10.0


class Video:
    """One video for one account."""

    def __init__(self, api: Api, kit: Kit) -> None:
        self._api = api
        self._kit = kit

    async def bring(self, medium: Medium, entry: Entry | None, keep: KeepEntry) -> Entry:
        """The entry, uploaded and ready. Raises: TryLater("not_ready") while the network works."""
        if entry is None or entry.get("sha256") != medium.sha256:
            entry = await self._register(medium)
            await keep(entry)
        if not entry["sent"]:
            await self._send(medium, entry)
            entry = {**entry, "sent": True}
            await keep(entry)
        if not entry["ready"]:
            await self._ask(entry)
            entry = {**entry, "ready": True}
            await keep(entry)
        return entry

    async def _register(self, medium: Medium) -> Entry:
        response = await self._api.send("POST", "/media", {"media_type": "video"}, safe=True)
        said = wire.body(response, safe=True)
        number, url = said.get("media_id"), said.get("upload_url")
        if not isinstance(number, str) or not isinstance(url, str) or not number or not url:
            raise TryLater(f"no upload in the answer: {sorted(said)}")
        fields = said.get("upload_parameters")
        return {
            "sha256": medium.sha256,
            "id": number,
            "url": url,
            "fields": fields if isinstance(fields, dict) else {},
            "sent": False,
            "ready": False,
        }

    async def _send(self, medium: Medium, entry: Entry) -> None:
        """No token of ours goes along: the form is signed by the network itself."""
        boundary = f"breakwater-{medium.sha256[:24]}"
        head, tail = _around(entry["fields"], medium, boundary)
        headers = {
            "content-type": f"multipart/form-data; boundary={boundary}",
            "content-length": str(len(head) + medium.size + len(tail)),
        }
        body = self._body(head, medium, tail)
        try:
            answer = await wire.call(
                self._api.client, "POST", entry["url"], content=body, headers=headers
            )
        except OutcomeUnknown as error:
            raise TryLater(error.detail) from error
        if answer.status_code in (httpx.codes.BAD_REQUEST, httpx.codes.FORBIDDEN):
            raise Refused("media_gone", wire.excerpt(answer))  # the signature has run out
        if not answer.is_success:
            raise refusal(answer, safe=True)

    async def _body(self, head: bytes, medium: Medium, tail: bytes) -> AsyncIterator[bytes]:
        yield head
        for offset in range(0, medium.size, PIECE):
            yield await self._kit.piece(medium.sha256, offset, PIECE)
        yield tail

    async def _ask(self, entry: Entry) -> None:
        said = await self._api.get(f"/media/{entry['id']}")
        status = said.get("status")
        if status == "failed":
            raise Refused("media_type", f"the network could not use video {entry['id']}")
        if status != "succeeded":
            raise TryLater(f"{entry['id']} is {status}", after_s=PROCESSING_S, code="not_ready")


def _around(fields: dict[str, Any], medium: Medium, boundary: str) -> tuple[bytes, bytes]:
    """What stands before and after the file in the form. S3 ignores fields after the file."""
    parts = [
        f'--{boundary}\r\nContent-Disposition: form-data; name="{name}"\r\n\r\n{value}\r\n'
        for name, value in fields.items()
    ]
    parts.append(
        f'--{boundary}\r\nContent-Disposition: form-data; name="file"; filename="video.mp4"\r\n'
        f"Content-Type: {medium.mime}\r\n\r\n"
    )
    return "".join(parts).encode(), f"\r\n--{boundary}--\r\n".encode()
