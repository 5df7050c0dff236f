"""Content-addressed files under settings.BLOBS: a file's name is the SHA-256 of its bytes."""

import hashlib
import os
import re
import secrets
from pathlib import Path

from django.conf import settings

from breakwater.core.outages import FULL
from breakwater.domain.errors import Invalid, NotFound, Problem

_NAME = re.compile(r"[0-9a-f]{64}")


def store(data: bytes) -> str:
    """The SHA-256 (hexadecimal) under which `data` is now durably kept; already there: nothing done.

    Written to a file of another name, fsynced, renamed, and the folders fsynced, so that
    a crash leaves the whole file or none. Raises: Problem("disk_full").
    """
    sha256 = hashlib.sha256(data).hexdigest()
    target = path(sha256)
    if target.exists():
        return sha256
    fresh = target.with_name(f".{sha256[:16]}.{os.getpid()}.{secrets.token_hex(4)}")
    try:
        _make_folders(target.parent)
        _write(fresh, data)
        fresh.replace(target)
        _sync_folder(target.parent)
    except OSError as error:
        fresh.unlink(missing_ok=True)
        if error.errno in FULL:
            raise Problem(code="disk_full", needed=len(data)) from error
        raise
    return sha256


def store_file(source: Path) -> str:
    """The same for a file, which is moved here; it must lie on the same file system.

    Raises: Problem("disk_full").
    """
    with source.open("rb") as file:
        sha256 = hashlib.file_digest(file, "sha256").hexdigest()
        os.fsync(file.fileno())
    target = path(sha256)
    if target.exists():
        return sha256
    try:
        _make_folders(target.parent)
        source.chmod(0o600)
        source.replace(target)
        _sync_folder(target.parent)
    except OSError as error:
        if error.errno in FULL:
            raise Problem(code="disk_full", needed=source.stat().st_size) from error
        raise
    return sha256


def read(sha256: str) -> bytes:
    """The bytes, proved by hashing them again.

    Raises: NotFound("blob_missing"); Problem("blob_damaged") when they are not what was stored.
    """
    try:
        data = path(sha256).read_bytes()
    except FileNotFoundError as error:
        raise NotFound(code="blob_missing", sha256=sha256) from error
    if hashlib.sha256(data).hexdigest() != sha256:
        raise Problem(code="blob_damaged", sha256=sha256)
    return data


def read_part(sha256: str, offset: int, length: int) -> bytes:
    """`length` bytes from `offset` on, fewer at the end. Not proved: the whole is, when it is taken
    in, and a network that is told its size notices what is missing.

    Raises: NotFound("blob_missing").
    """
    try:
        with path(sha256).open("rb") as file:
            file.seek(offset)
            return file.read(length)
    except FileNotFoundError as error:
        raise NotFound(code="blob_missing", sha256=sha256) from error


def path(sha256: str) -> Path:
    """Where the file is, or would be. Raises: Invalid("not_a_digest")."""
    if not _NAME.fullmatch(sha256):
        raise Invalid(code="not_a_digest")
    return Path(settings.BLOBS) / sha256[:2] / sha256[2:4] / sha256


def exists(sha256: str) -> bool:
    return path(sha256).exists()


def _write(target: Path, data: bytes) -> None:
    fd = os.open(target, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(fd, "wb") as out:
        out.write(data)
        out.flush()
        os.fsync(out.fileno())


def _make_folders(folder: Path) -> None:
    """The folder is there, and so are its names in those above after a crash."""
    if folder.is_dir():
        return
    folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    _sync_folder(folder.parent)
    _sync_folder(folder.parent.parent)


def _sync_folder(folder: Path) -> None:
    fd = os.open(folder, os.O_RDONLY | os.O_DIRECTORY)
    try:
        os.fsync(fd)
    finally:
        os.close(fd)
