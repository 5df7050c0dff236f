"""The harbour's error codes -> our errors. What is not here is told by the status."""

from collections.abc import Callable, Mapping

import httpx

from breakwater.domain.errors import NetworkError, OutcomeUnknown, Reconnect, Refused, TryLater
from breakwater.networks import wire

_CODES: Mapping[str, Callable[[str], NetworkError]] = {
    # Of what? It may be our own earlier try, or a ghost. Out, without saying under which id.
    "duplicate": lambda detail: OutcomeUnknown(detail, code="duplicate"),
    "already_published": lambda detail: OutcomeUnknown(detail, code="duplicate"),
    "class_changed": Reconnect,  # renewing the sign-in tells the new class
    "token_unknown": Reconnect,
    "not_there": lambda detail: Refused("not_there", detail),
    "container_expired": lambda detail: Refused("not_there", detail),
    "container_error": lambda detail: Refused("not_accepted", detail),
    "container_in_progress": lambda detail: TryLater(
        detail, code="not_ready"
    ),  # nothing was published, and it will be ready soon
    "session_expired": lambda detail: Refused("not_there", detail),
}

SLOW_DOWN_ALL = "slow_down_all"
"""429: the harbour counts the calls of the whole installation."""


def code(response: httpx.Response) -> str:
    """The harbour's own word for what went wrong; "" if it said none."""
    try:
        value = response.json()
    except ValueError:
        return ""
    return str(value.get("error", "")) if isinstance(value, dict) else ""


def error_of(response: httpx.Response, *, safe: bool = False) -> NetworkError:
    """What an answer other than 2xx means. safe: it was a read."""
    if code(response) == SLOW_DOWN_ALL:
        wish = wire.retry_after(response.headers)
        return TryLater(wire.excerpt(response), after_s=wish, throttled=True, whole_app=True)
    known = _CODES.get(code(response))
    if known is not None:
        return known(wire.excerpt(response))
    return wire.by_status(response, safe=safe)
