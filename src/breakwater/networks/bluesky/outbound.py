"""Publishing and deleting: blobs, references and gates first, then one putRecord under our own key.

A handle is {"blobs": {sha256: reference}, "facets": […], "reply": …, "quote": …, "gates": […]}
and, while a video is processed, {"jobs": {sha256: id}}.
"""

from typing import Any

import httpx

from breakwater.domain.errors import OutcomeUnknown, Refused
from breakwater.domain.guarantees import Guarantee
from breakwater.domain.text import over
from breakwater.networks import wire
from breakwater.networks.base import Act, Handle, KeepHandle, Kind, Parcel, Sent
from breakwater.networks.bluesky.acts import Deeds
from breakwater.networks.bluesky.arriving import BlueskyListener
from breakwater.networks.bluesky.errors import SWAPPED, name_of, refusal
from breakwater.networks.bluesky.facets import facets, mentioned
from breakwater.networks.bluesky.gates import gates_of
from breakwater.networks.bluesky.manifest import LIMITS, MANIFEST, VIDEO
from breakwater.networks.bluesky.records import (
    POST,
    parts,
    post_record,
    post_uri,
    post_url,
    stamp,
)
from breakwater.networks.bluesky.refs import did_of, quoted, reply_to
from breakwater.networks.bluesky.uploads import Uploads
from breakwater.networks.bluesky.xrpc import Server


class BlueskyConnector(BlueskyListener):
    """`networks.base.Connector` for one account on any AT Protocol server."""

    guarantee = Guarantee.LASTING_KEY

    def guards(self, parcel: Parcel) -> Guarantee:
        """A message has no key of ours."""
        return Guarantee.NONE if parcel.to else self.guarantee

    async def prepare(self, parcel: Parcel, handle: Handle, keep: KeepHandle) -> Handle:
        """All that the post is made of, each part kept before the next.

        Raises: Refused("text_too_long" | "too_many_pictures" | "too_large" | "media_type")
        before anything leaves; Refused("media_altered") if the server stored other bytes.
        """
        if parcel.to:
            return await self._chat.prepare(parcel, handle, keep)
        _check(parcel)
        made = await self._uploads.all_of(parcel, dict(handle), keep)
        for name, part in (
            ("reply", self._reply), ("quote", self._quote), ("facets", self._facets),
            ("gates", self._gates),
        ):  # fmt: skip
            if name not in made and (found := await part(parcel)) is not None:
                made = {**made, name: found}
                await keep(dict(made))
        return made

    async def commit(self, parcel: Parcel, handle: Handle) -> Sent:
        """One putRecord that may only create (`swapRecord` null).

        The same record twice is a 200 both times; anything else under our key is InvalidSwap:
        both mean that the key is published, and its address is known without another call.
        """
        if parcel.to:
            return await self._chat.commit(parcel, handle)
        await self._kit.take("create")
        uri = post_uri(self._account.remote_id, parcel.record_key)
        payload = self._put(POST, parcel.record_key, post_record(parcel, handle))
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
        await self._kit.take("delete")
        payload = {"repo": did, "collection": collection, "rkey": rkey}
        response = await self._server.told("com.atproto.repo.deleteRecord", payload)
        if not response.is_success:
            raise refusal(response)

    async def act(self, act: Act) -> Sent:
        return await self._deeds.act(act)

    async def acted(self, act: Act) -> bool:
        return await self._deeds.acted(act)

    @property
    def _deeds(self) -> Deeds:
        return Deeds(self._server, self._account.remote_id)

    @property
    def _uploads(self) -> Uploads:
        origin = MANIFEST.at(self._account.origin, "video")
        video = Server(self._server.client, origin, self._server.token)
        return Uploads(self._server, video, self._account.remote_id, self._kit)

    async def _reply(self, parcel: Parcel) -> dict[str, Any] | None:
        above = parcel.reply_to or parcel.root
        return await reply_to(self._server, above) if above else None

    async def _quote(self, parcel: Parcel) -> dict[str, str] | None:
        address = str(parcel.options.get("quote", "")).strip()
        return await quoted(self._server, address) if address else None

    async def _facets(self, parcel: Parcel) -> list[dict[str, Any]]:
        found = {}
        for handle in mentioned(parcel.text):
            # A handle that is nobody's stays plain text.
            if did := await did_of(self._server, handle):
                found[handle] = did
        return facets(parcel.text, found)

    async def _gates(self, parcel: Parcel) -> list[str] | None:
        """Gates stand before the post does: there is no moment in which it is open to all."""
        if parcel.reply_to:
            return None
        uri = post_uri(self._account.remote_id, parcel.record_key)
        gates = gates_of(parcel.options, uri, stamp(parcel.created_at))
        for collection, gate in gates.items():
            payload = self._put(collection, parcel.record_key, gate)
            del payload["swapRecord"]  # the same again is a 200; a changed wish replaces it
            await self._server.again("com.atproto.repo.putRecord", payload=payload)
        return list(gates) or None

    def _put(self, collection: str, rkey: str, record: dict[str, Any]) -> dict[str, Any]:
        return {
            "repo": self._account.remote_id,
            "collection": collection,
            "rkey": rkey,
            "record": record,
            "swapRecord": None,
        }


def _check(parcel: Parcel) -> None:
    if over(parcel.text, LIMITS.text):
        raise Refused("text_too_long")
    pictures = [one for one in parcel.media if one.kind is Kind.PICTURE]
    if len(pictures) > LIMITS.pictures:
        raise Refused("too_many_pictures")
    for medium in parcel.media:
        video = medium.kind is Kind.VIDEO
        if medium.mime not in (VIDEO.types if video else LIMITS.picture_types):
            raise Refused("media_type", f"{medium.sha256} is {medium.mime}")
        if medium.size > (VIDEO.most_bytes if video else LIMITS.picture_bytes):
            raise Refused("too_large", f"{medium.sha256} has {medium.size} bytes")
    if MANIFEST.form_of(parcel.media, parcel.form) is None:
        raise Refused("media_type", f"no post has these {len(parcel.media)} media")
