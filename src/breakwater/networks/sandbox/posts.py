"""What happens to posts: publishing in one step, looking, deleting, comments."""

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
from breakwater.networks.sandbox.classes import KEY_IGNORED
from breakwater.networks.sandbox.faults import Refusal
from breakwater.networks.sandbox.manifest import MANIFEST
from breakwater.networks.sandbox.people import STRANGER, remarks
from breakwater.networks.sandbox.store import stamp

_KEY = re.compile(r"[A-Za-z0-9._~-]{1,64}")
_PAGE = 40
_COMMENT_CHARACTERS = 2000
_ONE_STEP = (Guarantee.HOUR_KEY, KEY_IGNORED, Guarantee.DUPLICATE_REFUSED, Guarantee.NONE)
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
    headers: Mapping[str, str] = field(default_factory=dict)


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
    of_class(db, deed, Guarantee.LASTING_KEY)
    key = str(deed.args.get("record_key", ""))
    if not _KEY.fullmatch(key):
        raise Refusal(422, "bad_key")
    if _record(db, deed.account, key) is not None:
        raise Refusal(400, "swap")
    return publish(db, deed, f"{deed.account}.{key}", record_key=key)


def create_post(db: sqlite3.Connection, deed: Deed) -> Done:
    """A known key answers the known post (class hour_key), an equal text is refused (class
    duplicate_refused), or neither."""
    account = of_class(db, deed, *_ONE_STEP)
    key = str(deed.args.get("key", ""))
    keyed = account["class"] == Guarantee.HOUR_KEY and key and not account["options"]["key_ignored"]
    if keyed and (known := _known(db, deed, key, account["options"]["key_life_s"])):
        return Done(200, {"id": known, "path": path_of(known)})
    if account["class"] == Guarantee.DUPLICATE_REFUSED:
        _refuse_duplicate(db, deed, account["options"]["duplicate_window_s"])
    done = publish(db, deed, new_id(deed.account))
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
    return Done(content=shown(row, deed.mangle))


def post(db: sqlite3.Connection, deed: Deed) -> Done:
    return Done(content=shown(_post(db, deed), deed.mangle))


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
    return Done(content=[shown(row, deed.mangle) for row in rows])


def delete(db: sqlite3.Connection, deed: Deed) -> Done:
    row = _post(db, deed)
    db.execute("DELETE FROM comments WHERE post = ?", (row["id"],))
    db.execute("DELETE FROM posts WHERE id = ?", (row["id"],))
    if not accounts.me(db, deed.account)["options"]["remembers_deleted"]:
        db.execute("DELETE FROM said WHERE post = ?", (row["id"],))
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


def shown(row: sqlite3.Row, mangle: str = "") -> dict[str, Any]:
    """A post as the API gives it. mangle: a fault that spoils the text on the way out."""
    return {
        "id": row["id"],
        "seq": row["seq"],
        "path": path_of(row["id"]),
        "text": _mangled(row["text"], mangle),
        "language": row["language"],
        "pictures": json.loads(row["pictures"]),
        "created_at": row["at"],
    }


def publish(db: sqlite3.Connection, deed: Deed, post: str, record_key: str = "") -> Done:
    """It is public from now on. Raises: Refusal(422) if it cannot be."""
    check_draft(db, deed.args)
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
            _mangled(text, deed.mangle),
            str(deed.args.get("language", "")),
            json.dumps(pictures),
            stamp(deed.at),
        ),
    )
    db.execute(
        "INSERT INTO said (account, text, post, at) VALUES (?, ?, ?, ?)",
        (deed.account, _sum_of(text), post, stamp(deed.at)),
    )
    return Done(201, {"id": post, "path": path_of(post)})


def check_draft(db: sqlite3.Connection, draft: Mapping[str, Any]) -> None:
    """Raises: Refusal(422) for what could never be published."""
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


def of_class(db: sqlite3.Connection, deed: Deed, *classes: str) -> dict[str, Any]:
    """The account. classes: those that have this call (none: all).

    Raises: Refusal(409) for another class, or if the caller takes it for another.
    """
    account = accounts.me(db, deed.account)
    known = not classes or account["class"] in classes
    if not known or deed.args.get("class", account["class"]) != account["class"]:
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
    known = db.execute(
        "SELECT 1 FROM said WHERE account = ? AND text = ? AND at > ?",
        (deed.account, _sum_of(str(deed.args.get("text", ""))), since),
    ).fetchone()
    if known is not None:
        raise Refusal(403, "duplicate")


def _sum_of(text: str) -> str:
    return hashlib.sha256(folded(text).encode()).hexdigest()


def _mangled(text: str, mangle: str) -> str:
    return _MANGLED[mangle](text) if mangle in _MANGLED else text


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


def new_id(account: str) -> str:
    """An id that nothing has yet."""
    return f"{account}.{uuid4().hex[:12]}"


def path_of(post: str) -> str:
    """Where a browser finds the post on a socket."""
    return f"/posts/{post}"


def _comment(id_: str, author: str, text: str, at: str) -> dict[str, Any]:
    return {"id": id_, "author": author, "text": text, "created_at": at}
