"""What leaves: the shape of a payload and the digest that an approval binds.

publish: {"text", "language", "media": [{"sha256", "mime", "size", "width", "height", "alt", and
"length_ms", "cover", "name" where the kind of medium has them}], "form", "card", "options": {…},
"planned": {"wall", "zone"}, and "role" ("thread", "comment") of what answers the post}. reply: the same without a plan, with "reply_to", "root" and "to".
edit: the same as what it changes, with "remote_id" and "of". delete: {"remote_id", "remote_url"}.
act: {"deed", "target", "about", "detail": {…}}.
"""

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from breakwater.domain.digest import digest
from breakwater.domain.text import wording


def digest_of(kind: str, channel_id: UUID, payload: Mapping[str, Any]) -> str:
    """The digest of one thing on one channel: text, media bytes, options, planned wall time."""
    return digest({"kind": kind, "channel": channel_id, "payload": payload})


def wording_of(payload: object) -> str:
    """By which what says the same is found; "" where no words are."""
    return wording(str(payload.get("text", ""))) if isinstance(payload, Mapping) else ""


def digest_of_all(parts: Mapping[tuple[UUID, int], str]) -> str:
    """The digest of a whole version: channel id and number of the part -> digest of what it becomes
    there."""
    named = {f"{channel_id}/{part}": of for (channel_id, part), of in parts.items()}
    return digest(named)
