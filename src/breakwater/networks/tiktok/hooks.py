"""What TikTok pushes: what became of a post, and that access was taken away.

One address for the whole app, without a question beforehand; each push is signed and is sent again
for up to 72 hours until it is answered with 200, so the same one can come twice
(https://developers.tiktok.com/doc/webhooks-verification and webhooks-events, 2026-11-28).
"""

import hashlib
import hmac
import json
from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Any

from breakwater.domain.errors import Refused
from breakwater.networks.base import Arrived, Author, Echo, Pushed, Secrets, Source, What

OLDEST_S = 300

_GONE = "post.publish.no_longer_publicaly_available"
_NEWS = frozenset(
    {
        "post.publish.complete",
        "post.publish.publicly_available",
        "authorization.removed",  # the next look finds the door shut, and a person is told
    }
)


class TikTokHooks:
    """See `base.Hooks`."""

    def challenge(self, query: Mapping[str, str], app: Secrets) -> Echo:
        del app
        raise Refused("hook_refused", f"TikTok asks no questions: {sorted(query)}")

    def verify(self, headers: Mapping[str, str], body: bytes, app: Secrets, now: datetime) -> None:
        """TikTok-Signature: t=<seconds>,s=<HMAC-SHA256 of "t.body" with the client secret>."""
        parts = dict(
            piece.strip().partition("=")[::2]
            for piece in headers.get("tiktok-signature", "").split(",")
        )
        second, secret = parts.get("t", ""), app.get("client_secret", "")
        wanted = hmac.new(secret.encode(), f"{second}.".encode() + body, hashlib.sha256).hexdigest()
        same = hmac.compare_digest(wanted.encode(), parts.get("s", "").encode())
        if not secret or not same:
            raise Refused("hook_refused", "the signature is not that of our app")
        if not second.isdigit() or abs(now.timestamp() - int(second)) > OLDEST_S:
            raise Refused("hook_refused", f"it is not of this moment: {second[:20]}")

    def parse(self, headers: Mapping[str, str], body: bytes) -> tuple[Pushed, ...]:
        del headers
        told = _object(body)
        event, open_id = told.get("event"), told.get("user_openid")
        if not isinstance(event, str) or not isinstance(open_id, str) or not open_id:
            raise Refused("hook_refused", "neither event nor account in it")
        if event in _NEWS:
            return (Pushed(open_id, look=(Source.OWN_POSTS,)),)
        if event == _GONE and (gone := _object(str(told.get("content") or "{}")).get("post_id")):
            return (Pushed(open_id, arrived=(_gone(str(gone), told, open_id),)),)
        return ()


def _gone(post_id: str, told: Mapping[str, Any], open_id: str) -> Arrived:
    second = told.get("create_time")
    moment = datetime.fromtimestamp(second if isinstance(second, int) else 0, UTC)
    return Arrived(What.GONE, post_id, moment, Author(open_id), own=True, raw=told)


def _object(text: bytes | str) -> Mapping[str, Any]:
    try:
        value = json.loads(text)
    except ValueError as error:
        raise Refused("hook_refused", "no JSON") from error
    if not isinstance(value, dict):
        raise Refused("hook_refused", "no JSON object")
    return value
