"""What happens to posts: publishing in one step, looking, editing, deleting."""

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
from breakwater.domain.text import folded
from breakwater.networks.sandbox import accounts
from breakwater.networks.sandbox.classes import KEY_IGNORED
from breakwater.networks.sandbox.drafts import check_draft
from breakwater.networks.sandbox.echoes import told
from breakwater.networks.sandbox.faults import Refusal
from breakwater.networks.sandbox.people import REMARKS
from breakwater.networks.sandbox.store import stamp

_KEY = re.compile(r"[A-Za-z0-9._~-]{1,64}")
_PAGE = 40
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
    """Own posts, newest first, at most `limit` (40); `before`: the seq to go on from. own: without
    what answers somebody."""
    try:
        limit = min(_PAGE, max(1, int(deed.args.get("limit", _PAGE))))
        before = int(deed.args.get("before", 2**62))
    except (TypeError, ValueError) as error:
        raise Refusal(422, "bad_page") from error
    alone = " AND reply_to = '' AND root = '' AND addressee = ''" if deed.args.get("own") else ""
    rows = db.execute(
        f"SELECT * FROM posts WHERE account = ? AND seq < ?{alone} ORDER BY seq DESC LIMIT ?",  # noqa: S608 - our own words
        (deed.account, before, limit),
    )
    return Done(content=[shown(row, deed.mangle) for row in rows])


def delete(db: sqlite3.Connection, deed: Deed) -> Done:
    row = _post(db, deed)
    db.execute("DELETE FROM comments WHERE post = ?", (row["id"],))
    db.execute("DELETE FROM posts WHERE id = ?", (row["id"],))
    told(db, row, deed.at, gone=True)
    if not accounts.me(db, deed.account)["options"]["remembers_deleted"]:
        db.execute("DELETE FROM said WHERE post = ?", (row["id"],))
    return Done(204)


def edit(db: sqlite3.Connection, deed: Deed) -> Done:
    """The post says this from now on; everything else of it stays."""
    row = _post(db, deed)
    known = {"media": json.loads(row["media"]), "form": row["form"]}
    check_draft(db, deed.account, {**known, **deed.args})
    return reword(db, deed, _mangled(str(deed.args["text"]), deed.mangle))


def reword(db: sqlite3.Connection, deed: Deed, text: str) -> Done:
    """The post says `text`, whoever asked for it."""
    row = _post(db, deed)
    db.execute(
        "UPDATE posts SET text = ?, edited_at = ? WHERE id = ?", (text, stamp(deed.at), row["id"])
    )
    told(db, _post(db, deed), deed.at)
    return Done(200, {"id": row["id"], "path": path_of(row["id"])})


def shown(row: sqlite3.Row, mangle: str = "") -> dict[str, Any]:
    """A post as the API gives it. mangle: a fault that spoils the text on the way out."""
    return {
        "id": row["id"],
        "seq": row["seq"],
        "path": path_of(row["id"]),
        "text": _mangled(row["text"], mangle),
        "language": row["language"],
        "media": json.loads(row["media"]),
        "form": row["form"],
        "reply_to": row["reply_to"],
        "root": row["root"],
        "to": row["addressee"],
        "options": json.loads(row["options"]),
        "created_at": row["at"],
        "edited_at": row["edited_at"] or None,
    }


def publish(db: sqlite3.Connection, deed: Deed, post: str, record_key: str = "") -> Done:
    """It is out from now on. Raises: Refusal(422) if it cannot be."""
    check_draft(db, deed.account, deed.args)
    text = str(deed.args["text"])
    media = [
        {name: str(one.get(name, "")) for name in ("sha256", "alt", "name")}
        for one in deed.args.get("media", [])
    ]
    answers = [str(deed.args.get(name, "")) for name in ("reply_to", "root", "to")]
    db.execute(
        "INSERT INTO posts (id, account, record_key, text, language, media, at, form, reply_to,"
        " root, addressee, options, remarked) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
        (
            post,
            deed.account,
            record_key or None,
            _mangled(text, deed.mangle),
            str(deed.args.get("language", "")),
            json.dumps(media),
            stamp(deed.at),
            str(deed.args.get("form", "")),
            *answers,
            json.dumps(deed.args.get("options", {})),
            REMARKS if any(answers) else 0,
        ),
    )
    db.execute(
        "INSERT INTO said (account, text, post, at) VALUES (?, ?, ?, ?)",
        (deed.account, _sum_of(text), post, stamp(deed.at)),
    )
    told(db, _post(db, Deed(deed.account, {"id": post}, deed.at)), deed.at)
    return Done(201, {"id": post, "path": path_of(post)})


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
