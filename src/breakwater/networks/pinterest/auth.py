"""Signing in: the administrator's app, OAuth with a state and Basic, rotation, who-am-I.

Secrets: access_token, scope, expires_at; refresh_token (60 days, each renewal gives a new one) and
refresh_expires_at. No PKCE is documented, and only tokens of system users can be revoked.
Source: https://developers.pinterest.com/docs/getting-started/set-up-authentication-and-authorization/
and the operations oauth/token, token/revoke of the description, read 2026-11-28.
"""

import base64
from collections.abc import Mapping
from datetime import UTC, datetime, timedelta
from email.utils import parsedate_to_datetime
from typing import Any
from urllib.parse import urlencode

import httpx

from breakwater.domain.errors import OutcomeUnknown, Reconnect, Refused, TryLater
from breakwater.networks import wire
from breakwater.networks.base import Account, Secrets, Who
from breakwater.networks.pinterest.api import Api
from breakwater.networks.pinterest.errors import refusal
from breakwater.networks.pinterest.manifest import MANIFEST
from breakwater.networks.unable import UnableAuth


class PinterestAuth(UnableAuth):
    """See `base.Auth`."""

    def __init__(self, client: httpx.AsyncClient, app: Secrets | None = None) -> None:
        self._client = client
        self._app = dict(app or {})

    async def register(self, origin: str, redirect_uri: str) -> Secrets:
        del origin, redirect_uri
        if not self._app.get("client_id") or not self._app.get("client_secret"):
            raise Refused("app_keys_missing")
        return self._app

    def authorise_url(
        self, origin: str, app: Secrets, *, redirect_uri: str, state: str, challenge: str,
        scopes: tuple[str, ...] = (),
    ) -> str:  # fmt: skip
        del challenge
        wanted = scopes or tuple(sorted({s for some in MANIFEST.scopes.values() for s in some}))
        query = {
            "response_type": "code",
            "client_id": app["client_id"],
            "redirect_uri": redirect_uri,
            "scope": ",".join(wanted),
            "state": state,
        }
        return f"{MANIFEST.at(origin, 'www')}/oauth/?{urlencode(query)}"

    async def exchange(
        self, origin: str, app: Secrets, *, code: str, verifier: str, redirect_uri: str
    ) -> Secrets:
        """continuous_refresh: apps made before September 2025 need it, later ones have it."""
        del verifier
        asked = {
            "grant_type": "authorization_code",
            "code": code,
            "redirect_uri": redirect_uri,
            "continuous_refresh": "true",
        }
        return await self._token(origin, app, asked)

    async def who(self, account: Account) -> Who:
        me = await Api(self._client, account).get("/user_account")
        name, number = str(me.get("username") or ""), me.get("id")
        if not isinstance(number, str) or not name:
            raise TryLater(f"no account in the answer: {sorted(me)}")
        return Who(
            number,
            f"@{name}",
            str(me.get("business_name") or name),
            f"https://www.pinterest.com/{name}/",
        )

    async def refresh(self, account: Account) -> Secrets:
        """New secrets, the refresh token included: the old one is dead."""
        token = account.secrets.get("refresh_token")
        if not token:
            raise Reconnect("there is no refresh token")
        asked = {"grant_type": "refresh_token", "refresh_token": token}
        fresh = await self._token(account.origin, self._app, asked)
        return {**account.secrets, **fresh}

    async def check_app(self, origin: str) -> None:
        """Asks for a token of the app itself, which is thrown away. An app that may not have one
        has proved its keys all the same."""
        app = await self.register(origin, "")
        asked = {"grant_type": "client_credentials", "scope": "user_accounts:read"}
        response = await self._post(origin, app, asked)
        if response.status_code == httpx.codes.UNAUTHORIZED:
            raise Refused("app_keys_refused", wire.excerpt(response))
        if response.status_code >= 500 or response.status_code == httpx.codes.TOO_MANY_REQUESTS:
            raise TryLater(wire.excerpt(response))

    async def _token(self, origin: str, app: Secrets, asked: Mapping[str, str]) -> Secrets:
        response = await self._post(origin, app, asked)
        if response.status_code in (httpx.codes.BAD_REQUEST, httpx.codes.UNAUTHORIZED):
            raise Reconnect(wire.excerpt(response))  # the code or the refresh token is spent
        if not response.is_success:
            raise refusal(response, safe=True)
        answer = wire.body(response, safe=True)
        if not isinstance(answer.get("access_token"), str) or not answer["access_token"]:
            raise TryLater(f"no token in the answer: {sorted(answer)}")
        return _secrets(answer, response.headers)

    async def _post(self, origin: str, app: Secrets, fields: Mapping[str, str]) -> httpx.Response:
        pair = f"{app.get('client_id', '')}:{app.get('client_secret', '')}"
        headers = {"authorization": f"Basic {base64.b64encode(pair.encode()).decode()}"}
        url = f"{MANIFEST.at(origin, 'api')}/v5/oauth/token"
        try:
            return await wire.call(self._client, "POST", url, data=dict(fields), headers=headers)
        except OutcomeUnknown as error:
            raise TryLater(error.detail) from error


def _secrets(answer: Mapping[str, Any], headers: Mapping[str, str]) -> dict[str, str]:
    """What to keep. Ends are the network's own, or counted from the answer's Date, so that our
    clock plays no part."""
    secrets = {
        "access_token": str(answer["access_token"]),
        "scope": str(answer.get("scope") or "").replace(",", " "),
    }
    if end := _end(answer.get("expires_in"), headers.get("date", "")):
        secrets["expires_at"] = end
    if isinstance(answer.get("refresh_token"), str):
        secrets["refresh_token"] = answer["refresh_token"]
    ends = answer.get("refresh_token_expires_at")
    if isinstance(ends, int):
        secrets["refresh_expires_at"] = datetime.fromtimestamp(ends, UTC).isoformat()
    return secrets


def _end(lasts: object, date: str) -> str:
    if not isinstance(lasts, int):
        return ""
    try:
        now = parsedate_to_datetime(date)
    except ValueError:
        return ""
    return (now.astimezone(UTC) + timedelta(seconds=lasts)).isoformat()
