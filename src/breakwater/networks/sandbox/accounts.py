"""Accounts of the harbour, their options and tokens."""

import hashlib
import json
import secrets
import sqlite3
from collections.abc import Mapping
from typing import Any

from breakwater.networks.sandbox.classes import class_named
from breakwater.networks.sandbox.faults import Refusal

NAME_CHARACTERS = 60
_LONGEST_S = 1e8
OPTIONS: Mapping[str, Any] = {
    "language": "en",
    "key_life_s": 3600.0,
    "key_ignored": False,
    "duplicate_window_s": 43_200.0,
    "remembers_deleted": False,
    "processing_s": 0.0,
    "moderation_s": 120.0,
}
"""What an account can be told, and the defaults (docs/networks/sandbox.md says what they do)."""


def connect(
    db: sqlite3.Connection, name: str, kind: str, options: Mapping[str, Any]
) -> dict[str, Any]:
    """The account of that name (made if new) in that class, with a fresh token."""
    name = " ".join(name.split())
    if not 1 <= len(name) <= NAME_CHARACTERS:
        raise Refusal(422, "bad_name")
    account = "h" + hashlib.sha256(name.casefold().encode()).hexdigest()[:12]
    db.execute(
        "INSERT INTO accounts (id, name, class, options) VALUES (?, ?, ?, '{}')"
        " ON CONFLICT (id) DO UPDATE SET class = excluded.class",
        (account, name, _class(kind)),
    )
    set_options(db, account, options)
    return {**me(db, account), "token": _new_token(db, account)}


def me(db: sqlite3.Connection, account: str) -> dict[str, Any]:
    row = db.execute("SELECT * FROM accounts WHERE id = ?", (account,)).fetchone()
    if row is None:
        raise Refusal(404, "no_account")
    return {
        "id": row["id"],
        "name": shown_as(db, account).get("name") or row["name"],
        "handle": "@" + row["name"].casefold().replace(" ", "-"),
        "class": row["class"],
        "options": {**OPTIONS, **json.loads(row["options"])},
    }


def shown_as(db: sqlite3.Connection, account: str) -> dict[str, Any]:
    """What the account says of itself, as far as it or somebody else has set it: name, bio, link,
    picture, followers."""
    row = db.execute("SELECT shown FROM profiles WHERE account = ?", (account,)).fetchone()
    return {} if row is None else dict(json.loads(row["shown"]))


def show_as(db: sqlite3.Connection, account: str, wish: Mapping[str, Any]) -> None:
    """It says this of itself from now on; what is not named stays."""
    shown = {**shown_as(db, account), **wish}
    db.execute(
        "INSERT OR REPLACE INTO profiles (account, shown) VALUES (?, ?)",
        (account, json.dumps(shown)),
    )


def set_class(db: sqlite3.Connection, account: str, kind: str) -> dict[str, Any]:
    """The account behaves like this class from now on."""
    db.execute("UPDATE accounts SET class = ? WHERE id = ?", (_class(kind), account))
    return me(db, account)


def set_options(db: sqlite3.Connection, account: str, options: Mapping[str, Any]) -> None:
    """The options named are set, the others stay."""
    if unknown := set(options) - set(OPTIONS):
        raise Refusal(422, f"unknown_option:{min(unknown)}")
    try:
        typed = {name: _typed(name, value) for name, value in options.items()}
    except (TypeError, ValueError) as error:
        raise Refusal(422, "bad_option") from error
    known = me(db, account)["options"]
    db.execute(
        "UPDATE accounts SET options = ? WHERE id = ?", (json.dumps({**known, **typed}), account)
    )


def entered(db: sqlite3.Connection, token: str) -> str:
    """The account that a live token opens. Raises: Refusal(401)."""
    row = of_token(db, token)
    if not row["live"]:
        raise Refusal(401, "token_expired" if row["refreshable"] else "token_revoked")
    return str(row["account"])


def of_token(db: sqlite3.Connection, token: str) -> sqlite3.Row:
    """The token's row, whatever its state. Raises: Refusal(401) if it never was one."""
    row: sqlite3.Row | None = db.execute(
        "SELECT * FROM tokens WHERE token = ?", (token,)
    ).fetchone()
    if row is None:
        raise Refusal(401, "token_unknown")
    return row


def renew(db: sqlite3.Connection, token: str) -> dict[str, Any]:
    """A fresh token; the old one is dead from now on."""
    row = of_token(db, token)
    if not row["refreshable"]:
        raise Refusal(401, "token_revoked")
    revoke(db, token)
    return {**me(db, row["account"]), "token": _new_token(db, row["account"])}


def revoke(db: sqlite3.Connection, token: str) -> None:
    db.execute("UPDATE tokens SET live = 0, refreshable = 0 WHERE token = ?", (token,))


def expire(db: sqlite3.Connection, account: str, *, refreshable: bool) -> None:
    """No token of the account opens the door; they can be renewed, or not."""
    db.execute(
        "UPDATE tokens SET live = 0, refreshable = refreshable AND ? WHERE account = ?",
        (refreshable, account),
    )


def _typed(name: str, value: Any) -> Any:
    """`value` as the option wants it. Raises: ValueError, TypeError."""
    default = OPTIONS[name]
    if isinstance(default, float):
        seconds = float(value)
        if not 0 <= seconds <= _LONGEST_S:
            raise ValueError(name)
        return seconds
    if not isinstance(value, type(default)):
        raise TypeError(name)
    return value


def _new_token(db: sqlite3.Connection, account: str) -> str:
    token = secrets.token_urlsafe(24)
    db.execute("INSERT INTO tokens (token, account) VALUES (?, ?)", (token, account))
    return token


def _class(value: str) -> str:
    try:
        return class_named(value)
    except ValueError as error:
        raise Refusal(422, "unknown_class") from error
