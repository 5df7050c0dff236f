"""What the account itself posts, and how it shows itself, as its own records say it."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from breakwater.networks.base import Arrived, Author, Profile, What
from breakwater.networks.bluesky.embeds import seen_media
from breakwater.networks.bluesky.facets import in_full
from breakwater.networks.bluesky.records import parts, post_url

_MEDIA = "https://bsky.social"


def own_post(record: Mapping[str, Any], uri: str, at: datetime, raw: Mapping[str, Any]) -> Arrived:
    """A post of the account that answers nobody. at: when it was seen there; of a listed record, the
    date that it bears, which its writer chose."""
    did, _, rkey = parts(uri)
    return Arrived(
        what=What.POST,
        remote_id=uri,
        at=at,
        author=Author(did),
        text=in_full(str(record.get("text", "")), record.get("facets")),
        url=post_url(did, rkey),
        media=seen_media(record.get("embed"), _MEDIA, did),
        own=True,
        raw=raw,
    )


def profile_of(record: Mapping[str, Any], handle: str) -> Profile:
    """https://github.com/bluesky-social/atproto/blob/main/lexicons/app/bsky/actor/profile.json (read
    2026-11-28). picture: the blob's id, which is another for another picture."""
    avatar, pinned = record.get("avatar"), record.get("pinnedPost")
    ref = avatar.get("ref") if isinstance(avatar, Mapping) else None
    return Profile(
        name=str(record.get("displayName") or handle),
        handle=handle,
        bio=str(record.get("description") or ""),
        link=str(record.get("website") or ""),
        picture=str(ref.get("$link", "")) if isinstance(ref, Mapping) else "",
        pinned=(str(pinned.get("uri", "")),) if isinstance(pinned, Mapping) else (),
    )
