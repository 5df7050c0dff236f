"""Addresses and records of posts: the shapes, both ways. Pure.

Shapes: https://atproto.com/specs/at-uri-scheme, lexicons app.bsky.feed.post and .embed.images.
"""

import base64
import binascii
from collections.abc import Iterator, Mapping
from datetime import UTC, datetime
from typing import Any

import regex

from breakwater.domain.errors import Refused
from breakwater.networks.base import Medium, Parcel, Seen, SeenMedium
from breakwater.networks.bluesky.facets import in_full

POST = "app.bsky.feed.post"
PROFILE = "app.bsky.actor.profile"
IMAGES = "app.bsky.embed.images"
_APP = "https://bsky.app"
_URI = regex.compile(r"at://(did:[a-z0-9:%._-]+)/([A-Za-z0-9.-]+)/([A-Za-z0-9._:~-]{1,512})")
_RAW_SHA256 = bytes((0x01, 0x55, 0x12, 0x20))
"""CID version 1, raw bytes, SHA-256, 32 bytes (https://atproto.com/specs/data-model#link-and-cid-formats)."""
_UNDATED = datetime(1970, 1, 1, tzinfo=UTC)


def post_uri(did: str, rkey: str) -> str:
    """The id of a post of our own, known before it is sent."""
    return f"at://{did}/{POST}/{rkey}"


def parts(uri: str) -> tuple[str, str, str]:
    """(did, collection, rkey). Raises: Refused("not_there") for what is no record's address."""
    match = _URI.fullmatch(uri)
    if match is None:
        raise Refused("not_there", f"no record's address: {uri[:200]}")
    did, collection, rkey = match.groups()
    return did, collection, rkey


def profile_url(handle: str) -> str:
    return f"{_APP}/profile/{handle}"


def post_url(who: str, rkey: str) -> str:
    """Where people read it. who: a handle or a DID."""
    return f"{profile_url(who)}/post/{rkey}"


def post_record(parcel: Parcel, handle: Mapping[str, Any]) -> dict[str, Any]:
    """The record of a parcel: the same bytes for the same parcel and handle.

    Raises: Refused("media_gone") when `handle` lacks a picture that was to be uploaded.
    """
    record: dict[str, Any] = {
        "$type": POST,
        "text": parcel.text,
        "createdAt": stamp(parcel.created_at),
    }
    if parcel.language:
        record["langs"] = [parcel.language]
    if facets := handle.get("facets"):
        record["facets"] = facets
    if parcel.media:
        blobs = handle.get("blobs", {})
        images = [_image(picture, blobs) for picture in parcel.media]
        record["embed"] = {"$type": IMAGES, "images": images}
    return record


def stamp(moment: datetime) -> str:
    """As the protocol likes it: UTC, milliseconds, Z."""
    return moment.astimezone(UTC).isoformat(timespec="milliseconds").removesuffix("+00:00") + "Z"


def seen(answer: Mapping[str, Any], *, origin: str, handle: str) -> Seen | None:
    """A post as getRecord and listRecords give it; None when it is no record at an address.

    created_at: 1970 when the record's own date is unreadable.
    """
    uri, value = answer.get("uri"), answer.get("value")
    match = _URI.fullmatch(uri) if isinstance(uri, str) else None
    if match is None or not isinstance(value, dict):
        return None
    did, _, rkey = match.groups()
    text, facets = value.get("text"), value.get("facets")
    return Seen(
        remote_id=match[0],
        url=post_url(handle or did, rkey),
        text=in_full(text if isinstance(text, str) else "", facets),
        created_at=_moment(value.get("createdAt")),
        media=tuple(_pictures(value.get("embed"), origin, did)),
    )


def sha256_of(cid: object) -> str:
    """The SHA-256 that a blob's CID is made of, hexadecimal; empty for another kind of CID."""
    if not isinstance(cid, str) or not cid.startswith("b"):
        return ""
    digits = cid[1:].upper()
    try:
        raw = base64.b32decode(digits + "=" * (-len(digits) % 8))
    except (binascii.Error, ValueError):
        return ""
    head, digest = raw[: len(_RAW_SHA256)], raw[len(_RAW_SHA256) :]
    return digest.hex() if head == _RAW_SHA256 and len(digest) == 32 else ""


def link_of(blob: object) -> object:
    """The CID in a blob reference: {"$type": "blob", "ref": {"$link": cid}, …}."""
    reference = blob.get("ref") if isinstance(blob, Mapping) else None
    return reference.get("$link") if isinstance(reference, Mapping) else None


def _image(picture: Medium, blobs: Mapping[str, Any]) -> dict[str, Any]:
    blob = blobs.get(picture.sha256)
    if blob is None:
        raise Refused("media_gone", picture.sha256)
    image: dict[str, Any] = {"alt": picture.alt, "image": blob}
    if picture.width > 0 and picture.height > 0:
        image["aspectRatio"] = {"width": picture.width, "height": picture.height}
    return image


def _pictures(embed: object, origin: str, did: str) -> Iterator[SeenMedium]:
    """Of an images embed, or of one beside a quoted post (recordWithMedia)."""
    if not isinstance(embed, Mapping):
        return
    media = embed.get("media", embed)
    images = media.get("images") if isinstance(media, Mapping) else None
    for image in images if isinstance(images, list) else []:
        if not isinstance(image, Mapping):
            continue
        cid = link_of(image.get("image"))
        yield SeenMedium(
            url=f"{origin}/xrpc/com.atproto.sync.getBlob?did={did}&cid={cid}",
            alt=str(image.get("alt", "")),
            sha256=sha256_of(cid),
        )


def _moment(value: object) -> datetime:
    try:
        moment = datetime.fromisoformat(value) if isinstance(value, str) else _UNDATED
        return moment.replace(tzinfo=moment.tzinfo or UTC).astimezone(UTC)
    except (ValueError, OverflowError):
        return _UNDATED
