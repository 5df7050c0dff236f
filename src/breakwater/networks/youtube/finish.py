"""What a private video still gets before it may be seen: YouTube's own look at it, the picture
that stands for it, captions, its place in a playlist."""

import hashlib
import json
from collections.abc import Mapping
from typing import Any

from breakwater.domain.errors import OutcomeUnknown, Refused, TryLater
from breakwater.networks.base import Kit, Parcel
from breakwater.networks.youtube import drafts
from breakwater.networks.youtube.calls import Api
from breakwater.networks.youtube.inbound import Reader
from breakwater.networks.youtube.keeping import Kept

PROCESSING_S = 30.0
"""How long to leave a video alone that YouTube still works on."""


async def finish(api: Api, reader: Reader, kit: Kit, parcel: Parcel, kept: Kept) -> None:
    """Each step once; what was done is in the handle."""
    if not kept.facts.get("ready"):
        await _processed(reader, kept)
    if cover := drafts.film(parcel).cover:
        await thumbnail(api, kit, kept, kept.text("video"), cover, "image/jpeg")
    if parcel.options.get("captions") and not kept.facts.get("captions"):
        await _captions(api, parcel, kept.text("video"))
        await kept.add(captions=True)
    if parcel.options.get("playlist") and not kept.facts.get("playlist"):
        await _listed(api, kept.text("video"), str(parcel.options["playlist"]))
        await kept.add(playlist=True)


async def thumbnail(api: Api, kit: Kit, kept: Kept, video: str, sha256: str, mime: str) -> None:
    """The picture that stands for a video or an event."""
    if kept.facts.get("thumbnail"):
        return
    try:
        response = await api.upload(
            "thumbnails.set",
            {"videoId": video, "uploadType": "media"},
            content=await kit.read(sha256),
            headers={"Content-Type": mime},
        )
    except OutcomeUnknown as error:
        raise TryLater(error.detail) from error
    api.google.body(response, safe=True)
    await kept.add(thumbnail=True)


async def _processed(reader: Reader, kept: Kept) -> None:
    """Raises: TryLater while YouTube works on it, Refused when it wants none of it."""
    row = await reader.video(kept.text("video"), "status,processingDetails")
    if row is None:
        await kept.forget("video")
        raise TryLater("the uploaded video is gone; it goes up once more")
    facts = row.get("status") or {}
    state = str(facts.get("uploadStatus") or "")
    if state == "failed":
        raise Refused("video_failed", str(facts.get("failureReason") or ""))
    if state == "rejected":
        raise Refused("video_rejected", str(facts.get("rejectionReason") or ""))
    if state != "processed":
        raise TryLater(f"YouTube works on it: {state}", after_s=PROCESSING_S, code="not_ready")
    await kept.add(ready=True)


async def _captions(api: Api, parcel: Parcel, video: str) -> None:
    """One track, named by nothing but its language. It is there already: fine."""
    facts = {"videoId": video, "language": parcel.language or "en", "name": ""}
    text = str(parcel.options["captions"])
    boundary = hashlib.sha256(text.encode()).hexdigest()[:32]  # no text has its own digest in it
    try:
        response = await api.upload(
            "captions.insert",
            {"part": "snippet", "uploadType": "multipart"},
            content=_two_parts({"snippet": facts}, text, boundary),
            headers={"Content-Type": f"multipart/related; boundary={boundary}"},
        )
    except OutcomeUnknown as error:
        raise TryLater(error.detail) from error
    if response.status_code != 409:
        api.google.body(response, safe=True)


async def _listed(api: Api, video: str, playlist: str) -> None:
    """In the playlist once, however often this is called."""
    there = await api.items("playlistItems", part="id", playlistId=playlist, videoId=video)
    if there:
        return
    place = {"playlistId": playlist, "resourceId": {"kind": "youtube#video", "videoId": video}}
    await api.write("playlistItems.insert", {"part": "snippet"}, safe=True, json={"snippet": place})


def _two_parts(facts: Mapping[str, Any], text: str, boundary: str) -> bytes:
    """multipart/related (RFC 2387): what it is, then the file."""
    described = json.dumps(facts)
    return (
        f"--{boundary}\r\nContent-Type: application/json; charset=UTF-8\r\n\r\n{described}\r\n"
        f"--{boundary}\r\nContent-Type: application/octet-stream\r\n\r\n{text}\r\n"
        f"--{boundary}--\r\n"
    ).encode()
