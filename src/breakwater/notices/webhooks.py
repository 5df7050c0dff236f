"""Signed messages to a workspace's own machines, as Standard Webhooks says (standardwebhooks.com,
read 2026-11-28): three headers, of which one signs id, time and body.
"""

import base64
import hashlib
import hmac
import json
from collections.abc import Mapping
from datetime import datetime
from uuid import UUID

from django.conf import settings

_KEY = b"breakwater webhook: "


def secret_of(door_id: UUID) -> str:
    """What its receiver checks signatures with. Computed from the id, so nothing is kept."""
    key = hashlib.sha256(_KEY + settings.SECRET_KEY.encode()).digest()
    return (
        f"whsec_{base64.b64encode(hmac.new(key, door_id.bytes, hashlib.sha256).digest()).decode()}"
    )


def body_of(kind: str, data: Mapping[str, object], *, at: datetime) -> bytes:
    said = {"type": kind, "timestamp": at.isoformat(), "data": dict(data)}
    return json.dumps(said, separators=(",", ":"), ensure_ascii=False).encode()


def headers_of(message_id: str, body: bytes, *, secret: str, at: datetime) -> dict[str, str]:
    """message_id: the same for each try, so that a receiver takes a message once."""
    moment = str(int(at.timestamp()))
    key = base64.b64decode(secret.removeprefix("whsec_"))
    mac = hmac.new(key, f"{message_id}.{moment}.".encode() + body, hashlib.sha256).digest()
    return {
        "Content-Type": "application/json",
        "webhook-id": message_id,
        "webhook-timestamp": moment,
        "webhook-signature": f"v1,{base64.b64encode(mac).decode()}",
    }
