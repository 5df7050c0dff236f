"""Publishing, editing, deeds and deleting on the practice harbour, in the way of each class."""

import json
from typing import Any

import httpx

from breakwater.domain.errors import OutcomeUnknown, TryLater
from breakwater.domain.guarantees import Guarantee
from breakwater.networks import wire
from breakwater.networks.base import Act, Handle, KeepHandle, Parcel, Sent
from breakwater.networks.sandbox.classes import PUBLISH_ID, RESUMABLE
from breakwater.networks.sandbox.errors import code, error_of
from breakwater.networks.sandbox.inbound import is_publish_id
from breakwater.networks.sandbox.loading import loaded, received
from breakwater.networks.sandbox.manifest import MANIFEST
from breakwater.networks.sandbox.practice import Practising

PIECE_BYTES = 128
"""How much of an upload goes in one call: so little that most posts take several."""

_INCOMPLETE = 308
_OPTIONS = [option.name for option in MANIFEST.options]


class HarbourConnector(Practising):
    """One account. `kind` says which way it takes."""

    async def prepare(self, parcel: Parcel, handle: Handle, keep: KeepHandle) -> Handle:
        """{"media": [sha256 …]} that are there (loading.py), and by class {"container": id},
        {"session": id, "upload": post id} or {"publish_id": id}."""
        made = await loaded(parcel.media, dict(handle), self._call, self._kit, keep)
        if self.kind == RESUMABLE:
            return await self._send_in_pieces(parcel, made, keep)
        if self.kind == Guarantee.HANDLE and "container" not in made:
            container = await self._make("/api/containers", self._draft(parcel), "id")
            made = {**made, "container": container}
            await keep(made)
        if self.kind == PUBLISH_ID and "publish_id" not in made:
            wish = {"class": self.kind}
            publish_id = await self._make("/api/publishes", wish, "publish_id")
            made = {**made, "publish_id": publish_id}
            await keep(made)
        return made

    async def commit(self, parcel: Parcel, handle: Handle) -> Sent:
        response = await self._commit(parcel, handle)
        if self.kind == Guarantee.LASTING_KEY and code(response) == "swap":
            # Our own record key exists: an earlier try of this very parcel made it.
            remote_id = f"{self._account.remote_id}.{parcel.record_key}"
            return Sent(remote_id, self._url(f"/posts/{remote_id}"), wire.excerpt(response))
        if not response.is_success:
            raise error_of(response)
        made = wire.body(response)
        # A publish id stands for the post until moderation is through: `read` knows both.
        named = made.get("publish_id" if self.kind == PUBLISH_ID else "id")
        if not isinstance(named, str) or not named:
            raise OutcomeUnknown(f"accepted without an id: {wire.excerpt(response)}")
        path = str(made.get("path", ""))
        return Sent(named, self._url(path) if path else "", wire.excerpt(response))

    async def edit(self, remote_id: str, parcel: Parcel) -> Sent:
        """Under its own id, also where a publish id stood for it."""
        if is_publish_id(remote_id):
            seen = await self.read(remote_id)
            remote_id = seen.remote_id if seen else remote_id
        wish = {"text": parcel.text}
        response = await self._call("PUT", f"/api/posts/{remote_id}", json=wish)
        if not response.is_success:
            raise error_of(response)
        return Sent(remote_id, self._url(f"/posts/{remote_id}"), wire.excerpt(response))

    async def act(self, act: Act) -> Sent:
        wish = {"deed": act.deed, "target": act.target, "detail": dict(act.detail)}
        response = await self._call("POST", "/api/deeds", json=wish)
        if not response.is_success:
            raise error_of(response)
        return Sent(str(wire.body(response).get("reference", "")), "", wire.excerpt(response))

    async def delete(self, remote_id: str) -> None:
        where = "publishes" if is_publish_id(remote_id) else "posts"
        response = await self._call("DELETE", f"/api/{where}/{remote_id}")
        if response.is_success or code(response) in ("not_there", "no_publish"):
            return
        raise error_of(response)

    async def _commit(self, parcel: Parcel, handle: Handle) -> httpx.Response:
        wish, draft = {"class": self.kind}, self._draft(parcel)
        if self.kind == Guarantee.HANDLE:
            path = f"/api/containers/{handle.get('container', '-')}/publish"
            return await self._call("POST", path, json=wish)
        if self.kind == RESUMABLE:
            path = f"/api/posts/{handle.get('upload', '-')}/visibility"
            return await self._call("PUT", path, json=wish)
        if self.kind == PUBLISH_ID:
            path = f"/api/publishes/{handle.get('publish_id', '-')}"
            return await self._call("PUT", path, json=draft)
        if self.kind == Guarantee.LASTING_KEY:
            return await self._call("PUT", f"/api/records/{parcel.record_key}", json=draft)
        key = {"idempotency-key": parcel.key} if self.guarantee is Guarantee.HOUR_KEY else {}
        return await self._call("POST", "/api/posts", json=draft, headers=key)

    async def _make(self, path: str, wish: dict[str, Any], name: str) -> str:
        """The id of what was made there. Raises: TryLater if none came."""
        response = await self._call("POST", path, json=wish, safe=True)
        if not response.is_success:
            raise error_of(response, safe=True)
        made = wire.body(response, safe=True).get(name)
        if not isinstance(made, str) or not made:
            raise TryLater(f"made without an id: {wire.excerpt(response)}")
        return made

    async def _send_in_pieces(
        self, parcel: Parcel, made: dict[str, Any], keep: KeepHandle
    ) -> Handle:
        """The whole post is at the harbour, private. It goes on where an earlier try ended."""
        content, begun = json.dumps(self._draft(parcel)).encode(), "session" in made
        if not begun:
            wish = {"class": self.kind, "size": len(content)}
            made = {**made, "session": await self._make("/api/uploads", wish, "id")}
            await keep(made)
        if "upload" not in made:
            upload = await self._put_bytes(made["session"], content, begun=begun)
            made = {**made, "upload": upload}
            await keep(made)
        return made

    async def _put_bytes(self, session: str, content: bytes, *, begun: bool) -> str:
        """The id of the private post that the last byte made. begun: asks first how much is
        there."""
        size, at = len(content), 0
        response = await self._piece(session, b"", f"*/{size}") if begun else None
        while response is None or response.status_code == _INCOMPLETE:
            at = at if response is None else received(response)
            piece = content[at : at + PIECE_BYTES]
            response = await self._piece(session, piece, f"{at}-{at + len(piece) - 1}/{size}")
            if response.status_code == _INCOMPLETE and received(response) <= at:
                raise TryLater(f"no byte more was taken: {wire.excerpt(response)}")
        if not response.is_success:
            raise error_of(response, safe=True)
        made = wire.body(response, safe=True).get("id")
        if not isinstance(made, str) or not made:
            raise TryLater(f"uploaded without an id: {wire.excerpt(response)}")
        return made

    async def _piece(self, session: str, piece: bytes, where: str) -> httpx.Response:
        headers = {"content-range": f"bytes {where}", "content-type": "application/octet-stream"}
        path = f"/api/uploads/{session}"
        return await self._call("PUT", path, content=piece, headers=headers, safe=True)

    def _draft(self, parcel: Parcel) -> dict[str, Any]:
        return {
            "class": self.kind,
            "text": parcel.text,
            "language": parcel.language,
            "media": [{"sha256": m.sha256, "alt": m.alt, "name": m.name} for m in parcel.media],
            "form": parcel.form,
            "options": {name: parcel.options[name] for name in _OPTIONS if name in parcel.options},
            "reply_to": parcel.reply_to,
            "root": parcel.root,
            "to": parcel.to,
        }
