"""The package on disk: sealed with a key of its own, which is sealed with the installation's.

`BWE1 | nonce (12) | ciphertext and tag`; the capture's id is authenticated with it. So equal
packages never share a file, a new key of the installation reseals a row and never a file, and
wiping the row's key leaves nothing that opens.
"""

import os
from uuid import UUID

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from breakwater.core import blobs, crypto
from breakwater.domain.errors import NotFound, SealBroken
from breakwater.evidence.models import Capture

_MAGIC = b"BWE1"
_NONCE = 12
_KEY_BITS = 256
_TABLE = Capture._meta.db_table
_COLUMN = "key"


def new_key(capture: UUID) -> bytes:
    """A fresh key, sealed for this capture's row."""
    plain = AESGCM.generate_key(bit_length=_KEY_BITS)
    return crypto.seal(plain, table=_TABLE, row=capture, column=_COLUMN)


def store(capture: UUID, key: bytes, package: bytes) -> str:
    """The name in core.blobs under which the package is durably on disk, sealed.

    Raises: SealBroken; Problem("disk_full").
    """
    nonce = os.urandom(_NONCE)
    hidden = AESGCM(_opened(capture, key)).encrypt(nonce, package, capture.bytes)
    return blobs.store(_MAGIC + nonce + hidden)


def package(capture: Capture, blob: str = "") -> bytes:
    """The package as it was made. blob: an earlier one of the same capture.

    Raises: NotFound("evidence_shredded"), also where none was made; NotFound("blob_missing");
    Problem("blob_damaged"); SealBroken.
    """
    name = blob or capture.blob
    if not name or not capture.key:
        raise NotFound(code="evidence_shredded")
    data = blobs.read(name)
    nonce, hidden = data[len(_MAGIC) : len(_MAGIC) + _NONCE], data[len(_MAGIC) + _NONCE :]
    try:
        return AESGCM(_opened(capture.pk, capture.key)).decrypt(nonce, hidden, capture.pk.bytes)
    except InvalidTag as error:
        raise SealBroken(table=_TABLE, row=str(capture.pk), column="blob") from error


def _opened(capture: UUID, key: bytes | memoryview) -> bytes:
    return crypto.open_sealed(key, table=_TABLE, row=capture, column=_COLUMN)
