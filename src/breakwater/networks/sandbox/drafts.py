"""What can be published: text, media, form, options, and what is answered."""

import re
import sqlite3
from collections.abc import Mapping
from datetime import datetime
from typing import Any

from breakwater.domain.text import count
from breakwater.networks.base import Medium
from breakwater.networks.sandbox.audiences import AUDIENCES
from breakwater.networks.sandbox.echoes import OWN
from breakwater.networks.sandbox.faults import Refusal
from breakwater.networks.sandbox.manifest import MANIFEST, PLACE_CHARACTERS
from breakwater.networks.sandbox.people import is_person

_REMARK = re.compile(r"(?P<post>[^/]+\.[^/]+)-[0-9]")


def check_draft(db: sqlite3.Connection, account: str, draft: Mapping[str, Any]) -> None:
    """Raises: Refusal(422) for what could never be published."""
    text, media = draft.get("text"), draft.get("media", [])
    if not isinstance(text, str) or not isinstance(media, list):
        raise Refusal(422, "bad_post")
    if not text.strip() and not media:
        raise Refusal(422, "empty")
    if count(text, MANIFEST.limits.text) > MANIFEST.limits.text.limit:
        raise Refusal(422, "text_too_long")
    carried = [_medium(db, one) for one in media]
    if MANIFEST.form_of(carried, str(draft.get("form", ""))) is None:
        raise Refusal(422, "no_such_form")
    _check_options(draft.get("options", {}))
    _check_answer(db, account, draft)


def exists(db: sqlite3.Connection, account: str, thing: str) -> bool:
    """Whether it is a post of the account (a publish id stands for one), or something that came."""
    if post_of(db, account, thing):
        return True
    if remark := _REMARK.fullmatch(thing):
        return bool(post_of(db, account, remark["post"]))
    found = db.execute(
        "SELECT 1 FROM comments WHERE id = ? AND post LIKE ? || '.%'", (thing, account)
    ).fetchone() or db.execute(
        f"SELECT 1 FROM arrivals WHERE id = ? AND account = ? AND NOT {OWN}",  # noqa: S608 - our own words
        (thing, account),
    ).fetchone()  # fmt: skip
    return found is not None


def post_of(db: sqlite3.Connection, account: str, thing: str) -> str:
    """The id of the post that this is, or became; "" for none."""
    row = db.execute(
        "SELECT id FROM posts WHERE account = ? AND (id = ? OR id = (SELECT post FROM steps"
        " WHERE steps.id = ? AND steps.account = posts.account AND post != ''))",
        (account, thing, thing),
    ).fetchone()
    return "" if row is None else str(row["id"])


def _medium(db: sqlite3.Connection, one: Any) -> Medium:
    if not isinstance(one, dict):
        raise Refusal(422, "bad_post")
    if len(str(one.get("alt", ""))) > MANIFEST.limits.alt_characters:
        raise Refusal(422, "alt_too_long")
    sha256 = str(one.get("sha256", ""))
    known = db.execute("SELECT mime FROM media WHERE sha256 = ?", (sha256,)).fetchone()
    if known is None:
        raise Refusal(422, "medium_unknown")
    return Medium(sha256, known["mime"], 0, 0, 0)


def _check_options(options: Any) -> None:
    if not isinstance(options, dict):
        raise Refusal(422, "bad_post")
    for name, value in options.items():
        if not _fits(name, str(value)):
            raise Refusal(422, f"bad_option:{name}")


def _fits(name: str, value: str) -> bool:
    if name == "audience":
        return value in ("", *AUDIENCES)
    if name == "place":
        return len(value) <= PLACE_CHARACTERS
    if name == "until":
        return not value or _is_moment(value)
    return name in {option.name for option in MANIFEST.options}


def _is_moment(value: str) -> bool:
    try:
        return datetime.fromisoformat(value).tzinfo is not None
    except ValueError:
        return False


def _check_answer(db: sqlite3.Connection, account: str, draft: Mapping[str, Any]) -> None:
    """What was said to the account alone, or by itself, is in the conversation with whoever said it:
    then a person is its root."""
    answered, root = str(draft.get("reply_to", "")), str(draft.get("root", ""))
    for thing in (answered, "" if is_person(root) else root):
        if thing and not exists(db, account, thing):
            raise Refusal(422, "nothing_to_answer")
    addressee = str(draft.get("to", ""))
    if addressee and not is_person(addressee):
        raise Refusal(422, "no_such_person")
