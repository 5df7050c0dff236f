"""Publishing and deleting on the practice harbour, in each of the five ways."""

from typing import Any

import httpx

from breakwater.domain.errors import OutcomeUnknown
from breakwater.domain.guarantees import Guarantee
from breakwater.networks import wire
from breakwater.networks.base import Handle, KeepHandle, Parcel, Sent
from breakwater.networks.sandbox.errors import code, error_of
from breakwater.networks.sandbox.practice import Practising


class HarbourConnector(Practising):
    """One account. `guarantee` says which of the five ways it takes."""

    async def prepare(self, parcel: Parcel, handle: Handle, keep: KeepHandle) -> Handle:
        """{"pictures": [sha256 …]} that are uploaded, and {"container": id} in class handle."""
        made: dict[str, Any] = dict(handle)
        for picture in parcel.pictures:
            if picture.sha256 in made.get("pictures", []):
                continue
            content = await self._read_blob(picture.sha256)
            await self._upload(content, picture.mime)
            made = {**made, "pictures": [*made.get("pictures", []), picture.sha256]}
            await keep(made)
        if self.guarantee is Guarantee.HANDLE and "container" not in made:
            made = {**made, "container": await self._container(parcel)}
            await keep(made)
        return made

    async def commit(self, parcel: Parcel, handle: Handle) -> Sent:
        response = await self._commit(parcel, handle)
        if self.guarantee is Guarantee.LASTING_KEY and code(response) == "swap":
            # Our own record key exists: an earlier try of this very parcel made it.
            remote_id = f"{self._account.remote_id}.{parcel.record_key}"
            return Sent(remote_id, self._url(f"/posts/{remote_id}"), wire.excerpt(response))
        if not response.is_success:
            raise error_of(response)
        made = wire.body(response)
        if not isinstance(made.get("id"), str) or not made["id"]:
            raise OutcomeUnknown(f"accepted without an id: {wire.excerpt(response)}")
        url = self._url(str(made.get("path", "")))
        return Sent(made["id"], url, wire.excerpt(response))

    async def delete(self, remote_id: str) -> None:
        response = await self._call("DELETE", f"/api/posts/{remote_id}")
        if response.is_success or code(response) == "not_there":
            return
        raise error_of(response)

    async def _commit(self, parcel: Parcel, handle: Handle) -> httpx.Response:
        if self.guarantee is Guarantee.HANDLE:
            path = f"/api/containers/{handle.get('container', '-')}/publish"
            return await self._call("POST", path, json={"class": self.guarantee})
        draft = self._draft(parcel)
        if self.guarantee is Guarantee.LASTING_KEY:
            return await self._call("PUT", f"/api/records/{parcel.record_key}", json=draft)
        key = {"idempotency-key": parcel.key} if self.guarantee is Guarantee.HOUR_KEY else {}
        return await self._call("POST", "/api/posts", json=draft, headers=key)

    async def _upload(self, content: bytes, mime: str) -> None:
        headers = {"content-type": mime}
        response = await self._call(
            "POST", "/api/pictures", content=content, headers=headers, safe=True
        )
        if not response.is_success:
            raise error_of(response, safe=True)

    async def _container(self, parcel: Parcel) -> str:
        response = await self._call("POST", "/api/containers", json=self._draft(parcel), safe=True)
        if not response.is_success:
            raise error_of(response, safe=True)
        return str(wire.body(response, safe=True).get("id", ""))

    def _draft(self, parcel: Parcel) -> dict[str, Any]:
        return {
            "class": self.guarantee,
            "text": parcel.text,
            "language": parcel.language,
            "pictures": [{"sha256": p.sha256, "alt": p.alt} for p in parcel.pictures],
        }
