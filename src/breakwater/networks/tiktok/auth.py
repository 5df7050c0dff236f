"""Signing in to TikTok (Login Kit for Web): the administrator's app, codes, tokens that rotate.

Secrets of an account: access_token (a day), refresh_token (a year, and another one after each
refresh), expires_at, refresh_expires_at, scope, open_id. No PKCE: TikTok has it for apps on phones
and desktops alone, and there with a challenge in hexadecimal, unlike RFC 7636
(https://developers.tiktok.com/doc/oauth-user-access-token-management, read 2026-11-28).
"""

from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any
from urllib.parse import urlencode

import httpx

from breakwater.domain.errors import OutcomeUnknown, Reconnect, Refused, TryLater
from breakwater.networks import wire
from breakwater.networks.base import Account, Limits, Secrets, Who
from breakwater.networks.tiktok.api import Api, at
from breakwater.networks.tiktok.errors import at_the_door
from breakwater.networks.tiktok.inbound import Reader
from breakwater.networks.tiktok.manifest import LIMITS, MANIFEST, VIDEO
from breakwater.networks.unable import UnableAuth

_ALL = tuple(sorted({scope for scopes in MANIFEST.scopes.values() for scope in scopes}))
_USER = "open_id,union_id,avatar_url,display_name"
_PROFILE = "username,profile_deep_link"


class TikTokAuth(UnableAuth):
    """See `base.Auth`. app: client_id (TikTok's client key) and client_secret."""

    def __init__(self, client: httpx.AsyncClient, app: Secrets | None = None) -> None:
        self._client = client
        self._app = dict(app or {})

    async def register(self, origin: str, redirect_uri: str) -> Secrets:
        del origin, redirect_uri  # the administrator has written it into the console
        return self._keys()

    def authorise_url(
        self, origin: str, app: Secrets, *, redirect_uri: str, state: str, challenge: str,
        scopes: tuple[str, ...] = (),
    ) -> str:  # fmt: skip
        del challenge
        query = {
            "client_key": app["client_id"],
            "response_type": "code",
            "scope": ",".join(scopes or _ALL),
            "redirect_uri": redirect_uri,
            "state": state,
        }
        return f"{origin}/v2/auth/authorize/?{urlencode(query)}"

    async def exchange(
        self, origin: str, app: Secrets, *, code: str, verifier: str, redirect_uri: str
    ) -> Secrets:
        del verifier
        asked = {"grant_type": "authorization_code", "code": code, "redirect_uri": redirect_uri}
        return await self._token(origin, app, asked)

    async def who(self, account: Account) -> Who:
        """The account, and what it may post now: how long its videos may be."""
        scopes = account.secrets.get("scope", "").split()
        fields = f"{_USER},{_PROFILE}" if "user.info.profile" in scopes else _USER
        api = Api(self._client, account)
        user = (await api.ask("user", "user/info", fields)).data.get("user") or {}
        open_id, name = user.get("open_id"), str(user.get("display_name") or "")
        if not isinstance(open_id, str) or not open_id:
            raise TryLater(f"no account in the answer: {sorted(user)}")
        creator = await Reader(api).creator() if "video.publish" in scopes else {}
        username = str(user.get("username") or creator.get("creator_username") or "")
        return Who(
            remote_id=open_id,
            handle=f"@{username}" if username else name,
            name=name or str(creator.get("creator_nickname") or username),
            url=f"{account.origin}/@{username}" if username else "",
            limits=_limits(creator),
        )

    async def refresh(self, account: Account) -> Secrets:
        """New secrets, the old refresh token is over. Reconnect when TikTok takes it no more."""
        token = account.secrets.get("refresh_token")
        if not token:
            raise Reconnect("there is no refresh token")
        asked = {"grant_type": "refresh_token", "refresh_token": token}
        fresh = await self._token(account.origin, self._keys(), asked)
        return {**account.secrets, **fresh}

    async def revoke(self, account: Account) -> None:
        """The token opens nothing any more. A token that is already dead is fine."""
        try:
            await self._post(
                account.origin,
                "revoke",
                {**_proof(self._keys()), "token": account.secrets.get("access_token", "")},
            )
        except Reconnect:
            return

    async def check_app(self, origin: str) -> None:
        """Asks for a token of the app itself, which opens nothing of anybody's."""
        asked = {**_proof(self._keys()), "grant_type": "client_credentials"}
        try:
            await self._post(origin, "token", asked)
        except Reconnect as error:
            raise Refused("app_keys_refused", error.detail) from error

    async def _token(self, origin: str, app: Secrets, asked: Mapping[str, str]) -> Secrets:
        response = await self._post(origin, "token", {**_proof(app), **asked})
        answer = wire.body(response, safe=True)
        if not isinstance(answer.get("access_token"), str):
            raise TryLater(f"no token in the answer: {sorted(answer)}")
        made = at(response)
        return {
            **{name: str(answer[name]) for name in _KEPT if answer.get(name)},
            **_ends("expires_at", made, answer.get("expires_in")),
            **_ends("refresh_expires_at", made, answer.get("refresh_expires_in")),
            "scope": str(answer.get("scope") or "").replace(",", " "),
        }

    async def _post(self, origin: str, what: str, form: Mapping[str, str]) -> httpx.Response:
        url = f"{MANIFEST.at(origin, 'api')}/v2/oauth/{what}/"
        try:
            response = await wire.call(self._client, "POST", url, data=dict(form))
        except OutcomeUnknown as error:
            raise TryLater(error.detail) from error
        if not response.is_success or _says_no(response):
            raise at_the_door(response)
        return response

    def _keys(self) -> Secrets:
        keys = {name: self._app.get(name, "") for name in ("client_id", "client_secret")}
        if not all(keys.values()):
            raise Refused("app_keys_missing", "the client key or the client secret is missing")
        return keys


_KEPT = ("access_token", "refresh_token", "open_id")


def _limits(creator: Mapping[str, Any]) -> Limits | None:
    """The account's own, where TikTok told its longest video."""
    longest = creator.get("max_video_post_duration_sec")
    if not isinstance(longest, int) or longest <= 0:
        return None
    return replace(LIMITS, video=replace(VIDEO, most_s=float(longest)))


def _proof(app: Secrets) -> dict[str, str]:
    return {
        "client_key": app.get("client_id", ""),
        "client_secret": app.get("client_secret", ""),
    }


def _says_no(response: httpx.Response) -> bool:
    """A failure under 200 has `error` too."""
    try:
        return bool(response.json().get("error"))
    except (ValueError, AttributeError):
        return False


def _ends(name: str, made: datetime | None, lasts: object) -> dict[str, str]:
    """When a token is over, by TikTok's own clock; nothing where it does not tell the time."""
    if made is None or not isinstance(lasts, int | float) or isinstance(lasts, bool):
        return {}
    return {name: (made + timedelta(seconds=lasts)).isoformat()}
