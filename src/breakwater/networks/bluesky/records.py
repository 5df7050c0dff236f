"""Addresses and records of posts: the shapes, both ways. Pure.

Shapes: https://atproto.com/specs/at-uri-scheme, lexicon app.bsky.feed.post. Embeds: embeds.py.
"""

import hashlib
from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Any

import regex

from breakwater.domain.errors import Refused
from breakwater.networks.base import Parcel, Seen
from breakwater.networks.bluesky.embeds import embed_of, seen_media
from breakwater.networks.bluesky.facets import in_full

POST = "app.bsky.feed.post"
PROFILE = "app.bsky.actor.profile"
LIKE = "app.bsky.feed.like"
FOLLOW = "app.bsky.graph.follow"
BLOCK = "app.bsky.graph.block"
_APP = "https://bsky.app"
_URI = regex.compile(r"at://(did:[a-z0-9:%._-]+)/([A-Za-z0-9.-]+)/([A-Za-z0-9._:~-]{1,512})")
_PAGE = regex.compile(r"https://bsky\.app/profile/([A-Za-z0-9:._-]+)/post/([A-Za-z0-9._:~-]+)/?")
_KEY_DIGITS = "234567abcdefghijklmnopqrstuvwxyz"
_LANGUAGES = 3
_UNDATED = datetime(1970, 1, 1, tzinfo=UTC)


def post_uri(did: str, rkey: str) -> str:
    """The id of a post of our own, known before it is sent."""
    return f"at://{did}/{POST}/{rkey}"


def pinned(profile: Mapping[str, Any] | None) -> str:
    """Address of the post that a profile (`uri`, `cid`, `value`) keeps at its top; "" for none."""
    record = profile.get("value") if profile else None
    found = record.get("pinnedPost") if isinstance(record, Mapping) else None
    return str(found.get("uri") or "") if isinstance(found, Mapping) else ""


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
    if languages := _languages(parcel):
        record["langs"] = languages
    if facets := handle.get("facets"):
        record["facets"] = facets
    if reply := handle.get("reply"):
        record["reply"] = reply
    if embed := embed_of(parcel, handle):
        record["embed"] = embed
    if label := str(parcel.options.get("labels", "")):
        labels = {"$type": "com.atproto.label.defs#selfLabels", "values": [{"val": label}]}
        record["labels"] = labels
    return record


def page_parts(address: str) -> tuple[str, str] | None:
    """(handle or DID, rkey) of the page of a post in the official app; None for another page."""
    match = _PAGE.fullmatch(address.partition("?")[0])
    return (match[1], match[2]) if match else None


def key_for(collection: str, subject: str) -> str:
    """The record key (a TID) under which we keep what we do to this subject: always the same, so
    that doing it twice makes one record."""
    number = int.from_bytes(hashlib.sha256(f"{collection} {subject}".encode()).digest()[:8]) >> 1
    return "".join(_KEY_DIGITS[number >> shift & 31] for shift in range(60, -1, -5))


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
        created_at=moment(value.get("createdAt")),
        media=seen_media(value.get("embed"), origin, did),
    )


def _languages(parcel: Parcel) -> list[str]:
    more = str(parcel.options.get("languages", "")).replace(";", ",").split(",")
    named = [one.strip() for one in (parcel.language, *more) if one.strip()]
    return list(dict.fromkeys(named))[:_LANGUAGES]


def moment(value: object) -> datetime:
    try:
        moment = datetime.fromisoformat(value) if isinstance(value, str) else _UNDATED
        return moment.replace(tzinfo=moment.tzinfo or UTC).astimezone(UTC)
    except (ValueError, OverflowError):
        return _UNDATED
