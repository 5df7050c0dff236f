"""Do the pictures that a network shows look like ours? Read only, few calls, never decisive alone."""

import asyncio
import logging
from collections.abc import Mapping, Sequence
from typing import Any

from breakwater.channels import doors
from breakwater.channels.services.pictures import seen_bytes
from breakwater.core import blobs
from breakwater.core.fingerprints import of_picture
from breakwater.domain.errors import BreakwaterError
from breakwater.domain.likeness import Fingerprint, Likeness, compared, together
from breakwater.networks.base import Seen, SeenMedium

DEADLINE_S = 20.0
"""For all pictures of one post together."""
log = logging.getLogger(__name__)

Media = Sequence[Mapping[str, Any]]
"""Those of a payload (domain/parcels)."""


async def alike(opened: doors.Opened, media: Media, seen: Seen) -> Likeness:
    """Whether the pictures of `seen`, one after the other, look like ours; no picture: SAME.

    UNKNOWN for what could not be fetched or read. Stops at the first that differs.
    """
    parts: list[Likeness] = []
    try:
        async with asyncio.timeout(DEADLINE_S):
            for ours, shown in zip(media, seen.media, strict=False):
                parts.append(await _one(opened, str(ours["sha256"]), shown))
                if parts[-1] is Likeness.DIFFERENT:
                    break
    except TimeoutError:
        parts.append(Likeness.UNKNOWN)
    if len(seen.media) != len(media):
        parts.append(Likeness.UNKNOWN)
    return together(parts)


def like(ours: Media, others: Media) -> Likeness:
    """The same for two payloads of our own; no network is asked."""
    if len(ours) != len(others):
        return Likeness.DIFFERENT
    pairs = zip(ours, others, strict=True)
    return together([_kept(str(a["sha256"]), str(b["sha256"])) for a, b in pairs])


async def _one(opened: doors.Opened, sha256: str, shown: SeenMedium) -> Likeness:
    if shown.sha256 == sha256:
        return Likeness.SAME
    try:
        theirs = await seen_bytes(opened.network, shown.url)
    except BreakwaterError as error:
        log.info("likeness.not_fetched channel=%s why=%s", opened.channel_id, error.code)
        return Likeness.UNKNOWN
    return await asyncio.to_thread(_compared, sha256, theirs)


def _compared(sha256: str, theirs: bytes) -> Likeness:
    return compared(_own(sha256), of_picture(theirs))


def _kept(one: str, other: str) -> Likeness:
    return Likeness.SAME if one == other else compared(_own(one), _own(other))


def _own(sha256: str) -> Fingerprint | None:
    try:
        return of_picture(blobs.read(sha256))
    except BreakwaterError:
        return None
