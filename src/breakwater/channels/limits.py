"""Limits as JSON: how a channel keeps what its network told us."""

from collections.abc import Mapping
from dataclasses import asdict
from typing import Any

from breakwater.domain.text import Counting, Unit
from breakwater.networks.base import Limits


def to_json(limits: Limits | None) -> dict[str, Any] | None:
    """Plain values for a JSON column; None stays None (the manifest's limits hold)."""
    if limits is None:
        return None
    return {**asdict(limits), "picture_types": list(limits.picture_types)}


def from_json(kept: Mapping[str, Any]) -> Limits:
    """What `to_json` was given."""
    text = {**kept["text"], "unit": Unit(kept["text"]["unit"])}
    return Limits(
        **{
            **kept,
            "text": Counting(**text),
            "picture_types": tuple(kept["picture_types"]),
        }
    )
