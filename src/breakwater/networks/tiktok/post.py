"""What a parcel becomes: the body of the call that begins a post. The same on each try."""

from collections.abc import Mapping, Sequence
from typing import Any

from breakwater.domain.errors import Refused
from breakwater.networks.base import Parcel
from breakwater.networks.tiktok.chunks import Cut
from breakwater.networks.tiktok.options import INTERACTIONS, ONLY_ME


def video(parcel: Parcel) -> dict[str, Any]:
    """For /post/publish/video/init/: the upload is announced, not a byte of it is sent."""
    cut = Cut(parcel.media[0].size)
    info = _info(parcel, INTERACTIONS) | {
        "title": parcel.text,
        "is_aigc": bool(parcel.options.get("ai")),
    }
    if parcel.options.get("cover_at"):
        info["video_cover_timestamp_ms"] = round(_number(parcel.options, "cover_at") * 1000)
    return {
        "post_info": info,
        "source_info": {
            "source": "FILE_UPLOAD",
            "video_size": cut.size,
            "chunk_size": cut.chunk,
            "total_chunk_count": cut.number,
        },
    }


def photos(parcel: Parcel, addresses: Sequence[str]) -> dict[str, Any]:
    """For /post/publish/content/init/: TikTok fetches the pictures, and the post is out."""
    first = int(_number(parcel.options, "cover")) - 1 if parcel.options.get("cover") else 0
    if not 0 <= first < len(addresses):
        raise Refused("option_unknown", f"cover {first + 1} of {len(addresses)} pictures")
    return {
        "media_type": "PHOTO",
        "post_mode": "DIRECT_POST",
        "post_info": _info(parcel, ("comment",))
        | {
            "title": str(parcel.options.get("title") or ""),
            "description": parcel.text,
            "auto_add_music": bool(parcel.options.get("music")),
        },
        "source_info": {
            "source": "PULL_FROM_URL",
            "photo_images": list(addresses),
            "photo_cover_index": first,
        },
    }


def check(parcel: Parcel, creator: Mapping[str, Any]) -> None:
    """Raises: Refused when this account cannot post this, before anything is begun."""
    options = parcel.options
    offered = creator.get("privacy_level_options") or ()
    if not options.get("consent"):
        raise Refused("consent_missing", "the music rules were not agreed to")
    if options.get("privacy") not in offered:
        raise Refused("privacy_not_offered", f"{options.get('privacy')!r} is not in {offered}")
    if options.get("paid") and options.get("privacy") == ONLY_ME:
        raise Refused("paid_and_private", "a paid partnership for only me")
    longest = creator.get("max_video_post_duration_sec")
    length_s = max((one.length_ms for one in parcel.media), default=0) / 1000
    if isinstance(longest, int) and length_s > longest:
        raise Refused("video_too_long", f"{length_s} s; {longest} s are taken")


def _info(parcel: Parcel, interactions: Sequence[str]) -> dict[str, Any]:
    options = parcel.options
    return {
        "privacy_level": options.get("privacy") or "",
        **{f"disable_{one}": not options.get(one) for one in interactions},
        "brand_organic_toggle": bool(options.get("own_brand")),
        "brand_content_toggle": bool(options.get("paid")),
    }


def _number(options: Mapping[str, Any], name: str) -> float:
    try:
        value = float(str(options.get(name)).replace(",", "."))
    except ValueError as error:
        raise Refused("option_unknown", f"{name} {options.get(name)!r} is no number") from error
    if not 0 <= value < 3600:
        raise Refused("option_unknown", f"{name} {value}")
    return value
