"""Publishing in two steps, in three ways: containers, uploads in pieces, publish ids.

In each the first step makes something harmless that has an id; the second makes it public,
once, and the id can be asked how far it came.
"""

import json
import sqlite3
from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Any
from uuid import uuid4

from breakwater.domain.guarantees import Guarantee
from breakwater.networks.sandbox.classes import PUBLISH_ID, RESUMABLE
from breakwater.networks.sandbox.drafts import check_draft
from breakwater.networks.sandbox.faults import Refusal
from breakwater.networks.sandbox.media import content_with
from breakwater.networks.sandbox.posts import (
    Deed,
    Done,
    delete,
    new_id,
    of_class,
    path_of,
    publish,
    shown,
)
from breakwater.networks.sandbox.store import stamp

SPOILED = "processing_fails"
"""The fault that lets a first step succeed, and what it made be of no use."""

_LIFE = {"container": timedelta(hours=24), "upload": timedelta(days=7)}
_UPLOAD_BYTES = 100_000


# containers (class handle)


def make_container(db: sqlite3.Connection, deed: Deed) -> Done:
    """First step: nothing is public yet."""
    of_class(db, deed, Guarantee.HANDLE)
    check_draft(db, deed.account, deed.args)
    container = _made(db, deed, "container", json.dumps(dict(deed.args)))
    return Done(
        201, {"id": container, "status": _container_status(_row(db, deed, container), deed)}
    )


def publish_container(db: sqlite3.Connection, deed: Deed) -> Done:
    """Second step: a container publishes at most once."""
    of_class(db, deed, Guarantee.HANDLE)
    row = _row(db, deed, str(deed.args.get("id", "")), "container")
    status = _container_status(row, deed)
    if status == "PUBLISHED":
        raise Refusal(400, "already_published")
    if status != "FINISHED":
        raise Refusal(400, f"container_{status.lower()}")
    draft = Deed(deed.account, json.loads(row["draft"]), deed.at, deed.mangle)
    done = publish(db, draft, new_id(deed.account))
    _set(db, row["id"], post=done.content["id"])
    return done


def container(db: sqlite3.Connection, deed: Deed) -> Done:
    """{id, status, post}. Fault `id_withheld`: PUBLISHED, without the post."""
    row = _row(db, deed, str(deed.args.get("id", "")), "container")
    status = _container_status(row, deed)
    post = None if deed.mangle == "id_withheld" else _post(db, row, deed.mangle)
    return Done(content={"id": row["id"], "status": status, "post": post})


def _container_status(row: sqlite3.Row, deed: Deed) -> str:
    if row["post"]:
        return "PUBLISHED"
    if row["spoiled"]:
        return "ERROR"
    if deed.at - datetime.fromisoformat(row["at"]) > _LIFE["container"]:
        return "EXPIRED"
    return "FINISHED" if stamp(deed.at) >= row["ready_at"] else "IN_PROGRESS"


# uploads in pieces (class resumable)


def begin_upload(db: sqlite3.Connection, deed: Deed) -> Done:
    """A session that waits for `size` bytes: the post as JSON."""
    of_class(db, deed, RESUMABLE)
    size = deed.args.get("size")
    if not isinstance(size, int) or not 0 < size <= _UPLOAD_BYTES:
        raise Refusal(422, "bad_size")
    upload = _made(db, deed, "upload", "", size)
    return Done(201, {"id": upload, "session": f"/api/uploads/{upload}"})


def put_bytes(db: sqlite3.Connection, deed: Deed) -> Done:
    """A piece, or the question how many there are (`bytes */N`). 308 with Range until the last.

    With the last byte the post exists, for its owner only.
    """
    row = _session(db, deed)
    if row["post"]:
        return _uploaded(row["post"], 200)
    have = content_with(bytes(row["content"]), deed, row["size"])
    if len(have) < row["size"]:
        _set(db, row["id"], content=have)
        return _incomplete(len(have))
    draft = _draft(have)
    check_draft(db, deed.account, draft)
    post = new_id(deed.account)
    _set(db, row["id"], content=have, draft=json.dumps(draft), post=post)
    return _uploaded(post, 201)


def show_upload(db: sqlite3.Connection, deed: Deed) -> Done:
    """Second step: everybody sees it. A second time changes nothing, whatever became of it."""
    of_class(db, deed, RESUMABLE)
    row = db.execute(
        "SELECT * FROM steps WHERE account = ? AND kind = 'upload' AND post = ?",
        (deed.account, str(deed.args.get("id", ""))),
    ).fetchone()
    if row is None:
        raise Refusal(404, "not_there")
    if row["spoiled"]:
        raise Refusal(400, "container_error")
    if not row["done"]:
        draft = Deed(deed.account, json.loads(row["draft"]), deed.at, deed.mangle)
        publish(db, draft, row["post"])
        _set(db, row["id"], done=1)
    return Done(200, {"id": row["post"], "path": path_of(row["post"]), "visibility": "public"})


def upload(db: sqlite3.Connection, deed: Deed) -> Done:
    """{id, status, received, size, post}; status: uploading, private, public, failed, expired."""
    row = _row(db, deed, str(deed.args.get("id", "")), "upload")
    received = len(bytes(row["content"]))
    status = _upload_status(row, deed)
    post = _post(db, row, deed.mangle) if row["done"] else None
    return Done(
        content={"id": row["id"], "status": status, "received": received, "size": row["size"]}
        | {"post": post}
    )


def _upload_status(row: sqlite3.Row, deed: Deed) -> str:
    if row["done"]:
        return "public"
    if row["post"]:
        return "failed" if row["spoiled"] else "private"
    lapsed = deed.at - datetime.fromisoformat(row["at"]) > _LIFE["upload"]
    return "expired" if lapsed else "uploading"


def _session(db: sqlite3.Connection, deed: Deed) -> sqlite3.Row:
    of_class(db, deed, RESUMABLE)
    row = _row(db, deed, str(deed.args.get("id", "")), "upload")
    if _upload_status(row, deed) == "expired":
        raise Refusal(404, "session_expired")
    return row


def _incomplete(received: int) -> Done:
    headers = {"range": f"bytes=0-{received - 1}"} if received else {}
    return Done(308, {}, headers=headers)


def _uploaded(post: str, status: int) -> Done:
    return Done(status, {"id": post, "visibility": "private"})


def _draft(content: bytes) -> dict[str, Any]:
    try:
        value = json.loads(content)
    except ValueError as error:
        raise Refusal(422, "bad_post") from error
    if not isinstance(value, dict):
        raise Refusal(422, "bad_post")
    return value


# publish ids (class publish_id)


def announce(db: sqlite3.Connection, deed: Deed) -> Done:
    """An id before any byte."""
    of_class(db, deed, PUBLISH_ID)
    return Done(201, {"publish_id": _made(db, deed, "publish", "")})


def hand_in(db: sqlite3.Connection, deed: Deed) -> Done:
    """The post itself, once. It is public when moderation is through, and has an id only then."""
    account = of_class(db, deed, PUBLISH_ID)
    row = _row(db, deed, str(deed.args.get("id", "")), "publish")
    if row["draft"]:
        raise Refusal(400, "already_published")
    check_draft(db, deed.account, deed.args)
    due = deed.at + timedelta(seconds=account["options"]["moderation_s"])
    args = {"id": row["id"], "mangle": deed.mangle}
    _set(db, row["id"], draft=json.dumps(dict(deed.args)))
    db.execute(
        "INSERT INTO late (account, deed, args, due) VALUES (?, 'moderated', ?, ?)",
        (deed.account, json.dumps(args), stamp(due)),
    )
    return Done(201, {"publish_id": row["id"]})


def moderated(db: sqlite3.Connection, deed: Deed) -> Done:
    """Minutes after `hand_in`: it is public, or refused, or was deleted meanwhile."""
    row = _row(db, deed, str(deed.args.get("id", "")), "publish")
    if row["done"]:
        return Done(204)
    _set(db, row["id"], done=1)
    if row["spoiled"]:
        return Done(204)
    draft = Deed(deed.account, json.loads(row["draft"]), deed.at, str(deed.args.get("mangle", "")))
    done = publish(db, draft, new_id(deed.account))
    _set(db, row["id"], post=done.content["id"])
    return done


def publication(db: sqlite3.Connection, deed: Deed) -> Done:
    """{publish_id, status, post}. PROCESSING_UPLOAD: no bytes yet. PUBLISH_COMPLETE comes with
    the bytes; the post only after moderation, if moderation lets it through (else FAILED)."""
    row = _row(db, deed, str(deed.args.get("id", "")), "publish")
    status = "PROCESSING_UPLOAD"
    if row["draft"]:
        refused = row["done"] and not row["post"]
        status = "FAILED" if refused else "PUBLISH_COMPLETE"
    moderating = bool(row["draft"]) and not row["done"]
    post = _post(db, row, deed.mangle)
    return Done(
        content={"publish_id": row["id"], "status": status, "moderating": moderating, "post": post}
    )


def withdraw(db: sqlite3.Connection, deed: Deed) -> Done:
    """Deleted by its publish id: the post if there is one, else it never comes."""
    row = _row(db, deed, str(deed.args.get("id", "")), "publish")
    _set(db, row["id"], done=1)
    if _post(db, row, deed.mangle) is not None:
        delete(db, Deed(deed.account, {"id": row["post"]}, deed.at))
    return Done(204)


# the table of them all


def _made(db: sqlite3.Connection, deed: Deed, kind: str, draft: str, size: int = 0) -> str:
    options = of_class(db, deed)["options"]
    ready = deed.at + timedelta(seconds=options["processing_s"])
    made, spoiled = f"{kind[0]}{uuid4().hex[:16]}", deed.mangle == SPOILED
    db.execute(
        "INSERT INTO steps (id, account, kind, draft, size, at, ready_at, spoiled)"
        " VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
        (made, deed.account, kind, draft, size, stamp(deed.at), stamp(ready), spoiled),
    )
    return made


def _row(db: sqlite3.Connection, deed: Deed, made: str, kind: str = "container") -> sqlite3.Row:
    row: sqlite3.Row | None = db.execute(
        "SELECT * FROM steps WHERE account = ? AND id = ? AND kind = ?", (deed.account, made, kind)
    ).fetchone()
    if row is None:
        raise Refusal(404, f"no_{kind}")
    return row


def _set(db: sqlite3.Connection, made: str, **values: Any) -> None:
    names = ", ".join(f"{name} = ?" for name in values)
    db.execute(f"UPDATE steps SET {names} WHERE id = ?", (*values.values(), made))  # noqa: S608 - our own names


def _post(db: sqlite3.Connection, row: sqlite3.Row, mangle: str) -> Mapping[str, Any] | None:
    found = db.execute("SELECT * FROM posts WHERE id = ?", (row["post"],)).fetchone()
    return None if found is None else shown(found, mangle)
