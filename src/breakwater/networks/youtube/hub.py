"""Asking Google's hub for pushes (PubSubHubbub 0.4, now WebSub) when a channel's videos change.

Source: https://developers.google.com/youtube/v3/guides/push_notifications, read 2026-11-28. The
address of the topic, the fields and the lease are from memory, not checked.
"""

import hashlib
import hmac
from datetime import datetime, timedelta

from breakwater.domain.errors import OutcomeUnknown, Refused, TryLater
from breakwater.networks import wire
from breakwater.networks.base import Account, Secrets
from breakwater.networks.google import said_at
from breakwater.networks.youtube.calls import Api

TOPIC = "https://www.youtube.com/xml/feeds/videos.xml?channel_id="
MARK = "mark"
LEASE = timedelta(days=5)
"""What is asked for; the hub may grant less, and says so when it asks the address."""


def secret_of(app: Secrets) -> str:
    """What the hub signs with: made of the app's own secret, so that nobody has to invent one."""
    key = app.get("client_secret", "")
    if not key:
        raise Refused("app_keys_missing", "nothing to sign pushes with")
    return hmac.new(key.encode(), b"breakwater websub", hashlib.sha256).hexdigest()


def mark_of(app: Secrets, topic: str) -> str:
    """What the address of a topic's pushes ends with. The hub knows a subscription by its topic and
    its address, and takes one from anybody: who does not know the address can neither replace ours
    by theirs, with another secret, nor have us confirm one. Raises: as `secret_of`."""
    words = f"address {topic}".encode()
    return hmac.new(secret_of(app).encode(), words, hashlib.sha256).hexdigest()


async def subscribe(api: Api, account: Account, app: Secrets, address: str) -> datetime | None:
    """Until when pushes go to `address`, once it has answered the hub's question."""
    topic = TOPIC + account.remote_id
    form = {
        "hub.mode": "subscribe",
        "hub.callback": f"{address}?{MARK}={mark_of(app, topic)}",
        "hub.topic": topic,
        "hub.verify": "async",
        "hub.secret": secret_of(app),
        "hub.lease_seconds": str(int(LEASE.total_seconds())),
    }
    try:
        response = await wire.call(api.client, "POST", api.hub, data=form)
    except OutcomeUnknown as error:  # asking twice is one subscription
        raise TryLater(error.detail) from error
    if not response.is_success:
        raise wire.by_status(response, safe=True)
    now = said_at(response)
    if now is None:
        raise TryLater("the hub does not say what time it is")
    return now + LEASE
