"""A handle and an app password become tokens; the password is not kept."""

import base64
import json

import httpx
import pytest

from breakwater.domain.errors import Reconnect, Refused, TryLater, Unsupported
from breakwater.networks.base import Account, Who
from breakwater.networks.bluesky.auth import claims
from breakwater.networks.bluesky.tests.world import (
    ACCOUNT,
    DID,
    ORIGIN,
    RECORDED,
    recorded,
    world,
)

FIELDS = {"origin": ORIGIN, "handle": "\u202a@ann.test\u202c ", "app_password": " abcd-efgh "}
TAKEN_DOWN = httpx.Response(401, json={"error": "AccountTakedown", "message": "taken down"})
FACTOR = httpx.Response(401, json={"error": "AuthFactorTokenRequired", "message": "A code…"})
PROFILE = {"uri": f"at://{DID}/app.bsky.actor.profile/self", "value": {"displayName": "Ann"}}


def test_an_app_password_becomes_tokens() -> None:
    net = world(server_createSession="session")

    secrets = net.signing(lambda auth: auth.sign_in(ORIGIN, FIELDS))

    said = RECORDED["session"]["body"]
    assert net.payload(0) == {"identifier": "ann.test", "password": "abcd-efgh"}
    assert secrets["access_token"] == said["accessJwt"]
    assert secrets["refresh_token"] == said["refreshJwt"]
    assert secrets["expires_at"].startswith("2026-11-22T08:")
    assert secrets["expires_at"].endswith("+00:00")
    assert "abcd-efgh" not in secrets.values()


def test_the_password_of_the_account_itself_is_refused_and_its_session_closed() -> None:
    net = world(server_createSession="session_main", server_deleteSession="closed")

    with pytest.raises(Refused) as refused:
        net.signing(lambda auth: auth.sign_in(ORIGIN, FIELDS))

    assert refused.value.reason == "app_password_needed"
    refresh = RECORDED["session_main"]["body"]["refreshJwt"]
    assert net.requests[1].headers["authorization"] == f"Bearer {refresh}"


@pytest.mark.parametrize(
    ("answer", "reason"),
    [
        ("wrong_password", "sign_in_refused"),
        (TAKEN_DOWN, "account_suspended"),
        (FACTOR, "app_password_needed"),
    ],
)
def test_a_refused_sign_in_says_why(answer: httpx.Response | str, reason: str) -> None:
    net = world(server_createSession=answer)

    with pytest.raises(Refused) as refused:
        net.signing(lambda auth: auth.sign_in(ORIGIN, FIELDS))

    assert refused.value.reason == reason


@pytest.mark.parametrize(
    "answer",
    [
        httpx.ReadTimeout("slow"),
        httpx.Response(200, text="<html>"),
        httpx.Response(200, json={"did": DID}),
        httpx.Response(502),
        "throttled",
    ],
)
def test_a_sign_in_without_an_answer_can_be_tried_again(
    answer: httpx.Response | Exception | str,
) -> None:
    net = world(server_createSession=answer)

    with pytest.raises(TryLater):
        net.signing(lambda auth: auth.sign_in(ORIGIN, FIELDS))


def test_tokens_of_another_kind_have_no_known_end() -> None:
    answer = httpx.Response(200, json={"accessJwt": "opaque", "refreshJwt": "opaque too"})
    net = world(server_createSession=answer)

    secrets = net.signing(lambda auth: auth.sign_in(ORIGIN, FIELDS))

    assert secrets == {"access_token": "opaque", "refresh_token": "opaque too"}


@pytest.mark.parametrize(
    ("profile", "name"),
    [
        ("absent", "ann.test"),
        (httpx.Response(200, json=PROFILE), "Ann"),
        (httpx.Response(200, json={**PROFILE, "value": {}}), "ann.test"),
    ],
)
def test_it_tells_whose_tokens_these_are(profile: httpx.Response | str, name: str) -> None:
    net = world(server_getSession="who", repo_getRecord=profile)

    who = net.signing(lambda auth: auth.who(ACCOUNT))

    assert who == Who(DID, "ann.test", name, "https://bsky.app/profile/ann.test")
    assert net.requests[0].headers["authorization"] == "Bearer access"


@pytest.mark.parametrize(
    "answer",
    [
        "expired",
        "bad_token",
        "who_taken_down",
        httpx.Response(
            200, json={"did": DID, "handle": "a.test", "active": False, "status": "deactivated"}
        ),
    ],
)
def test_an_account_that_cannot_be_used_asks_to_reconnect(answer: httpx.Response | str) -> None:
    net = world(server_getSession=answer)

    with pytest.raises(Reconnect):
        net.signing(lambda auth: auth.who(ACCOUNT))


def test_a_refresh_gives_both_tokens_anew() -> None:
    net = world(server_refreshSession="refreshed")

    secrets = net.signing(lambda auth: auth.refresh(ACCOUNT))

    said = RECORDED["refreshed"]["body"]
    assert net.requests[0].headers["authorization"] == "Bearer refresh"
    assert secrets["access_token"] == said["accessJwt"]
    assert secrets["refresh_token"] == said["refreshJwt"]


@pytest.mark.parametrize(
    ("answer", "error"),
    [
        ("refresh_revoked", Reconnect),
        ("bad_token", Reconnect),
        (httpx.ReadTimeout("slow"), TryLater),
        (httpx.Response(500), TryLater),
    ],
)
def test_a_failed_refresh_is_dead_or_can_be_tried_again(
    answer: httpx.Response | Exception | str, error: type[Exception]
) -> None:
    net = world(server_refreshSession=answer)

    with pytest.raises(error):
        net.signing(lambda auth: auth.refresh(ACCOUNT))


@pytest.mark.parametrize("answer", ["closed", "refresh_revoked"])
def test_revoking_twice_is_revoking_once(answer: str) -> None:
    net = world(server_deleteSession=answer)

    net.signing(lambda auth: auth.revoke(ACCOUNT))

    assert net.asked == ["server.deleteSession"]


def test_there_is_no_consent_page() -> None:
    net = world()

    with pytest.raises(Unsupported):
        net.signing(lambda auth: auth.register(ORIGIN, "https://desk.example.org/back"))

    assert net.asked == []


def test_secrets_do_not_show_in_logs() -> None:
    account = Account(DID, "ann.test", ORIGIN, {"access_token": "hush"})

    assert "hush" not in repr(account)


@pytest.mark.parametrize("token", ["", "a.b", "a.!.c", "a.e30x.c", "a.W10.c"])
def test_a_token_that_is_no_jwt_says_nothing(token: str) -> None:
    assert claims(token) == {}


def test_a_jwt_says_what_it_is() -> None:
    middle = base64.urlsafe_b64encode(json.dumps({"scope": "x"}).encode()).decode().rstrip("=")

    assert claims(f"a.{middle}.c") == {"scope": "x"}
    assert recorded("session").json()["did"] == DID
