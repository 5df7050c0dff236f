"""Signing in: the administrator's app, OAuth with a state, renewal, members and organisations.

Secrets: access_token, scope, expires_at (60 days); for approved apps refresh_token and
refresh_expires_at (365 days from the first consent, not prolonged); `member`, the URN of whoever
signed in. One sign-in opens several accounts, which share its tokens: taking one back would end
all, so nothing is revoked here; the member does that at LinkedIn. No PKCE: it is for native apps.
Source: https://learn.microsoft.com/en-us/linkedin/shared/authentication/programmatic-refresh-tokens,
read 2026-11-28.
"""

from collections.abc import Mapping
from datetime import UTC, timedelta
from email.utils import parsedate_to_datetime
from typing import Any
from urllib.parse import urlencode

import httpx

from breakwater.domain.errors import OutcomeUnknown, Reconnect, Refused, TryLater
from breakwater.networks import wire
from breakwater.networks.base import Account, Candidate, Secrets, Who
from breakwater.networks.linkedin import urns
from breakwater.networks.linkedin.api import Api
from breakwater.networks.linkedin.errors import oauth_refusal
from breakwater.networks.linkedin.forms import gettext_noop
from breakwater.networks.linkedin.manifest import MANIFEST, SELF_SERVE
from breakwater.networks.unable import UnableAuth

MEMBER, ORGANISATION = gettext_noop("Member"), gettext_noop("Organisation")
_POSTING_ROLES = frozenset(
    {"ADMINISTRATOR", "CONTENT_ADMINISTRATOR", "CONTENT_ADMIN", "DIRECT_SPONSORED_CONTENT_POSTER"}
)


class LinkedInAuth(UnableAuth):
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
        """Where the member says yes. Only what the app's products allow is asked for: one scope
        too many, and the whole page is refused."""
        del challenge
        wanted = scopes or tuple(sorted({s for some in MANIFEST.scopes.values() for s in some}))
        query = {
            "response_type": "code",
            "client_id": app["client_id"],
            "redirect_uri": redirect_uri,
            "state": state,
            "scope": " ".join(SELF_SERVE if app.get("products") == "share" else wanted),
        }
        return f"{_www(origin)}/oauth/v2/authorization?{urlencode(query)}"

    async def exchange(
        self, origin: str, app: Secrets, *, code: str, verifier: str, redirect_uri: str
    ) -> Secrets:
        del verifier
        asked = {"grant_type": "authorization_code", "code": code, "redirect_uri": redirect_uri}
        return await self._token(origin, app, asked)

    async def accounts(self, origin: str, secrets: Secrets) -> tuple[Candidate, ...]:
        """The member, then every organisation that the member may post for."""
        nobody = Account("", "", origin, secrets)
        member = await self._member(nobody)
        kept = {**secrets, "member": member.remote_id}
        mine = Candidate(member, kept, MEMBER)
        if "rw_organization_admin" not in secrets.get("scope", "").split():
            return (mine,)
        api = Api(self._client, nobody)
        pages = [await _organisation(api, urn) for urn in await _administered(api)]
        return (mine, *(Candidate(page, kept, ORGANISATION) for page in pages))

    async def who(self, account: Account) -> Who:
        if account.remote_id.startswith(urns.ORGANISATION):
            return await _organisation(Api(self._client, account), account.remote_id)
        return await self._member(account)

    async def refresh(self, account: Account) -> Secrets:
        """New secrets; Reconnect where the app gets no refresh tokens, or this one is spent."""
        token = account.secrets.get("refresh_token")
        if not token:
            raise Reconnect("this app gets no refresh tokens: sign in again every 60 days")
        asked = {"grant_type": "refresh_token", "refresh_token": token}
        fresh = await self._token(account.origin, self._app or account.secrets, asked)
        return {**account.secrets, **fresh}

    async def check_app(self, origin: str) -> None:
        """Asks what a token is that nobody has: only our own keys may ask."""
        app = await self.register(origin, "")
        response = await self._post(f"{_www(origin)}/oauth/v2/introspectToken", app, {"token": "-"})
        if not response.is_success and response.status_code < 500:
            raise Refused("app_keys_refused", wire.excerpt(response))
        if not response.is_success:
            raise TryLater(wire.excerpt(response))

    async def _member(self, account: Account) -> Who:
        api = Api(self._client, account)
        if "openid" in account.secrets.get("scope", "").split():
            me = await api.get("/v2/userinfo")
            number, name, handle = me.get("sub"), me.get("name"), ""
        else:
            me = await api.get("/v2/me")
            names = (me.get("localizedFirstName"), me.get("localizedLastName"))
            number, name = me.get("id"), " ".join(str(one) for one in names if one)
            handle = str(me.get("vanityName") or "")
        if not isinstance(number, str) or not number:
            raise TryLater(f"no member in the answer: {sorted(me)}")
        url = f"https://www.linkedin.com/in/{handle}" if handle else ""
        return Who(f"{urns.MEMBER}{number}", handle or str(name), str(name or number), url)

    async def _token(self, origin: str, app: Secrets, asked: Mapping[str, str]) -> Secrets:
        response = await self._post(f"{_www(origin)}/oauth/v2/accessToken", app, asked)
        if not response.is_success:
            raise oauth_refusal(response)
        answer = wire.body(response, safe=True)
        if not isinstance(answer.get("access_token"), str) or not answer["access_token"]:
            raise TryLater(f"no token in the answer: {sorted(answer)}")
        return _secrets(answer, response.headers)

    async def _post(self, url: str, app: Secrets, fields: Mapping[str, str]) -> httpx.Response:
        keys = {name: app.get(name, "") for name in ("client_id", "client_secret")}
        try:
            return await wire.call(self._client, "POST", url, data={**fields, **keys})
        except OutcomeUnknown as error:
            raise TryLater(error.detail) from error


def _www(origin: str) -> str:
    return MANIFEST.at(origin, "www")


async def _administered(api: Api) -> list[str]:
    """URNs of the organisations, each once, in the network's order."""
    found: dict[str, None] = {}
    async for rows in api.elements(
        "/rest/organizationAcls?q=roleAssignee&state=APPROVED", method="FINDER"
    ):
        for row in rows:
            urn = row.get("organization") or row.get("organizationTarget")
            if isinstance(urn, str) and row.get("role") in _POSTING_ROLES:
                found[urn] = None
    return list(found)


async def _organisation(api: Api, urn: str) -> Who:
    number = urn.rpartition(":")[2]
    page = await api.get(f"/rest/organizations/{number}")
    name = str(page.get("localizedName") or number)
    handle = str(page.get("vanityName") or "")
    return Who(urn, handle or name, name, f"https://www.linkedin.com/company/{handle or number}")


def _secrets(answer: Mapping[str, Any], headers: Mapping[str, str]) -> dict[str, str]:
    """What to keep. Ends are counted from the answer's own Date, so that our clock plays no
    part. scope: separated by spaces, whatever the network used."""
    secrets = {
        "access_token": str(answer["access_token"]),
        "scope": str(answer.get("scope") or "").replace(",", " "),
    }
    if isinstance(answer.get("refresh_token"), str):
        secrets["refresh_token"] = answer["refresh_token"]
    for field, name in (
        ("expires_in", "expires_at"),
        ("refresh_token_expires_in", "refresh_expires_at"),
    ):
        if end := _end(answer.get(field), headers.get("date", "")):
            secrets[name] = end
    return secrets


def _end(lasts: object, date: str) -> str:
    if not isinstance(lasts, int):
        return ""
    try:
        now = parsedate_to_datetime(date)
    except ValueError:
        return ""
    return (now.astimezone(UTC) + timedelta(seconds=lasts)).isoformat()
