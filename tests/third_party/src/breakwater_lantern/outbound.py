"""One PUT under our own key. A second one with the same key changes nothing."""

from breakwater.domain.errors import OutcomeUnknown, Refused
from breakwater.domain.guarantees import Guarantee
from breakwater.networks import wire
from breakwater.networks.base import Handle, KeepHandle, Parcel, Sent
from breakwater.networks.unable import deny_answers
from breakwater_lantern.errors import refusal
from breakwater_lantern.inbound import LanternReader
from breakwater_lantern.manifest import MANIFEST


class LanternConnector(LanternReader):
    guarantee = Guarantee.LASTING_KEY

    async def prepare(self, parcel: Parcel, handle: Handle, keep: KeepHandle) -> Handle:
        deny_answers(MANIFEST, parcel)
        if parcel.media:
            raise Refused("media_type", "a signal has no media")
        return handle

    async def commit(self, parcel: Parcel, handle: Handle) -> Sent:
        body = {"text": parcel.text}
        response = await self._call("PUT", f"/signals/{parcel.record_key}", json=body)
        if not response.is_success:
            raise refusal(response)
        if wire.body(response).get("id") != parcel.record_key:
            raise OutcomeUnknown(f"not our signal: {wire.excerpt(response)}")
        return Sent(parcel.record_key, detail=wire.excerpt(response))

    async def delete(self, remote_id: str) -> None:
        response = await self._call("DELETE", f"/signals/{remote_id}")
        if not response.is_success:
            raise refusal(response)
