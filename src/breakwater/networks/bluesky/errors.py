"""A refusing answer of an AT Protocol server -> one of the five `NetworkError`s.

Answers are {"error": name, "message": sentence}. The names are from the lexicons and from
what @atproto/pds 0.4.217 said (tests/fixtures/answers.json); the status is the fallback.
"""

import json
from collections.abc import Mapping
from email.utils import parsedate_to_datetime

import httpx

from breakwater.domain.errors import (
    NetworkError,
    OutcomeUnknown,
    Reconnect,
    Refused,
    TryLater,
    Unsupported,
)
from breakwater.networks import wire

SWAPPED = "InvalidSwap"
"""400: the record is not what we said it was. We say "none", so: our key is taken."""

NO_RECORD = "RecordNotFound"
"""400: the server keeps this repository, and the record is not in it."""

_DOOR_CLOSED = frozenset(
    {
        "InvalidToken",
        "ExpiredToken",
        "AuthMissing",
        "AuthenticationRequired",
        "AccountTakedown",
        "AccountDeactivated",
        "RepoTakendown",
        "RepoSuspended",
        "RepoDeactivated",
    }
)

_REASONS = {
    "PayloadTooLarge": "too_large",
    "BlobTooLarge": "too_large",
    "InvalidMimeType": "media_type",
    "BlobNotFound": "media_gone",
    NO_RECORD: "not_there",
    "InvalidRequest": "not_accepted",
    "InvalidRecord": "not_accepted",
}

_ALONE = ("No service configured", "could not resolve proxy", "Bad token method")
"""In the server's words (seen on @atproto/pds 0.4.217; "Bad token method" from its source)."""

_ADDRESSES = "3000;w=300"
"""RateLimit-Policy of the limiter that counts calls by address; all others count accounts."""

_COMPLAINTS = (
    ("blob too big", "too_large"),
    ("grapheme too big", "text_too_long"),
    ("string too big", "text_too_long"),
)
"""What an InvalidRequest complains of, in the server's words -> our reason."""


def name_of(response: httpx.Response) -> str:
    """The server's name for what went wrong; empty when the answer is not its JSON."""
    return _said(response, "error")


def refusal(response: httpx.Response, *, safe: bool = False) -> NetworkError:
    """What the answer means. safe: nothing public could have come of the call.

    A 5xx to a write is OutcomeUnknown: the server gives 500 to a createRecord whose key exists.
    """
    detail, name = wire.excerpt(response), name_of(response)
    if response.status_code == httpx.codes.TOO_MANY_REQUESTS or name == "RateLimitExceeded":
        wish = wait_s(response.headers)
        return TryLater(detail, after_s=wish, throttled=True, whole_app=_by_address(response))
    if response.status_code >= httpx.codes.INTERNAL_SERVER_ERROR:
        return wire.by_status(response, safe=safe)
    if not_joined(response):
        return Unsupported(detail)
    if name in _DOOR_CLOSED:
        return Reconnect(detail)
    if reason := _reason(response, name):
        return Refused(reason, detail)
    if safe and response.is_redirect:
        return Refused("not_there", f"{detail} -> {response.headers.get('location', '')}")
    return wire.by_status(response, safe=safe)


def not_joined(response: httpx.Response) -> bool:
    """Whether the server says that it has nobody to ask: it stands alone, or the app password was
    made without access to what is asked."""
    said = _said(response, "message")
    return any(words in said for words in _ALONE) or name_of(response) == "MethodNotImplemented"


def harmless(error: OutcomeUnknown) -> TryLater:
    """The same failure of a call that can be made twice without harm (an upload)."""
    return TryLater(error.detail)


def wait_s(headers: Mapping[str, str]) -> float | None:
    """Seconds to wait: Retry-After, else RateLimit-Reset (POSIX seconds) against Date."""
    if (said := wire.retry_after(headers)) is not None:
        return said
    reset = headers.get("ratelimit-reset", "").strip()
    try:
        now = parsedate_to_datetime(headers.get("date", ""))
    except ValueError:
        return None
    return max(0.0, float(reset) - now.timestamp()) if reset.isdecimal() else None


def _by_address(response: httpx.Response) -> bool:
    """Whether it is our address that is counted, not the account: the server's limiter of
    addresses (packages/pds/src/context.ts, "global-ip"), or something that stands before it."""
    policy = response.headers.get("ratelimit-policy", "").replace(" ", "")
    return policy == _ADDRESSES or not name_of(response)


def _reason(response: httpx.Response, name: str) -> str:
    complaint = _said(response, "message")
    for words, reason in _COMPLAINTS:
        if words in complaint:
            return reason
    return _REASONS.get(name, "")


def _said(response: httpx.Response, key: str) -> str:
    try:
        value = json.loads(response.content)
    except ValueError:
        return ""
    said = value.get(key) if isinstance(value, dict) else None
    return said if isinstance(said, str) else ""
