"""A third party's network for these tests: an ASGI app in process, and a connector to it.

"harbour" signs in with a password, "pier" by OAuth. Refresh tokens rotate: each is good once.
"""

import hashlib
import json
import secrets as randomness
from base64 import urlsafe_b64encode
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from urllib.parse import urlencode

import httpx

from breakwater.domain.errors import Reconnect, Refused, Unsupported
from breakwater.domain.guarantees import Guarantee
from breakwater.domain.text import Counting, Unit
from breakwater.networks import wire
from breakwater.networks.base import (
    Account,
    Answer,
    AuthKind,
    Can,
    Capability,
    Field,
    Kit,
    Limits,
    Manifest,
    Network,
    Secrets,
    Who,
)
from breakwater.networks.unable import UnableAuth

LIMITS = Limits(Counting(Unit.GRAPHEMES, 500), 4, 1_000_000, 0, ("image/png",), 1500, "test", "")
PASSWORD = "canary-password-91"


@dataclass
class Town:
    """The network itself. asked: paths of the calls, in order."""

    people: dict[str, str] = field(default_factory=lambda: {"ann": "1", "eve": "2"})
    access: dict[str, str] = field(default_factory=dict)
    fresh: dict[str, str] = field(default_factory=dict)
    apps: dict[str, str] = field(default_factory=dict)
    codes: dict[str, tuple[str, str, str]] = field(default_factory=dict)
    asked: list[str] = field(default_factory=list)
    limit: int = 0
    expires_at: str = ""
    fault: Callable[[str], None] | None = None

    async def __call__(self, scope: dict[str, Any], receive: Any, send: Any) -> None:
        body = (await receive())["body"]
        path = scope["path"]
        self.asked.append(path)
        if self.fault is not None:
            self.fault(path)
        headers = {name.decode(): value.decode() for name, value in scope["headers"]}
        status, answer = self.answer(path, json.loads(body or b"{}"), headers)
        head = {"type": "http.response.start", "status": status, "headers": []}
        await send(head)
        await send({"type": "http.response.body", "body": json.dumps(answer).encode()})

    def answer(
        self, path: str, form: dict[str, str], headers: Mapping[str, str]
    ) -> tuple[int, dict[str, Any]]:
        token = headers.get("authorization", "").removeprefix("Bearer ")
        match path:
            case "/apps":
                client_id = randomness.token_hex(8)
                self.apps[client_id] = form["redirect_uri"]
                return 200, {"client_id": client_id, "client_secret": "canary-client-55"}
            case "/sign-in" if form["password"] == PASSWORD and form["name"] in self.people:
                return 200, self.tokens(self.people[form["name"]])
            case "/exchange":
                return self.exchange(form)
            case "/refresh" if person := self.fresh.pop(token, None):
                return 200, self.tokens(person)
            case "/me" if person := self.access.get(token):
                name = next(name for name, number in self.people.items() if number == person)
                return 200, {"id": person, "name": name, "limit": self.limit}
            case "/revoke":
                self.access.pop(token, None)
                return 200, {}
        return 401, {"error": f"no: {token}"}

    def tokens(self, person: str) -> dict[str, str]:
        access, refresh = (f"canary-{randomness.token_hex(12)}" for _ in range(2))
        self.access[access], self.fresh[refresh] = person, person
        made = {"access_token": access, "refresh_token": refresh}
        return {**made, "refresh_expires_at": self.expires_at}

    def consent(self, url: str, name: str) -> str:
        """What the consent page does when `name` says yes: the code for the way back."""
        query = httpx.URL(url).params
        code = f"canary-{randomness.token_hex(8)}"
        self.codes[code] = (self.people[name], query["challenge"], query["redirect_uri"])
        assert self.apps[query["client_id"]] == query["redirect_uri"]
        return code

    def exchange(self, form: dict[str, str]) -> tuple[int, dict[str, Any]]:
        person, challenge, redirect_uri = self.codes.pop(form["code"], ("", "", ""))
        hashed = hashlib.sha256(form["verifier"].encode()).digest()
        proved = urlsafe_b64encode(hashed).rstrip(b"=").decode() == challenge
        same = redirect_uri == form["redirect_uri"] == self.apps.get(form["client_id"])
        return (200, self.tokens(person)) if proved and same else (401, {})

    def expire(self) -> None:
        """All access tokens are at their end; refresh tokens are not."""
        self.access.clear()


class HarbourAuth(UnableAuth):
    def __init__(self, client: httpx.AsyncClient, app: Secrets | None = None) -> None:
        self.client = client

    async def register(self, origin: str, redirect_uri: str) -> Secrets:
        return await self.post(f"{origin}/apps", {"redirect_uri": redirect_uri})

    def authorise_url(
        self, origin: str, app: Secrets, *, redirect_uri: str, state: str, challenge: str,
        scopes: tuple[str, ...] = (),
    ) -> str:  # fmt: skip
        query = {"client_id": app["client_id"], "redirect_uri": redirect_uri}
        return f"{origin}/consent?{urlencode({**query, 'state': state, 'challenge': challenge})}"

    async def exchange(
        self, origin: str, app: Secrets, *, code: str, verifier: str, redirect_uri: str
    ) -> Secrets:
        form = {"code": code, "verifier": verifier, "redirect_uri": redirect_uri}
        return await self.post(f"{origin}/exchange", {**form, "client_id": app["client_id"]})

    async def sign_in(self, origin: str, fields: Mapping[str, str]) -> Secrets:
        try:
            return await self.post(f"{origin}/sign-in", dict(fields))
        except Reconnect as error:
            raise Refused("wrong_password", error.detail) from error

    async def who(self, account: Account) -> Who:
        url = f"{account.origin}/me"
        me = await self.post(url, {}, account.secrets["access_token"])
        number = int(me["limit"])
        limits = None
        if number:
            limits = Limits(
                Counting(Unit.CODE_POINTS, number, 23, True), 9, 1, 2, ("image/gif",), 3, "said", ""
            )
        return Who(me["id"], f"@{me['name']}", me["name"].title(), limits=limits)

    async def refresh(self, account: Account) -> Secrets:
        if "refresh_token" not in account.secrets:
            raise Unsupported("for ever")
        return await self.post(f"{account.origin}/refresh", {}, account.secrets["refresh_token"])

    async def revoke(self, account: Account) -> None:
        await self.post(f"{account.origin}/revoke", {}, account.secrets["access_token"])

    async def post(self, url: str, form: dict[str, str], token: str = "") -> dict[str, str]:
        headers = {"Authorization": f"Bearer {token}"}
        response = await wire.call(self.client, "POST", url, json=form, headers=headers, safe=True)
        if not response.is_success:
            raise wire.by_status(response, safe=True)
        return {name: str(value) for name, value in wire.body(response, safe=True).items()}


class HarbourConnector:
    """Only what these tests ask of it: `fetch`, which is not of the protocol."""

    guarantee = Guarantee.HOUR_KEY

    def __init__(self, client: httpx.AsyncClient, account: Account, kit: Kit) -> None:
        self.client, self.account, self.kit = client, account, kit


def _network(slug: str, auth: AuthKind, *fields: Field) -> Network:
    capability = Capability(Answer.YES, "test", "2026-01-01")
    manifest = Manifest(
        slug=slug,
        name=slug.title(),
        auth=auth,
        fields=fields,
        can={Can.PUBLISH: capability},
        guarantee=Guarantee.NONE,
        limits=LIMITS,
        default_origin=f"https://{slug}.internal",
    )
    connector: Any = HarbourConnector
    return Network(manifest, HarbourAuth, connector, app=Town())


def build_harbour(home: Path) -> Network:
    size = Field("size", "Size", default="small", choices=(("small", "S"), ("large", "L")))
    fields = (Field("name", "Name"), Field("password", "Password", secret=True), size)
    return _network("harbour", AuthKind.PASSWORD, *fields)


def build_pier(home: Path) -> Network:
    return _network("pier", AuthKind.OAUTH)


def build_wreck(home: Path) -> Network:
    raise RuntimeError("does not float")
