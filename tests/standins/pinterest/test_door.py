"""Signing in: the consent page, Basic, refresh tokens that rotate, keys that are proved."""

import asyncio
from datetime import UTC, datetime, timedelta
from urllib.parse import parse_qsl, urlsplit

import httpx
import pytest

from breakwater.domain.errors import Reconnect, Refused
from breakwater.networks.base import Account, Purpose
from breakwater.networks.pinterest.manifest import MANIFEST
from tests.standins.base.calling import Calling
from tests.standins.pinterest import PinterestStandin
from tests.standins.pinterest.calling import APP, ann
from tests.standins.pinterest.standin import ANN, REDIRECT


def _signed_in(
    calls: Calling, standin: PinterestStandin, purpose: Purpose = Purpose.PUBLISH
) -> dict[str, str]:
    app = calls.door(lambda door: door.register(standin.origin, REDIRECT))

    async def go(door: object) -> str:
        return door.authorise_url(  # type: ignore[attr-defined,no-any-return]
            standin.origin, app, redirect_uri=REDIRECT, state="s1", challenge="c" * 43,
            scopes=MANIFEST.scopes_for(purpose),
        )  # fmt: skip

    address = calls.door(go)

    async def press() -> httpx.Response:
        async with httpx.AsyncClient(transport=standin.transport()) as client:
            asked = dict(parse_qsl(urlsplit(address).query))
            return await client.post(
                address.partition("?")[0], data={**asked, "answer": "authorize"}
            )

    back = dict(parse_qsl(urlsplit(asyncio.run(press()).headers["location"]).query))
    assert back["state"] == "s1"
    return dict(
        calls.door(
            lambda door: door.exchange(
                standin.origin, app, code=back["code"], verifier="v", redirect_uri=REDIRECT
            )
        )
    )


def test_a_sign_in_opens_the_account(pinterest_standin: PinterestStandin) -> None:
    calls = ann(pinterest_standin)

    secrets = _signed_in(calls, pinterest_standin)
    (found,) = calls.door(lambda door: door.accounts(pinterest_standin.origin, secrets))

    assert (found.who.remote_id, found.who.handle) == (ANN, "@harbour_cafe")
    assert (found.who.name, found.who.url) == (
        "Harbour Café", "https://www.pinterest.com/harbour_cafe/",
    )  # fmt: skip
    ends = datetime.fromisoformat(secrets["expires_at"]) - datetime.now(UTC)
    assert timedelta(days=29) < ends <= timedelta(days=30)
    assert secrets["refresh_expires_at"] > secrets["expires_at"]
    (asked,) = pinterest_standin.calls("POST", "/v5/oauth/token")
    assert asked.fields["continuous_refresh"] == "true"
    assert "client_secret" not in asked.fields


def test_listening_asks_for_no_right_to_write(pinterest_standin: PinterestStandin) -> None:
    secrets = _signed_in(ann(pinterest_standin), pinterest_standin, Purpose.LISTEN)

    assert set(secrets["scope"].split()) == {"boards:read", "pins:read", "user_accounts:read"}


def test_a_refresh_token_works_once(pinterest_standin: PinterestStandin) -> None:
    calls = ann(pinterest_standin)
    pinterest_standin.door.expire_all()

    fresh = calls.door(lambda door: door.refresh(calls.account))

    assert fresh["refresh_token"] != calls.account.secrets["refresh_token"]
    renewed = Account(ANN, "@harbour_cafe", pinterest_standin.origin, fresh)
    assert calls.door(lambda door: door.who(renewed)).remote_id == ANN
    with pytest.raises(Reconnect):
        calls.door(lambda door: door.refresh(calls.account))


def test_without_a_refresh_token_somebody_signs_in_again(
    pinterest_standin: PinterestStandin,
) -> None:
    calls = ann(pinterest_standin)
    bare = Account(ANN, "@harbour_cafe", pinterest_standin.origin, {"access_token": "x"})

    with pytest.raises(Reconnect):
        calls.door(lambda door: door.refresh(bare))
    with pytest.raises(Reconnect):
        calls.door(lambda door: door.who(bare))


def test_the_keys_of_the_app_are_proved(pinterest_standin: PinterestStandin) -> None:
    calls = ann(pinterest_standin)

    calls.door(lambda door: door.check_app(pinterest_standin.origin))

    calls.app = {**APP, "client_secret": "wrong"}
    with pytest.raises(Refused) as wrong:
        calls.door(lambda door: door.check_app(pinterest_standin.origin))
    assert wrong.value.reason == "app_keys_refused"
    calls.app = {}
    with pytest.raises(Refused) as missing:
        calls.door(lambda door: door.register(pinterest_standin.origin, REDIRECT))
    assert missing.value.reason == "app_keys_missing"
