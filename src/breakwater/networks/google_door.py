"""The door of one family of networks: OAuth 2 for web servers at Google, with PKCE.

Secrets of an account: access_token, refresh_token, expires_at, scope. The refresh token is given
once, at the consent, and does not rotate; it ends when the person takes it back, after six months
without use, and after seven days where the app is still in testing (from memory, not checked, as
are the addresses). access_type and S256: the reference of google-auth-library,
https://cloud.google.com/nodejs/docs/reference/google-auth-library/7.4.1, read 2026-11-28.
"""

from collections.abc import Mapping
from datetime import timedelta
from typing import Any
from urllib.parse import urlencode

import httpx

from breakwater.domain.errors import OutcomeUnknown, Reconnect, Refused, TryLater
from breakwater.networks import wire
from breakwater.networks.base import Account, Manifest, Purpose, Secrets
from breakwater.networks.google import said_at
from breakwater.networks.unable import UnableAuth

DOOR, TOKENS = "https://accounts.google.com", "https://oauth2.googleapis.com"
"""Hosts for `manifest.hosts` under the roles "door" and "tokens"."""

_KEYS = ("client_id", "client_secret")
_KEYS_ARE_WRONG = frozenset({"invalid_client", "unauthorized_client", "deleted_client"})


class GoogleDoor(UnableAuth):
    """See `base.Auth`. Subclasses say who is behind a token."""

    def __init__(self, client: httpx.AsyncClient, app: Secrets, manifest: Manifest) -> None:
        self._client = client
        self._app = app
        self._manifest = manifest

    async def register(self, origin: str, redirect_uri: str) -> Secrets:
        """The administrator's keys: Google lets no program make an app."""
        return self._keys(f"no app for {origin} and {redirect_uri}")

    def authorise_url(
        self, origin: str, app: Secrets, *, redirect_uri: str, state: str, challenge: str,
        scopes: tuple[str, ...] = (),
    ) -> str:  # fmt: skip
        """The consent page. It is always shown, since only then a refresh token is given."""
        query = {
            "response_type": "code",
            "client_id": app["client_id"],
            "redirect_uri": redirect_uri,
            "scope": " ".join(scopes or self._manifest.scopes_for(Purpose.PUBLISH)),
            "state": state,
            "code_challenge": challenge,
            "code_challenge_method": "S256",
            "access_type": "offline",
            "prompt": "consent",
        }
        return f"{self._manifest.at(origin, 'door')}/o/oauth2/v2/auth?{urlencode(query)}"

    async def exchange(
        self, origin: str, app: Secrets, *, code: str, verifier: str, redirect_uri: str
    ) -> Secrets:
        """The secrets of the sign-in. Reconnect when the code is spent or not for this verifier."""
        asked = {
            "grant_type": "authorization_code",
            "code": code,
            "code_verifier": verifier,
            "redirect_uri": redirect_uri,
        }
        fresh = await self._token(origin, app, asked)
        if not fresh.get("refresh_token"):
            raise Reconnect("no refresh token: the consent page was not shown")
        return fresh

    async def refresh(self, account: Account) -> Secrets:
        old = account.secrets
        if not old.get("refresh_token"):
            raise Reconnect("there is no refresh token")
        keys = self._keys("nothing to renew a token with")
        asked = {"grant_type": "refresh_token", "refresh_token": old["refresh_token"]}
        return {**old, **await self._token(account.origin, keys, asked)}

    async def revoke(self, account: Account) -> None:
        """The grant is taken back, with all its tokens. One that is already dead is fine."""
        token = account.secrets.get("refresh_token") or account.secrets.get("access_token", "")
        response = await self._post(account.origin, "revoke", {"token": token})
        if not response.is_success and _word(response) != "invalid_token":
            raise wire.by_status(response, safe=True)

    async def check_app(self, origin: str) -> None:
        """Asks for a token with a refresh token that cannot be: only the keys can be to blame
        for another answer than that it is no grant."""
        asked = {"grant_type": "refresh_token", "refresh_token": "none"}
        try:
            await self._token(origin, self._keys("nothing to check"), asked)
        except Reconnect:
            return

    async def _token(self, origin: str, app: Secrets, asked: Mapping[str, str]) -> dict[str, str]:
        keys = {name: app.get(name, "") for name in _KEYS}
        response = await self._post(origin, "token", {**asked, **keys})
        if not response.is_success:
            raise _refusal(response)
        answer = wire.body(response, safe=True)
        if not isinstance(answer.get("access_token"), str) or not answer["access_token"]:
            raise TryLater(f"no token in the answer: {sorted(answer)}")
        kept = {name: str(answer[name]) for name in _KEPT if answer.get(name)}
        return {**kept, **_expiry(answer, response)}

    async def _post(self, origin: str, path: str, form: Mapping[str, str]) -> httpx.Response:
        url = f"{self._manifest.at(origin, 'tokens')}/{path}"
        try:
            return await wire.call(self._client, "POST", url, data=dict(form))
        except OutcomeUnknown as error:  # nothing public can come of it
            raise TryLater(error.detail) from error

    def _keys(self, why: str) -> Secrets:
        if not all(self._app.get(name) for name in _KEYS):
            raise Refused("app_keys_missing", why)
        return {name: self._app[name] for name in _KEYS}


_KEPT = ("access_token", "refresh_token", "scope")


def _refusal(response: httpx.Response) -> Exception:
    word = _word(response)
    if word in _KEYS_ARE_WRONG:
        return Refused("app_keys_refused", wire.excerpt(response))
    if word == "invalid_grant":
        return Reconnect(wire.excerpt(response))
    return wire.by_status(response, safe=True)


def _word(response: httpx.Response) -> str:
    try:
        word = response.json().get("error")
    except (ValueError, AttributeError):
        return ""
    return word if isinstance(word, str) else ""


def _expiry(answer: Mapping[str, Any], response: httpx.Response) -> dict[str, str]:
    """expires_at, counted from the network's own clock; nothing where it does not say."""
    lasts, now = answer.get("expires_in"), said_at(response)
    if not isinstance(lasts, int | float) or now is None:
        return {}
    return {"expires_at": (now + timedelta(seconds=lasts)).isoformat()}
