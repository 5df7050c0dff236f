"""What the harbour's file holds, and how an older file becomes like that."""

import sqlite3

_VERSION = 3
_SCHEMA = """
CREATE TABLE IF NOT EXISTS accounts (
    id TEXT PRIMARY KEY, name TEXT NOT NULL, class TEXT NOT NULL, options TEXT NOT NULL);
CREATE TABLE IF NOT EXISTS tokens (
    token TEXT PRIMARY KEY, account TEXT NOT NULL, live INTEGER NOT NULL DEFAULT 1,
    refreshable INTEGER NOT NULL DEFAULT 1);
CREATE TABLE IF NOT EXISTS media (
    sha256 TEXT PRIMARY KEY, mime TEXT NOT NULL, content BLOB NOT NULL);
CREATE TABLE IF NOT EXISTS posts (
    seq INTEGER PRIMARY KEY AUTOINCREMENT, id TEXT NOT NULL UNIQUE, account TEXT NOT NULL,
    record_key TEXT, text TEXT NOT NULL, language TEXT NOT NULL, media TEXT NOT NULL,
    at TEXT NOT NULL, form TEXT NOT NULL DEFAULT '', reply_to TEXT NOT NULL DEFAULT '',
    root TEXT NOT NULL DEFAULT '', addressee TEXT NOT NULL DEFAULT '',
    options TEXT NOT NULL DEFAULT '{}', edited_at TEXT NOT NULL DEFAULT '',
    remarked INTEGER NOT NULL DEFAULT 0);
CREATE INDEX IF NOT EXISTS posts_of ON posts (account, seq);
CREATE INDEX IF NOT EXISTS posts_by_key ON posts (account, record_key);
CREATE INDEX IF NOT EXISTS posts_by_time ON posts (account, at);
CREATE INDEX IF NOT EXISTS posts_by_root ON posts (root) WHERE root != '';
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
CREATE TABLE IF NOT EXISTS arrivals (
    seq INTEGER PRIMARY KEY AUTOINCREMENT, account TEXT NOT NULL, what TEXT NOT NULL,
    id TEXT NOT NULL, author TEXT NOT NULL, text TEXT NOT NULL, about TEXT NOT NULL,
    parent TEXT NOT NULL, rating INTEGER, ad INTEGER NOT NULL, at TEXT NOT NULL);
CREATE INDEX IF NOT EXISTS arrivals_of ON arrivals (account, seq);
CREATE INDEX IF NOT EXISTS arrivals_by_id ON arrivals (id);
CREATE TABLE IF NOT EXISTS marks (
    account TEXT NOT NULL, deed TEXT NOT NULL, target TEXT NOT NULL, at TEXT NOT NULL,
    detail TEXT NOT NULL, PRIMARY KEY (account, deed, target)) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS profiles (account TEXT PRIMARY KEY, shown TEXT NOT NULL);
CREATE TABLE IF NOT EXISTS subscriptions (account TEXT PRIMARY KEY, address TEXT NOT NULL);
CREATE TABLE IF NOT EXISTS proof (one INTEGER PRIMARY KEY CHECK (one = 1), secret TEXT NOT NULL);
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
_SINCE_1 = (
    "ALTER TABLE pictures RENAME TO media",
    "ALTER TABLE posts RENAME COLUMN pictures TO media",
    "ALTER TABLE posts ADD COLUMN form TEXT NOT NULL DEFAULT ''",
    "ALTER TABLE posts ADD COLUMN reply_to TEXT NOT NULL DEFAULT ''",
    "ALTER TABLE posts ADD COLUMN root TEXT NOT NULL DEFAULT ''",
    "ALTER TABLE posts ADD COLUMN addressee TEXT NOT NULL DEFAULT ''",
    "ALTER TABLE posts ADD COLUMN options TEXT NOT NULL DEFAULT '{}'",
    "ALTER TABLE posts ADD COLUMN edited_at TEXT NOT NULL DEFAULT ''",
    "ALTER TABLE posts ADD COLUMN remarked INTEGER NOT NULL DEFAULT 0",
)


def bring_up_to_date(db: sqlite3.Connection) -> None:
    """The file is as above. One that is written by an older harbour keeps all that it has; one
    that is as it should be is not written to (its disk may be full)."""
    (version,) = db.execute("PRAGMA user_version").fetchone()
    if version >= _VERSION:
        return
    if db.execute("SELECT 1 FROM sqlite_master WHERE name = 'pictures'").fetchone() is not None:
        db.execute("BEGIN IMMEDIATE")
        for step in _SINCE_1:
            db.execute(step)
        db.execute("COMMIT")
    db.executescript(_SCHEMA)
    db.execute(f"PRAGMA user_version = {_VERSION}")
