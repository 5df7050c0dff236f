"""References to bytes, as records carry them: {"$type": "blob", "ref": {"$link": cid}, …}. Pure."""

import base64
import binascii
from collections.abc import Mapping

_RAW_SHA256 = bytes((0x01, 0x55, 0x12, 0x20))
"""CID version 1, raw bytes, SHA-256, 32 bytes (https://atproto.com/specs/data-model#link-and-cid-formats)."""


def sha256_of(cid: object) -> str:
    """The SHA-256 that a blob's CID is made of, hexadecimal; empty for another kind of CID."""
    if not isinstance(cid, str) or not cid.startswith("b"):
        return ""
    digits = cid[1:].upper()
    try:
        raw = base64.b32decode(digits + "=" * (-len(digits) % 8))
    except (binascii.Error, ValueError):
        return ""
    head, digest = raw[: len(_RAW_SHA256)], raw[len(_RAW_SHA256) :]
    return digest.hex() if head == _RAW_SHA256 and len(digest) == 32 else ""


def link_of(blob: object) -> object:
    """The CID in a blob reference."""
    reference = blob.get("ref") if isinstance(blob, Mapping) else None
    return reference.get("$link") if isinstance(reference, Mapping) else None
