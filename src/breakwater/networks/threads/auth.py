"""Signing in to Threads: its window, codes, a token of an hour, one of 60 days that is renewed.

Secrets of an account: access_token, expires_at, scope. Sources: docs/threads/get-started/
get-access-tokens-and-permissions and long-lived-tokens, read 2026-11-28.
"""

from collections.abc import Mapping
from typing import Any
from urllib.parse import urlencode

import httpx

from breakwater.domain.errors import NetworkError, OutcomeUnknown, Reconnect, Refused, TryLater
from breakwater.networks import wire
from breakwater.networks.base import Account, Purpose, Secrets, Who
from breakwater.networks.graph import Graph, ends_at
from breakwater.networks.threads.errors import CODES
from breakwater.networks.threads.manifest import MANIFEST, graph_at
from breakwater.networks.unable import UnableAuth


class ThreadsAuth(UnableAuth):
    """See `base.Auth`. There is one origin, unless a stand-in is another."""

    def __init__(self, client: httpx.AsyncClient, app: Secrets) -> None:
        self._client = client
        self._app = app

    async def register(self, origin: str, redirect_uri: str) -> Secrets:
        """The administrator's keys."""
        if not self._app.get("client_id") or not self._app.get("client_secret"):
            raise Refused("app_keys_missing", f"{origin} for {redirect_uri}")
        return {name: self._app[name] for name in ("client_id", "client_secret")}

    def authorise_url(
        self, origin: str, app: Secrets, *, redirect_uri: str, state: str, challenge: str,
        scopes: tuple[str, ...] = (),
    ) -> str:  # fmt: skip
        """No PKCE: the window takes no challenge."""
        del challenge
        query = {
            "client_id": app["client_id"],
            "redirect_uri": redirect_uri,
            "scope": ",".join(scopes or MANIFEST.scopes_for(Purpose.PUBLISH)),
            "response_type": "code",
            "state": state,
        }
        return f"{MANIFEST.at(origin, 'window')}/oauth/authorize?{urlencode(query)}"

    async def exchange(
        self, origin: str, app: Secrets, *, code: str, verifier: str, redirect_uri: str
    ) -> Secrets:
        """The token of 60 days."""
        del verifier
        keys = {name: app[name] for name in ("client_id", "client_secret")}
        asked = {
            **keys,
            "grant_type": "authorization_code",
            "code": code.removesuffix("#_"),
            "redirect_uri": redirect_uri,
        }
        short = await self._token(origin, "POST", "oauth/access_token", asked)
        longer = {
            "grant_type": "th_exchange_token",
            "client_secret": app["client_secret"],
            "access_token": short["access_token"],
        }
        return await self._token(origin, "GET", "access_token", longer)

    async def who(self, account: Account) -> Who:
        token = account.secrets.get("access_token", "")
        graph = Graph(self._client, graph_at(account.origin), token, CODES)
        me = await graph.get("me", fields="id,username,name")
        remote_id, name = me.get("id"), str(me.get("username") or "")
        if not isinstance(remote_id, str) or not name:
            raise TryLater(f"no account in the answer: {sorted(me)}")
        url = f"https://www.threads.com/@{name}"
        return Who(remote_id, f"@{name}", str(me.get("name") or name), url)

    async def refresh(self, account: Account) -> Secrets:
        """60 days more. A token younger than a day cannot be renewed: it is kept, once proved."""
        old = dict(account.secrets)
        asked = {"grant_type": "th_refresh_token", "access_token": old.get("access_token", "")}
        try:
            fresh = await self._token(account.origin, "GET", "refresh_access_token", asked)
        except Reconnect:
            await self.who(account)
            return old
        return {**old, **fresh}

    async def check_app(self, origin: str) -> None:
        keys = await self.register(origin, "")
        asked = {**keys, "grant_type": "client_credentials"}
        try:
            await self._token(origin, "GET", "oauth/access_token", asked)
        except (Refused, Reconnect, OutcomeUnknown) as error:
            raise Refused("app_keys_refused", error.detail) from error

    async def _token(
        self, origin: str, method: str, path: str, asked: Mapping[str, str]
    ) -> dict[str, str]:
        """What is not versioned: these addresses stand right below the origin."""
        url = f"{MANIFEST.at(origin, 'graph')}/{path}"
        where = "data" if method == "POST" else "params"
        how: dict[str, Any] = {where: dict(asked)}
        try:
            response = await wire.call(self._client, method, url, **how)
        except OutcomeUnknown as error:
            raise TryLater(error.detail) from error
        if not response.is_success:
            raise self._refusal(origin, response)
        answer = wire.body(response, safe=True)
        token = answer.get("access_token")
        if not isinstance(token, str) or not token:
            raise TryLater(f"no token in the answer: {sorted(answer)}")
        ends = ends_at(response, answer.get("expires_in"))
        return {"access_token": token, **({"expires_at": ends} if ends else {})}

    def _refusal(self, origin: str, response: httpx.Response) -> NetworkError:
        """A code or token that is spent or not for us is a walk to begin again."""
        graph = Graph(self._client, graph_at(origin), "", CODES)
        error = graph.error_of(response, safe=response.status_code >= 500)
        definite = isinstance(error, Refused | OutcomeUnknown)
        return Reconnect(error.detail) if definite else error
