"""Signing in: the consent page, tokens of 60 days, members and the organisations they post for."""

import asyncio
from datetime import UTC, datetime, timedelta
from urllib.parse import parse_qsl, urlsplit

import httpx
import pytest

from breakwater.domain.errors import Reconnect, Refused
from breakwater.networks.base import Purpose
from breakwater.networks.linkedin.manifest import MANIFEST
from tests.standins.base.calling import Calling
from tests.standins.linkedin import LinkedInStandin
from tests.standins.linkedin.calling import APP, ann
from tests.standins.linkedin.standin import REDIRECT, SHARE
from tests.standins.linkedin.state import BAKERY, HARBOUR, MEMBER


def _through_the_page(
    standin: LinkedInStandin, address: str, answer: str = "authorize"
) -> dict[str, str]:
    """What comes back to the redirect address."""
    asked = dict(parse_qsl(urlsplit(address).query))

    async def press() -> httpx.Response:
        async with httpx.AsyncClient(transport=standin.transport()) as client:
            page = await client.get(address)
            assert page.status_code == 200, page.text
            where = address.partition("?")[0]
            return await client.post(where, data={**asked, "answer": answer})

    return dict(parse_qsl(urlsplit(asyncio.run(press()).headers["location"]).query))


def _signed_in(
    calls: Calling, standin: LinkedInStandin, *, scopes: tuple[str, ...] = ()
) -> dict[str, str]:
    app = calls.door(lambda door: door.register(standin.origin, REDIRECT))

    async def url(door: object) -> str:
        return door.authorise_url(  # type: ignore[attr-defined,no-any-return]
            standin.origin,
            app,
            redirect_uri=REDIRECT,
            state="s1",
            challenge="c" * 43,
            scopes=scopes,
        )

    back = _through_the_page(standin, calls.door(url))
    assert back["state"] == "s1"
    return dict(
        calls.door(
            lambda door: door.exchange(
                standin.origin, app, code=back["code"], verifier="v" * 43, redirect_uri=REDIRECT
            )
        )
    )


def test_a_sign_in_opens_the_member_and_each_organisation(
    linkedin_standin: LinkedInStandin,
) -> None:
    calls = ann(linkedin_standin)

    secrets = _signed_in(calls, linkedin_standin, scopes=MANIFEST.scopes_for(Purpose.PUBLISH))
    found = calls.door(lambda door: door.accounts(linkedin_standin.origin, secrets))

    assert [(c.who.remote_id, c.who.name, c.kind) for c in found] == [
        (MEMBER, "Ann Bø", "Member"),
        (HARBOUR, "Harbour Café", "Organisation"),
        (BAKERY, "Boulangerie du Port", "Organisation"),
    ]
    assert found[1].who.url == "https://www.linkedin.com/company/harbour-cafe"
    assert {c.secrets["member"] for c in found} == {MEMBER}
    ends = datetime.fromisoformat(secrets["expires_at"]) - datetime.now(UTC)
    assert timedelta(days=59) < ends <= timedelta(days=60)
    assert secrets["refresh_expires_at"] > secrets["expires_at"]


def test_an_app_for_members_alone_asks_for_no_more() -> None:
    standin = LinkedInStandin(known=SHARE)
    calls = ann(standin)
    calls.app = {**APP, "products": "share"}

    secrets = _signed_in(calls, standin, scopes=MANIFEST.scopes_for(Purpose.PUBLISH))
    found = calls.door(lambda door: door.accounts(standin.origin, secrets))

    assert set(secrets["scope"].split()) == SHARE
    assert [(c.who.remote_id, c.who.name) for c in found] == [(MEMBER, "Ann Bø")]
    assert standin.violations == []


def test_a_no_on_the_page_comes_back_as_one(linkedin_standin: LinkedInStandin) -> None:
    calls = ann(linkedin_standin)

    async def url(door: object) -> str:
        return door.authorise_url(  # type: ignore[attr-defined,no-any-return]
            linkedin_standin.origin, APP, redirect_uri=REDIRECT, state="s2", challenge=""
        )

    back = _through_the_page(linkedin_standin, calls.door(url), "deny")

    assert back == {"state": "s2", "error": "access_denied"}
    assert linkedin_standin.door.codes == {}


def test_a_code_opens_once(linkedin_standin: LinkedInStandin) -> None:
    calls = ann(linkedin_standin)
    _signed_in(calls, linkedin_standin)

    with pytest.raises(Reconnect):
        calls.door(
            lambda door: door.exchange(
                linkedin_standin.origin, APP, code="spent", verifier="", redirect_uri=REDIRECT
            )
        )


def test_tokens_are_renewed_where_the_app_may(linkedin_standin: LinkedInStandin) -> None:
    calls = ann(linkedin_standin)
    linkedin_standin.door.expire_all()
    with pytest.raises(Reconnect):
        calls.door(lambda door: door.who(calls.account))

    fresh = calls.door(lambda door: door.refresh(calls.account))

    assert fresh["access_token"] != calls.account.secrets["access_token"]
    assert fresh["refresh_token"] == calls.account.secrets["refresh_token"]
    assert fresh["member"] == MEMBER
    assert linkedin_standin.door.owner(fresh["access_token"], linkedin_standin.now()) is not None


def test_without_a_refresh_token_somebody_signs_in_again(linkedin_standin: LinkedInStandin) -> None:
    calls = ann(linkedin_standin)
    without = {k: v for k, v in calls.account.secrets.items() if k != "refresh_token"}
    account = type(calls.account)(MEMBER, "ann-bo", linkedin_standin.origin, without)

    with pytest.raises(Reconnect):
        calls.door(lambda door: door.refresh(account))

    linkedin_standin.door.revoke_all()
    with pytest.raises(Reconnect):
        calls.door(lambda door: door.refresh(calls.account))


def test_the_keys_of_the_app_are_proved(linkedin_standin: LinkedInStandin) -> None:
    calls = ann(linkedin_standin)

    calls.door(lambda door: door.check_app(linkedin_standin.origin))

    calls.app = {**APP, "client_secret": "wrong"}
    with pytest.raises(Refused) as wrong:
        calls.door(lambda door: door.check_app(linkedin_standin.origin))
    assert wrong.value.reason == "app_keys_refused"
    calls.app = {}
    with pytest.raises(Refused) as missing:
        calls.door(lambda door: door.register(linkedin_standin.origin, REDIRECT))
    assert missing.value.reason == "app_keys_missing"
