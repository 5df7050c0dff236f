"""Limits as JSON: how a channel keeps what its network told us."""

from collections.abc import Mapping
from dataclasses import asdict
from typing import Any

from breakwater.domain.text import Counting, Unit
from breakwater.networks.base import Limits, VideoLimits


def to_json(limits: Limits | None) -> dict[str, Any] | None:
    """Plain values for a JSON column; None stays None (the manifest's limits hold)."""
    if limits is None:
        return None
    kept = {**asdict(limits), "picture_types": list(limits.picture_types)}
    if limits.video is not None:
        kept["video"] = {**asdict(limits.video), "types": list(limits.video.types)}
    return kept


def from_json(kept: Mapping[str, Any]) -> Limits:
    """What `to_json` was given."""
    text = {**kept["text"], "unit": Unit(kept["text"]["unit"])}
    video = kept.get("video")
    return Limits(
        **{
            **kept,
            "text": Counting(**text),
            "picture_types": tuple(kept["picture_types"]),
            "video": VideoLimits(**{**video, "types": tuple(video["types"])}) if video else None,
        }
    )
