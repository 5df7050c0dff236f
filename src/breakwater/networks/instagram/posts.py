"""A parcel -> the fields of its containers, refused here when Instagram would certainly refuse it."""

import json
import re
from collections.abc import Sequence
from typing import Any

from breakwater.domain.errors import Refused
from breakwater.domain.text import over
from breakwater.networks.base import AddressOf, Kind, Medium, Parcel
from breakwater.networks.containers import Fields, Recipe
from breakwater.networks.instagram.manifest import LIMITS
from breakwater.networks.instagram.options import CAROUSEL, HASHTAGS, MENTIONS

PICTURE_WAIT_S, VIDEO_WAIT_S = 5.0, 30.0
_HASHTAG = re.compile(r"#\w*[^\W\d_]\w*")
_MENTION = re.compile(r"(?<![\w/])@[\w.]+")
_TAG = re.compile(r"@?([\w.]{1,30})(?:\s+(0|1|0?\.\d+|1\.0+)\s+(0|1|0?\.\d+|1\.0+))?")


def checked(parcel: Parcel) -> None:
    """Raises: Refused for words and media that no account can publish."""
    if over(parcel.text, LIMITS.text):
        raise Refused("text_too_long", f"more than {LIMITS.text.limit}")
    if len(_HASHTAG.findall(parcel.text)) > HASHTAGS:
        raise Refused("too_many_hashtags")
    if len(_MENTION.findall(parcel.text)) > MENTIONS:
        raise Refused("too_many_mentions")
    if not parcel.media:
        raise Refused("media_needed")
    if len(parcel.media) > CAROUSEL:
        raise Refused("carousel", f"{len(parcel.media)} media")


def recipe(parcel: Parcel, address: AddressOf) -> Recipe:
    """What is to be made. Raises: Refused("media_unreachable"), Refused("option_unknown")."""
    has_video = any(medium.kind is Kind.VIDEO for medium in parcel.media)
    wait_s = VIDEO_WAIT_S if has_video else PICTURE_WAIT_S
    if len(parcel.media) > 1:
        children = tuple(_child(medium, address) for medium in parcel.media)
        return Recipe(children, lambda ids: _carousel(parcel, ids), wait_s)
    single = _single(parcel, address)
    return Recipe((), lambda _: single, wait_s)


def _child(medium: Medium, address: AddressOf) -> Fields:
    kind = {"media_type": "VIDEO"} if medium.kind is Kind.VIDEO else {}
    return _given({"is_carousel_item": "true", **kind, **_where(medium, address), **_alt(medium)})


def _carousel(parcel: Parcel, ids: Sequence[str]) -> Fields:
    fields = {"media_type": "CAROUSEL", "children": ",".join(ids), "caption": parcel.text}
    return _given({**fields, **_shared(parcel)})


def _single(parcel: Parcel, address: AddressOf) -> Fields:
    medium = parcel.media[0]
    where = _where(medium, address)
    tags = _people(parcel.options, medium)
    if parcel.form == "story":
        return _given({"media_type": "STORIES", **where, **tags})
    words = {"caption": parcel.text, **_shared(parcel), **tags}
    if medium.kind is Kind.VIDEO:
        return _given({"media_type": "REELS", **where, **words, **_reel(parcel, address)})
    return _given({**where, **words, **_alt(medium)})


def _where(medium: Medium, address: AddressOf) -> Fields:
    name = "video_url" if medium.kind is Kind.VIDEO else "image_url"
    return {name: address(medium.sha256, medium.mime)}


def _alt(medium: Medium) -> Fields:
    """Pictures of posts have one; videos and stories have none (docs content-publishing)."""
    return {"alt_text": medium.alt} if medium.kind is Kind.PICTURE else {}


def _shared(parcel: Parcel) -> Fields:
    options = parcel.options
    return {
        "location_id": str(options.get("location_id") or ""),
        "collaborators": ",".join(_names(options.get("collaborators"))),
        "is_ai_generated": str(options.get("ai") or ""),
    }


def _reel(parcel: Parcel, address: AddressOf) -> Fields:
    options, cover = parcel.options, parcel.media[0].cover
    trial = str(options.get("trial") or "")
    return {
        "share_to_feed": str(options.get("share_to_feed") or ""),
        "audio_name": str(options.get("audio_name") or ""),
        "cover_url": address(cover, "image/jpeg") if cover else "",
        "thumb_offset": "" if cover else str(options.get("thumb_offset") or ""),
        "trial_params": json.dumps({"graduation_strategy": trial}) if trial else "",
    }


def _people(options: Any, medium: Medium) -> Fields:
    """user_tags: names, in pictures with a place (the middle, where none was given)."""
    found: list[dict[str, Any]] = []
    for one in str(options.get("user_tags") or "").split(","):
        if not one.strip():
            continue
        matched = _TAG.fullmatch(one.strip())
        if matched is None:
            raise Refused("option_unknown", f"user_tags {one.strip()!r}")
        name, x, y = matched.groups()
        place = {"x": float(x or 0.5), "y": float(y or 0.5)}
        found.append({"username": name, **(place if medium.kind is Kind.PICTURE else {})})
    return {"user_tags": json.dumps(found)} if found else {}


def _names(typed: object) -> list[str]:
    return [name.strip().lstrip("@") for name in str(typed or "").split(",") if name.strip()]


def _given(fields: Fields) -> Fields:
    return {name: value for name, value in fields.items() if value}
