"""The SQLite file of the harbour: opening it, and transactions. What it holds: schema.py."""

import fcntl
import os
import sqlite3
import weakref
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from threading import Lock

from breakwater.networks.sandbox.schema import bring_up_to_date

_BUSY_S = 30.0


def stamp(moment: datetime) -> str:
    """`moment` as text that sorts by time."""
    return moment.astimezone(UTC).isoformat(timespec="microseconds")


class Store:
    """One file, opened when first used; safe for several processes and threads."""

    def __init__(self, home: Path) -> None:
        self._home = home
        self._lock = Lock()
        self._connection: sqlite3.Connection | None = None
        self._pid = 0
        self._closer: weakref.finalize[[], Store] | None = None

    @contextmanager
    def transaction(self) -> Iterator[sqlite3.Connection]:
        """A write transaction: all or nothing, one at a time among all processes."""
        with self._lock:
            connection = self._open()
            connection.execute("BEGIN IMMEDIATE")
            try:
                yield connection
            except BaseException:
                connection.execute("ROLLBACK")
                raise
            connection.execute("COMMIT")

    def close(self) -> None:
        """The file is closed; the next use opens it again."""
        with self._lock:
            if self._closer is not None:
                self._closer()
            self._connection = self._closer = None

    def _open(self) -> sqlite3.Connection:
        if self._connection is not None and self._pid == os.getpid():
            return self._connection  # a connection must not cross a fork
        self._home.mkdir(parents=True, exist_ok=True, mode=0o700)
        connection = sqlite3.connect(
            self._home / "harbour.db",
            timeout=_BUSY_S,
            isolation_level=None,
            check_same_thread=False,
        )
        connection.row_factory = sqlite3.Row
        with (self._home / "opening.lock").open("w") as lock:
            # Two processes that turn WAL on at once get "locked" without any waiting.
            fcntl.flock(lock, fcntl.LOCK_EX)
            connection.execute("PRAGMA journal_mode=WAL")
            connection.execute("PRAGMA synchronous=NORMAL")
            bring_up_to_date(connection)
        self._connection, self._pid = connection, os.getpid()
        self._closer = weakref.finalize(self, connection.close)
        return connection
