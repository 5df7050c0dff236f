"""What an account does to things and people: likes, hides, blocks, follows no more. Done twice, it
is done once."""

import hashlib
import json
import sqlite3

from breakwater.networks.base import Deed as Does
from breakwater.networks.sandbox import accounts
from breakwater.networks.sandbox.audiences import named
from breakwater.networks.sandbox.drafts import exists
from breakwater.networks.sandbox.faults import Refusal
from breakwater.networks.sandbox.people import is_person, person_of, residents
from breakwater.networks.sandbox.posts import Deed, Done
from breakwater.networks.sandbox.store import stamp

_UNDOES = {
    Does.UNLIKE: Does.LIKE, Does.UNHIDE: Does.HIDE, Does.UNMUTE: Does.MUTE, Does.UNBLOCK: Does.BLOCK,
    Does.UNPIN: Does.PIN, Does.RESTORE: Does.WITHDRAW,
}  # fmt: skip
_PEOPLE = (Does.MUTE, Does.BLOCK, Does.UNFOLLOW)
_PAGE = 3


def act(db: sqlite3.Connection, deed: Deed) -> Done:
    """{reference}: what it is known by ("" for nothing)."""
    does, target = _does(deed), str(deed.args.get("target", ""))
    mark = _UNDOES.get(does, does)
    if not _can_be_meant(db, deed.account, mark, target):
        raise Refusal(404, "not_there")
    if mark is not does:
        db.execute(
            "DELETE FROM marks WHERE account = ? AND deed = ? AND target = ?",
            (deed.account, mark, target),
        )
        return Done(200, {"reference": ""})
    db.execute(
        "INSERT INTO marks (account, deed, target, at, detail) VALUES (?, ?, ?, ?, ?)"
        " ON CONFLICT DO NOTHING",
        (deed.account, mark, target, stamp(deed.at), json.dumps(deed.args.get("detail", {}))),
    )
    if does is Does.REMOVE:
        db.execute("DELETE FROM comments WHERE id = ?", (target,))
    return Done(200, {"reference": _reference(deed.account, target) if does is Does.REPORT else ""})


def acted(db: sqlite3.Connection, deed: Deed) -> Done:
    """{done}: whether it is so now."""
    does, target = _does(deed), str(deed.args.get("target", ""))
    mark = _UNDOES.get(does, does)
    return Done(content={"done": marked(db, deed.account, mark, target) is (mark is does)})


def marked(db: sqlite3.Connection, account: str, does: Does, target: str) -> bool:
    """Whether that was done to it, and not taken back."""
    row = db.execute(
        "SELECT 1 FROM marks WHERE account = ? AND deed = ? AND target = ?", (account, does, target)
    ).fetchone()
    return row is not None


def following(db: sqlite3.Connection, deed: Deed) -> Done:
    """{people, next}: residents whom the account has not left, a few at a time."""
    language = accounts.me(db, deed.account)["options"]["language"]
    left = {
        row["target"]
        for row in db.execute(
            "SELECT target FROM marks WHERE account = ? AND deed = ?", (deed.account, Does.UNFOLLOW)
        )
    }
    people = sorted((person_of(name), name) for name in residents(language))
    after = str(deed.args.get("after", ""))
    page = [(id_, name) for id_, name in people if id_ not in left and id_ > after]
    return Done(
        content={
            "people": [{"id": id_, "name": name} for id_, name in page[:_PAGE]],
            "next": page[_PAGE - 1][0] if len(page) > _PAGE else "",
        }
    )


def audiences(db: sqlite3.Connection, deed: Deed) -> Done:
    return Done(content=named(accounts.me(db, deed.account)["options"]["language"]))


def _does(deed: Deed) -> Does:
    try:
        return Does(str(deed.args.get("deed", "")))
    except ValueError as error:
        raise Refusal(422, "unknown_deed") from error


def _can_be_meant(db: sqlite3.Connection, account: str, does: Does, target: str) -> bool:
    """People may be unknown to the harbour; things that were removed stay removed."""
    if does in _PEOPLE or (does is Does.REPORT and is_person(target)):
        return is_person(target)
    gone = "SELECT 1 FROM marks WHERE account = ? AND deed = 'remove' AND target = ?"
    if does is Does.REMOVE and db.execute(gone, (account, target)).fetchone():
        return True
    return exists(db, account, target)


def _reference(account: str, target: str) -> str:
    return "r-" + hashlib.sha256(f"{account} {target}".encode()).hexdigest()[:10]
