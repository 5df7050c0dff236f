"""The harbour itself: every call, with its fault, in one transaction. Used by the server,
and directly by drills and tests."""

import json
import sqlite3
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

from breakwater.networks.base import Deed as Does
from breakwater.networks.base import Fault
from breakwater.networks.sandbox import (
    accounts,
    chances,
    comments,
    deeds,
    faults,
    figures,
    intruding,
    media,
    posts,
    pushes,
    twosteps,
    weekend,
)
from breakwater.networks.sandbox.chances import Chances
from breakwater.networks.sandbox.faults import Call, Refusal
from breakwater.networks.sandbox.posts import Deed, Done
from breakwater.networks.sandbox.store import Store, stamp

Clock = Callable[[], datetime]

_DEEDS: Mapping[str, Callable[[sqlite3.Connection, Deed], Done]] = {
    "add_picture": media.add_picture,
    "begin_medium": media.begin_medium,
    "put_medium": media.put_medium,
    "put_record": posts.put_record,
    "make_container": twosteps.make_container,
    "publish_container": twosteps.publish_container,
    "container": twosteps.container,
    "begin_upload": twosteps.begin_upload,
    "put_bytes": twosteps.put_bytes,
    "show_upload": twosteps.show_upload,
    "upload": twosteps.upload,
    "announce": twosteps.announce,
    "hand_in": twosteps.hand_in,
    "moderated": twosteps.moderated,
    "publication": twosteps.publication,
    "withdraw": twosteps.withdraw,
    "create_post": posts.create_post,
    "edit": posts.edit,
    "delete": posts.delete,
    "record": posts.record,
    "post": posts.post,
    "posts": posts.posts,
    "comments": comments.comments,
    "feed": comments.feed,
    "act": deeds.act,
    "acted": deeds.acted,
    "following": deeds.following,
    "audiences": deeds.audiences,
    "insights": figures.insights,
    "subscribe": pushes.subscribe,
    "profile": intruding.profile,
    "me": lambda db, deed: Done(content=accounts.me(db, deed.account)),
}
_STAGED: Mapping[str, Callable[[sqlite3.Connection, Deed], Done]] = {
    "intrude": intruding.intrude,
    "tamper": intruding.tamper,
    "vanish": intruding.vanish,
    "set_profile": intruding.set_profile,
    "set_followers": intruding.set_followers,
}
_LATE_MINUTES = "10"


@dataclass(frozen=True)
class Happened:
    """done: what took place and would be answered; None: nothing did. fault: what spoils it."""

    done: Done | None
    fault: Fault | None = None


@dataclass(frozen=True)
class Seen:
    """One call that reached the harbour, for drills to count."""

    call: str
    what: str
    fault: str
    at: datetime


def world_clock() -> datetime:
    """The practice network is the world: it has a clock of its own, as a real one would."""
    return datetime.now(UTC)  # noqa: TID251 - a network's own clock, not Breakwater's


class Harbour:
    """The practice network over one file. Several processes may use the same file at once."""

    def __init__(self, home: Path, clock: Clock = world_clock) -> None:
        self.clock = clock
        self._store = Store(home)

    def close(self) -> None:
        self._store.close()

    # what the network does

    def connect(self, name: str, kind: str, /, **options: Any) -> dict[str, Any]:
        """Makes or re-opens the account; "token" opens it. kind: a class of classes.CLAIMS;
        options: see accounts.OPTIONS."""
        with self._store.transaction() as db:
            return accounts.connect(db, name, kind, options)

    def enter(self, token: str) -> str:
        """The account that a live token opens. Raises: Refusal(401)."""
        with self._store.transaction() as db:
            return accounts.entered(db, token)

    def owner(self, token: str) -> str:
        """The account of a token, dead ones too: the control calls still work with those."""
        with self._store.transaction() as db:
            return str(accounts.of_token(db, token)["account"])

    def renew(self, token: str) -> Happened:
        """A fresh token for an old one, with its fault."""
        with self._store.transaction() as db:
            account = str(accounts.of_token(db, token)["account"])
            fault = _reached(db, account, Call.TOKEN, "renew", self.clock())
            if fault is not None and not faults.effect(fault).done:
                _spoil_tokens(db, account, fault)
                return Happened(None, fault)
            return Happened(Done(content=accounts.renew(db, token)), fault)

    def revoke(self, token: str) -> None:
        with self._store.transaction() as db:
            accounts.revoke(db, token)

    def act(
        self, account: str, call: Call, what: str, args: Mapping[str, Any], blob: bytes = b""
    ) -> Happened:
        """One call of an account, after everything late that is due has arrived."""
        with self._store.transaction() as db:
            return _act(db, call, what, Deed(account, args, self.clock(), blob=blob))

    def ask(
        self, token: str, call: Call, what: str, args: Mapping[str, Any], blob: bytes = b""
    ) -> Happened:
        """`enter` and `act` in one transaction. Raises: Refusal(401)."""
        with self._store.transaction() as db:
            account = accounts.entered(db, token)
            return _act(db, call, what, Deed(account, args, self.clock(), blob=blob))

    def medium(self, sha256: str) -> Done:
        with self._store.transaction() as db:
            row = db.execute("SELECT * FROM media WHERE sha256 = ?", (sha256,)).fetchone()
            if row is None:
                raise Refusal(404, "not_there")
            return Done(content=bytes(row["content"]), mime=row["mime"])

    def page(self, post: str) -> tuple[dict[str, Any], dict[str, Any], list[dict[str, Any]]]:
        """Account, post and comments, as a visitor sees them: one that was withdrawn is not there."""
        with self._store.transaction() as db:
            _arrive(db, self.clock())
            account = post.partition(".")[0]
            deed = Deed(account, {"id": post}, self.clock())
            seen = posts.post(db, deed).content
            if deeds.marked(db, account, Does.WITHDRAW, post):
                raise Refusal(404, "not_there")
            return accounts.me(db, account), seen, comments.comments(db, deed).content

    # what drills, pages and tests do to it

    def plan(self, account: str, *planned: Fault) -> None:
        """The faults wait, in this order, behind those already planned."""
        with self._store.transaction() as db:
            for fault in planned:
                faults.plan(db, account, fault)

    def faults(self, account: str) -> tuple[Fault, ...]:
        with self._store.transaction() as db:
            return faults.planned(db, account)

    def clear(self, account: str) -> None:
        with self._store.transaction() as db:
            faults.clear(db, account)

    def take_chances(self, wish: Chances | None) -> None:
        """Every call of every account may meet a fault, drawn like that; None: no more."""
        with self._store.transaction() as db:
            chances.set_chances(db, wish)

    def chances(self) -> Chances | None:
        with self._store.transaction() as db:
            return chances.chances(db)

    def as_class(self, account: str, kind: str, /, **options: Any) -> dict[str, Any]:
        """The account behaves like this class, with these options, from now on."""
        with self._store.transaction() as db:
            accounts.set_options(db, account, options)
            return accounts.set_class(db, account, kind)

    def say(self, account: str, post: str, text: str, author: str = "") -> dict[str, Any]:
        """A stranger comments on a post; the comment."""
        with self._store.transaction() as db:
            args = {"id": post, "text": text, "author": author}
            made: dict[str, Any] = comments.say(db, Deed(account, args, self.clock())).content
            return made

    def arrive(self, account: str, **what: Any) -> dict[str, Any]:
        """Something comes from a stranger (comments.arrive has the arguments)."""
        with self._store.transaction() as db:
            made: dict[str, Any] = comments.arrive(db, Deed(account, what, self.clock())).content
            return made

    def play(self, account: str, scene: str) -> dict[str, Any]:
        """Many strangers write at once (weekend.SCENE): {said: how many things}."""
        with self._store.transaction() as db:
            made: dict[str, Any] = weekend.play(
                db, Deed(account, {"scene": scene}, self.clock())
            ).content
            return made

    def staged(self, account: str, what: str, **args: Any) -> dict[str, Any]:
        """Somebody else does this to the account (intruding has the deeds and their arguments)."""
        with self._store.transaction() as db:
            _arrive(db, self.clock())
            made: dict[str, Any] = _STAGED[what](db, Deed(account, args, self.clock())).content
            return made

    def push(self, account: str) -> dict[str, Any]:
        """{address, headers, body}, signed."""
        with self._store.transaction() as db:
            return pushes.push(db, account, self.clock())

    def secret(self) -> str:
        """What pushes are signed with."""
        with self._store.transaction() as db:
            return pushes.secret(db)

    def posts(self, account: str) -> tuple[dict[str, Any], ...]:
        """Everything that is public on the account now, oldest first: the truth, no faults."""
        with self._store.transaction() as db:
            _arrive(db, self.clock())
            rows = db.execute("SELECT * FROM posts WHERE account = ? ORDER BY seq", (account,))
            return tuple(posts.shown(row) for row in rows)

    def calls(self, account: str, call: Call | None = None) -> tuple[Seen, ...]:
        """The calls that reached the harbour, oldest first."""
        with self._store.transaction() as db:
            rows = db.execute("SELECT * FROM calls WHERE account = ? ORDER BY id", (account,))
            return tuple(
                Seen(r["call"], r["what"], r["fault"], datetime.fromisoformat(r["at"]))
                for r in rows
                if call is None or r["call"] == call
            )


def _act(db: sqlite3.Connection, call: Call, what: str, deed: Deed) -> Happened:
    _arrive(db, deed.at)
    fault = _reached(db, deed.account, call, what, deed.at)
    if fault is None or faults.effect(fault).done:
        return Happened(_do(db, what, replace(deed, mangle=fault.kind) if fault else deed), fault)
    if fault.kind == "late" and call in (Call.COMMIT, Call.DELETE):
        _postpone(db, deed, what, fault)
    _spoil_tokens(db, deed.account, fault)
    return Happened(None, fault)


def _reached(
    db: sqlite3.Connection, account: str, call: Call, what: str, at: datetime
) -> Fault | None:
    """The call is written down; the fault that it meets."""
    fault = faults.take(db, account, call, at) or chances.drawn(db, account, call)
    db.execute(
        "INSERT INTO calls (account, call, what, fault, at) VALUES (?, ?, ?, ?, ?)",
        (account, call, what, fault.kind if fault else "", stamp(at)),
    )
    return fault


def _do(db: sqlite3.Connection, what: str, deed: Deed) -> Done:
    # Deeds check before they write: a refusal leaves nothing behind but the used-up fault.
    try:
        return _DEEDS[what](db, deed)
    except Refusal as no:
        return Done(no.status, {"error": no.error})
    except (UnicodeError, OverflowError):  # a lone surrogate, a number no database holds
        return Done(400, {"error": "not_storable"})


def _postpone(db: sqlite3.Connection, deed: Deed, what: str, fault: Fault) -> None:
    due = deed.at + timedelta(minutes=float(fault.detail.get("minutes", _LATE_MINUTES)))
    db.execute(
        "INSERT INTO late (account, deed, args, due) VALUES (?, ?, ?, ?)",
        (deed.account, what, json.dumps(dict(deed.args)), stamp(due)),
    )


def _arrive(db: sqlite3.Connection, now: datetime) -> None:
    """What was held up on its way and is due takes place, as of when it was due, and so does
    what comes of it."""
    first = "SELECT * FROM late WHERE due <= ? ORDER BY due, id LIMIT 1"
    while (row := db.execute(first, (stamp(now),)).fetchone()) is not None:
        db.execute("DELETE FROM late WHERE id = ?", (row["id"],))
        deed = Deed(row["account"], json.loads(row["args"]), datetime.fromisoformat(row["due"]))
        _do(db, row["deed"], deed)


def _spoil_tokens(db: sqlite3.Connection, account: str, fault: Fault) -> None:
    if fault.kind in ("unauthorised", "token_dead"):
        accounts.expire(db, account, refreshable=fault.kind == "unauthorised")
