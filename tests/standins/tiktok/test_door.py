"""The door: the administrator's app, the page, tokens that rotate."""

from datetime import timedelta
from urllib.parse import parse_qs, urlsplit

import httpx
import pytest

from breakwater.domain.errors import Reconnect, Refused, TryLater
from breakwater.networks.base import Account, Auth, Secrets
from tests.standins.base.calling import Calling
from tests.standins.base.exchange import as_json
from tests.standins.tiktok import TikTokStandin
from tests.standins.tiktok.calling import NETWORK, connected
from tests.standins.tiktok.standin import APP, BACK, SCOPES

TOKEN = "/v2/oauth/token/"


def _outside(standin: TikTokStandin, app: Secrets = APP) -> Calling:
    return Calling(NETWORK, Account("", "", standin.origin), standin.transport(), app=app)


async def _url(auth: Auth, standin: TikTokStandin, scopes: tuple[str, ...] = ()) -> str:
    return auth.authorise_url(
        standin.origin, APP, redirect_uri=BACK, state="one use", challenge="c" * 43, scopes=scopes
    )


def _walk(standin: TikTokStandin, answer: str = "authorize") -> dict[str, str]:
    """What comes back to the redirect address."""
    url = _outside(standin).door(lambda auth: _url(auth, standin))
    asked = {name: values[0] for name, values in parse_qs(urlsplit(url).query).items()}
    with httpx.Client(transport=standin.transport()) as browser:
        assert "Authorize</button>" in browser.get(url).text
        went = browser.post(
            f"{standin.origin}/v2/auth/authorize/", data={**asked, "answer": answer}
        )
    back = urlsplit(went.headers["location"])
    return {name: values[0] for name, values in parse_qs(back.query).items()}


def _exchange(standin: TikTokStandin, code: str) -> Secrets:
    return _outside(standin).door(
        lambda auth: auth.exchange(
            standin.origin, APP, code=code, verifier="unused", redirect_uri=BACK
        )
    )


def test_the_walk_through_the_door(tiktok_in_process: TikTokStandin) -> None:
    standin = tiktok_in_process
    came = _walk(standin)

    secrets = _exchange(standin, came["code"])
    inside = Calling(NETWORK, Account("", "", standin.origin, secrets), standin.transport())
    [candidate] = inside.door(lambda auth: auth.accounts(standin.origin, secrets))

    assert came["state"] == "one use"
    assert secrets["scope"].split() == sorted(SCOPES)
    assert secrets["expires_at"].startswith((standin.now() + timedelta(days=1)).isoformat()[:16])
    assert (
        secrets["refresh_expires_at"][:10] == (standin.now() + timedelta(days=365)).isoformat()[:10]
    )
    assert candidate.secrets == secrets
    assert candidate.who.remote_id == "open-harbour"
    assert candidate.who.handle == "@harbour"
    assert candidate.who.name == "Harbour Café"
    assert candidate.who.url == f"{standin.origin}/@harbour"
    assert candidate.who.limits is not None
    assert candidate.who.limits.video is not None
    assert candidate.who.limits.video.most_s == 300


def test_what_is_asked_is_what_is_needed(tiktok_in_process: TikTokStandin) -> None:
    url = _outside(tiktok_in_process).door(
        lambda auth: _url(auth, tiktok_in_process, ("user.info.basic", "video.list"))
    )

    asked = parse_qs(urlsplit(url).query)
    assert asked["scope"] == ["user.info.basic,video.list"]
    assert asked["client_key"] == ["awkey12345"]
    assert "code_challenge" not in asked


def test_an_account_that_only_listens_is_known_by_its_name(
    tiktok_in_process: TikTokStandin,
) -> None:
    calling = connected(tiktok_in_process, ("user.info.basic", "user.info.profile"))

    who = calling.door(lambda auth: auth.who(calling.account))

    assert (who.handle, who.limits) == ("@harbour", None)


def test_a_person_may_say_no(tiktok_in_process: TikTokStandin) -> None:
    assert _walk(tiktok_in_process, "deny")["error"] == "access_denied"


def test_a_code_opens_once(tiktok_in_process: TikTokStandin) -> None:
    code = _walk(tiktok_in_process)["code"]
    _exchange(tiktok_in_process, code)

    with pytest.raises(Reconnect):
        _exchange(tiktok_in_process, code)


def test_a_refresh_gives_another_refresh_token(tiktok_in_process: TikTokStandin) -> None:
    standin, calling = tiktok_in_process, connected(tiktok_in_process)
    old = calling.account.secrets
    standin.door.expire_all()
    with pytest.raises(Reconnect):
        calling.door(lambda auth: auth.who(calling.account))

    fresh = calling.door(lambda auth: auth.refresh(calling.account))
    renewed = Calling(
        NETWORK, Account("open-harbour", "", standin.origin, fresh), standin.transport(), app=APP
    )

    assert fresh["refresh_token"] != old["refresh_token"]
    assert renewed.door(lambda auth: auth.who(renewed.account)).remote_id == "open-harbour"
    with pytest.raises(Reconnect):
        calling.door(lambda auth: auth.refresh(calling.account))


def test_a_refusal_under_200_is_a_refusal(tiktok_in_process: TikTokStandin) -> None:
    calling = connected(tiktok_in_process)
    tiktok_in_process.fail_next("POST", TOKEN, as_json({"error": "invalid_grant", "log_id": "1"}))

    with pytest.raises(Reconnect):
        calling.door(lambda auth: auth.refresh(calling.account))


@pytest.mark.parametrize("fault", ["drop_before_accept", "html_200", "empty_200", "server_error"])
def test_a_door_that_does_not_open_is_no_reason_to_reconnect(
    tiktok_in_process: TikTokStandin, fault: str
) -> None:
    calling = connected(tiktok_in_process)
    getattr(tiktok_in_process, fault)("POST", TOKEN)

    with pytest.raises(TryLater):
        calling.door(lambda auth: auth.refresh(calling.account))


def test_what_is_revoked_opens_nothing(tiktok_in_process: TikTokStandin) -> None:
    calling = connected(tiktok_in_process)

    calling.door(lambda auth: auth.revoke(calling.account))
    calling.door(lambda auth: auth.revoke(calling.account))

    with pytest.raises(Reconnect):
        calling.door(lambda auth: auth.who(calling.account))


def test_the_keys_of_the_app_are_proved(tiktok_in_process: TikTokStandin) -> None:
    standin = tiktok_in_process
    _outside(standin).door(lambda auth: auth.check_app(standin.origin))

    with pytest.raises(Refused) as caught:
        _outside(standin, {**APP, "client_secret": "wrong"}).door(
            lambda auth: auth.check_app(standin.origin)
        )

    assert caught.value.reason == "app_keys_refused"


@pytest.mark.parametrize("lacks", ["client_id", "client_secret"])
def test_keys_that_are_missing_are_told(tiktok_in_process: TikTokStandin, lacks: str) -> None:
    standin = tiktok_in_process
    assert _outside(standin).door(lambda auth: auth.register(standin.origin, BACK)) == APP

    with pytest.raises(Refused) as caught:
        _outside(standin, {**APP, lacks: ""}).door(lambda auth: auth.register(standin.origin, BACK))

    assert caught.value.reason == "app_keys_missing"
    assert standin.requests == []
