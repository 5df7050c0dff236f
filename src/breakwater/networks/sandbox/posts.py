"""What happens to posts: five ways to publish one, looking, deleting, comments."""

import hashlib
import json
import re
import sqlite3
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any
from uuid import uuid4

from breakwater.domain.guarantees import Guarantee
from breakwater.domain.text import count, folded
from breakwater.networks.sandbox import accounts
from breakwater.networks.sandbox.faults import Refusal
from breakwater.networks.sandbox.manifest import MANIFEST
from breakwater.networks.sandbox.people import STRANGER, remarks
from breakwater.networks.sandbox.store import stamp

_KEY = re.compile(r"[A-Za-z0-9._~-]{1,64}")
_PAGE = 40
_COMMENT_CHARACTERS = 2000
_CONTAINER_LIFE = timedelta(hours=24)
_MANGLED: Mapping[str, Callable[[str], str]] = {
    "truncated": lambda text: text[: max(1, len(text) // 2)],
    "altered": lambda text: text + " ⚓",
}


@dataclass(frozen=True)
class Deed:
    """One call on behalf of an account. args: plain values. mangle: a fault that spoils the text."""

    account: str
    args: Mapping[str, Any]
    at: datetime
    mangle: str = ""
    blob: bytes = b""


@dataclass(frozen=True)
class Done:
    """What the harbour answers when nothing goes wrong on the way."""

    status: int = 200
    content: Any = field(default_factory=dict)
    mime: str = "application/json"


def add_picture(db: sqlite3.Connection, deed: Deed) -> Done:
    mime = str(deed.args.get("mime", ""))
    if mime not in MANIFEST.limits.picture_types:
        raise Refusal(415, "media_type")
    if not 0 < len(deed.blob) <= MANIFEST.limits.picture_bytes:
        raise Refusal(413, "too_large")
    sha256 = hashlib.sha256(deed.blob).hexdigest()
    db.execute(
        "INSERT INTO pictures (sha256, mime, content) VALUES (?, ?, ?) ON CONFLICT DO NOTHING",
        (sha256, mime, deed.blob),
    )
    return Done(201, {"sha256": sha256})


def put_record(db: sqlite3.Connection, deed: Deed) -> Done:
    """Class lasting_key: the key is the record's for ever; a second put is a swap error."""
    _of_class(db, deed, Guarantee.LASTING_KEY)
    key = str(deed.args.get("record_key", ""))
    if not _KEY.fullmatch(key):
        raise Refusal(422, "bad_key")
    if _record(db, deed.account, key) is not None:
        raise Refusal(400, "swap")
    return _publish(db, deed, f"{deed.account}.{key}", record_key=key)


def make_container(db: sqlite3.Connection, deed: Deed) -> Done:
    """Class handle, first step: nothing is public yet."""
    _of_class(db, deed, Guarantee.HANDLE)
    _check_draft(db, deed.args)
    container = "c" + uuid4().hex[:16]
    db.execute(
        "INSERT INTO containers (id, account, draft, at) VALUES (?, ?, ?, ?)",
        (container, deed.account, json.dumps(dict(deed.args)), stamp(deed.at)),
    )
    return Done(201, {"id": container, "status": "FINISHED"})


def publish_container(db: sqlite3.Connection, deed: Deed) -> Done:
    """Class handle, second step: a container publishes at most once."""
    _of_class(db, deed, Guarantee.HANDLE)
    row = _container(db, deed)
    if row["post"] is not None:
        raise Refusal(400, "already_published")
    if _container_status(row, deed.at) == "EXPIRED":
        raise Refusal(400, "container_expired")
    draft = Deed(deed.account, json.loads(row["draft"]), deed.at, deed.mangle)
    done = _publish(db, draft, _new_id(deed.account))
    db.execute("UPDATE containers SET post = ? WHERE id = ?", (done.content["id"], row["id"]))
    return done


def container(db: sqlite3.Connection, deed: Deed) -> Done:
    row = _container(db, deed)
    post = db.execute("SELECT * FROM posts WHERE id = ?", (row["post"],)).fetchone()
    return Done(
        content={
            "id": row["id"],
            "status": _container_status(row, deed.at),
            "post": None if post is None else shown(post),
        }
    )


def create_post(db: sqlite3.Connection, deed: Deed) -> Done:
    """Classes hour_key (a known key answers the known post), duplicate_refused, none."""
    account = _of_class(db, deed, Guarantee.HOUR_KEY, Guarantee.DUPLICATE_REFUSED, Guarantee.NONE)
    key = str(deed.args.get("key", ""))
    keyed = account["class"] == Guarantee.HOUR_KEY and key and not account["options"]["key_ignored"]
    if keyed and (known := _known(db, deed, key, account["options"]["key_life_s"])):
        return Done(200, {"id": known, "path": _path(known)})
    if account["class"] == Guarantee.DUPLICATE_REFUSED:
        _refuse_duplicate(db, deed, account["options"]["duplicate_window_s"])
    done = _publish(db, deed, _new_id(deed.account))
    if keyed:
        db.execute(
            "INSERT OR REPLACE INTO keys (account, key, post, at) VALUES (?, ?, ?, ?)",
            (deed.account, key, done.content["id"], stamp(deed.at)),
        )
    return done


def record(db: sqlite3.Connection, deed: Deed) -> Done:
    row = _record(db, deed.account, str(deed.args.get("record_key", "")))
    if row is None:
        raise Refusal(404, "not_there")
    return Done(content=shown(row))


def post(db: sqlite3.Connection, deed: Deed) -> Done:
    return Done(content=shown(_post(db, deed)))


def posts(db: sqlite3.Connection, deed: Deed) -> Done:
    """Own posts, newest first, at most `limit` (40); `before`: the seq to go on from."""
    try:
        limit = min(_PAGE, max(1, int(deed.args.get("limit", _PAGE))))
        before = int(deed.args.get("before", 2**62))
    except (TypeError, ValueError) as error:
        raise Refusal(422, "bad_page") from error
    rows = db.execute(
        "SELECT * FROM posts WHERE account = ? AND seq < ? ORDER BY seq DESC LIMIT ?",
        (deed.account, before, limit),
    )
    return Done(content=[shown(row) for row in rows])


def delete(db: sqlite3.Connection, deed: Deed) -> Done:
    row = _post(db, deed)
    db.execute("DELETE FROM comments WHERE post = ?", (row["id"],))
    db.execute("DELETE FROM posts WHERE id = ?", (row["id"],))
    return Done(204)


def comments(db: sqlite3.Connection, deed: Deed) -> Done:
    """What residents and strangers have said so far, oldest first."""
    row = _post(db, deed)
    at = datetime.fromisoformat(row["at"])
    language = accounts.me(db, deed.account)["options"]["language"]
    said = [
        _comment(f"{row['id']}-{r.number}", r.author, r.text, stamp(at + r.after))
        for r in remarks(row["id"], language)
        if at + r.after <= deed.at
    ]
    found = db.execute("SELECT * FROM comments WHERE post = ?", (row["id"],))
    said += [_comment(c["id"], c["author"], c["text"], c["at"]) for c in found]
    return Done(content=sorted(said, key=lambda c: (c["created_at"], c["id"])))


def say(db: sqlite3.Connection, deed: Deed) -> Done:
    """A stranger comments."""
    row = _post(db, deed)
    text = str(deed.args.get("text", "")).strip()
    if not 0 < len(text) <= _COMMENT_CHARACTERS:
        raise Refusal(422, "bad_comment")
    language = accounts.me(db, deed.account)["options"]["language"]
    author = str(deed.args.get("author", "")).strip() or STRANGER.get(language, STRANGER["en"])
    made = _comment(f"{row['id']}-s{uuid4().hex[:8]}", author, text, stamp(deed.at))
    db.execute(
        "INSERT INTO comments (id, post, author, text, at) VALUES (?, ?, ?, ?, ?)",
        (made["id"], row["id"], author, text, made["created_at"]),
    )
    return Done(201, made)


def shown(row: sqlite3.Row) -> dict[str, Any]:
    """A post as the API gives it."""
    return {
        "id": row["id"],
        "seq": row["seq"],
        "path": _path(row["id"]),
        "text": row["text"],
        "language": row["language"],
        "pictures": json.loads(row["pictures"]),
        "created_at": row["at"],
    }


def _publish(db: sqlite3.Connection, deed: Deed, post: str, record_key: str = "") -> Done:
    _check_draft(db, deed.args)
    text = str(deed.args["text"])
    pictures = [
        {"sha256": str(p["sha256"]), "alt": str(p.get("alt", ""))}
        for p in deed.args.get("pictures", [])
    ]
    db.execute(
        "INSERT INTO posts (id, account, record_key, text, language, pictures, at)"
        " VALUES (?, ?, ?, ?, ?, ?, ?)",
        (
            post,
            deed.account,
            record_key or None,
            _MANGLED[deed.mangle](text) if deed.mangle in _MANGLED else text,
            str(deed.args.get("language", "")),
            json.dumps(pictures),
            stamp(deed.at),
        ),
    )
    return Done(201, {"id": post, "path": _path(post)})


def _check_draft(db: sqlite3.Connection, draft: Mapping[str, Any]) -> None:
    limits = MANIFEST.limits
    text, pictures = draft.get("text"), draft.get("pictures", [])
    if not isinstance(text, str) or not isinstance(pictures, list):
        raise Refusal(422, "bad_post")
    if not text.strip() and not pictures:
        raise Refusal(422, "empty")
    if count(text, limits.text) > limits.text.limit:
        raise Refusal(422, "text_too_long")
    if len(pictures) > limits.pictures:
        raise Refusal(422, "too_many_pictures")
    for picture in pictures:
        _check_picture(db, picture)


def _check_picture(db: sqlite3.Connection, picture: Any) -> None:
    if not isinstance(picture, dict):
        raise Refusal(422, "bad_post")
    if len(str(picture.get("alt", ""))) > MANIFEST.limits.alt_characters:
        raise Refusal(422, "alt_too_long")
    known = db.execute(
        "SELECT 1 FROM pictures WHERE sha256 = ?", (str(picture.get("sha256", "")),)
    ).fetchone()
    if known is None:
        raise Refusal(422, "picture_unknown")


def _of_class(db: sqlite3.Connection, deed: Deed, *classes: Guarantee) -> dict[str, Any]:
    account = accounts.me(db, deed.account)
    if (
        account["class"] not in classes
        or deed.args.get("class", account["class"]) != account["class"]
    ):
        raise Refusal(409, "class_changed")
    return account


def _known(db: sqlite3.Connection, deed: Deed, key: str, life_s: float) -> str | None:
    since = stamp(deed.at - timedelta(seconds=life_s))
    row = db.execute(
        "SELECT posts.id FROM keys JOIN posts ON posts.id = keys.post"
        " WHERE keys.account = ? AND keys.key = ? AND keys.at > ?",
        (deed.account, key, since),
    ).fetchone()
    return None if row is None else str(row["id"])


def _refuse_duplicate(db: sqlite3.Connection, deed: Deed, window_s: float) -> None:
    since = stamp(deed.at - timedelta(seconds=window_s))
    rows = db.execute("SELECT text FROM posts WHERE account = ? AND at > ?", (deed.account, since))
    text = folded(str(deed.args.get("text", "")))
    if any(folded(row["text"]) == text for row in rows):
        raise Refusal(403, "duplicate")


def _record(db: sqlite3.Connection, account: str, key: str) -> sqlite3.Row | None:
    row: sqlite3.Row | None = db.execute(
        "SELECT * FROM posts WHERE account = ? AND record_key = ?", (account, key)
    ).fetchone()
    return row


def _post(db: sqlite3.Connection, deed: Deed) -> sqlite3.Row:
    row: sqlite3.Row | None = db.execute(
        "SELECT * FROM posts WHERE account = ? AND id = ?",
        (deed.account, str(deed.args.get("id", ""))),
    ).fetchone()
    if row is None:
        raise Refusal(404, "not_there")
    return row


def _container(db: sqlite3.Connection, deed: Deed) -> sqlite3.Row:
    row: sqlite3.Row | None = db.execute(
        "SELECT * FROM containers WHERE account = ? AND id = ?",
        (deed.account, str(deed.args.get("id", ""))),
    ).fetchone()
    if row is None:
        raise Refusal(404, "no_container")
    return row


def _container_status(row: sqlite3.Row, at: datetime) -> str:
    if row["post"] is not None:
        return "PUBLISHED"
    return "EXPIRED" if at - datetime.fromisoformat(row["at"]) > _CONTAINER_LIFE else "FINISHED"


def _new_id(account: str) -> str:
    return f"{account}.{uuid4().hex[:12]}"


def _path(post: str) -> str:
    return f"/posts/{post}"


def _comment(id_: str, author: str, text: str, at: str) -> dict[str, Any]:
    return {"id": id_, "author": author, "text": text, "created_at": at}
