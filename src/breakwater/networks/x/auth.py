"""Signing in to X: OAuth 2 with PKCE as a confidential client; refresh tokens work once.

Secrets of an account: access_token (two hours), refresh_token, expires_at, scope, client_id and
client_secret. Source: https://docs.x.com/fundamentals/authentication/oauth-2-0/user-access-token,
read 2026-11-28.
"""

from collections.abc import Mapping
from dataclasses import replace
from datetime import timedelta
from email.utils import parsedate_to_datetime
from typing import Any
from urllib.parse import urlencode

import httpx

from breakwater.domain.errors import OutcomeUnknown, Reconnect, Refused, TryLater
from breakwater.networks import wire
from breakwater.networks.base import Account, Limits, Secrets, Who
from breakwater.networks.unable import UnableAuth
from breakwater.networks.x.errors import door, partly, refusal
from breakwater.networks.x.manifest import LIMITS, LONG_TEXT, MANIFEST

_KEYS = ("client_id", "client_secret")
_LONG = frozenset({"Premium", "PremiumPlus"})
"""Values of subscription_type whose accounts publish long posts (description 2.167)."""


class XAuth(UnableAuth):
    """See `base.Auth`. app: the administrator's keys."""

    def __init__(self, client: httpx.AsyncClient, app: Secrets | None = None) -> None:
        self._client = client
        self._app = app or {}

    async def register(self, origin: str, redirect_uri: str) -> Secrets:
        if not all(self._app.get(name) for name in _KEYS):
            raise Refused("app_keys_missing", f"for {redirect_uri}")
        return {name: self._app[name] for name in _KEYS}

    def authorise_url(
        self, origin: str, app: Secrets, *, redirect_uri: str, state: str, challenge: str,
        scopes: tuple[str, ...] = (),
    ) -> str:  # fmt: skip
        query = {
            "response_type": "code",
            "client_id": app["client_id"],
            "redirect_uri": redirect_uri,
            "scope": " ".join(scopes or _every_scope()),
            "state": state,
            "code_challenge": challenge,
            "code_challenge_method": "S256",
        }
        return f"{MANIFEST.at(origin, 'web')}/i/oauth2/authorize?{urlencode(query)}"

    async def exchange(
        self, origin: str, app: Secrets, *, code: str, verifier: str, redirect_uri: str
    ) -> Secrets:
        """The account's secrets. A code is good for 30 seconds."""
        asked = {
            "grant_type": "authorization_code",
            "code": code,
            "redirect_uri": redirect_uri,
            "code_verifier": verifier,
        }
        return await self._token(origin, app, asked)

    async def who(self, account: Account) -> Who:
        """The account; with X Premium its text may be longer."""
        answer = await self._me(account, "profile_image_url,subscription_type")
        return Who(
            remote_id=str(answer["id"]),
            handle=f"@{answer['username']}",
            name=str(answer.get("name") or answer["username"]),
            url=f"{MANIFEST.at(account.origin, 'web')}/{answer['username']}",
            limits=_limits(answer),
        )

    async def refresh(self, account: Account) -> Secrets:
        token = account.secrets.get("refresh_token")
        if not token:
            raise Reconnect("there is no refresh token: offline.access was not granted")
        asked = {"grant_type": "refresh_token", "refresh_token": token}
        return {
            "refresh_token": token,
            **await self._token(account.origin, self._keys(account), asked),
        }

    async def revoke(self, account: Account) -> None:
        """Neither token opens anything any more. One that is dead already is fine."""
        for kind in ("refresh_token", "access_token"):
            token = account.secrets.get(kind, "")
            asked = {"token": token, "token_type_hint": kind}
            if token:
                await self._take_back(account, asked)

    async def check_app(self, origin: str) -> None:
        """A refresh with nonsense: who does not know the app says so before looking at it."""
        app = await self.register(origin, "")
        asked = {"grant_type": "refresh_token", "refresh_token": "is-this-app-known"}
        response = await self._post(origin, "/2/oauth2/token", app, asked)
        word = _word(response)
        if response.status_code == httpx.codes.UNAUTHORIZED or word in (
            "invalid_client",
            "unauthorized_client",
        ):
            raise Refused("app_keys_refused", wire.excerpt(response))
        if not word:
            raise refusal(response, safe=True)

    async def _me(self, account: Account, fields: str) -> dict[str, Any]:
        response = await wire.call(
            self._client,
            "GET",
            f"{MANIFEST.at(account.origin, 'api')}/2/users/me",
            safe=True,
            params={"user.fields": fields},
            headers={"Authorization": f"Bearer {account.secrets.get('access_token', '')}"},
        )
        if not response.is_success:
            raise refusal(response, safe=True)
        answer = wire.body(response, safe=True)
        me = answer.get("data")
        if not isinstance(me, dict) or not me.get("id") or not me.get("username"):
            raise partly(answer) or TryLater(f"nobody in the answer: {wire.excerpt(response)}")
        return me

    async def _token(self, origin: str, app: Secrets, asked: Mapping[str, str]) -> Secrets:
        response = await self._post(origin, "/2/oauth2/token", app, asked)
        if not response.is_success:
            raise door(response)
        answer = wire.body(response, safe=True)
        if not isinstance(answer.get("access_token"), str) or not answer["access_token"]:
            raise TryLater(f"no token in the answer: has {sorted(answer)}")
        given = {name: answer.get(name) for name in ("access_token", "refresh_token", "scope")}
        return {
            **{name: value for name, value in given.items() if isinstance(value, str)},
            **_expiry(response, answer),
            **{name: app.get(name, "") for name in _KEYS},
        }

    def _keys(self, account: Account) -> Secrets:
        """The administrator's, which may have been renewed since the account was connected."""
        return self._app if self._app.get("client_secret") else account.secrets

    async def _take_back(self, account: Account, asked: Mapping[str, str]) -> None:
        response = await self._post(account.origin, "/2/oauth2/revoke", self._keys(account), asked)
        if response.is_success:
            return
        error = door(response)
        if not isinstance(error, Reconnect):
            raise error

    async def _post(
        self, origin: str, path: str, app: Secrets, asked: Mapping[str, str]
    ) -> httpx.Response:
        """A call as the app: its keys go by Basic, as a confidential client's do."""
        keys = httpx.BasicAuth(app.get("client_id", ""), app.get("client_secret", ""))
        try:
            return await wire.call(
                self._client,
                "POST",
                f"{MANIFEST.at(origin, 'api')}{path}",
                data=dict(asked),
                auth=keys,
            )
        except OutcomeUnknown as error:
            raise TryLater(error.detail) from error


def _every_scope() -> tuple[str, ...]:
    return tuple(sorted({scope for scopes in MANIFEST.scopes.values() for scope in scopes}))


def _limits(me: Mapping[str, Any]) -> Limits | None:
    return replace(LIMITS, text=LONG_TEXT) if me.get("subscription_type") in _LONG else None


def _word(response: httpx.Response) -> str:
    try:
        value = response.json()
    except ValueError:
        return ""
    return str(value.get("error") or "") if isinstance(value, dict) else ""


def _expiry(response: httpx.Response, answer: Mapping[str, Any]) -> dict[str, str]:
    """expires_at by the answer's own Date; nothing where it has none."""
    lasts = answer.get("expires_in")
    try:
        made = parsedate_to_datetime(response.headers.get("date", ""))
    except ValueError:
        return {}
    if not isinstance(lasts, int) or isinstance(lasts, bool):
        return {}
    return {"expires_at": (made + timedelta(seconds=lasts)).isoformat()}
