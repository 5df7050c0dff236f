"""Identifiers: UUID version 7 (RFC 9562), so that new rows land at the end of an index."""

import os
import time
import uuid

_VERSION = 0x7 << 76
_VARIANT = 0b10 << 62


def new_id() -> uuid.UUID:
    """A UUIDv7: 48 bits of milliseconds, 74 random bits. Not a secret."""
    milliseconds = time.time_ns() // 1_000_000
    random = int.from_bytes(os.urandom(10), "big")
    high = (milliseconds & (2**48 - 1)) << 80
    rand_a = (random >> 62) & 0xFFF
    return uuid.UUID(int=high | _VERSION | (rand_a << 64) | _VARIANT | (random & (2**62 - 1)))
