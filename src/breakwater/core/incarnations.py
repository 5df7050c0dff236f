"""The lock that a worker holds for as long as it lives (docs/delivery.md, section 0).

PostgreSQL: an advisory lock on a dedicated, unpooled connection. SQLite: a `flock` on a
file of its own, close-on-exec. A killed worker frees it at once; a frozen one keeps it.
"""

import fcntl
import os
import secrets
from pathlib import Path
from typing import Any, Protocol

import psycopg
from django.db import connection

_CLASS = 0x62776B  # "bwk": the first half of our advisory locks


class LifeLock(Protocol):
    """Held from construction until `free` or death."""

    key: int

    def held(self) -> bool:
        """Whether it is still ours; asked right before each commit call."""
        ...

    def free(self) -> None: ...


class FileLock:
    """A flock on `<folder>/<key>.lock`."""

    def __init__(self, folder: Path, key: int) -> None:
        self.key = key
        self._path = _file(folder, key)
        folder.mkdir(parents=True, exist_ok=True)
        self._fd = os.open(self._path, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)
        self._pid = os.getpid()
        fcntl.flock(self._fd, fcntl.LOCK_EX | fcntl.LOCK_NB)

    def held(self) -> bool:
        """True while the file that others would lock is the one we hold, in this process."""
        if self._fd < 0 or os.getpid() != self._pid:
            return False
        try:
            return os.fstat(self._fd).st_ino == self._path.stat().st_ino
        except OSError:
            return False

    def free(self) -> None:
        if self._fd >= 0:
            self._path.unlink(missing_ok=True)
            os.close(self._fd)
            self._fd = -1


class AdvisoryLock:
    """A PostgreSQL advisory lock on a connection that does nothing else."""

    def __init__(self, key: int) -> None:
        self.key = key
        self._link = psycopg.connect(
            **{
                **_like_the_others(),
                "application_name": f"breakwater life lock {key}",
                "connect_timeout": 5,
            },
            autocommit=True,
        )
        row = self._link.execute("SELECT pg_try_advisory_lock(%s, %s)", (_CLASS, key)).fetchone()
        if row != (True,):
            self._link.close()
            raise RuntimeError("a fresh lock key was taken already")

    def held(self) -> bool:
        try:
            return self._link.execute("SELECT 1").fetchone() == (1,)
        except psycopg.Error:
            return False

    def free(self) -> None:
        self._link.close()


def take(folder: Path) -> LifeLock:
    """A fresh lock of this process, on the kind of database in use."""
    key = secrets.randbelow(2**31 - 1)
    return AdvisoryLock(key) if connection.vendor == "postgresql" else FileLock(folder, key)


def gone(folder: Path, key: int) -> bool:
    """Whether the holder of this lock is gone (no process has it)."""
    return _advisory_gone(key) if connection.vendor == "postgresql" else _file_gone(folder, key)


def _file(folder: Path, key: int) -> Path:
    return folder / f"{key}.lock"


def _file_gone(folder: Path, key: int) -> bool:
    try:
        fd = os.open(_file(folder, key), os.O_RDWR | os.O_CLOEXEC)
    except FileNotFoundError:
        return True
    try:
        fcntl.flock(fd, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    finally:
        os.close(fd)
    return True


def _like_the_others() -> dict[str, Any]:
    """How Django connects: address, certificates, time-outs; without what is Django's own."""
    own = {"autocommit", "context", "cursor_factory", "row_factory"}
    parameters = connection.get_connection_params()
    return {name: value for name, value in parameters.items() if name not in own}


def _advisory_gone(key: int) -> bool:
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT NOT EXISTS (SELECT 1 FROM pg_locks WHERE locktype = 'advisory'"
            " AND classid = %s AND objid = %s AND granted)",
            [_CLASS, key],
        )
        row = cursor.fetchone()
    return bool(row and row[0])
