"""A base for stand-ins of Google's networks: the door, scopes, error bodies, the clock."""

from abc import abstractmethod
from datetime import timedelta
from email.utils import format_datetime
from typing import Any

import httpx

from tests.standins.base.door import Door
from tests.standins.base.exchange import Reply, Request, as_json
from tests.standins.base.tricks import Tricky
from tests.standins.google.discovery import Discovery

CLIENT_ID, CLIENT_SECRET = "1234-desk.apps.googleusercontent.com", "GOCSPX-desk"
KEYS = {"client_id": CLIENT_ID, "client_secret": CLIENT_SECRET}
REDIRECT = "https://desk.example/channels/back"


class GoogleStandin(Tricky):
    """door: one app, one person. day_is_used: from now on the daily quota of the project is."""

    discovery: Discovery

    def __init__(self, origin: str, scopes: frozenset[str], person: str) -> None:
        super().__init__(origin)
        self.door = Door(
            apps={CLIENT_ID: CLIENT_SECRET},
            redirects=(REDIRECT,),
            signs_in_as=person,
            known_scopes=scopes,
            lasts=timedelta(seconds=3599),
            rotates=False,
        )
        self.day_is_used = False

    def connected(self, scopes: tuple[str, ...] = ()) -> dict[str, str]:
        """Secrets of an account, as after the walk through the door."""
        given = scopes or tuple(sorted(self.door.known_scopes))
        body = self.door.give(self.door.signs_in_as, given, CLIENT_ID, self.now())
        ends = self.now() + timedelta(seconds=body["expires_in"])
        return {
            "access_token": body["access_token"],
            "refresh_token": body["refresh_token"],
            "scope": body["scope"],
            "expires_at": ends.isoformat(),
        }

    # What a network's own stand-in says

    @abstractmethod
    def api(self, request: Request) -> Reply:
        """The answer of the API to somebody who may ask."""

    @abstractmethod
    def is_described(self, request: Request) -> bool:
        """Whether the call is one of the discovery document."""

    # What a network does

    def handle(self, request: Request) -> Reply:
        opened = self._door(request)
        if opened is not None:
            return opened
        if self.is_described(request):
            refusal = self._may(request)
            if refusal is not None:
                return refusal
        return self.api(request)

    def held_against(self, request: Request, reply: Reply) -> list[str]:
        if not self.is_described(request):
            return []
        return self.discovery.held_against(request, reply)

    def _door(self, request: Request) -> Reply | None:
        called = (request.method, request.path)
        if called == ("GET", "/o/oauth2/v2/auth"):
            return self.door.page(request)
        if called == ("POST", "/o/oauth2/v2/auth"):
            return self.door.answer_page(request, self.now())
        if called == ("POST", "/token"):
            return self.door.token(request, self.now())
        if called == ("POST", "/revoke"):
            return self._revoke(str(request.fields.get("token", "")))
        return None

    def _revoke(self, token: str) -> Reply:
        """All tokens of the grant go with the one that is named."""
        if token not in {**self.door.tokens, **self.door.refresh_tokens}:
            return as_json({"error": "invalid_token", "error_description": "Token expired"}, 400)
        self.door.revoke_all()
        return as_json({})

    def _may(self, request: Request) -> Reply | None:
        token = self.door.owner(request.bearer, self.now())
        if token is None:
            return error(401, "authError", "Invalid Credentials", "UNAUTHENTICATED")
        method = self.discovery.method(request) or {}
        wanted = method.get("scopes")
        if wanted is not None and not set(wanted) & set(token.scopes):
            return error(
                403, "insufficientPermissions", "Insufficient Permission", "PERMISSION_DENIED"
            )
        if self.day_is_used:
            return error(403, "quotaExceeded", "The request cannot be completed", "")
        return None

    def _carry(self, request: httpx.Request) -> httpx.Response:
        """Google always says what time it is; the socket's server does so by itself."""
        response = super()._carry(request)
        response.headers["date"] = format_datetime(self.now(), usegmt=True)
        return response


def error(status: int, reason: str, message: str, word: str = "") -> Reply:
    """An error body as the APIs have it, old words and new one."""
    facts: dict[str, Any] = {
        "code": status,
        "message": message,
        "errors": [{"message": message, "domain": "global", "reason": reason}],
    }
    return as_json({"error": {**facts, **({"status": word} if word else {})}}, status)
