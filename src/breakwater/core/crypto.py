"""Sealing: AES-256-GCM with keys that live in files, outside the database and its backup.

A sealed value is `1 | key id (16) | nonce (12) | ciphertext and tag (16)`. The table, row
and column it belongs to are authenticated with it, so that it opens nowhere else.
Keys: `<settings.SEALING_KEYS>/<id>.key`, 64 hexadecimal digits, readable by us alone. Ids
are time-ordered; the newest seals, all of them open.
"""

import os
import secrets
from pathlib import Path
from uuid import UUID

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from django.conf import settings

from breakwater.core.ids import new_id
from breakwater.domain.digest import canonical
from breakwater.domain.errors import SealBroken

_FORMAT = b"\x01"
_KEY_BYTES = 32
_NONCE_BYTES = 12
_HEAD_BYTES = 1 + 16
_SHORTEST = _HEAD_BYTES + _NONCE_BYTES + 16


def seal(plain: bytes, *, table: str, row: UUID, column: str) -> bytes:
    """`plain`, sealed with the newest key for this one place. A fresh nonce each time."""
    key_id = current_key()
    head = _FORMAT + key_id.bytes
    nonce = os.urandom(_NONCE_BYTES)
    place = _place(head, table, row, column)
    return head + nonce + AESGCM(_key(key_id)).encrypt(nonce, plain, place)


def open_sealed(blob: bytes | memoryview, *, table: str, row: UUID, column: str) -> bytes:
    """What was sealed for this place.

    Raises: SealBroken when it was altered or sealed for another place, or its key is gone.
    """
    blob = bytes(blob)  # PostgreSQL's driver gives a memoryview
    key_id = key_of(blob)
    head, nonce = blob[:_HEAD_BYTES], blob[_HEAD_BYTES : _HEAD_BYTES + _NONCE_BYTES]
    try:
        return AESGCM(_key(key_id)).decrypt(
            nonce, blob[_HEAD_BYTES + _NONCE_BYTES :], _place(head, table, row, column)
        )
    except InvalidTag as error:
        raise SealBroken(table=table, row=str(row), column=column) from error


def reseal(blob: bytes | memoryview, *, table: str, row: UUID, column: str) -> bytes:
    """The same value sealed with the newest key; `blob` itself when it already is."""
    blob = bytes(blob)
    if key_of(blob) == current_key():
        return blob
    return seal(
        open_sealed(blob, table=table, row=row, column=column), table=table, row=row, column=column
    )


def key_of(blob: bytes | memoryview) -> UUID:
    """The id of the key that `blob` was sealed with. Raises: SealBroken when it has none."""
    blob = bytes(blob)
    if len(blob) < _SHORTEST or blob[:1] != _FORMAT:
        raise SealBroken(why="format")
    return UUID(bytes=blob[1:_HEAD_BYTES])


def keys() -> list[UUID]:
    """The ids of all keys that are there, oldest first."""
    return sorted(UUID(path.stem) for path in _folder().glob("*.key"))


def current_key() -> UUID:
    """The newest key's id; the first key is made when there is none.

    Two processes that start at once may each make one: both then open what either sealed.
    """
    there = keys()
    return there[-1] if there else new_key()


def new_key() -> UUID:
    """A fresh key, on disk, newer than all others: from now on it seals."""
    folder = _folder()
    folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    after = max((old.int for old in keys()), default=0) + 1 + secrets.randbelow(2**32)
    key_id = max(new_id(), UUID(int=min(after, 2**128 - 1)))  # the clock may have gone back
    draft = folder / f".{key_id}.{os.getpid()}"
    fd = os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(fd, "w", encoding="ascii") as out:
        out.write(os.urandom(_KEY_BYTES).hex())
        out.flush()
        os.fsync(out.fileno())
    draft.rename(folder / f"{key_id}.key")
    _fsync_folder(folder)
    return key_id


def _key(key_id: UUID) -> bytes:
    try:
        key = bytes.fromhex((_folder() / f"{key_id}.key").read_text(encoding="ascii").strip())
    except (OSError, ValueError) as error:
        raise SealBroken(why="key", key=str(key_id)) from error
    if len(key) != _KEY_BYTES:
        raise SealBroken(why="key", key=str(key_id))
    return key


def _place(head: bytes, table: str, row: UUID, column: str) -> bytes:
    return head + canonical([table, row, column])


def _folder() -> Path:
    return Path(settings.SEALING_KEYS)


def _fsync_folder(folder: Path) -> None:
    fd = os.open(folder, os.O_RDONLY | os.O_DIRECTORY)
    try:
        os.fsync(fd)
    finally:
        os.close(fd)
