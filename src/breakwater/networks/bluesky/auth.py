"""Signing in with a handle and an app password; the password is exchanged at once for tokens.

Secrets: access_token (2 hours), refresh_token (90 days, replaced at each refresh) and
expires_at of the access token. Life times seen on @atproto/pds 0.4.217.
"""

import base64
import binascii
import json
from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Any

import httpx

from breakwater.domain.errors import Reconnect, Refused, TryLater
from breakwater.networks import wire
from breakwater.networks.base import Account, Secrets, Who
from breakwater.networks.bluesky.errors import NO_RECORD, name_of, refusal
from breakwater.networks.bluesky.records import PROFILE, profile_url
from breakwater.networks.bluesky.xrpc import Server
from breakwater.networks.unable import UnableAuth

_FULL_ACCESS = "com.atproto.access"
"""The scope of a session that the account's own password opened (atproto.com/specs/xrpc)."""

_INVISIBLE = dict.fromkeys(map(ord, "\u200b\u200e\u200f\u202a\u202c\u2066\u2069\ufeff"))
"""What comes along when a handle is copied from a page in the official app."""


class BlueskyAuth(UnableAuth):
    """`networks.base.Auth` for any AT Protocol server."""

    def __init__(self, client: httpx.AsyncClient, app: Secrets | None = None) -> None:
        del app  # the administrator has no keys to give here
        self._client = client

    async def sign_in(self, origin: str, fields: Mapping[str, str]) -> Secrets:
        """Tokens for `handle` and `app_password`; the password is not among them.

        Raises: Refused("sign_in_refused" | "account_suspended"); Refused("app_password_needed")
        for the account's own password, whose session is closed at once: it could do far more
        than we need.
        """
        handle = fields.get("handle", "").translate(_INVISIBLE).strip().removeprefix("@")
        login = {"identifier": handle, "password": fields.get("app_password", "").strip()}
        server = Server(self._client, origin)
        try:
            answer = await server.again("com.atproto.server.createSession", payload=login)
        except Reconnect as error:
            raise Refused(_why(error.detail), error.detail) from error
        secrets = _secrets(answer)
        if claims(secrets["access_token"]).get("scope") == _FULL_ACCESS:
            await self._close(origin, secrets["refresh_token"])
            raise Refused("app_password_needed")
        return secrets

    async def who(self, account: Account) -> Who:
        """Whose tokens these are. Raises: Reconnect also for an account that is not active."""
        server = Server(self._client, account.origin, account.secrets.get("access_token", ""))
        session = await self._session(server)
        if session.get("active") is False:
            raise Reconnect(f"the account is {session.get('status', 'not active')}")
        did, handle = session.get("did"), session.get("handle")
        if not isinstance(did, str) or not isinstance(handle, str):
            raise TryLater("no did and handle in the session")
        name = await self._name(server, did)
        return Who(remote_id=did, handle=handle, name=name or handle, url=profile_url(handle))

    async def refresh(self, account: Account) -> Secrets:
        """New tokens; the old refresh token dies.

        Asking twice does no harm, should the first answer be lost: for two hours the server
        gives the same new tokens for the old one (seen on @atproto/pds 0.4.217).
        """
        server = Server(self._client, account.origin, account.secrets.get("refresh_token", ""))
        return _secrets(await server.again("com.atproto.server.refreshSession"))

    async def revoke(self, account: Account) -> None:
        """The refresh token is dead. The access token lives on for its two hours at most, and
        the app password until the person removes it."""
        await self._close(account.origin, account.secrets.get("refresh_token", ""))

    async def _close(self, origin: str, refresh_token: str) -> None:
        try:
            await Server(self._client, origin, refresh_token).again(
                "com.atproto.server.deleteSession"
            )
        except Reconnect:
            return  # it was dead already

    async def _session(self, server: Server) -> dict[str, Any]:
        try:
            return await server.query("com.atproto.server.getSession")
        except Refused as error:
            # The call has no arguments, so it is the account that the server will not have:
            # one that was taken down gives 400 InvalidRequest "Could not find user info".
            raise Reconnect(error.detail) from error

    async def _name(self, server: Server, did: str) -> str:
        """The display name in the account's own repository; empty when it has none."""
        response = await server.asked(
            "com.atproto.repo.getRecord", repo=did, collection=PROFILE, rkey="self"
        )
        if name_of(response) == NO_RECORD:
            return ""
        if not response.is_success:
            raise refusal(response, safe=True)
        value = wire.body(response, safe=True).get("value")
        name = value.get("displayName") if isinstance(value, dict) else None
        return name if isinstance(name, str) else ""


def claims(token: str) -> dict[str, Any]:
    """What a JWT says of itself, unproved; empty for a token of another kind."""
    parts = token.split(".")
    if len(parts) != 3:
        return {}
    try:
        padded = parts[1] + "=" * (-len(parts[1]) % 4)
        value = json.loads(base64.urlsafe_b64decode(padded))
    except (ValueError, binascii.Error):
        return {}
    return value if isinstance(value, dict) else {}


def _why(detail: str) -> str:
    """Our reason for a createSession that the server refused."""
    return next((why for name, why in _LOGIN.items() if name in detail), "sign_in_refused")


_LOGIN = {"AuthFactorTokenRequired": "app_password_needed", "AccountTakedown": "account_suspended"}
"""com/atproto/server/createSession.json, errors. A code by mail goes with the main password only."""


def _secrets(response: httpx.Response) -> dict[str, str]:
    answer = wire.body(response, safe=True)
    access, refresh = answer.get("accessJwt"), answer.get("refreshJwt")
    if not (isinstance(access, str) and access and isinstance(refresh, str) and refresh):
        raise TryLater("a session without tokens")
    secrets = {"access_token": access, "refresh_token": refresh}
    expires = claims(access).get("exp")
    if isinstance(expires, int):
        secrets["expires_at"] = datetime.fromtimestamp(expires, UTC).isoformat()
    return secrets
