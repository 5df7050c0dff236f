"""Publishing and deleting: blobs first, then one putRecord under our own key."""

from typing import Any

import httpx

from breakwater.domain.errors import OutcomeUnknown, Refused, TryLater
from breakwater.domain.guarantees import Guarantee
from breakwater.domain.text import over
from breakwater.networks import wire
from breakwater.networks.base import Account, Handle, KeepHandle, Kit, Medium, Parcel, Sent
from breakwater.networks.bluesky.errors import SWAPPED, name_of, refusal
from breakwater.networks.bluesky.facets import facets, mentioned
from breakwater.networks.bluesky.inbound import BlueskyReader
from breakwater.networks.bluesky.manifest import LIMITS, MANIFEST
from breakwater.networks.bluesky.records import (
    POST,
    link_of,
    parts,
    post_record,
    post_uri,
    post_url,
    sha256_of,
)
from breakwater.networks.unable import deny_answers


class BlueskyConnector(BlueskyReader):
    """`networks.base.Connector` for one account on any AT Protocol server.

    A handle is {"blobs": {sha256: blob reference}, "facets": […]}.
    """

    guarantee = Guarantee.LASTING_KEY

    def __init__(self, client: httpx.AsyncClient, account: Account, kit: Kit) -> None:
        super().__init__(client, account)
        self._kit = kit

    async def prepare(self, parcel: Parcel, handle: Handle, keep: KeepHandle) -> Handle:
        """Pictures uploaded and mentions resolved, each kept before the next.

        Raises: Refused("text_too_long" | "too_many_pictures" | "too_large" | "media_type")
        before anything leaves; Refused("media_altered") if the server stored other bytes.
        """
        deny_answers(MANIFEST, parcel)
        _check(parcel)
        made: dict[str, Any] = dict(handle)
        for picture in parcel.media:
            blobs = made.get("blobs", {})
            if picture.sha256 not in blobs:
                made = {**made, "blobs": {**blobs, picture.sha256: await self._upload(picture)}}
                await keep(made)
        if "facets" not in made:
            made = {**made, "facets": facets(parcel.text, await self._dids(parcel.text))}
            await keep(made)
        return made

    async def commit(self, parcel: Parcel, handle: Handle) -> Sent:
        """One putRecord that may only create (`swapRecord` null).

        The same record twice is a 200 both times; anything else under our key is InvalidSwap:
        both mean that the key is published, and its address is known without another call.
        """
        uri = post_uri(self._account.remote_id, parcel.record_key)
        payload = {
            "repo": self._account.remote_id,
            "collection": POST,
            "rkey": parcel.record_key,
            "record": post_record(parcel, handle),
            "swapRecord": None,
        }
        response = await self._server.told("com.atproto.repo.putRecord", payload)
        if not (response.status_code == httpx.codes.BAD_REQUEST and name_of(response) == SWAPPED):
            if not response.is_success:
                raise refusal(response)
            if wire.body(response).get("uri") != uri:
                raise OutcomeUnknown(f"not our record: {wire.excerpt(response)}")
        url = post_url(self._account.handle, parcel.record_key)
        return Sent(remote_id=uri, url=url, detail=wire.excerpt(response))

    async def delete(self, remote_id: str) -> None:
        """Gone: the server says 200 to a record that was there and to one that was not."""
        did, collection, rkey = parts(remote_id)
        if did != self._account.remote_id:
            raise Refused("not_allowed", f"not a record of {self._account.remote_id}")
        payload = {"repo": did, "collection": collection, "rkey": rkey}
        response = await self._server.told("com.atproto.repo.deleteRecord", payload)
        if not response.is_success:
            raise refusal(response)

    async def _upload(self, picture: Medium) -> dict[str, Any]:
        """The blob reference. It is made of the bytes' SHA-256, so it is the same each time."""
        content = await self._kit.read(picture.sha256)
        response = await self._server.again(
            "com.atproto.repo.uploadBlob", content=content, mime=picture.mime
        )
        blob = wire.body(response, safe=True).get("blob")
        if not isinstance(blob, dict) or not sha256_of(link_of(blob)):
            raise TryLater(f"no blob: {wire.excerpt(response)}")
        if sha256_of(link_of(blob)) != picture.sha256:
            raise Refused("media_altered", wire.excerpt(response))
        return blob

    async def _dids(self, text: str) -> dict[str, str]:
        """handle -> DID of those mentioned whom the server knows or finds."""
        found = {}
        for handle in mentioned(text):
            try:
                answer = await self._server.query(
                    "com.atproto.identity.resolveHandle", handle=handle
                )
            except Refused:
                continue  # nobody of that name: it stays plain text
            if isinstance(did := answer.get("did"), str):
                found[handle] = did
        return found


def _check(parcel: Parcel) -> None:
    if over(parcel.text, LIMITS.text):
        raise Refused("text_too_long")
    if len(parcel.media) > LIMITS.pictures:
        raise Refused("too_many_pictures")
    for picture in parcel.media:
        if picture.size > LIMITS.picture_bytes:
            raise Refused("too_large", f"{picture.sha256} has {picture.size} bytes")
        if picture.mime not in LIMITS.picture_types:
            raise Refused("media_type", f"{picture.sha256} is {picture.mime}")
