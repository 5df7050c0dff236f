"""What others say: below posts, about the account, to it. All of it can be asked for by a cursor."""

import sqlite3
from collections.abc import Mapping
from datetime import datetime
from typing import Any
from uuid import uuid4

from breakwater.networks.base import Source, What
from breakwater.networks.sandbox import accounts
from breakwater.networks.sandbox.drafts import exists
from breakwater.networks.sandbox.echoes import OWN, media_of
from breakwater.networks.sandbox.faults import Refusal
from breakwater.networks.sandbox.people import REMARKS, person_of, remarks, stranger
from breakwater.networks.sandbox.posts import Deed, Done
from breakwater.networks.sandbox.store import stamp

_CHARACTERS = 2000
_PAGE = 10
_MOST_STARS = 5
_OF: Mapping[str, tuple[str, ...]] = {
    Source.OWN_POSTS: (What.POST, What.GONE),
    Source.COMMENTS: (What.COMMENT, What.GONE),
    Source.AD_COMMENTS: (What.COMMENT, What.GONE),
    Source.MENTIONS: (What.MENTION, What.QUOTE, What.TAG),
    Source.MESSAGES: (What.MESSAGE,),
    Source.REVIEWS: (What.REVIEW,),
}


def comments(db: sqlite3.Connection, deed: Deed) -> Done:
    """What residents, strangers and the account have said so far, oldest first."""
    row = db.execute(
        "SELECT * FROM posts WHERE account = ? AND id = ?",
        (deed.account, str(deed.args.get("id", ""))),
    ).fetchone()
    if row is None:
        raise Refusal(404, "not_there")
    known = accounts.me(db, deed.account)
    said = [_remark(row, number, known["options"]["language"]) for number in range(REMARKS)]
    said = [one for one in said if one["created_at"] <= stamp(deed.at)]
    found = db.execute("SELECT * FROM comments WHERE post = ?", (row["id"],))
    said += [_comment(c["id"], c["author"], c["text"], c["at"]) for c in found]
    ours = db.execute("SELECT * FROM posts WHERE root = ? AND addressee = ''", (row["id"],))
    said += [
        {
            **_comment(o["id"], known["name"], o["text"], o["at"]),
            "parent": o["reply_to"],
            "own": True,
        }
        for o in ours
    ]
    marked = _marked(db, deed.account)
    left = [
        {**one, "hidden": ("hide", one["id"]) in marked, "liked": ("like", one["id"]) in marked}
        for one in said
        if ("remove", one["id"]) not in marked
    ]
    return Done(content=sorted(left, key=lambda c: (c["created_at"], c["id"])))


def say(db: sqlite3.Connection, deed: Deed) -> Done:
    """A stranger comments on a post, or on what is below it (`parent`)."""
    post = str(deed.args.get("id", ""))
    known = db.execute("SELECT 1 FROM posts WHERE account = ? AND id = ?", (deed.account, post))
    if known.fetchone() is None:
        raise Refusal(404, "not_there")
    text, author = _words(deed), _author(db, deed)
    made = _comment(f"{post}-s{uuid4().hex[:8]}", author, text, stamp(deed.at))
    db.execute(
        "INSERT INTO comments (id, post, author, text, at) VALUES (?, ?, ?, ?, ?)",
        (made["id"], post, author, text, made["created_at"]),
    )
    parent = str(deed.args.get("parent", "")) or post
    _arrived(db, deed.account, What.COMMENT, made, about=post, parent=parent)
    return Done(201, made)


def arrive(db: sqlite3.Connection, deed: Deed) -> Done:
    """A stranger mentions, writes to or rates the account, or takes something back (`gone`). The
    same `key` again changes nothing."""
    key = f"arrive:{deed.args['key']}" if deed.args.get("key") else ""
    known = db.execute(
        "SELECT post FROM keys WHERE account = ? AND key = ? AND key != ''", (deed.account, key)
    ).fetchone()
    if known is not None:
        return Done(200, {"id": known["post"]})
    done = _arrive(db, deed)
    if key:
        db.execute(
            "INSERT INTO keys (account, key, post, at) VALUES (?, ?, ?, ?)",
            (deed.account, key, done.content["id"], stamp(deed.at)),
        )
    return done


def _arrive(db: sqlite3.Connection, deed: Deed) -> Done:
    try:
        what = What(str(deed.args.get("what", "")))
    except ValueError as error:
        raise Refusal(422, "unknown_what") from error
    if what is What.COMMENT and not deed.args.get("ad"):
        return say(db, deed)
    if what is What.GONE:
        return _gone(db, deed)
    rating = deed.args.get("rating")
    if (what is What.REVIEW) is not (isinstance(rating, int) and 1 <= rating <= _MOST_STARS):
        raise Refusal(422, "bad_rating")
    made = _comment(
        f"{what.value}-{uuid4().hex[:12]}", _author(db, deed), _words(deed), stamp(deed.at)
    )
    about, parent = str(deed.args.get("about", "")), str(deed.args.get("parent", ""))
    _arrived(
        db, deed.account, what, made, about=about, parent=parent, rating=rating,
        ad=bool(deed.args.get("ad")),
    )  # fmt: skip
    return Done(201, made)


def feed(db: sqlite3.Connection, deed: Deed) -> Done:
    """What came from one source after `after`, in the order it came: {rows, more}."""
    source = str(deed.args.get("source", ""))
    if source not in _OF:
        raise Refusal(422, "unknown_source")
    try:
        after = int(deed.args.get("after", 0))
    except (TypeError, ValueError) as error:
        raise Refusal(422, "bad_page") from error
    _materialise(db, deed)
    kinds = _OF[source]
    own = OWN if source == Source.OWN_POSTS else f"NOT {OWN}"
    rows = db.execute(
        f"SELECT * FROM arrivals WHERE account = ? AND seq > ? AND ad = ?"  # noqa: S608 - our own marks
        f" AND what IN ({', '.join('?' * len(kinds))}) AND {own} ORDER BY seq LIMIT ?",
        (deed.account, after, source == Source.AD_COMMENTS, *kinds, _PAGE + 1),
    ).fetchall()
    return Done(
        content={"rows": [row_of(db, row) for row in rows[:_PAGE]], "more": len(rows) > _PAGE}
    )


def row_of(db: sqlite3.Connection, row: sqlite3.Row) -> dict[str, Any]:
    """One thing that came, as the API and pushes have it."""
    return {
        **_comment(row["id"], row["author"], row["text"], row["at"]),
        "seq": row["seq"],
        "what": row["what"],
        "about": row["about"],
        "parent": row["parent"],
        "rating": row["rating"],
        "ad": bool(row["ad"]),
        "media": media_of(db, row),
    }


def _gone(db: sqlite3.Connection, deed: Deed) -> Done:
    """Whoever wrote it takes it back."""
    thing = str(deed.args.get("id", ""))
    if not exists(db, deed.account, thing):
        raise Refusal(404, "not_there")
    row = db.execute("SELECT * FROM comments WHERE id = ?", (thing,)).fetchone()
    db.execute("DELETE FROM comments WHERE id = ?", (thing,))
    made = _comment(thing, row["author"] if row else "", "", stamp(deed.at))
    _arrived(db, deed.account, What.GONE, made, about=row["post"] if row else "")
    return Done(201, made)


def _materialise(db: sqlite3.Connection, deed: Deed) -> None:
    """What residents have said by now stands in the feed, in the order it was said."""
    language = accounts.me(db, deed.account)["options"]["language"]
    waiting = db.execute(
        "SELECT * FROM posts WHERE account = ? AND remarked < ? ORDER BY seq",
        (deed.account, REMARKS),
    ).fetchall()
    due = [
        (_remark(row, number, language), row["id"])
        for row in waiting
        for number in range(row["remarked"], REMARKS)
    ]
    for made, post in sorted(due, key=lambda one: str(one[0]["created_at"])):
        if made["created_at"] <= stamp(deed.at):
            _arrived(db, deed.account, What.COMMENT, made, about=post, parent=post)
            db.execute("UPDATE posts SET remarked = remarked + 1 WHERE id = ?", (post,))


def _arrived(
    db: sqlite3.Connection, account: str, what: What, made: Mapping[str, Any], *,
    about: str = "", parent: str = "", rating: int | None = None, ad: bool = False,
) -> None:  # fmt: skip
    db.execute(
        "INSERT INTO arrivals (account, what, id, author, text, about, parent, rating, ad, at)"
        " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
        (
            account, what, made["id"], made["author"], made["text"], about, parent, rating, ad,
            made["created_at"],
        ),
    )  # fmt: skip


def _remark(row: sqlite3.Row, number: int, language: str) -> dict[str, Any]:
    said = remarks(row["id"], language)[number]
    at = stamp(datetime.fromisoformat(row["at"]) + said.after)
    return _comment(f"{row['id']}-{number}", said.author, said.text, at)


def _comment(id_: str, author: str, text: str, at: str) -> dict[str, Any]:
    return {
        "id": id_, "author": author, "author_id": person_of(author), "text": text, "created_at": at,
    }  # fmt: skip


def _words(deed: Deed) -> str:
    text = str(deed.args.get("text", "")).strip()
    if not 0 < len(text) <= _CHARACTERS:
        raise Refusal(422, "bad_comment")
    return text


def _author(db: sqlite3.Connection, deed: Deed) -> str:
    """Who says it. Raises: Refusal(403) for somebody whom the account has blocked."""
    language = accounts.me(db, deed.account)["options"]["language"]
    author = str(deed.args.get("author", "")).strip() or stranger(language)
    if ("block", person_of(author)) in _marked(db, deed.account):
        raise Refusal(403, "blocked")
    return author


def _marked(db: sqlite3.Connection, account: str) -> set[tuple[str, str]]:
    rows = db.execute("SELECT deed, target FROM marks WHERE account = ?", (account,))
    return {(row["deed"], row["target"]) for row in rows}
