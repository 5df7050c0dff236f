"""A network that asks for the administrator's keys and opens several accounts a sign-in: "dock".

It has one server, and scopes by purpose; it stands beside `harbour.py` and is as much a third
party's. The town behind it is the same.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any
from urllib.parse import urlencode

import httpx

from breakwater.channels.tests.harbour import LIMITS, HarbourAuth, HarbourConnector, Town
from breakwater.domain.errors import Refused
from breakwater.domain.guarantees import Guarantee
from breakwater.networks import wire
from breakwater.networks.base import (
    Account,
    Answer,
    AppKeys,
    AuthKind,
    Can,
    Candidate,
    Capability,
    Field,
    Manifest,
    Network,
    Review,
    Secrets,
)

CLIENT = {"client_id": "dock-client", "client_secret": "canary-dock-secret-77"}
KEYS = AppKeys(
    console="https://dock.test/console",
    steps=("Make an app there.", "Paste the redirect address."),
    fields=(Field("client_id", "Client ID"), Field("client_secret", "Secret", secret=True)),
    review=Review(
        (2, 4), ("A film of how you use it.",), "Until then: your own.", "test", "2026-01-01"
    ),
)
_YES = Capability(Answer.YES, "https://dock.test/docs", "2026-01-01")
MANIFEST = Manifest(
    slug="dock",
    name="Dock",
    auth=AuthKind.OAUTH,
    fields=(),
    can={
        Can.PUBLISH: _YES,
        Can.COMMENTS: _YES,
        Can.REPLY: _YES,
        Can.INSIGHTS: replace(_YES, answer=Answer.PLAN),
        Can.LIKE: replace(_YES, answer=Answer.PROBE),
    },
    guarantee=Guarantee.NONE,
    limits=LIMITS,
    scopes={
        Can.PUBLISH: ("post:write",),
        Can.COMMENTS: ("comments",),
        Can.REPLY: ("answer",),
        Can.LIKE: ("answer",),
    },
    scopes_always=("who",),
    default_origin="https://dock.internal",
    one_server=True,
    app=KEYS,
)


@dataclass
class DockTown(Town):
    """opens: names of the accounts that every sign-in opens (none: that of the person).
    says: the scopes in its answers, whatever was asked for; "" to say none."""

    opens: Sequence[str] | None = None
    says: str = ""
    known_secret: str = CLIENT["client_secret"]
    people: dict[str, str] = field(default_factory=lambda: {"ann": "1", "eve": "2", "kay": "3"})

    def renew(self) -> None:
        """As new, for each installation."""
        self.__dict__.update(DockTown().__dict__)

    def answer(self, path: str, form: dict[str, str], headers: Any) -> tuple[int, dict[str, Any]]:
        if path == "/check":
            return (200, {}) if form["client_secret"] == self.known_secret else (401, {})
        if path == "/page":
            return 200, self.tokens(self.people[form["name"]])
        return super().answer(path, form, headers)

    def tokens(self, person: str) -> dict[str, str]:
        made = super().tokens(person)
        return {**made, "scope": self.says} if self.says else made


class DockAuth(HarbourAuth):
    def __init__(self, client: httpx.AsyncClient, app: Secrets | None = None) -> None:
        super().__init__(client, app)
        self.app = app or {}

    async def register(self, origin: str, redirect_uri: str) -> Secrets:
        if not self.app:
            raise Refused("app_keys_missing")
        TOWN.apps[self.app["client_id"]] = redirect_uri
        return self.app

    async def check_app(self, origin: str) -> None:
        response = await wire.call(
            self.client, "POST", f"{origin}/check", json=dict(self.app), safe=True
        )
        if not response.is_success:
            raise Refused("app_keys_refused", response.text)

    def authorise_url(
        self, origin: str, app: Secrets, *, redirect_uri: str, state: str, challenge: str,
        scopes: tuple[str, ...] = (),
    ) -> str:  # fmt: skip
        url = super().authorise_url(
            origin, app, redirect_uri=redirect_uri, state=state, challenge=challenge
        )
        return f"{url}&{urlencode({'scope': ' '.join(scopes)})}"

    async def accounts(self, origin: str, secrets: Secrets) -> tuple[Candidate, ...]:
        if TOWN.opens is None:
            return await super().accounts(origin, secrets)
        found = []
        for name in TOWN.opens:
            own = await self.post(f"{origin}/page", {"name": name})
            account = Account(remote_id="", handle="", origin=origin, secrets=own)
            found.append(Candidate(await self.who(account), own, kind="Page"))
        return tuple(found)


TOWN = DockTown()


def build_dock(home: Path) -> Network:
    del home
    connector: Any = HarbourConnector
    TOWN.renew()
    return Network(MANIFEST, DockAuth, connector, app=TOWN)
