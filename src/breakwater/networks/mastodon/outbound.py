"""What leaves for Mastodon: pictures first (harmless), then one status; and deletion.

The handle: {"media": [{"sha256", "id", "ready"}, …]}, one entry a picture, in order.
"""

from collections.abc import Sequence
from datetime import timedelta
from typing import Any
from urllib.parse import quote

import httpx

from breakwater.domain.errors import NetworkError, OutcomeUnknown, Refused, TryLater
from breakwater.domain.guarantees import Guarantee
from breakwater.networks import wire
from breakwater.networks.base import (
    Account,
    Comment,
    Handle,
    KeepHandle,
    Kit,
    Look,
    Medium,
    Parcel,
    Seen,
    Sent,
)
from breakwater.networks.mastodon.errors import harmless, refusal
from breakwater.networks.mastodon.inbound import Reader, bearer
from breakwater.networks.mastodon.manifest import MANIFEST, VISIBILITIES
from breakwater.networks.unable import Unable

LOOK_BACK = timedelta(minutes=2)
PROCESSING_S = 5.0
"""How long to leave a picture alone that the instance still works on."""

_Entry = dict[str, Any]


class MastodonConnector(Unable):
    """One account on one instance."""

    def __init__(self, client: httpx.AsyncClient, account: Account, kit: Kit) -> None:
        self._client = client
        self._account = account
        self._kit = kit
        self._reader = Reader(client, account)

    @property
    def guarantee(self) -> Guarantee:
        return MANIFEST.guarantee

    async def prepare(self, parcel: Parcel, handle: Handle, keep: KeepHandle) -> Handle:
        """The handle with each picture uploaded and ready.

        Raises TryLater (5 s) while the instance still works on one; the handle is kept, and the
        next call asks instead of uploading again. An upload that the instance swept out (after
        a day) is made anew, unless a commit call may have used it.
        """
        media = _kept(parcel, handle)
        old = len(media)
        for picture in parcel.media[old:]:
            media = [*media, await self._upload(picture)]
            await keep({"media": media})
        for place, picture in enumerate(parcel.media):
            if _settled(media[place], is_old=place < old, parcel=parcel):
                continue
            fresh = await self._ask(media[place], picture)
            if fresh != media[place]:
                media = [*media[:place], fresh, *media[place + 1 :]]
                await keep({"media": media})
        if not all(entry["ready"] for entry in media):
            raise TryLater("the instance still works on a picture", after_s=PROCESSING_S)
        return {"media": media}

    async def commit(self, parcel: Parcel, handle: Handle) -> Sent:
        """The status, public from the answer on. One request, one key."""
        response = await wire.call(
            self._client,
            "POST",
            f"{self._account.origin}/api/v1/statuses",
            headers={**bearer(self._account), "Idempotency-Key": parcel.key},
            json=_status(parcel, _kept(parcel, handle)),
        )
        if not response.is_success:
            raise refusal(response)
        answer = wire.body(response)
        remote_id = answer.get("id")
        if "scheduled_at" in answer or not isinstance(remote_id, str) or not remote_id:
            raise OutcomeUnknown(f"no status in the answer: {wire.excerpt(response)}")
        url = answer.get("url") or answer.get("uri") or ""
        return Sent(remote_id=remote_id, url=str(url), detail=wire.excerpt(response))

    async def look(self, parcel: Parcel, handle: Handle) -> Look:
        """Own posts since two minutes before the first send. Never exact: the key is not shown."""
        return await self._reader.look((parcel.first_sent_at or parcel.created_at) - LOOK_BACK)

    async def read(self, remote_id: str) -> Seen | None:
        return await self._reader.read(remote_id)

    async def delete(self, remote_id: str) -> None:
        """Gone, its pictures at once too (`delete_media`, 4.4; older instances: in a day)."""
        response = await wire.call(
            self._client,
            "DELETE",
            f"{self._account.origin}/api/v1/statuses/{quote(remote_id, safe='')}",
            params={"delete_media": "true"},
            headers=bearer(self._account),
        )
        if not response.is_success and response.status_code not in (404, 410):
            raise refusal(response)

    async def timeline(self, limit: int) -> tuple[Seen, ...]:
        return await self._reader.timeline(limit)

    async def comments(self, remote_id: str) -> tuple[Comment, ...]:
        return await self._reader.comments(remote_id)

    async def _upload(self, picture: Medium) -> _Entry:
        data = await self._kit.read(picture.sha256)
        name = f"picture.{picture.mime.rpartition('/')[2]}"
        try:
            response = await wire.call(
                self._client,
                "POST",
                f"{self._account.origin}/api/v2/media",
                headers=bearer(self._account),
                data={"description": picture.alt} if picture.alt else {},
                files={"file": (name, data, picture.mime)},
            )
        except OutcomeUnknown as error:
            raise harmless(error) from error
        if not response.is_success:
            raise refusal(response, safe=True)
        media_id = wire.body(response, safe=True).get("id")
        if not isinstance(media_id, str) or not media_id:
            raise TryLater(f"no media id: {wire.excerpt(response)}")
        ready = response.status_code != httpx.codes.ACCEPTED
        return {"sha256": picture.sha256, "id": media_id, "ready": ready}

    async def _ask(self, entry: _Entry, picture: Medium) -> _Entry:
        response = await self._reader.get(f"/api/v1/media/{quote(entry['id'], safe='')}")
        if response.status_code == httpx.codes.NOT_FOUND:
            return await self._upload(picture)
        if not response.is_success:
            raise refusal(response, safe=True)
        return {**entry, "ready": response.status_code == httpx.codes.OK}


def _kept(parcel: Parcel, handle: Handle) -> list[_Entry]:
    """The uploads of `handle` that are still this parcel's pictures, in order."""
    kept: list[_Entry] = []
    for entry, picture in zip(handle.get("media", ()), parcel.media, strict=False):
        if entry["sha256"] != picture.sha256:
            break
        kept.append(dict(entry))
    return kept


def _settled(entry: _Entry, *, is_old: bool, parcel: Parcel) -> bool:
    """Is there nothing to ask about this upload? An attached one answers 404 to its author."""
    return bool(entry["ready"]) and (not is_old or parcel.first_sent_at is not None)


def _status(parcel: Parcel, media: Sequence[_Entry]) -> dict[str, Any]:
    """The body, the same on each try. `scheduled_at` is never in it (delivery.md, the wall)."""
    if len(media) != len(parcel.media):
        raise _not_prepared()
    options = parcel.options
    visibility = options.get("visibility") or ""
    if visibility and visibility not in VISIBILITIES:
        raise Refused("option_unknown", f"visibility {visibility!r}")
    wanted = {
        "status": parcel.text,
        "media_ids": [entry["id"] for entry in media],
        "language": parcel.language,
        "visibility": visibility,
        "spoiler_text": options.get("warning") or "",
        "sensitive": bool(options.get("sensitive")),
    }
    return {name: value for name, value in wanted.items() if value or name == "status"}


def _not_prepared() -> NetworkError:
    return TryLater("the pictures are not uploaded: prepare first")
