"""What an account itself posts, edits and loses, as its feed and its pushes tell it.

It stands among what comes, so that one cursor and one push bring both. Of a post that is gone,
`about` is its own id: so that it is told from a comment that was taken back.
"""

import json
import sqlite3
from collections.abc import Mapping
from datetime import datetime
from typing import Any

from breakwater.networks.base import What
from breakwater.networks.sandbox.store import stamp

OWN = "(what = 'post' OR (what = 'gone' AND about = id))"
"""Which rows are of the account's own posts."""


def told(db: sqlite3.Connection, row: sqlite3.Row, at: datetime, *, gone: bool = False) -> None:
    """The feed says that this post of the account is there, reads otherwise, or is gone. What
    answers somebody is not told of."""
    if row["reply_to"] or row["root"] or row["addressee"]:
        return
    db.execute(
        "INSERT INTO arrivals (account, what, id, author, text, about, parent, rating, ad, at)"
        " VALUES (?, ?, ?, (SELECT name FROM accounts WHERE accounts.id = ?), ?, ?, '', NULL, 0, ?)",
        (
            row["account"], What.GONE if gone else What.POST, row["id"], row["account"],
            "" if gone else row["text"], row["id"] if gone else "",
            stamp(at) if gone else row["at"],
        ),
    )  # fmt: skip


def media_of(db: sqlite3.Connection, row: sqlite3.Row) -> list[Mapping[str, Any]]:
    """The pictures of an own post that is still there."""
    if row["what"] != What.POST:
        return []
    found = db.execute("SELECT media FROM posts WHERE id = ?", (row["id"],)).fetchone()
    return [] if found is None else list(json.loads(found["media"]))
