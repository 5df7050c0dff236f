"""Webhooks, subscriptions, and the events that X would push, signed as X signs them."""

import base64
import hashlib
import hmac
import json
from collections.abc import Callable
from datetime import datetime
from typing import Any

from tests.standins.base.exchange import Reply, Request, as_json
from tests.standins.x import shapes
from tests.standins.x.posts import Posts
from tests.standins.x.state import Message, Person, Post, State, Subscription, Webhook


class Pushes:
    def __init__(self, state: State, posts: Posts, now: Callable[[], datetime]) -> None:
        self._state = state
        self._posts = posts
        self._now = now

    def hooks(self, request: Request, me: Person) -> Reply:
        rows = [self._shown(one) for one in self._state.webhooks.values()]
        return as_json({"data": rows, "meta": {"result_count": len(rows)}})

    def create_hook(self, request: Request, me: Person) -> Reply:
        url = request.fields["url"]
        if any(one.url == url for one in self._state.webhooks.values()):
            return shapes.problem("invalid-request", "DuplicateUrlFailed", 400)
        made = Webhook(self._state.new_id(self._now()), url)
        self._state.webhooks[made.id] = made
        return as_json({"data": self._shown(made)})

    def validate_hook(self, request: Request, me: Person, number: str) -> Reply:
        self._state.webhooks[number].valid = True
        return as_json({"data": {"valid": True}})

    def subscriptions(self, request: Request, me: Person) -> Reply:
        return as_json({"data": [self._subscription(one) for one in self._state.subscriptions]})

    def subscribe(self, request: Request, me: Person) -> Reply:
        fields = request.fields
        event, whom = fields["event_type"], fields["filter"]["user_id"]
        if event in self._state.refused_events:
            return shapes.problem("client-forbidden", "not on this plan", 403, reason="plan")
        if whom != me.id or fields["webhook_id"] not in self._state.webhooks:
            return shapes.problem("invalid-request", "no such user or webhook", 400)
        made = Subscription(self._state.new_id(self._now()), event, whom, fields["webhook_id"])
        self._state.subscriptions.append(made)
        return as_json({"data": {"subscription": self._subscription(made)}})

    def unsubscribe(self, request: Request, me: Person) -> Reply:
        ids = request.args["ids"].split(",")
        gone = [one for one in self._state.subscriptions if one.id in ids]
        kept = [one for one in self._state.subscriptions if one.id not in ids]
        self._state.subscriptions[:] = kept
        return as_json({"data": [{"subscription_id": one.id, "deleted": True} for one in gone]})

    # What X would send

    def of_post(self, kind: str, post: Post, whom: Person) -> bytes:
        asked = {"expansions": "author_id,referenced_posts,attachments.media_keys"}
        asked |= {"post.fields": "created_at,conversation_id", "user.fields": ""}
        beside = shapes.includes([post], self._state, asked)
        body = {"payload": self._posts.shown(post), "includes": beside}
        return self._event(kind, whom, body)

    def of_deletion(self, number: str, whom: Person) -> bytes:
        return self._event("post.delete", whom, {"payload": {"id": number, "author_id": whom.id}})

    def of_message(self, kind: str, message: Message, to: Person, whom: Person) -> bytes:
        event = {
            "type": "message_create",
            "id": message.id,
            "created_timestamp": str(int(message.created_at.timestamp() * 1000)),
            "message_create": {
                "target": {"recipient_id": to.id},
                "sender_id": message.sender.id,
                "message_data": {"text": message.text, "entities": {"urls": []}},
            },
        }
        users = {one.id: {"data": shapes.user(one)} for one in (message.sender, to)}
        return self._event(
            kind, whom, {"payload": {"direct_message_events": [event], "users": users}}
        )

    def _event(self, kind: str, whom: Person, more: dict[str, Any]) -> bytes:
        data = {"event_uuid": "1", "event_type": kind, "filter": {"user_id": whom.id}, **more}
        return json.dumps({"data": data}).encode()

    def _shown(self, hook: Webhook) -> dict[str, Any]:
        made = shapes.stamp(self._now())
        return {"id": hook.id, "url": hook.url, "valid": hook.valid, "created_at": made}

    def _subscription(self, one: Subscription) -> dict[str, Any]:
        return {
            "subscription_id": one.id,
            "event_type": one.event,
            "filter": {"user_id": one.person},
            "webhook_id": one.webhook,
        }


def signature(secret: str, body: bytes) -> str:
    made = hmac.new(secret.encode(), body, hashlib.sha256).digest()
    return f"sha256={base64.b64encode(made).decode()}"
