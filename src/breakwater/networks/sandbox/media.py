"""Pictures come whole; videos and documents come in pieces. Nothing of it is public by itself."""

import hashlib
import re
import sqlite3
from uuid import uuid4

from breakwater.networks.sandbox.faults import Refusal
from breakwater.networks.sandbox.manifest import DOCUMENT, MANIFEST, VIDEO
from breakwater.networks.sandbox.posts import Deed, Done
from breakwater.networks.sandbox.store import stamp

_RANGE = re.compile(r"bytes (?:([0-9]{1,9})-([0-9]{1,9})|\*)/([0-9]{1,9})")


def add_picture(db: sqlite3.Connection, deed: Deed) -> Done:
    """The whole picture in one call."""
    mime = str(deed.args.get("mime", ""))
    if mime not in MANIFEST.limits.picture_types:
        raise Refusal(415, "media_type")
    if not 0 < len(deed.blob) <= MANIFEST.limits.picture_bytes:
        raise Refusal(413, "too_large")
    return Done(201, {"sha256": _stored(db, mime, deed.blob)})


def begin_medium(db: sqlite3.Connection, deed: Deed) -> Done:
    """A session that waits for `size` bytes of this kind."""
    mime, size = str(deed.args.get("mime", "")), deed.args.get("size")
    most = {VIDEO.types[0]: VIDEO.most_bytes, DOCUMENT: MANIFEST.limits.document_bytes}.get(mime)
    if most is None:
        raise Refusal(415, "media_type")
    if not isinstance(size, int) or not 0 < size <= most:
        raise Refusal(413, "too_large")
    session = f"m{uuid4().hex[:16]}"
    db.execute(
        "INSERT INTO steps (id, account, kind, draft, size, at, ready_at, spoiled)"
        " VALUES (?, ?, 'medium', ?, ?, ?, ?, 0)",
        (session, deed.account, mime, size, stamp(deed.at), stamp(deed.at)),
    )
    return Done(201, {"id": session})


def put_medium(db: sqlite3.Connection, deed: Deed) -> Done:
    """A piece, or the question how many bytes there are (`bytes */N`). 308 with Range until the
    last one, 201 with the digest then and whenever it is asked again."""
    row = db.execute(
        "SELECT * FROM steps WHERE account = ? AND id = ? AND kind = 'medium'",
        (deed.account, str(deed.args.get("id", ""))),
    ).fetchone()
    if row is None:
        raise Refusal(404, "session_expired")
    if row["post"]:
        return Done(201, {"sha256": row["post"]})
    have = content_with(bytes(row["content"]), deed, row["size"])
    if len(have) < row["size"]:
        db.execute("UPDATE steps SET content = ? WHERE id = ?", (have, row["id"]))
        return Done(308, {}, headers={"range": f"bytes=0-{len(have) - 1}"} if have else {})
    sha256 = _stored(db, row["draft"], have)
    db.execute("UPDATE steps SET content = x'', post = ? WHERE id = ?", (sha256, row["id"]))
    return Done(201, {"sha256": sha256})


def content_with(have: bytes, deed: Deed, size: int) -> bytes:
    """The bytes that are there once the piece of this call is. Raises: Refusal(400)."""
    match = _RANGE.fullmatch(str(deed.args.get("content_range", "")))
    if match is None or int(match[3]) != size:
        raise Refusal(400, "bad_range")
    if match[1] is None:
        return have
    first, last = int(match[1]), int(match[2])
    if first > len(have) or last + 1 - first != len(deed.blob) or last >= size:
        raise Refusal(400, "bad_range")
    return have[:first] + deed.blob if last >= len(have) else have


def _stored(db: sqlite3.Connection, mime: str, content: bytes) -> str:
    sha256 = hashlib.sha256(content).hexdigest()
    db.execute(
        "INSERT INTO media (sha256, mime, content) VALUES (?, ?, ?) ON CONFLICT DO NOTHING",
        (sha256, mime, content),
    )
    return sha256
