"""Pushes of the harbour, as the desk takes them (networks.base.Hooks)."""

import hmac
import json
import re
from collections.abc import Callable, Mapping
from datetime import UTC, datetime, timedelta
from typing import Any

from breakwater.domain.errors import Refused, TryLater
from breakwater.networks.base import Echo, Pushed, Secrets
from breakwater.networks.sandbox.arriving import arrived_of
from breakwater.networks.sandbox.pushes import HEADER, signature

_SIGNED = re.compile(r"t=([0-9]{1,12}),v1=[0-9a-f]{64}")
_FRESH = timedelta(minutes=5)


class HarbourHooks:
    """secret: what the harbour of this installation signs with. One on a socket of its own has
    another: it is taken from the app's keys then."""

    def __init__(self, secret: Callable[[], str]) -> None:
        self._secret = secret

    def challenge(self, query: Mapping[str, str], app: Secrets) -> Echo:
        asked, token = query.get("challenge", ""), query.get("token", "")
        if not asked or not hmac.compare_digest(token.encode(), self._key(app).encode()):
            raise Refused("hook_refused", "not a question of the harbour's")
        return Echo(asked)

    def verify(self, headers: Mapping[str, str], body: bytes, app: Secrets, now: datetime) -> None:
        given = headers.get(HEADER, "")
        match = _SIGNED.fullmatch(given)
        if match is None:
            raise Refused("hook_refused", "not signed")
        expected = signature(body, self._key(app), int(match[1]))
        if not hmac.compare_digest(given, expected):
            raise Refused("hook_refused", "signed by somebody else")
        if abs(now - datetime.fromtimestamp(int(match[1]), UTC)) > _FRESH:
            raise Refused("hook_refused", "signed too long ago")

    def parse(self, headers: Mapping[str, str], body: bytes) -> tuple[Pushed, ...]:
        del headers
        try:
            said: dict[str, Any] = json.loads(body)
            account, rows = str(said["account"]), list(said["arrived"])
            return (Pushed(account, tuple(arrived_of(row) for row in rows)),)
        except (ValueError, KeyError, TypeError, TryLater) as error:
            raise Refused("hook_refused", f"not a push: {error!r}") from error

    def _key(self, app: Secrets) -> str:
        return app.get("secret", "") or self._secret()
