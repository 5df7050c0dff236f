"""An answer that is no success -> one of the five `NetworkError`s.

Bodies: {"status", "message", "code"?, "serviceErrorCode"?, "errorDetails"?: {"inputErrors":
[{"code"}]}}. Sources: https://learn.microsoft.com/en-us/linkedin/shared/api-guide/concepts/
error-handling and .../rate-limits (both from memory, not checked); DUPLICATE_POST as recorded in
https://github.com/Arisamiga/Linkedin-RSS/issues/5, VERSION_DEPRECATED and its 426 in
https://learn.microsoft.com/en-us/linkedin/marketing/versioning; read 2026-11-28.
"""

import re
from collections.abc import Mapping
from typing import Any

import httpx

from breakwater.domain.errors import NetworkError, OutcomeUnknown, Reconnect, Refused, TryLater
from breakwater.networks import wire

_DUPLICATE = "DUPLICATE_POST"
_REASONS: Mapping[str, str] = {
    "FIELD_LENGTH_TOO_LONG": "text_too_long",
    "MEDIA_ASSET_PROCESSING_FAILED": "media_type",
    "MEDIA_ASSET_NOT_FOUND": "media_gone",
    "VERSION_DEPRECATED": "version_ended",
    "NONEXISTENT_VERSION": "version_ended",
    "ACCESS_DENIED": "not_allowed",
}
"""Codes of the network -> why we say it was refused. From memory but for VERSION_DEPRECATED."""

_NOT_READY = frozenset({"MEDIA_ASSET_WAITING_UPLOAD", "MEDIA_ASSET_PROCESSING"})
_OAUTH_CLOSED = frozenset({"invalid_grant", "invalid_request", "invalid_token", "access_denied"})
_UPGRADE = 426
_URN = re.compile(r"urn:li:(?:share|ugcPost|activity):\d+")


def refusal(response: httpx.Response, *, safe: bool = False) -> NetworkError:
    """What the answer means. safe: nothing public could have come of the call."""
    detail, said = wire.excerpt(response), codes(response)
    if response.status_code == httpx.codes.TOO_MANY_REQUESTS:
        wish = wire.retry_after(response.headers)
        whole = "APPLICATION" in str(_body(response).get("message", ""))
        return TryLater(detail, after_s=wish, throttled=True, whole_app=whole)
    if _DUPLICATE in said:
        # Whose post it is, is to be seen: an earlier call of ours, an older post, or a ghost.
        return OutcomeUnknown(detail, code="duplicate", remote_id=duplicate_of(response))
    if response.status_code == _UPGRADE:
        return Refused("version_ended", detail)
    if said & _NOT_READY:
        return TryLater(detail, code="not_ready")
    if response.status_code < 500:
        for code in sorted(said & _REASONS.keys()):
            return Refused(_REASONS[code], detail)
    return wire.by_status(response, safe=safe)


def oauth_refusal(response: httpx.Response) -> NetworkError:
    """Of the token endpoints (RFC 6749 5.2): a code or a refresh token that opens nothing."""
    word = str(_body(response).get("error", ""))
    if word == "invalid_client":
        return Refused("app_keys_refused", wire.excerpt(response))
    if word in _OAUTH_CLOSED:
        return Reconnect(wire.excerpt(response))
    return wire.by_status(response, safe=True)


def duplicate_of(response: httpx.Response) -> str:
    """The URN that the refusal of a duplicate names, or ""."""
    found = _URN.search(str(_body(response).get("message", "")))
    return found[0] if found else ""


def codes(response: httpx.Response) -> frozenset[str]:
    """Every code that the body carries."""
    body = _body(response)
    details = body.get("errorDetails")
    inputs = details.get("inputErrors") if isinstance(details, dict) else None
    rows = inputs if isinstance(inputs, list) else []
    said = {str(row.get("code", "")) for row in rows if isinstance(row, dict)}
    return frozenset({*said, str(body.get("code", ""))} - {""})


def _body(response: httpx.Response) -> dict[str, Any]:
    try:
        value: Any = response.json()
    except ValueError:
        return {}
    return value if isinstance(value, dict) else {}
