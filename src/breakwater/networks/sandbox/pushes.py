"""What the harbour pushes: signed with a secret of this harbour, and with the time it left."""

import hashlib
import hmac
import json
import secrets
import sqlite3
from datetime import datetime, timedelta
from typing import Any

from breakwater.networks.sandbox.comments import row_of
from breakwater.networks.sandbox.faults import Refusal
from breakwater.networks.sandbox.posts import Deed, Done
from breakwater.networks.sandbox.store import stamp

HEADER = "x-harbour-signature"
LASTS = timedelta(days=30)
_MOST = 20


def secret(db: sqlite3.Connection) -> str:
    """What signs; made when first asked for."""
    db.execute(
        "INSERT INTO proof (one, secret) VALUES (1, ?) ON CONFLICT DO NOTHING",
        (secrets.token_urlsafe(32),),
    )
    return str(db.execute("SELECT secret FROM proof").fetchone()["secret"])


def subscribe(db: sqlite3.Connection, deed: Deed) -> Done:
    """{until}: pushes are meant for this address from now on."""
    address = str(deed.args.get("address", ""))
    if not address.startswith(("https://", "http://")):
        raise Refusal(422, "bad_address")
    db.execute(
        "INSERT OR REPLACE INTO subscriptions (account, address) VALUES (?, ?)",
        (deed.account, address),
    )
    return Done(content={"until": stamp(deed.at + LASTS)})


def push(db: sqlite3.Connection, account: str, now: datetime) -> dict[str, Any]:
    """{address, headers, body}: a push of the latest that came, for whoever carries it there: the
    harbour itself calls nobody."""
    rows = db.execute(
        "SELECT * FROM arrivals WHERE account = ? ORDER BY seq DESC LIMIT ?", (account, _MOST)
    ).fetchall()
    subscribed = db.execute(
        "SELECT address FROM subscriptions WHERE account = ?", (account,)
    ).fetchone()
    body = json.dumps({"account": account, "arrived": [row_of(db, row) for row in reversed(rows)]})
    return {
        "address": subscribed["address"] if subscribed else "",
        "headers": {
            "content-type": "application/json",
            HEADER: signature(body.encode(), secret(db), int(now.timestamp())),
        },
        "body": body,
    }


def signature(body: bytes, key: str, at: int) -> str:
    """t=SECONDS,v1=HMAC-SHA256 of "SECONDS.body"."""
    signed = hmac.new(key.encode(), b"%d." % at + body, hashlib.sha256).hexdigest()
    return f"t={at},v1={signed}"
