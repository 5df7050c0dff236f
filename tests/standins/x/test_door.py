"""Signing in: consent, code, tokens that rotate, who it is, taking back."""

import base64
from dataclasses import replace
from datetime import datetime, timedelta
from urllib.parse import parse_qs, urlsplit

import httpx
import pytest

from breakwater.domain.errors import NetworkError, Reconnect, Refused, TryLater
from breakwater.networks.base import Purpose, Secrets
from tests.standins.base.calling import Calling
from tests.standins.base.door import challenge
from tests.standins.x import XStandin
from tests.standins.x.calling import NETWORK, connected
from tests.standins.x.standin import APP, CLIENT_ID, CLIENT_SECRET, REDIRECT

VERIFIER = "a-verifier-that-nobody-guesses-0123456789abcdef"
KEYS = {"client_id": CLIENT_ID, "client_secret": CLIENT_SECRET}


def _code(standin: XStandin, calling: Calling, scopes: tuple[str, ...] = ()) -> str:
    """The walk through the consent page."""

    async def url(auth: object) -> str:
        return NETWORK.auth(httpx.AsyncClient(), APP).authorise_url(
            standin.origin, KEYS, redirect_uri=REDIRECT, state="s", challenge=challenge(VERIFIER),
            scopes=scopes,
        )  # fmt: skip

    asked = {k: v[0] for k, v in parse_qs(urlsplit(calling.door(url)).query).items()}
    with httpx.Client(transport=standin.transport()) as client:
        assert client.get(f"{standin.origin}/i/oauth2/authorize", params=asked).status_code == 200
        back = client.post(
            f"{standin.origin}/i/oauth2/authorize", data={**asked, "answer": "authorize"}
        )
    query = parse_qs(urlsplit(back.headers["location"]).query)
    assert query["state"] == ["s"]
    return query["code"][0]


def _exchanged(standin: XStandin, calling: Calling, code: str, verifier: str = VERIFIER) -> Secrets:
    return calling.door(
        lambda a: a.exchange(
            standin.origin, KEYS, code=code, verifier=verifier, redirect_uri=REDIRECT
        )
    )


def test_the_walk_through_the_door_ends_with_an_account(x_standin: XStandin) -> None:
    calling = connected(x_standin)

    secrets = _exchanged(x_standin, calling, _code(x_standin, calling))

    [candidate] = calling.door(lambda a: a.accounts(x_standin.origin, secrets))
    assert (candidate.who.remote_id, candidate.who.handle, candidate.who.name) == (
        x_standin.person("harbour").id, "@harbour", "The Harbour",
    )  # fmt: skip
    assert candidate.who.url == f"{x_standin.origin}/harbour"
    assert candidate.who.limits is None
    ends = datetime.fromisoformat(secrets["expires_at"]) - x_standin.now()
    assert timedelta(minutes=119) < ends <= timedelta(hours=2)
    assert "offline.access" in secrets["scope"].split()


def test_the_app_proves_itself_by_basic_and_never_in_the_body(x_standin: XStandin) -> None:
    calling = connected(x_standin)

    _exchanged(x_standin, calling, _code(x_standin, calling))

    [asked] = x_standin.calls("POST", "/2/oauth2/token")
    packed = base64.b64encode(f"{CLIENT_ID}:{CLIENT_SECRET}".encode()).decode()
    assert asked.headers["authorization"] == f"Basic {packed}"
    assert set(asked.fields) == {"grant_type", "code", "redirect_uri", "code_verifier"}


@pytest.mark.parametrize("late_s", [0, 31])
def test_a_code_with_another_verifier_or_too_late_opens_nothing(
    late_s: int, x_standin: XStandin
) -> None:
    calling = connected(x_standin)
    code = _code(x_standin, calling)
    x_standin.advance(late_s)

    with pytest.raises(Reconnect):
        _exchanged(x_standin, calling, code, VERIFIER if late_s else "another")


@pytest.mark.parametrize(
    ("purpose", "scope", "asked"),
    [
        (Purpose.LISTEN, "tweet.write", False),
        (Purpose.LISTEN, "dm.read", True),
        (Purpose.LISTEN, "dm.write", False),
        (Purpose.ANSWER, "tweet.moderate.write", True),
        (Purpose.PUBLISH, "media.write", True),
        (Purpose.LISTEN, "offline.access", True),
        (Purpose.PUBLISH, "block.write", False),
    ],
)
def test_each_purpose_asks_for_what_it_needs(purpose: Purpose, scope: str, *, asked: bool) -> None:
    assert (scope in NETWORK.manifest.scopes_for(purpose)) is asked


def test_a_refresh_token_works_once(x_standin: XStandin) -> None:
    calling = connected(x_standin)

    fresh = calling.door(lambda a: a.refresh(calling.account))

    assert fresh["refresh_token"] != calling.account.secrets["refresh_token"]
    assert fresh["access_token"] != calling.account.secrets["access_token"]
    with pytest.raises(Reconnect):
        calling.door(lambda a: a.refresh(calling.account))
    calling.account = replace(calling.account, secrets=fresh)
    calling.door(lambda a: a.refresh(calling.account))


def test_without_offline_access_there_is_nothing_to_refresh(x_standin: XStandin) -> None:
    calling = connected(x_standin)
    code = _code(x_standin, calling, ("tweet.read", "users.read"))
    secrets = _exchanged(x_standin, calling, code)
    calling.account = replace(calling.account, secrets=secrets)

    with pytest.raises(Reconnect):
        calling.door(lambda a: a.refresh(calling.account))

    assert "refresh_token" not in secrets


@pytest.mark.parametrize("status", [500, 503])
def test_a_door_in_trouble_is_tried_later(status: int, x_standin: XStandin) -> None:
    calling = connected(x_standin)
    x_standin.server_error("POST", "/2/oauth2/token")

    with pytest.raises(TryLater):
        calling.door(lambda a: a.refresh(calling.account))


def test_what_is_taken_back_opens_nothing(x_standin: XStandin) -> None:
    calling = connected(x_standin)

    calling.door(lambda a: a.revoke(calling.account))
    calling.door(lambda a: a.revoke(calling.account))

    with pytest.raises(Reconnect):
        calling.door(lambda a: a.who(calling.account))
    assert x_standin.door.refresh_tokens == {}


def test_a_subscriber_may_write_more(x_standin: XStandin) -> None:
    calling = connected(x_standin)
    x_standin.person("harbour").subscription = "PremiumPlus"

    who = calling.door(lambda a: a.who(calling.account))

    assert who.limits is not None
    assert who.limits.text.limit == 25_000


def test_without_keys_nobody_is_sent_anywhere(x_standin: XStandin) -> None:
    calling = connected(x_standin)
    calling.app = {"client_id": CLIENT_ID}

    with pytest.raises(Refused) as refused:
        calling.door(lambda a: a.register(x_standin.origin, REDIRECT))

    assert refused.value.reason == "app_keys_missing"
    assert x_standin.requests == []


def test_the_administrators_keys_are_proved(x_standin: XStandin) -> None:
    calling = connected(x_standin)

    calling.door(lambda a: a.check_app(x_standin.origin))
    calling.app = {**APP, "client_secret": "wrong"}
    with pytest.raises(Refused) as refused:
        calling.door(lambda a: a.check_app(x_standin.origin))
    x_standin.server_error("POST", "/2/oauth2/token")
    with pytest.raises(NetworkError):
        calling.door(lambda a: a.check_app(x_standin.origin))

    assert refused.value.reason == "app_keys_refused"


def test_the_browser_goes_to_the_page_and_calls_go_to_the_api() -> None:
    url = NETWORK.auth(httpx.AsyncClient(), APP).authorise_url(
        "https://api.x.com", KEYS, redirect_uri=REDIRECT, state="s", challenge="c"
    )

    assert url.startswith("https://x.com/i/oauth2/authorize?")
    assert "code_challenge_method=S256" in url
