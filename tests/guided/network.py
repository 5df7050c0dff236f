"""The connector's side of "quayside": manifest and signing in. It publishes nothing."""

from collections.abc import Mapping
from pathlib import Path
from typing import Any
from urllib.parse import urlencode

import httpx

from breakwater.domain.errors import Refused
from breakwater.domain.guarantees import Guarantee
from breakwater.domain.text import Counting, Unit
from breakwater.networks import wire
from breakwater.networks.base import (
    Account,
    Answer,
    AppKeys,
    Ask,
    AuthKind,
    Budget,
    Can,
    Candidate,
    Capability,
    Field,
    Form,
    Kind,
    Kit,
    Limits,
    Manifest,
    Network,
    Option,
    Price,
    Proof,
    Review,
    Secrets,
    Seen,
    Who,
)
from breakwater.networks.unable import Unable, UnableAuth

_DOCS = "https://quayside.test/docs"
_DAY = "2026-11-28"


def _can(answer: Answer = Answer.YES, note: str = "", proof: Proof = Proof.UNPROVED) -> Capability:
    return Capability(answer, f"{_DOCS}/api", _DAY, note, proof)


MANIFEST = Manifest(
    slug="quayside",
    name="Quayside",
    auth=AuthKind.OAUTH,
    fields=(),
    can={
        Can.PUBLISH: _can(proof=Proof.RECORDED),
        Can.TIMELINE: _can(proof=Proof.REAL),
        Can.COMMENTS: _can(),
        Can.REPLY: _can(),
        Can.INSIGHTS: _can(Answer.PLAN, "With the network's paid plan."),
        Can.LIKE: _can(Answer.PROBE),
        Can.HOURS: _can(Answer.NO, "The network has no opening hours."),
    },
    guarantee=Guarantee.HANDLE,
    limits=Limits(
        Counting(Unit.CODE_POINTS, 2200), 10, 8_000_000, 0, ("image/jpeg",), 1000, _DOCS, _DAY, 25
    ),
    scopes={
        Can.PUBLISH: ("posts.write",),
        Can.TIMELINE: ("posts.read",),
        Can.COMMENTS: ("comments.read",),
        Can.REPLY: ("comments.write",),
    },
    scopes_always=("pages.list",),
    default_origin="https://quayside.test",
    one_server=True,
    forms=(
        Form("pictures", "Pictures", {Kind.PICTURE: (1, 10)}),
        Form("story", "Story", {Kind.PICTURE: (0, 1), Kind.VIDEO: (0, 1)}, most=1, asked=True),
    ),
    options=(Option("board", "Board", Ask.CHOICE, of_account=True, needed=True),),
    app=AppKeys(
        console="https://quayside.test/console",
        steps=(
            "Sign in to the console and make a new app of the kind “Business”.",
            "Under “Sign-in”, paste the redirect address of step 2.",
            "Under “Rights”, tick those of step 3, then open “Keys”.",
        ),
        fields=(
            Field("client_id", "App ID", "Of the page “Keys”."),
            Field("client_secret", "App secret", "Shown there once.", secret=True),
        ),
        review=Review(
            (2, 4),
            ("A film of how your team uses it.", "A privacy page on your own site."),
            "Until then only people of your own app can connect.",
            f"{_DOCS}/review",
            _DAY,
        ),
    ),
    polls={"comments": 120, "mentions": 300},
    budgets=(Budget("publishing", 25, 86_400, _DOCS, _DAY),),
    prices={"posts.read": Price(5000, _DOCS, _DAY)},
)


class QuaysideAuth(UnableAuth):
    def __init__(self, client: httpx.AsyncClient, app: Secrets) -> None:
        self._client, self._app = client, app

    async def register(self, origin: str, redirect_uri: str) -> Secrets:
        if not self._app:
            raise Refused("app_keys_missing")
        return self._app

    async def check_app(self, origin: str) -> None:
        await self._post(f"{origin}/check", self._app, refusal="app_keys_refused")

    def authorise_url(
        self, origin: str, app: Secrets, *, redirect_uri: str, state: str, challenge: str,
        scopes: tuple[str, ...] = (),
    ) -> str:  # fmt: skip
        query = {
            "client_id": app["client_id"], "redirect_uri": redirect_uri, "state": state,
            "challenge": challenge, "scope": " ".join(scopes),
        }  # fmt: skip
        return f"{origin}/consent?{urlencode(query)}"

    async def exchange(
        self, origin: str, app: Secrets, *, code: str, verifier: str, redirect_uri: str
    ) -> Secrets:
        form = {**app, "code": code, "verifier": verifier, "redirect_uri": redirect_uri}
        given = await self._post(f"{origin}/token", form)
        return {"access_token": given["access_token"], "scope": given["scope"]}

    async def accounts(self, origin: str, secrets: Secrets) -> tuple[Candidate, ...]:
        given = await self._post(f"{origin}/pages", {"token": secrets["access_token"]})
        return tuple(
            Candidate(
                Who(one["id"], one["handle"], one["name"]),
                {"access_token": one["token"], "scope": secrets["scope"]},
                kind="Page",
            )
            for one in given["pages"]
        )

    async def who(self, account: Account) -> Who:
        token = {"token": account.secrets["access_token"]}
        one = await self._post(f"{account.origin}/me", token)
        return Who(one["id"], one["handle"], one["name"])

    async def _post(
        self, url: str, form: Mapping[str, str], refusal: str = "not_allowed"
    ) -> dict[str, Any]:
        response = await wire.call(self._client, "POST", url, json=dict(form), safe=True)
        if not response.is_success:
            raise Refused(refusal, response.text)
        return wire.body(response, safe=True)


class QuaysideConnector(Unable):
    guarantee = Guarantee.HANDLE

    def __init__(self, client: httpx.AsyncClient, account: Account, kit: Kit) -> None:
        del client, account, kit

    async def timeline(self, limit: int) -> tuple[Seen, ...]:
        del limit
        return ()


def build(home: Path) -> Network:
    del home
    connector: Any = QuaysideConnector
    return Network(MANIFEST, QuaysideAuth, connector)
