"""An answer that is no success -> one of the five `NetworkError`s.

Bodies: {"code": number, "message"}. Codes are those of the examples in the official description
(pinterest/api-description @c05b189, v5.23.0, read 2026-11-28); some calls repeat the status there.
"""

from collections.abc import Mapping
from typing import Any

import httpx

from breakwater.domain.errors import NetworkError, Reconnect, Refused, TryLater
from breakwater.networks import wire

_AUTHENTICATION_FAILED, _RATE_LIMIT = 2, 8
_REASONS: Mapping[int, str] = {
    1: "not_accepted",
    7: "not_allowed",
    29: "not_allowed",
    30: "not_there",
    40: "board_gone",
    50: "not_there",
    2031: "board_gone",
}
_TRIAL = "Trial access"
"""In the words of the refusal of an app that may not publish yet. From memory, not checked."""


def refusal(response: httpx.Response, *, safe: bool = False) -> NetworkError:
    """What the answer means. safe: nothing public could have come of the call."""
    detail, code = wire.excerpt(response), code_of(response)
    if response.status_code == httpx.codes.TOO_MANY_REQUESTS or code == _RATE_LIMIT:
        wish = wire.retry_after(response.headers)
        return TryLater(detail, after_s=wish, throttled=True, whole_app=_TRIAL in detail)
    if code == _AUTHENTICATION_FAILED or response.status_code == httpx.codes.UNAUTHORIZED:
        return Reconnect(detail)
    if response.status_code < 500:
        if _TRIAL in detail:
            return Refused("trial_access", detail)
        if reason := _REASONS.get(code):
            return Refused(reason, detail)
    return wire.by_status(response, safe=safe)


def code_of(response: httpx.Response) -> int:
    """The network's own number of what is wrong; 0 where it has none."""
    try:
        value: Any = response.json()
    except ValueError:
        return 0
    code = value.get("code") if isinstance(value, dict) else None
    return code if isinstance(code, int) else 0
