"""A file that an older harbour wrote is used on, with all that it has."""

import json
import sqlite3
from contextlib import closing
from pathlib import Path

from breakwater.networks.sandbox.harbour import Harbour

VERSION_1 = """
CREATE TABLE accounts (
    id TEXT PRIMARY KEY, name TEXT NOT NULL, class TEXT NOT NULL, options TEXT NOT NULL);
CREATE TABLE pictures (sha256 TEXT PRIMARY KEY, mime TEXT NOT NULL, content BLOB NOT NULL);
CREATE TABLE posts (
    seq INTEGER PRIMARY KEY AUTOINCREMENT, id TEXT NOT NULL UNIQUE, account TEXT NOT NULL,
    record_key TEXT, text TEXT NOT NULL, language TEXT NOT NULL, pictures TEXT NOT NULL,
    at TEXT NOT NULL);
INSERT INTO accounts VALUES ('h1', 'Ann', 'none', '{}');
INSERT INTO pictures VALUES ('ab', 'image/png', x'00');
"""


def test_an_older_file_keeps_its_posts_and_pictures(tmp_path: Path) -> None:
    media = [{"sha256": "ab", "alt": "A boat"}]
    with closing(sqlite3.connect(tmp_path / "harbour.db")) as db:
        db.executescript(VERSION_1)
        db.execute(
            "INSERT INTO posts VALUES (1, 'h1.1', 'h1', NULL, 'Old', 'en', ?, ?)",
            (json.dumps(media), "2026-01-01T00:00:00.000000+00:00"),
        )
        db.commit()

    first, again = Harbour(tmp_path), Harbour(tmp_path)
    (post,) = first.posts("h1")
    content = again.medium("ab").content
    first.close()
    again.close()

    assert (post["text"], post["media"], post["reply_to"]) == ("Old", media, "")
    assert content == b"\0"
