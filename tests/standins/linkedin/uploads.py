"""Images, documents and videos: begun, sent (videos in parts), worked through, ready."""

import hashlib
from collections.abc import Callable
from typing import TYPE_CHECKING

from tests.standins.base.exchange import Reply, Request, as_json
from tests.standins.linkedin.replies import refused
from tests.standins.linkedin.state import Asset

if TYPE_CHECKING:
    from tests.standins.linkedin.standin import LinkedInStandin

PART = 4 * 1024 * 1024


class Uploads:
    """slow_s: kind (image, video, document) -> seconds that it is worked on. part: bytes of one."""

    def __init__(self, standin: "LinkedInStandin") -> None:
        self._standin = standin
        self.slow_s: dict[str, float] = {}
        self.part = PART
        self.fails = False

    def calls(self) -> dict[str, Callable[..., Reply]]:
        return {"begin": self._begin, "finish": self._finish, "asset": self._asset}

    def take(self, request: Request, token: str) -> Reply:
        """The bytes of one part, at the address that was given out for it."""
        world = self._standin.world
        if token not in world.uploads:
            return Reply(403, b"expired")
        asset, place = world.uploads[token]
        if place == "thumbnail":
            asset.thumbnail = request.body
            return Reply(201)
        first, last = asset.places.get(token, (0, len(request.body) - 1))
        if len(request.body) != last - first + 1:
            return Reply(400, b"not the length that was agreed")
        etag = hashlib.sha256(token.encode() + request.body).hexdigest()[:32]
        asset.parts[etag] = request.body
        if not asset.places:
            self._end(asset)
        return Reply(200 if asset.places else 201, headers={"etag": f'"{etag}"'})

    def _begin(self, request: Request, root: str) -> Reply:
        wish, kind = request.fields["initializeUploadRequest"], root.removesuffix("s")
        world = self._standin.world
        asset = Asset(f"urn:li:{kind}:C4E{world.number()}", wish["owner"])
        world.assets[asset.urn] = asset
        value = {kind: asset.urn, "uploadUrlExpiresAt": self._standin.now_ms() + 86_400_000}
        if kind != "video":
            return as_json({"value": {**value, "uploadUrl": self._address(asset, "whole")}})
        asset.size = wish["fileSizeBytes"]
        instructions = []
        for first in range(0, asset.size, self.part):
            last = min(asset.size, first + self.part) - 1
            address = self._address(asset, "part")
            asset.places[address.rpartition("/")[2]] = (first, last)
            instructions.append({"uploadUrl": address, "firstByte": first, "lastByte": last})
        value |= {"uploadToken": "", "uploadInstructions": instructions}
        if wish["uploadThumbnail"]:
            value["thumbnailUploadUrl"] = self._address(asset, "thumbnail")
        return as_json({"value": value})

    def _finish(self, request: Request) -> Reply:
        wish = request.fields["finalizeUploadRequest"]
        asset = self._standin.world.assets.get(wish["video"])
        if asset is None:
            return refused(404, "no such video")
        if not set(wish["uploadedPartIds"]) <= set(asset.parts) or len(wish["uploadedPartIds"]) != len(asset.places):  # fmt: skip
            return refused(400, "uploadedPartIds do not fit the upload")
        asset.parts = {etag: asset.parts[etag] for etag in wish["uploadedPartIds"]}
        self._end(asset)
        return Reply(200)

    def _asset(self, request: Request, urn: str) -> Reply:
        del request
        asset = self._standin.world.assets.get(urn)
        if asset is None:
            return refused(404, "no such asset")
        said = {"id": urn, "owner": asset.owner, "status": self.status(asset)}
        if said["status"] == "AVAILABLE":
            said["downloadUrl"] = f"{self._standin.origin}/media/{urn.rpartition(':')[2]}"
        return as_json(said)

    def give(self, number: str) -> Reply:
        """The bytes behind a downloadUrl, for whoever has it."""
        found = (a for urn, a in self._standin.world.assets.items() if urn.endswith(f":{number}"))
        asset = next(found, None)
        return Reply(200, asset.data, {"content-type": "image/jpeg"}) if asset else Reply(404)

    def status(self, asset: Asset) -> str:
        if not asset.finished:
            return "WAITING_UPLOAD"
        if asset.failed:
            return "PROCESSING_FAILED"
        return "AVAILABLE" if self._standin.now().timestamp() >= asset.ready_s else "PROCESSING"

    def _end(self, asset: Asset) -> None:
        kind = asset.urn.split(":")[2]
        asset.finished, asset.failed = True, self.fails
        asset.ready_s = self._standin.now().timestamp() + self.slow_s.get(kind, 0.0)

    def _address(self, asset: Asset, place: str) -> str:
        token = hashlib.sha256(self._standin.world.number().encode()).hexdigest()[:24]
        self._standin.world.uploads[token] = (asset, place)
        return f"{self._standin.origin}/dms-uploads/{token}"
