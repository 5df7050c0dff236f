"""What leaves for Pinterest: a video first (harmless), then one pin.

The handle: {"video": entry} (media.py), or {} for pictures, which travel inside the pin.
"""

from typing import Any
from urllib.parse import quote

import httpx

from breakwater.domain.errors import OutcomeUnknown, Refused
from breakwater.domain.guarantees import Guarantee
from breakwater.networks import wire
from breakwater.networks.base import (
    Account,
    Batch,
    Choice,
    Figure,
    Handle,
    KeepHandle,
    Kind,
    Kit,
    Look,
    Parcel,
    People,
    Profile,
    Seen,
    Sent,
    Source,
)
from breakwater.networks.pinterest import bodies, figures
from breakwater.networks.pinterest.api import Api
from breakwater.networks.pinterest.inbound import Reader
from breakwater.networks.pinterest.manifest import MANIFEST
from breakwater.networks.pinterest.media import Entry, Video
from breakwater.networks.unable import Unable, deny_answers


class PinterestConnector(Unable):
    """One account. Nothing there keeps a pin from being made twice; its mark tells it apart."""

    def __init__(self, client: httpx.AsyncClient, account: Account, kit: Kit) -> None:
        self._kit = kit
        self._api = Api(client, account, kit)
        self._reader = Reader(self._api)

    @property
    def guarantee(self) -> Guarantee:
        return MANIFEST.guarantee

    async def prepare(self, parcel: Parcel, handle: Handle, keep: KeepHandle) -> Handle:
        """The handle with the video ready, if there is one. An upload whose address ran out is
        begun anew."""
        deny_answers(MANIFEST, parcel)
        bodies.checked(parcel)
        if parcel.media[0].kind is not Kind.VIDEO:
            return dict(handle)
        made: dict[str, Any] = dict(handle)

        async def keep_entry(entry: Entry) -> None:
            made["video"] = entry
            await keep(dict(made))

        video = Video(self._api, self._kit)
        try:
            await video.bring(parcel.media[0], made.get("video"), keep_entry)
        except Refused as error:
            if error.reason != "media_gone" or "video" not in handle:
                raise
            await video.bring(parcel.media[0], None, keep_entry)
        return dict(made)

    async def commit(self, parcel: Parcel, handle: Handle) -> Sent:
        """The pin, public from the answer on. One request."""
        body = await bodies.pin(parcel, handle, self._kit)
        response = await self._api.send("POST", "/pins", body)
        number = wire.body(response).get("id")
        if not isinstance(number, str) or not number:
            raise OutcomeUnknown(f"no pin in the answer: {wire.excerpt(response)}")
        return Sent(number, f"https://www.pinterest.com/pin/{number}/", wire.excerpt(response))

    async def look(self, parcel: Parcel, handle: Handle) -> Look:
        del handle
        return await self._reader.look(parcel)

    async def read(self, remote_id: str) -> Seen | None:
        return await self._reader.read(remote_id)

    async def edit(self, remote_id: str, parcel: Parcel) -> Sent:
        """Title, description and alt text; picture, board and link stay."""
        bodies.check_words(parcel)
        path = f"/pins/{quote(remote_id, safe='')}"
        response = await self._api.send("PATCH", path, bodies.words(parcel), safe=True)
        return Sent(
            remote_id, f"https://www.pinterest.com/pin/{remote_id}/", wire.excerpt(response)
        )

    async def delete(self, remote_id: str) -> None:
        """Gone, or already gone."""
        try:
            await self._api.send("DELETE", f"/pins/{quote(remote_id, safe='')}")
        except Refused as error:
            if error.reason != "not_there":
                raise

    async def timeline(self, limit: int) -> tuple[Seen, ...]:
        return await self._reader.timeline(limit)

    async def poll(self, source: Source, cursor: str) -> Batch:
        return await self._reader.poll(source, cursor)

    async def insights(self, remote_id: str = "") -> tuple[Figure, ...]:
        return await figures.read(self._api, remote_id)

    async def profile(self) -> Profile:
        return await self._reader.profile()

    async def following(self, cursor: str = "") -> People:
        return await self._reader.following(cursor)

    async def choices(self, option: str) -> tuple[Choice, ...]:
        return await self._reader.choices(option)
