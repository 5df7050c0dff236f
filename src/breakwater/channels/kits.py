"""What connectors are handed: blobs and the administrator's keys."""

import asyncio

from breakwater.core import blobs
from breakwater.networks.base import Kit, Secrets


def kit_for(app: Secrets) -> Kit:
    """The kit of one opened channel. app: the administrator's keys at its network."""
    return Kit(read=_read, part=_part, app=app)


async def _read(sha256: str) -> bytes:
    return await asyncio.to_thread(blobs.read, sha256)


async def _part(sha256: str, offset: int, length: int) -> bytes:
    return await asyncio.to_thread(blobs.read_part, sha256, offset, length)
