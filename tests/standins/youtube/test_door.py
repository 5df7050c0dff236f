"""Signing in with Google: the consent page, tokens, whose channel it is."""

from urllib.parse import parse_qs, urlsplit

import httpx
import pytest

from breakwater.domain.errors import Reconnect, Refused
from breakwater.networks.base import Account, Auth, Purpose, Secrets
from tests.standins.base.door import challenge
from tests.standins.google.standin import KEYS, REDIRECT
from tests.standins.youtube import YouTubeStandin
from tests.standins.youtube.calling import NETWORK, Desk
from tests.standins.youtube.state import OWN

VERIFIER = "v" * 64


def _walk(standin: YouTubeStandin, desk: Desk, scopes: tuple[str, ...] = ()) -> Secrets:
    app = desk.door(lambda auth: auth.register(standin.origin, REDIRECT))

    async def address(auth: Auth) -> str:
        return auth.authorise_url(
            standin.origin, app, redirect_uri=REDIRECT, state="s1",
            challenge=challenge(VERIFIER), scopes=scopes,
        )  # fmt: skip

    url = desk.door(address)
    with httpx.Client(transport=standin.transport()) as browser:
        assert browser.get(url).status_code == 200
        fields = {name: values[0] for name, values in parse_qs(urlsplit(url).query).items()}
        back = browser.post(url, data={**fields, "answer": "authorize"})
    query = parse_qs(urlsplit(back.headers["location"]).query)
    assert query["state"] == ["s1"]
    return desk.door(
        lambda auth: auth.exchange(
            standin.origin, app, code=query["code"][0], verifier=VERIFIER, redirect_uri=REDIRECT
        )
    )


def test_the_walk_through_the_door_opens_the_channel(standin: YouTubeStandin, desk: Desk) -> None:
    secrets = _walk(standin, desk)

    [candidate] = desk.door(lambda auth: auth.accounts(standin.origin, secrets))

    assert candidate.kind == "YouTube channel"
    assert (candidate.who.remote_id, candidate.who.handle) == (OWN, "@harbour")
    assert candidate.who.name == "Harbour Café"
    assert set(secrets) == {"access_token", "refresh_token", "scope", "expires_at"}
    [page] = standin.calls("GET", "/o/oauth2/v2/auth")
    assert (page.args["access_type"], page.args["prompt"]) == ("offline", "consent")


def test_a_listener_asks_for_no_more_than_it_needs(standin: YouTubeStandin, desk: Desk) -> None:
    scopes = NETWORK.manifest.scopes_for(Purpose.LISTEN)

    secrets = _walk(standin, desk, scopes)

    assert not any("upload" in scope for scope in secrets["scope"].split())


def test_a_token_is_renewed_and_the_refresh_token_stays(
    standin: YouTubeStandin, desk: Desk
) -> None:
    old = desk.account.secrets

    fresh = desk.door(lambda auth: auth.refresh(desk.account))

    assert fresh["refresh_token"] == old["refresh_token"]
    assert fresh["access_token"] != old["access_token"]


def test_a_grant_that_was_taken_back_is_a_reason_to_connect_again(
    standin: YouTubeStandin, desk: Desk
) -> None:
    desk.door(lambda auth: auth.revoke(desk.account))

    with pytest.raises(Reconnect):
        desk.door(lambda auth: auth.refresh(desk.account))

    assert standin.door.tokens == {}
    desk.door(lambda auth: auth.revoke(desk.account))


def test_keys_are_checked_without_harm(standin: YouTubeStandin, desk: Desk) -> None:
    desk.door(lambda auth: auth.check_app(standin.origin))

    desk.app = {**KEYS, "client_secret": "wrong"}
    with pytest.raises(Refused) as refused:
        desk.door(lambda auth: auth.check_app(standin.origin))

    assert refused.value.reason == "app_keys_refused"


def test_without_keys_nobody_is_sent_to_a_door(standin: YouTubeStandin, desk: Desk) -> None:
    desk.app = {}

    with pytest.raises(Refused) as refused:
        desk.door(lambda auth: auth.register(standin.origin, REDIRECT))

    assert refused.value.reason == "app_keys_missing"
    assert standin.requests == []


def test_a_code_opens_once_and_only_for_its_verifier(standin: YouTubeStandin, desk: Desk) -> None:
    with pytest.raises(Reconnect):
        desk.door(
            lambda auth: auth.exchange(
                standin.origin, KEYS, code="spent", verifier=VERIFIER, redirect_uri=REDIRECT
            )
        )


def test_a_google_account_without_a_channel_is_told(standin: YouTubeStandin, desk: Desk) -> None:
    standin.no_channel = True

    with pytest.raises(Refused) as refused:
        desk.door(lambda auth: auth.accounts(standin.origin, desk.account.secrets))

    assert refused.value.reason == "signup_needed"


def test_another_channel_is_not_taken_for_ours(standin: YouTubeStandin, desk: Desk) -> None:
    other = Account("UCother00000000000000000", "@other", standin.origin, desk.account.secrets)

    with pytest.raises(Refused) as refused:
        desk.door(lambda auth: auth.who(other))

    assert refused.value.reason == "wrong_account"


@pytest.mark.parametrize(("said", "most_s"), [("allowed", 43_200), ("eligible", 900)])
def test_how_long_a_film_may_be_is_the_channels_own(
    standin: YouTubeStandin, desk: Desk, said: str, most_s: float
) -> None:
    standin.state.long_uploads = said

    who = desk.door(lambda auth: auth.who(desk.account))

    assert who.limits is not None
    assert who.limits.video is not None
    assert who.limits.video.most_s == most_s


def test_the_real_door_is_googles(desk: Desk) -> None:
    origin = NETWORK.manifest.default_origin

    async def address(auth: Auth) -> str:
        return auth.authorise_url(origin, KEYS, redirect_uri=REDIRECT, state="s", challenge="c")

    assert desk.door(address).startswith("https://accounts.google.com/o/oauth2/v2/auth?")
