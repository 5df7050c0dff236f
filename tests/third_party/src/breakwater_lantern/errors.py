"""Lantern's words -> one of five errors."""

import httpx

from breakwater.domain.errors import NetworkError, Refused
from breakwater.networks import wire

_REASONS = {"too long": "text_too_long", "empty": "not_accepted"}


def refusal(response: httpx.Response, *, safe: bool = False) -> NetworkError:
    if reason := _REASONS.get(response.text):
        return Refused(reason, wire.excerpt(response))
    return wire.by_status(response, safe=safe)
