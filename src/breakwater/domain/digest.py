"""The digest that an approval is bound to: a hash of a canonical form."""

import hashlib
import json
import unicodedata
from collections.abc import Mapping
from datetime import UTC, datetime
from uuid import UUID


def canonical(value: object) -> bytes:
    """`value` as the one byte string that stands for it: sorted keys, NFC text, no white space.

    value: None, bool, int, str, UUID, aware datetime, and lists, tuples, mappings of those
    (keys: str or UUID). Raises: TypeError for anything else (a float has no canonical form
    worth trusting), and for two keys that would become one.
    """
    plain = _plain(value)
    return json.dumps(plain, ensure_ascii=False, sort_keys=True, separators=(",", ":")).encode()


def digest(value: object) -> str:
    """SHA-256 of the canonical form, 64 hexadecimal characters."""
    return hashlib.sha256(canonical(value)).hexdigest()


def _plain(value: object) -> object:
    if value is None or isinstance(value, bool | int):
        return value
    if isinstance(value, str):
        return unicodedata.normalize("NFC", value)
    if isinstance(value, UUID):
        return str(value)
    if isinstance(value, datetime):
        if value.tzinfo is None:
            raise TypeError("a digest needs an aware datetime")
        return value.astimezone(UTC).isoformat(timespec="microseconds")
    if isinstance(value, Mapping):
        return _mapping(value)
    if isinstance(value, list | tuple):
        return [_plain(item) for item in value]
    raise TypeError(f"no canonical form for {type(value).__name__}")


def _mapping(value: Mapping[object, object]) -> dict[str, object]:
    plain: dict[str, object] = {}
    for key, item in value.items():
        if not isinstance(key, str | UUID):
            raise TypeError(f"no canonical form for a key of type {type(key).__name__}")
        name = unicodedata.normalize("NFC", str(key))
        if name in plain:
            raise TypeError(f"two keys with the canonical form {name!r}")
        plain[name] = _plain(item)
    return plain
