"""What an error body of Google's APIs means, whichever of its words it uses."""

import httpx
import pytest

from breakwater.domain.errors import NetworkError, OutcomeUnknown, Reconnect, Refused, TryLater
from breakwater.networks.google import Google, moment, reasons_of, said_at


def _answer(status: int, error: object, **headers: str) -> httpx.Response:
    return httpx.Response(status, json={"error": error}, headers=headers)


def _error(response: httpx.Response, *, safe: bool = False) -> NetworkError:
    return Google(httpx.AsyncClient(), "token", {"commentsDisabled": "comments_off"}).error_of(
        response, safe=safe
    )


def test_reasons_go_from_the_narrowest_to_the_widest() -> None:
    response = _answer(
        403,
        {
            "errors": [{"reason": "forbidden"}],
            "details": [{"reason": "SERVICE_DISABLED"}, {"fieldViolations": []}],
            "status": "PERMISSION_DENIED",
        },
    )

    assert reasons_of(response) == ("forbidden", "SERVICE_DISABLED", "PERMISSION_DENIED")


@pytest.mark.parametrize("body", [b"", b"<html>", b"[]", b'{"error": "x"}', b'{"error": []}'])
def test_a_body_without_reasons_has_none(body: bytes) -> None:
    assert reasons_of(httpx.Response(500, content=body)) == ()


@pytest.mark.parametrize(
    ("status", "error", "reason"),
    [
        (403, {"errors": [{"reason": "commentsDisabled"}]}, "comments_off"),
        (403, {"errors": [{"reason": "unheardOf"}], "status": "PERMISSION_DENIED"}, "not_allowed"),
        (404, {"status": "NOT_FOUND"}, "not_there"),
        (400, {"errors": [{"reason": "unheardOf"}]}, "not_accepted"),
        (403, {"details": [{"reason": "SERVICE_DISABLED"}]}, "api_off"),
    ],
)
def test_a_definite_no_is_refused(status: int, error: object, reason: str) -> None:
    found = _error(_answer(status, error))

    assert isinstance(found, Refused)
    assert found.reason == reason


def test_401_is_a_reason_to_connect_again_whatever_it_says() -> None:
    assert isinstance(_error(_answer(401, {"errors": [{"reason": "forbidden"}]})), Reconnect)


def test_trouble_is_unknown_for_a_write_and_later_for_a_read() -> None:
    trouble = _answer(500, {"errors": [{"reason": "backendError"}]})

    assert isinstance(_error(trouble), OutcomeUnknown)
    assert isinstance(_error(trouble, safe=True), TryLater)


def test_a_used_day_ends_at_midnight_in_california() -> None:
    used = {"errors": [{"reason": "quotaExceeded"}]}

    found = _error(_answer(403, used, date="Sat, 28 Nov 2026 07:00:00 GMT"))

    assert isinstance(found, TryLater)
    assert (found.after_s, found.throttled, found.whole_app) == (3600.0, True, True)


def test_a_used_day_of_an_answer_without_a_clock_says_no_time() -> None:
    found = _error(_answer(403, {"errors": [{"reason": "quotaExceeded"}]}))

    assert isinstance(found, TryLater)
    assert found.after_s is None


def test_retry_after_goes_before_a_guess() -> None:
    slow = {"errors": [{"reason": "userRateLimitExceeded"}]}

    found = _error(_answer(403, slow, **{"retry-after": "12"}))

    assert isinstance(found, TryLater)
    assert (found.after_s, found.whole_app) == (12.0, False)


def test_times_have_nine_digits_or_none() -> None:
    assert moment("2026-11-28T07:00:00.123456789Z") == moment("2026-11-28T08:00:00.123456+01:00")
    assert said_at(httpx.Response(200, headers={"date": "yesterday"})) is None
