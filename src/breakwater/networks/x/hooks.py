"""What X pushes: its question whether an address is ours, its signature, its events.

Source: https://docs.x.com/x-api/webhooks/introduction and …/activity/event-payloads, read
2026-11-28. A push carries no time, so an old one that is sent again cannot be told by it; things
are stored once, by their id.
"""

import base64
import hashlib
import hmac
import json
from collections.abc import Mapping
from datetime import datetime
from typing import Any

from breakwater.domain.errors import Refused, TryLater
from breakwater.networks.base import Arrived, Echo, Pushed, Secrets, What
from breakwater.networks.x import messages
from breakwater.networks.x.listening import arrival
from breakwater.networks.x.manifest import MANIFEST
from breakwater.networks.x.shown import Around, around, author, made_at

_SIGNED = (
    ("x-twitter-webhooks-signature-oauth2", "client_secret"),
    ("x-twitter-webhooks-signature", "consumer_secret"),
)
"""Header -> which secret signs it. The first that is there counts."""

_POSTS: Mapping[str, What | None] = {
    "post.create": None,
    "post.mention.create": None,
    "post.reply.create": What.COMMENT,
    "post.quote.create": What.QUOTE,
}
_MESSAGES = frozenset({"dm.received", "dm.sent"})


class XHooks:
    """See `base.Hooks`."""

    def challenge(self, query: Mapping[str, str], app: Secrets) -> Echo:
        token, secret = query.get("crc_token", ""), app.get("client_secret", "")
        if not token or len(token) > 1_000 or not secret:
            raise Refused("hook_refused", "not a question of X's")
        answer = json.dumps({"response_token": _signature(secret, token.encode())})
        return Echo(answer, "application/json")

    def verify(self, headers: Mapping[str, str], body: bytes, app: Secrets, now: datetime) -> None:
        del now
        for header, name in _SIGNED:
            given, secret = headers.get(header), app.get(name, "")
            if given is None or not secret:
                continue
            if hmac.compare_digest(_signature(secret, body).encode(), given.encode()):
                return
            break
        raise Refused("hook_refused", "the signature is not that of our app")

    def parse(self, headers: Mapping[str, str], body: bytes) -> tuple[Pushed, ...]:
        del headers
        event = _event(body)
        if event is None:
            return ()
        whom = event.get("filter")
        remote_id = str(whom.get("user_id") or "") if isinstance(whom, dict) else ""
        kind, payload = str(event.get("event_type") or ""), event.get("payload")
        if not remote_id or not isinstance(payload, dict):
            return ()
        try:
            arrived = _arrived(kind, payload, around(event, MANIFEST.hosts["web"]), remote_id)
        except (TryLater, KeyError, TypeError, ValueError) as error:
            raise Refused("hook_refused", f"{kind}: {error}"[:300]) from error
        return (Pushed(remote_id, arrived),) if arrived else ()


def _event(body: bytes) -> dict[str, Any] | None:
    try:
        value = json.loads(body)
    except ValueError as error:
        raise Refused("hook_refused", "no JSON") from error
    found = value.get("data") if isinstance(value, dict) else None
    return found if isinstance(found, dict) else None


def _arrived(kind: str, payload: dict[str, Any], near: Around, own_id: str) -> tuple[Arrived, ...]:
    if kind in _POSTS:
        return (_as(_POSTS[kind], arrival(payload, near, own_id), own_id),)
    if kind == "post.delete":
        gone = str(payload["id"])
        writer = author(str(payload.get("author_id") or own_id), near)
        return (Arrived(What.GONE, gone, made_at(gone), writer, own=True, raw=payload),)
    if kind in _MESSAGES:
        return _messages(payload, near, own_id)
    return ()


def _as(what: What | None, one: Arrived, own_id: str) -> Arrived:
    """X says what it is, which its own words may not show; an echo stays what it is."""
    if what is None or one.author.remote_id == own_id:
        return one
    facts = {**vars(one), "what": what}
    if not one.about:
        facts["about"] = one.thread if what is What.COMMENT else one.about
    return Arrived(**facts)


def _messages(payload: dict[str, Any], near: Around, own_id: str) -> tuple[Arrived, ...]:
    """Messages in the shape of old pushes, or one as the API itself has it."""
    found = payload.get("direct_message_events")
    events = found if isinstance(found, list) else [payload]
    known = payload.get("users")
    people = known if isinstance(known, dict) else {}
    beside = Around(near.web, near.media, {**near.people, **_people(people)}, near.posts)
    return tuple(
        messages.arrived(messages.of_push(event), beside, own_id)
        for event in events
        if isinstance(event, dict) and event.get("id")
    )


def _people(users: Mapping[str, Any]) -> dict[str, Mapping[str, Any]]:
    return {
        number: one["data"] if isinstance(one.get("data"), dict) else one
        for number, one in users.items()
        if isinstance(one, dict)
    }


def _signature(secret: str, data: bytes) -> str:
    made = hmac.new(secret.encode(), data, hashlib.sha256).digest()
    return "sha256=" + base64.b64encode(made).decode()
