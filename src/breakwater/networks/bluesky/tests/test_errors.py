"""Each refusal of a real server means one of the five errors."""

import httpx
import pytest

from breakwater.domain.errors import OutcomeUnknown, Reconnect, Refused, TryLater
from breakwater.networks.bluesky.errors import refusal, wait_s
from breakwater.networks.bluesky.tests.world import recorded

_LIMIT = {"error": "RateLimitExceeded", "message": "Rate Limit Exceeded"}


@pytest.mark.parametrize(
    "name",
    [
        "expired",
        "bad_token",
        "no_token",
        "wrong_password",
        "refresh_revoked",
        "put_taken_down",
        "put_foreign",
    ],
)
@pytest.mark.parametrize("safe", [True, False])
def test_a_dead_credential_asks_to_reconnect(name: str, safe: bool) -> None:
    assert type(refusal(recorded(name), safe=safe)) is Reconnect


@pytest.mark.parametrize(
    ("name", "reason"),
    [
        ("put_too_long", "text_too_long"),
        ("put_too_many_bytes", "text_too_long"),
        ("put_blob_big", "too_large"),
        ("upload_too_big", "too_large"),
        ("put_blob_gone", "media_gone"),
        ("absent", "not_there"),
        ("elsewhere", "not_accepted"),
    ],
)
def test_a_no_says_why(name: str, reason: str) -> None:
    error = refusal(recorded(name))

    assert isinstance(error, Refused)
    assert error.reason == reason


@pytest.mark.parametrize("safe", [True, False])
def test_too_many_calls_say_how_long_to_wait(safe: bool) -> None:
    error = refusal(recorded("throttled"), safe=safe)

    assert isinstance(error, TryLater)
    assert error.throttled
    assert error.after_s is not None
    assert 200 < error.after_s <= 300


@pytest.mark.parametrize(
    ("answer", "whole_app"),
    [
        (recorded("throttled"), False),
        (httpx.Response(429, headers={"ratelimit-policy": "5000;w=3600"}, json=_LIMIT), False),
        (httpx.Response(429, headers={"ratelimit-policy": "3000;w=300"}, json=_LIMIT), True),
        (httpx.Response(429, text="<h1>slow down</h1>"), True),
    ],
)
def test_who_is_counted_is_known_the_account_or_all_that_we_send(
    answer: httpx.Response, whole_app: bool
) -> None:
    error = refusal(answer)

    assert isinstance(error, TryLater)
    assert (error.throttled, error.whole_app) == (True, whole_app)


def test_retry_after_goes_before_the_reset() -> None:
    headers = {"retry-after": "12", "ratelimit-reset": "1795328524"}

    assert wait_s(headers) == 12.0
    assert wait_s({"ratelimit-reset": "1795328524"}) is None
    assert wait_s({"date": "Sun, 22 Nov 2026 06:18:08 GMT", "ratelimit-reset": "soon"}) is None


@pytest.mark.parametrize("status", [500, 502, 503, 504])
@pytest.mark.parametrize("name", ["InternalServerError", "UpstreamFailure", "InvalidRequest"])
def test_a_server_error_is_certain_of_nothing_on_a_write(status: int, name: str) -> None:
    response = httpx.Response(status, json={"error": name, "message": "?"})

    assert type(refusal(response)) is OutcomeUnknown
    assert type(refusal(response, safe=True)) is TryLater


@pytest.mark.parametrize("body", [b"<html>", b"[]", b'{"error": 1}', b""])
def test_without_a_name_the_status_decides(body: bytes) -> None:
    assert isinstance(refusal(httpx.Response(400, content=body)), Refused)
    assert isinstance(refusal(httpx.Response(401, content=body)), Reconnect)
    assert isinstance(refusal(httpx.Response(418, content=body)), OutcomeUnknown)


def test_a_moved_server_is_not_there() -> None:
    response = httpx.Response(301, headers={"location": "https://elsewhere.example.org/"})

    error = refusal(response, safe=True)

    assert isinstance(error, Refused)
    assert error.reason == "not_there"
    assert "elsewhere.example.org" in error.detail
