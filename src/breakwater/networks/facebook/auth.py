"""Facebook Login: one sign-in of a person opens all Pages that the person works on.

Secrets of a Page: access_token (the Page's own; it does not end by itself), scope, expires_at
(when the app loses access to the data until the person signs in again, 90 days). The person's own
token, good for about 60 days, is used to list the Pages and then forgotten.

Sources, 2026-11-28: https://developers.facebook.com/docs/facebook-login/guides/advanced/manual-flow,
…/docs/facebook-login/access-tokens/refreshing, …/docs/facebook-login/security (appsecret_proof).
"""

from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Any
from urllib.parse import urlencode

import httpx

from breakwater.domain.errors import NetworkError, Reconnect, Refused, TryLater
from breakwater.networks import wire
from breakwater.networks.base import Account, Candidate, Kit, Secrets, Who
from breakwater.networks.facebook.abilities import SCOPES, gettext_noop
from breakwater.networks.facebook.calls import VERSION, Page
from breakwater.networks.facebook.errors import CODES
from breakwater.networks.facebook.manifest import LOGIN, MANIFEST
from breakwater.networks.graph import Graph, codes_of
from breakwater.networks.unable import UnableAuth

_ME = "id,name,username,link"
_WRONG_KEYS = (1, 101)
"""Codes of "Error validating client secret" and "Error validating application"."""
ALL_SCOPES = tuple(sorted({scope for scopes in SCOPES.values() for scope in scopes}))


async def _no_bytes(sha256: str) -> bytes:
    raise Refused("media_gone", sha256)


class FacebookAuth(UnableAuth):
    """See `base.Auth`. app: the administrator's keys."""

    def __init__(self, client: httpx.AsyncClient, app: Secrets | None = None) -> None:
        self._client = client
        self._app = dict(app or {})

    async def register(self, origin: str, redirect_uri: str) -> Secrets:
        """The administrator's keys: Facebook lets no program make apps."""
        if not self._app.get("client_id") or not self._app.get("client_secret"):
            raise Refused("app_keys_missing", f"{origin} for {redirect_uri}")
        return dict(self._app)

    def authorise_url(
        self, origin: str, app: Secrets, *, redirect_uri: str, state: str, challenge: str,
        scopes: tuple[str, ...] = (),
    ) -> str:  # fmt: skip
        """Facebook takes no PKCE challenge without OpenID; `state` and the app's secret protect
        the code."""
        del challenge
        asked = {"scope": ",".join(scopes or ALL_SCOPES)}
        if config := app.get("config_id", ""):
            asked = {"config_id": config}  # the permissions are chosen in it
        query = {
            "client_id": app["client_id"],
            "redirect_uri": redirect_uri,
            "response_type": "code",
            "state": state,
            **asked,
        }
        return f"{MANIFEST.at(origin, LOGIN)}/{VERSION}/dialog/oauth?{urlencode(query)}"

    async def exchange(
        self, origin: str, app: Secrets, *, code: str, verifier: str, redirect_uri: str
    ) -> Secrets:
        """The person's token, made to last; what was granted, and until when."""
        del verifier
        short = await self._token(origin, app, redirect_uri=redirect_uri, code=code)
        token = await self._token(
            origin, app, grant_type="fb_exchange_token", fb_exchange_token=short
        )
        return {"access_token": token, **await self._about(origin, app, token)}

    async def accounts(self, origin: str, secrets: Secrets) -> tuple[Candidate, ...]:
        """Every Page of the person, each with its own token."""
        graph = self._graph(origin, secrets)
        found: list[Candidate] = []
        async for rows in graph.pages(
            "me/accounts", fields=f"{_ME},access_token,tasks", limit="100"
        ):
            for row in rows:
                if token := str(row.get("access_token") or ""):
                    kept = {**_kept(secrets), "access_token": token}
                    found.append(Candidate(_who(row), kept, _kind(row)))
        return tuple(found)

    async def who(self, account: Account) -> Who:
        graph = self._graph(account.origin, account.secrets)
        return _who(await graph.get("me", fields=_ME))

    async def refresh(self, account: Account) -> Secrets:
        """Nothing is renewed here: a Page's token lasts, or is dead. Once proved alive, it is
        given back with the day on which the person has to sign in again."""
        await self.who(account)
        token = account.secrets.get("access_token", "")
        told = await self._about(account.origin, self._app, token)
        return {**account.secrets, **told}

    async def revoke(self, account: Account) -> None:
        """Nothing of this Page is pushed to us any more. Its token cannot be taken back alone:
        that would take the person's other Pages too."""
        kit = Kit(read=_no_bytes, app=self._app)
        page = Page(self._client, account, kit)
        try:
            await page.graph.delete(f"{page.id}/subscribed_apps")
        except (Reconnect, Refused):
            return

    async def check_app(self, origin: str) -> None:
        app = await self.register(origin, "")
        await self._token(origin, app, grant_type="client_credentials")

    async def _token(self, origin: str, app: Secrets, **asked: str) -> str:
        form = {
            "client_id": app.get("client_id", ""),
            "client_secret": app.get("client_secret", ""),
            **asked,
        }
        response = await wire.call(
            self._client, "POST", f"{origin}/{VERSION}/oauth/access_token", safe=True, data=form
        )
        if not response.is_success:
            raise _refusal(response)
        token = wire.body(response, safe=True).get("access_token")
        if not isinstance(token, str) or not token:
            raise TryLater(f"no token in the answer: {response.status_code}")
        return token

    async def _about(self, origin: str, app: Secrets, token: str) -> dict[str, str]:
        """scope; expires_at, when the token or the access to data ends; data_until, the latter."""
        own = f"{app.get('client_id', '')}|{app.get('client_secret', '')}"
        graph = Graph(self._client, f"{origin}/{VERSION}", own, CODES)
        data = (await graph.get("debug_token", input_token=token)).get("data")
        said: Mapping[str, Any] = data if isinstance(data, dict) else {}
        if said.get("is_valid") is False:
            raise Reconnect("Facebook says that the token is no longer good")
        scopes = said.get("scopes")
        data_until = _iso(said.get("data_access_expires_at"))
        ends = [end for end in (_iso(said.get("expires_at")), data_until) if end]
        told = {
            "scope": " ".join(map(str, scopes)) if isinstance(scopes, list) else "",
            "expires_at": min(ends, default=""),
            "data_until": data_until,
        }
        return {name: value for name, value in told.items() if value}

    def _graph(self, origin: str, secrets: Secrets) -> Graph:
        token, secret = secrets.get("access_token", ""), self._app.get("client_secret", "")
        return Graph(self._client, f"{origin}/{VERSION}", token, CODES, secret)


def _who(row: Mapping[str, Any]) -> Who:
    remote_id, name = str(row.get("id") or ""), str(row.get("name") or "")
    if not remote_id or not name:
        raise TryLater(f"no Page in the answer: has {sorted(row)}")
    return Who(
        remote_id=remote_id,
        handle=str(row.get("username") or name),
        name=name,
        url=str(row.get("link") or f"https://www.facebook.com/{remote_id}"),
    )


def _kind(row: Mapping[str, Any]) -> str:
    """tasks: what the person may do on the Page."""
    tasks = row.get("tasks")
    if isinstance(tasks, list) and "CREATE_CONTENT" not in tasks:
        return gettext_noop("Page (you may not publish there)")
    return gettext_noop("Page")


def _kept(secrets: Secrets) -> dict[str, str]:
    """What the Page's own token has of the person's: it outlives it, but not its access."""
    told = {"scope": secrets.get("scope", ""), "expires_at": secrets.get("data_until", "")}
    return {name: value for name, value in told.items() if value}


def _iso(seconds: object) -> str:
    """ISO 8601 UTC of POSIX seconds; "" for 0, which means never."""
    if not isinstance(seconds, int) or seconds <= 0:
        return ""
    return datetime.fromtimestamp(seconds, UTC).isoformat()


def _refusal(response: httpx.Response) -> NetworkError:
    """Of the door: a spent code is Reconnect, keys that Facebook does not know are Refused."""
    code, _ = codes_of(response)
    if code in _WRONG_KEYS:
        return Refused("app_keys_refused", wire.excerpt(response))
    if code in (100, 190):
        return Reconnect(wire.excerpt(response))
    return wire.by_status(response, safe=True)
