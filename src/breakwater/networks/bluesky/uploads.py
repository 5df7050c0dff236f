"""Bytes on their way to the account's server: pictures, the picture of a card, videos.

A video goes to the video service where the server is joined to one: it is looked at before the
post, so a bad one is known in time. Elsewhere it is a blob like any other, in pieces from disk.
"""

from collections.abc import AsyncIterator, Mapping
from typing import Any
from urllib.parse import urlsplit

from breakwater.domain.errors import Refused, TryLater, Unsupported
from breakwater.networks import wire
from breakwater.networks.base import KeepHandle, Kind, Kit, Medium, Parcel
from breakwater.networks.bluesky.blobs import link_of, sha256_of
from breakwater.networks.bluesky.manifest import THUMB_BYTES
from breakwater.networks.bluesky.xrpc import Server

PIECE_BYTES = 4_000_000
_DONE, _FAILED = "JOB_STATE_COMPLETED", "JOB_STATE_FAILED"
_UPLOADS = "com.atproto.repo.uploadBlob"
_PROCESSING_S = 5.0


class Uploads:
    """home: the account's server. video: the service, at the server itself where it has none."""

    def __init__(self, home: Server, video: Server, did: str, kit: Kit) -> None:
        self._home = home
        self._video = video
        self._did = did
        self._kit = kit

    async def all_of(
        self, parcel: Parcel, made: dict[str, Any], keep: KeepHandle
    ) -> dict[str, Any]:
        """The handle with {"blobs": {sha256: reference}} of everything that the parcel carries,
        each kept before the next. Raises: TryLater("not_ready") while a video is processed."""
        for medium in parcel.media:
            if medium.sha256 in made.get("blobs", {}):
                continue
            if medium.kind is Kind.VIDEO:
                made = await self._with_video(medium, made, keep)
            else:
                made = _with(made, medium.sha256, await self._picture(medium))
            await keep(dict(made))
        if parcel.card and parcel.card.picture and parcel.card.picture not in made.get("blobs", {}):
            made = _with(made, parcel.card.picture, await self._thumb(parcel.card.picture))
            await keep(dict(made))
        return made

    async def _picture(self, medium: Medium) -> dict[str, Any]:
        return await self._stored(await self._kit.read(medium.sha256), medium.mime, medium.sha256)

    async def _thumb(self, sha256: str) -> dict[str, Any]:
        content = await self._kit.read(sha256)
        if len(content) > THUMB_BYTES:
            raise Refused("too_large", f"the card's picture has {len(content)} bytes")
        return await self._stored(content, "image/jpeg", sha256)

    async def _stored(
        self, content: bytes | AsyncIterator[bytes], mime: str, sha256: str, size: int = 0
    ) -> dict[str, Any]:
        """The blob reference. It is made of the bytes' SHA-256, so it is the same each time."""
        response = await self._home.again(_UPLOADS, content=content, mime=mime, size=size)
        blob = wire.body(response, safe=True).get("blob")
        if not isinstance(blob, dict) or not sha256_of(link_of(blob)):
            raise TryLater(f"no blob: {wire.excerpt(response)}")
        if sha256_of(link_of(blob)) != sha256:
            raise Refused("media_altered", wire.excerpt(response))
        return blob

    async def _with_video(
        self, medium: Medium, made: dict[str, Any], keep: KeepHandle
    ) -> dict[str, Any]:
        jobs = made.get("jobs", {})
        if medium.sha256 not in jobs:
            service = await self._service()
            if service is None:
                blob = await self._stored(
                    self._pieces(medium), medium.mime, medium.sha256, medium.size
                )
                return _with(made, medium.sha256, blob)
            job = await self._begun(medium, service)
            made = {**made, "jobs": {**jobs, medium.sha256: job}}
            await keep(dict(made))
        return _with(made, medium.sha256, await self._finished(made["jobs"][medium.sha256]))

    async def _service(self) -> Server | None:
        """The video service, opened for this account; None where the server has none."""
        try:
            limits = Server(
                self._video.client, self._video.origin,
                await self._token("app.bsky.video.getUploadLimits", _did_of(self._video.origin)),
            )  # fmt: skip
            said = await limits.query("app.bsky.video.getUploadLimits")
        except (Unsupported, Refused):
            return None
        if said.get("canUpload") is not True:
            raise Refused("daily_videos", str(said.get("message") or said.get("error") or ""))
        aud = _did_of(await self._own_server())
        return Server(self._video.client, self._video.origin, await self._token(_UPLOADS, aud))

    async def _begun(self, medium: Medium, service: Server) -> str:
        """The id of the job that processes it. The same bytes again are the same job."""
        response = await service.again(
            "app.bsky.video.uploadVideo",
            content=self._pieces(medium),
            mime=medium.mime,
            size=medium.size,
            params={"did": self._did, "name": f"{medium.sha256[:16]}.mp4"},
        )
        job = _job(wire.body(response, safe=True)).get("jobId")
        if not isinstance(job, str) or not job:
            raise TryLater(f"no job: {wire.excerpt(response)}")
        return job

    async def _finished(self, job: str) -> dict[str, Any]:
        """The reference to the processed video."""
        answer = await self._video.query("app.bsky.video.getJobStatus", jobId=job)
        status = _job(answer)
        if status.get("state") == _FAILED:
            raise Refused("video_refused", str(status.get("message") or status.get("error") or ""))
        blob = status.get("blob")
        if status.get("state") != _DONE or not isinstance(blob, dict):
            raise TryLater(str(status.get("state")), after_s=_PROCESSING_S, code="not_ready")
        return blob

    async def _token(self, method: str, audience: str) -> str:
        """A token for one method of another service."""
        answer = await self._home.query(
            "com.atproto.server.getServiceAuth", aud=audience, lxm=method
        )
        return str(answer.get("token", ""))

    async def _own_server(self) -> str:
        """Origin of the server that keeps the repository: behind bsky.social there are many."""
        session = await self._home.query("com.atproto.server.getSession")
        document = session.get("didDoc")
        services = document.get("service") if isinstance(document, Mapping) else None
        for service in services if isinstance(services, list) else []:
            if isinstance(service, Mapping) and service.get("id") == "#atproto_pds":
                return str(service.get("serviceEndpoint", self._home.origin))
        return self._home.origin

    async def _pieces(self, medium: Medium) -> AsyncIterator[bytes]:
        for at in range(0, medium.size, PIECE_BYTES):
            yield await self._kit.piece(medium.sha256, at, PIECE_BYTES)


def _with(made: dict[str, Any], sha256: str, blob: dict[str, Any]) -> dict[str, Any]:
    return {**made, "blobs": {**made.get("blobs", {}), sha256: blob}}


def _job(answer: Mapping[str, Any]) -> Mapping[str, Any]:
    """The status, which some answers wrap and some do not (a known job: 409 with it bare)."""
    status = answer.get("jobStatus", answer)
    return status if isinstance(status, Mapping) else {}


def _did_of(origin: str) -> str:
    """did:web of a service (https://w3c-ccg.github.io/did-method-web/): a port is escaped."""
    return "did:web:" + urlsplit(origin).netloc.replace(":", "%3A")
