"""DAG-CBOR, as far as a server's firehose speaks it (RFC 8949, and https://ipld.io/specs/codecs/dag-cbor/spec/).

Read only, from strangers: each length is checked against what is there, and nothing is nested deeper
than a record ever is.
"""

import struct
from math import isfinite
from typing import Any

DEEPEST = 64
_CID = 42
_SHORT = 24
_SIZES = {24: 1, 25: 2, 26: 4, 27: 8}
_SIMPLE = {20: False, 21: True, 22: None}
_DOUBLE = 27
"""What says that a number in floating point follows: eight bytes, the only size there is."""


class Malformed(ValueError):
    """These bytes are no DAG-CBOR."""


def one(data: bytes, at: int = 0) -> tuple[Any, int]:
    """The value at that place, and where the next one begins. A link to a block is the bytes of its
    CID. Raises: Malformed."""
    return _value(memoryview(data), at, 0)


def _value(data: memoryview, at: int, depth: int) -> tuple[Any, int]:
    if depth > DEEPEST:
        raise Malformed("nested too deeply")
    major, low, number, at = _head(data, at)
    if major in (0, 1):
        return (number if major == 0 else -1 - number), at
    if major in (2, 3):
        raw = bytes(_some(data, at, number))
        return (raw if major == 2 else _text(raw)), at + number
    if major == 4:
        return _list(data, at, number, depth)
    if major == 5:
        return _map(data, at, number, depth)
    if major == 6:
        return _link(data, at, number, depth)
    return _rest(data, at, low)


def _head(data: memoryview, at: int) -> tuple[int, int, int, int]:
    """Kind, the low bits, the number that follows, and where the rest begins."""
    first = _some(data, at, 1)[0]
    major, low = first >> 5, first & 31
    if low < _SHORT:
        return major, low, low, at + 1
    if major == 7:
        return major, low, 0, at + 1
    if low not in _SIZES:
        raise Malformed("a length that is not said")
    size = _SIZES[low]
    return major, low, int.from_bytes(_some(data, at + 1, size), "big"), at + 1 + size


def _some(data: memoryview, at: int, length: int) -> memoryview:
    if length > len(data) - at:
        raise Malformed("cut off")
    return data[at : at + length]


def _text(raw: bytes) -> str:
    return raw.decode(errors="replace")


def _list(data: memoryview, at: int, number: int, depth: int) -> tuple[list[Any], int]:
    _some(data, at, number)  # each takes a byte at least
    found = []
    for _ in range(number):
        value, at = _value(data, at, depth + 1)
        found.append(value)
    return found, at


def _map(data: memoryview, at: int, number: int, depth: int) -> tuple[dict[str, Any], int]:
    _some(data, at, number)
    found: dict[str, Any] = {}
    for _ in range(number):
        name, at = _value(data, at, depth + 1)
        value, at = _value(data, at, depth + 1)
        found[str(name)] = value
    return found, at


def _link(data: memoryview, at: int, tag: int, depth: int) -> tuple[bytes, int]:
    value, at = _value(data, at, depth + 1)
    if tag != _CID or not isinstance(value, bytes):
        raise Malformed("a tag that is no link")
    return value[1:], at  # a zero byte stands before the CID


def _rest(data: memoryview, at: int, low: int) -> tuple[Any, int]:
    if low == _DOUBLE:
        number: float = struct.unpack(">d", _some(data, at, 8))[0]
        if not isfinite(number):
            raise Malformed("a number that is none")
        return number, at + 8
    if low not in _SIMPLE:
        raise Malformed("a value that DAG-CBOR has not")
    return _SIMPLE[low], at
