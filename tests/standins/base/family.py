"""How one family of networks (Graph) answers: errors with codes, pages, proofs, signed pushes."""

import base64
import hashlib
import hmac
import json
from collections.abc import Mapping, Sequence
from datetime import datetime
from email.utils import format_datetime
from typing import Any

from tests.standins.base.exchange import Reply, Request, as_json


def error(code: int, message: str, subcode: int = 0, status: int = 400) -> Reply:
    body: dict[str, Any] = {"message": message, "type": "OAuthException", "code": code}
    if subcode:
        body["error_subcode"] = subcode
    return as_json({"error": {**body, "fbtrace_id": "AbCdEf"}}, status)


def not_there(what: str) -> Reply:
    words = (
        f"Unsupported get request. Object with ID '{what}' does not exist, cannot be loaded due to "
        "missing permissions, or does not support this operation."
    )
    return error(100, words, 33)


def bad_token() -> Reply:
    return error(190, "Error validating access token: Session has expired.", 463, 401)


def paged(rows: Sequence[Mapping[str, Any]], request: Request, most: int = 50) -> Reply:
    """A page of them: `limit` and `after` (a cursor) as they were asked."""
    start = int(base64.b64decode(request.args["after"])) if request.args.get("after") else 0
    limit = min(int(request.args.get("limit") or 25), most)
    page = list(rows[start : start + limit])
    body: dict[str, Any] = {"data": page}
    if page:
        after = base64.b64encode(str(start + limit).encode()).decode()
        body["paging"] = {"cursors": {"before": "MA==", "after": after}}
        if start + limit < len(rows):
            body["paging"]["next"] = f"https://graph.test{request.path}?after={after}"
    return as_json(body)


def picked(row: Mapping[str, Any], fields: str) -> dict[str, Any]:
    """Those of `row` that were asked, and its id. What it has not is left out."""
    names = [name for name, _ in split(fields)] or ["id"]
    return {name: row[name] for name in dict.fromkeys([*names, "id"]) if row.get(name) is not None}


def split(fields: str) -> list[tuple[str, str]]:
    """`a,b.limit(5){c,d}` -> [("a", ""), ("b.limit(5)", "c,d")]."""
    found: list[tuple[str, str]] = []
    depth, word, inside = 0, "", ""
    for sign in f"{fields},":
        if sign == "," and not depth:
            if word:
                found.append((word, inside))
            word, inside = "", ""
        elif sign == "{":
            depth += 1
            inside += sign if depth > 1 else ""
        elif sign == "}":
            depth -= 1
            inside += sign if depth else ""
        elif depth:
            inside += sign
        else:
            word += sign
    return found


def written(moment: datetime) -> str:
    return moment.strftime("%Y-%m-%dT%H:%M:%S+0000")


def dated(reply: Reply, now: datetime) -> Reply:
    """With the Date that every server sends."""
    headers = {**reply.headers, "date": format_datetime(now, usegmt=True)}
    return Reply(reply.status, reply.body, headers, reply.lie, reply.dropped, reply.stall_s)


def proof(secret: str, token: str) -> str:
    return hmac.new(secret.encode(), token.encode(), hashlib.sha256).hexdigest()


def pushed(secret: str, value: Any) -> tuple[dict[str, str], bytes]:
    """Headers and body of a push, signed as the network signs."""
    body = json.dumps(value).encode()
    digest = hmac.new(secret.encode(), body, hashlib.sha256).hexdigest()
    headers = {"content-type": "application/json", "x-hub-signature-256": f"sha256={digest}"}
    return headers, body
