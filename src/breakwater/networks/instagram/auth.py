"""Signing in with Facebook: consent page, codes, a token of each Page that an account is linked to.

Secrets of an account: access_token (of the Page; it has no end of its own), page_id, scope.
Why this login and not Instagram's own: docs/networks/instagram.md.
"""

from typing import Any
from urllib.parse import urlencode

import httpx

from breakwater.domain.errors import NetworkError, OutcomeUnknown, Reconnect, Refused, TryLater
from breakwater.networks import wire
from breakwater.networks.base import Account, Candidate, Purpose, Secrets, Who
from breakwater.networks.graph import Graph, ends_at
from breakwater.networks.instagram.errors import CODES
from breakwater.networks.instagram.manifest import MANIFEST, VERSION, graph_at
from breakwater.networks.instagram.options import gettext_noop
from breakwater.networks.unable import UnableAuth

_ACCOUNT = "id,username,name"
_PAGE = f"id,name,access_token,instagram_business_account{{{_ACCOUNT}}}"


class InstagramAuth(UnableAuth):
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
        """No PKCE: Facebook's dialog for web apps does not take a challenge."""
        del challenge
        query = {
            "client_id": app["client_id"],
            "redirect_uri": redirect_uri,
            "response_type": "code",
            "scope": ",".join(scopes or MANIFEST.scopes_for(Purpose.PUBLISH)),
            "state": state,
        }
        return f"{MANIFEST.at(origin, 'dialog')}/{VERSION}/dialog/oauth?{urlencode(query)}"

    async def exchange(
        self, origin: str, app: Secrets, *, code: str, verifier: str, redirect_uri: str
    ) -> Secrets:
        """The person's token of 60 days. `accounts` makes of it what is kept."""
        del verifier
        keys = {name: app[name] for name in ("client_id", "client_secret")}
        short = await self._token(origin, {**keys, "code": code, "redirect_uri": redirect_uri})
        asked = {"grant_type": "fb_exchange_token", "fb_exchange_token": short["access_token"]}
        return await self._token(origin, {**keys, **asked})

    async def accounts(self, origin: str, secrets: Secrets) -> tuple[Candidate, ...]:
        """Every professional account whose Page the person opened to us."""
        graph = self._graph(origin, secrets["access_token"])
        scope = " ".join(await _granted(graph))
        found: list[Candidate] = []
        async for page in graph.pages("me/accounts", fields=_PAGE, limit="100"):
            found += [_candidate(row, scope) for row in page if _linked(row)]
        return tuple(found)

    async def who(self, account: Account) -> Who:
        graph = self._graph(account.origin, account.secrets.get("access_token", ""))
        return _who(await graph.get(account.remote_id, fields=_ACCOUNT))

    async def refresh(self, account: Account) -> Secrets:
        """The same, once proved alive: the token of a Page does not end with time."""
        await self.who(account)
        return dict(account.secrets)

    async def check_app(self, origin: str) -> None:
        keys = await self.register(origin, "")
        try:
            await self._token(origin, {**keys, "grant_type": "client_credentials"})
        except (Refused, Reconnect, OutcomeUnknown) as error:
            raise Refused("app_keys_refused", error.detail) from error

    def _graph(self, origin: str, token: str) -> Graph:
        return Graph(
            self._client, graph_at(origin), token, CODES, self._app.get("client_secret", "")
        )

    async def _token(self, origin: str, asked: dict[str, str]) -> dict[str, str]:
        """A POST, so that secrets are in no log of addresses."""
        url = f"{graph_at(origin)}/oauth/access_token"
        try:
            response = await wire.call(self._client, "POST", url, data=asked)
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
        """A code that is spent or not for us is a walk to begin again."""
        error = self._graph(origin, "").error_of(response, safe=response.status_code >= 500)
        definite = isinstance(error, Refused | OutcomeUnknown)
        return Reconnect(error.detail) if definite else error


async def _granted(graph: Graph) -> list[str]:
    """The permissions that the person really gave."""
    answer = await graph.get("me/permissions")
    rows = [row for row in answer.get("data") or [] if isinstance(row, dict)]
    return sorted(str(row.get("permission")) for row in rows if row.get("status") == "granted")


def _linked(page: dict[str, Any]) -> bool:
    return isinstance(page.get("instagram_business_account"), dict) and "access_token" in page


def _candidate(page: dict[str, Any], scope: str) -> Candidate:
    secrets = {"access_token": page["access_token"], "page_id": str(page["id"]), "scope": scope}
    kind = gettext_noop("Professional account")
    return Candidate(_who(page["instagram_business_account"]), secrets, kind)


def _who(row: dict[str, Any]) -> Who:
    remote_id, name = row.get("id"), str(row.get("username") or "")
    if not isinstance(remote_id, str) or not name:
        raise TryLater(f"no account in the answer: {sorted(row)}")
    url = f"https://www.instagram.com/{name}/"
    return Who(remote_id, f"@{name}", str(row.get("name") or name), url)
