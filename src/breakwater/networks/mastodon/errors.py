"""A Mastodon answer that is no success -> one of the five `NetworkError`s.

The sentences in `error` come in the language of the account (seen on 4.6.4: Japanese and
German validation errors), so they decide nothing, but for the OAuth words, which are a standard.
"""

from collections.abc import Mapping
from email.utils import parsedate_to_datetime
from typing import Any

import httpx

from breakwater.domain.errors import NetworkError, OutcomeUnknown, Reconnect, Refused, TryLater
from breakwater.networks import wire

_DOOR_CLOSED = frozenset(
    {
        "invalid_grant",
        "invalid_token",
        "insufficient_scope",
        "unauthorized_client",
        "invalid_client",  # the instance forgot our app: it sweeps out those without a token
    }
)
"""RFC 6749 5.2 and RFC 6750 3.1: the person must go through the door again."""

_OUTSIDE_SCOPES = "This action is outside the authorized scopes"
"""Not translated: app/controllers/api/base_controller.rb, read 2026-11-22."""

_DURATIONS_BELOW = 1_000_000_000.0
"""A smaller number is no POSIX time of this century."""


def refusal(response: httpx.Response, *, safe: bool = False) -> NetworkError:
    """What the answer means. safe: nothing public could have come of the call.

    A 5xx to the call that publishes is OutcomeUnknown on purpose: a replay of a key that was
    already used can be a 500 (https://github.com/mastodon/mastodon/issues/40399).
    """
    detail = wire.excerpt(response)
    word = _word(response)
    if response.status_code == httpx.codes.TOO_MANY_REQUESTS:
        # Mastodon says so in JSON and counts tokens; what stands before it counts our address.
        wish = wait_s(response.headers)
        return TryLater(detail, after_s=wish, throttled=True, whole_app=not word)
    if word in _DOOR_CLOSED or (response.status_code == 403 and word == _OUTSIDE_SCOPES):
        return Reconnect(detail)
    if safe and response.is_redirect:
        return Refused("not_there", f"{detail} -> {response.headers.get('location', '')}")
    return wire.by_status(response, safe=safe)


def harmless(error: OutcomeUnknown) -> TryLater:
    """The same failure of a call that can be made twice without harm (an upload)."""
    return TryLater(error.detail)


def wait_s(headers: Mapping[str, str]) -> float | None:
    """Seconds to wait: Retry-After or X-RateLimit-Reset, as a date, POSIX seconds or a duration.

    Dates are compared with the answer's own Date, so that our clock plays no part.
    """
    said = wire.retry_after(headers)
    reset = headers.get("x-ratelimit-reset", "").strip()
    if said is not None or not reset.isdigit():
        return said
    if float(reset) < _DURATIONS_BELOW:
        return float(reset)
    now = _posix(headers.get("date", ""))
    return None if now is None else max(0.0, float(reset) - now)


def is_about_a_post(response: httpx.Response) -> bool:
    """Does this 404 or 410 come from the API itself, and not from something before it?"""
    return bool(_word(response))


def _word(response: httpx.Response) -> str:
    try:
        value: Any = response.json()
    except ValueError:
        return ""
    word = value.get("error") if isinstance(value, dict) else None
    return word if isinstance(word, str) else ""


def _posix(date: str) -> float | None:
    try:
        return parsedate_to_datetime(date).timestamp()
    except ValueError:
        return None
