"""What connectors are handed: blobs and the administrator's keys."""

import asyncio
from functools import partial

from django.conf import settings

from breakwater.core import blobs, media_links
from breakwater.networks.base import Kit, Secrets


def kit_for(app: Secrets, origin: str = "") -> Kit:
    """The kit of one opened channel. app: the administrator's keys at its network; origin: of the
    account (one that is let through on this machine fetches media from this machine, too)."""
    local = origin in settings.ALLOWED_ORIGINS
    return Kit(read=_read, part=_part, address=partial(media_links.address, local=local), app=app)


async def _read(sha256: str) -> bytes:
    return await asyncio.to_thread(blobs.read, sha256)


async def _part(sha256: str, offset: int, length: int) -> bytes:
    return await asyncio.to_thread(blobs.read_part, sha256, offset, length)
