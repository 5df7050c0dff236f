"""How the harbour fails on demand: the kinds of fault, and the queue of those planned."""

import json
import sqlite3
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from breakwater.networks.base import Fault
from breakwater.networks.sandbox.manifest import gettext_noop


class Refusal(Exception):
    """The harbour says no: an HTTP status and its own code."""

    def __init__(self, status: int, error: str) -> None:
        self.status = status
        self.error = error
        super().__init__(status, error)


class Call(StrEnum):
    """What a fault can wait for."""

    COMMIT = "commit"
    DELETE = "delete"
    LOOK = "look"
    PREPARE = "prepare"
    TOKEN = "token"  # noqa: S105 - the name of a call


class Reply(StrEnum):
    """What the caller gets to see."""

    USUAL = "usual"
    DROP = "drop"
    RESET = "reset"
    STATUS = "status"
    HALF = "half"
    NONSENSE = "nonsense"
    HTML = "html"
    NO_ID = "no_id"
    TRICKLE = "trickle"
    FLOOD = "flood"
    SILENT = "silent"


@dataclass(frozen=True)
class Effect:
    """What a kind of fault does. done: the call takes effect before the reply goes wrong."""

    label: str
    done: bool
    reply: Reply
    status: int = 0
    error: str = ""
    call: Call = Call.COMMIT


KINDS: Mapping[str, Effect] = {
    "dropped_after": Effect(gettext_noop("Accepted, but the answer is lost"), True, Reply.DROP),
    "reset_before": Effect(gettext_noop("Connection reset, nothing accepted"), False, Reply.RESET),
    "error_accepted": Effect(
        gettext_noop("Accepted, but a server error is answered"), True, Reply.STATUS, 500, "oops"
    ),
    "error_refused": Effect(
        gettext_noop("Server error, nothing accepted"), False, Reply.STATUS, 500, "oops"
    ),
    "late": Effect(gettext_noop("The answer is lost, accepted minutes later"), False, Reply.DROP),
    "half_body": Effect(
        gettext_noop("Accepted, the answer breaks off in the middle"), True, Reply.HALF
    ),
    "wrong_json": Effect(gettext_noop("Accepted, the answer is nonsense"), True, Reply.NONSENSE),
    "html": Effect(gettext_noop("Accepted, a web page is answered instead"), True, Reply.HTML, 200),
    "no_id": Effect(gettext_noop("Accepted, the answer has no id"), True, Reply.NO_ID, 201),
    "trickle": Effect(
        gettext_noop("Accepted, the answer comes one byte a second"), True, Reply.TRICKLE
    ),
    "flood": Effect(gettext_noop("Accepted, the answer is five megabytes long"), True, Reply.FLOOD),
    "silent": Effect(gettext_noop("Accepted, and no answer comes"), True, Reply.SILENT),
    "unauthorised": Effect(
        gettext_noop("The sign-in has run out, renewing it helps"),
        False,
        Reply.STATUS,
        401,
        "token_expired",
    ),
    "token_dead": Effect(
        gettext_noop("The sign-in was withdrawn, only connecting again helps"),
        False,
        Reply.STATUS,
        401,
        "token_revoked",
    ),
    "forbidden": Effect(gettext_noop("Not allowed (403)"), False, Reply.STATUS, 403, "forbidden"),
    "unprocessable": Effect(
        gettext_noop("Not accepted (422)"), False, Reply.STATUS, 422, "not_accepted"
    ),
    "throttled": Effect(
        gettext_noop("Too many calls (429)"), False, Reply.STATUS, 429, "slow_down"
    ),
    "ghost": Effect(
        gettext_noop("Refused as a duplicate of a post that does not exist"),
        False,
        Reply.STATUS,
        403,
        "duplicate",
    ),
    "truncated": Effect(gettext_noop("Accepted, but the text is cut short"), True, Reply.USUAL),
    "altered": Effect(gettext_noop("Accepted, but the text is changed"), True, Reply.USUAL),
    "keeps_deleted": Effect(
        gettext_noop("Says deleted, but keeps the post"),
        False,
        Reply.STATUS,
        204,
        call=Call.DELETE,
    ),
    "blind": Effect(
        gettext_noop("Nothing can be looked up"), False, Reply.STATUS, 503, "blind", Call.LOOK
    ),
    "id_withheld": Effect(
        gettext_noop("Says published, but not as which post"), True, Reply.USUAL, call=Call.LOOK
    ),
    "processing_fails": Effect(
        gettext_noop("Taken, but fails while being processed"),
        True,
        Reply.USUAL,
        call=Call.PREPARE,
    ),
}

RETRY_AFTER = (
    "absent",
    "date",
    "past",
    "negative",
    "fractional",
    "garbage",
    "ten_days",
    "reset",
)
"""What `throttled` can say instead of whole seconds (replies.py has the headers)."""

EVERYBODY = "*"
_WHOLE_APP = "app"


def effect(fault: Fault) -> Effect:
    return KINDS[fault.kind]


def status(fault: Fault) -> int:
    """The HTTP status that the fault answers with."""
    return int(fault.detail.get("status") or effect(fault).status)


def plan(db: sqlite3.Connection, account: str, fault: Fault) -> None:
    """The fault stands last in the account's queue. Raises: Refusal for a nonsensical one."""
    _check(fault)
    db.execute(
        "INSERT INTO faults (account, call, kind, sticky, detail) VALUES (?, ?, ?, ?, ?)",
        (
            account,
            fault.call or KINDS[fault.kind].call,
            fault.kind,
            fault.sticky,
            json.dumps(dict(fault.detail)),
        ),
    )


def take(db: sqlite3.Connection, account: str, call: str, at: datetime) -> Fault | None:
    """The first fault that waits for this call; it is used up unless it is sticky.

    While the whole app is throttled, that is what every call of every account meets.
    """
    if closed := _closed(db, at):
        return closed
    row = db.execute(
        "SELECT * FROM faults WHERE account = ? AND call = ? ORDER BY id LIMIT 1", (account, call)
    ).fetchone()
    if row is None:
        return None
    if not row["sticky"]:
        db.execute("DELETE FROM faults WHERE id = ?", (row["id"],))
    fault = _fault(row)
    if fault.detail.get("scope") == _WHOLE_APP and "seconds" in fault.detail:
        _close(db, fault, at)
    return fault


def _close(db: sqlite3.Connection, fault: Fault, at: datetime) -> None:
    until = at + timedelta(seconds=float(fault.detail["seconds"]))
    db.execute(
        "INSERT INTO faults (account, call, kind, sticky, detail) VALUES (?, '', ?, 1, ?)",
        (EVERYBODY, fault.kind, json.dumps({**fault.detail, "until": until.timestamp()})),
    )


def _closed(db: sqlite3.Connection, at: datetime) -> Fault | None:
    """The throttling of the whole app that is still on."""
    row = db.execute(
        "SELECT * FROM faults WHERE account = ? ORDER BY id LIMIT 1", (EVERYBODY,)
    ).fetchone()
    if row is None:
        return None
    detail = json.loads(row["detail"])
    if at.timestamp() < detail.pop("until"):
        return Fault(row["kind"], "", True, detail)
    db.execute("DELETE FROM faults WHERE id = ?", (row["id"],))
    return None


def planned(db: sqlite3.Connection, account: str) -> tuple[Fault, ...]:
    rows = db.execute("SELECT * FROM faults WHERE account = ? ORDER BY id", (account,))
    return tuple(_fault(row) for row in rows)


def clear(db: sqlite3.Connection, account: str) -> None:
    """Nothing waits for the account any more; a throttling of the whole app ends, too."""
    db.execute("DELETE FROM faults WHERE account IN (?, ?)", (account, EVERYBODY))


def _fault(row: sqlite3.Row) -> Fault:
    return Fault(row["kind"], row["call"], bool(row["sticky"]), json.loads(row["detail"]))


def _check(fault: Fault) -> None:
    if fault.kind not in KINDS:
        raise Refusal(422, "unknown_fault")
    if fault.call not in ("", *Call):
        raise Refusal(422, "unknown_call")
    try:
        for name, value in fault.detail.items():
            _check_detail(name, value)
    except ValueError as error:
        raise Refusal(422, "bad_detail") from error


def _check_detail(name: str, value: str) -> None:
    if name == "status" and int(value) in range(200, 600):
        return
    if name == "retry_after" and (value in RETRY_AFTER or int(value) >= 0):
        return
    if name in ("minutes", "seconds") and 0 <= float(value) <= 100_000:
        return
    if name == "scope" and value in ("account", "app"):
        return
    raise ValueError(name)
