"""The SQLite file of the harbour: schema and transactions. Rules live in posts.py."""

import fcntl
import os
import sqlite3
import weakref
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from threading import Lock

_BUSY_S = 30.0
_SCHEMA = """
CREATE TABLE IF NOT EXISTS accounts (
    id TEXT PRIMARY KEY, name TEXT NOT NULL, class TEXT NOT NULL, options TEXT NOT NULL);
CREATE TABLE IF NOT EXISTS tokens (
    token TEXT PRIMARY KEY, account TEXT NOT NULL, live INTEGER NOT NULL DEFAULT 1,
    refreshable INTEGER NOT NULL DEFAULT 1);
CREATE TABLE IF NOT EXISTS pictures (
    sha256 TEXT PRIMARY KEY, mime TEXT NOT NULL, content BLOB NOT NULL);
CREATE TABLE IF NOT EXISTS posts (
    seq INTEGER PRIMARY KEY AUTOINCREMENT, id TEXT NOT NULL UNIQUE, account TEXT NOT NULL,
    record_key TEXT, text TEXT NOT NULL, language TEXT NOT NULL, pictures TEXT NOT NULL,
    at TEXT NOT NULL);
CREATE INDEX IF NOT EXISTS posts_of ON posts (account, seq);
CREATE INDEX IF NOT EXISTS posts_by_key ON posts (account, record_key);
CREATE INDEX IF NOT EXISTS posts_by_time ON posts (account, at);
CREATE TABLE IF NOT EXISTS said (
    account TEXT NOT NULL, text TEXT NOT NULL, post TEXT NOT NULL, at TEXT NOT NULL);
CREATE INDEX IF NOT EXISTS said_by_text ON said (account, text, at);
CREATE INDEX IF NOT EXISTS said_by_post ON said (post);
CREATE TABLE IF NOT EXISTS steps (
    id TEXT PRIMARY KEY, account TEXT NOT NULL, kind TEXT NOT NULL, draft TEXT NOT NULL,
    size INTEGER NOT NULL, content BLOB NOT NULL DEFAULT x'', at TEXT NOT NULL,
    ready_at TEXT NOT NULL, spoiled INTEGER NOT NULL, done INTEGER NOT NULL DEFAULT 0,
    post TEXT NOT NULL DEFAULT '');
CREATE INDEX IF NOT EXISTS steps_by_post ON steps (post) WHERE post != '';
CREATE TABLE IF NOT EXISTS keys (
    account TEXT NOT NULL, key TEXT NOT NULL, post TEXT NOT NULL, at TEXT NOT NULL,
    PRIMARY KEY (account, key));
CREATE TABLE IF NOT EXISTS comments (
    id TEXT PRIMARY KEY, post TEXT NOT NULL, author TEXT NOT NULL, text TEXT NOT NULL,
    at TEXT NOT NULL);
CREATE INDEX IF NOT EXISTS comments_of ON comments (post);
CREATE TABLE IF NOT EXISTS faults (
    id INTEGER PRIMARY KEY AUTOINCREMENT, account TEXT NOT NULL, call TEXT NOT NULL,
    kind TEXT NOT NULL, sticky INTEGER NOT NULL, detail TEXT NOT NULL);
CREATE INDEX IF NOT EXISTS faults_of ON faults (account, call, id);
CREATE TABLE IF NOT EXISTS chances (
    one INTEGER PRIMARY KEY CHECK (one = 1), wish TEXT NOT NULL);
CREATE TABLE IF NOT EXISTS draws (
    account TEXT NOT NULL, call TEXT NOT NULL, number INTEGER NOT NULL,
    PRIMARY KEY (account, call)) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS late (
    id INTEGER PRIMARY KEY AUTOINCREMENT, account TEXT NOT NULL, deed TEXT NOT NULL,
    args TEXT NOT NULL, due TEXT NOT NULL);
CREATE INDEX IF NOT EXISTS late_by_due ON late (due);
CREATE TABLE IF NOT EXISTS calls (
    id INTEGER PRIMARY KEY AUTOINCREMENT, account TEXT NOT NULL, call TEXT NOT NULL,
    what TEXT NOT NULL, fault TEXT NOT NULL, at TEXT NOT NULL);
"""


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
            connection.executescript(_SCHEMA)
        self._connection, self._pid = connection, os.getpid()
        self._closer = weakref.finalize(self, connection.close)
        return connection
