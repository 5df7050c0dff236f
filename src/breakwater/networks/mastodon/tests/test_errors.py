"""What a Mastodon answer means for us."""

import httpx
import pytest

from breakwater.domain.errors import NetworkError, OutcomeUnknown, Reconnect, Refused, TryLater
from breakwater.networks.mastodon.errors import refusal, wait_s

DATE = "Sat, 01 Aug 2026 13:50:00 GMT"


@pytest.mark.parametrize(
    ("status", "safe", "kind"),
    [
        (401, False, Reconnect),
        (403, False, Refused),
        (404, False, Refused),
        (413, False, Refused),
        (422, False, Refused),
        (429, False, TryLater),
        (408, False, OutcomeUnknown),
        (500, False, OutcomeUnknown),
        (502, False, OutcomeUnknown),
        (503, False, OutcomeUnknown),
        (504, False, OutcomeUnknown),
        (302, False, OutcomeUnknown),
        (302, True, Refused),
        (500, True, TryLater),
        (503, True, TryLater),
        (404, True, Refused),
        (401, True, Reconnect),
    ],
)
def test_a_status_code_alone(status: int, safe: bool, kind: type[NetworkError]) -> None:
    assert type(refusal(httpx.Response(status, text="<h1>no</h1>"), safe=safe)) is kind


@pytest.mark.parametrize(
    ("status", "word", "kind"),
    [
        (400, "invalid_grant", Reconnect),
        (401, "invalid_client", Reconnect),
        (403, "unauthorized_client", Reconnect),
        (403, "This action is outside the authorized scopes", Reconnect),
        (403, "This action is not allowed", Refused),
    ],
)
def test_a_word_of_the_standard_decides(status: int, word: str, kind: type[NetworkError]) -> None:
    assert type(refusal(httpx.Response(status, json={"error": word}))) is kind


@pytest.mark.parametrize(
    ("headers", "after_s"),
    [
        ({"retry-after": "290"}, 290.0),
        ({"retry-after": "864000"}, 864_000.0),
        ({"retry-after": "Sat, 01 Aug 2026 13:55:00 GMT", "date": DATE}, 300.0),
        ({"x-ratelimit-reset": "2026-08-01T13:55:00.400382Z", "date": DATE}, 300.400382),
        ({"x-ratelimit-reset": "1785592500", "date": DATE}, 300.0),
        ({"x-ratelimit-reset": "45"}, 45.0),
        ({"x-ratelimit-reset": "2026-08-01T13:40:00Z", "date": DATE}, 0.0),
        ({"retry-after": "soon"}, None),
        ({"x-ratelimit-reset": "1785592500"}, None),
        ({}, None),
    ],
)
def test_every_form_of_a_wait_is_understood(headers: dict[str, str], after_s: float | None) -> None:
    error = refusal(httpx.Response(429, headers=headers))

    assert isinstance(error, TryLater)
    assert error.throttled
    assert error.after_s == (None if after_s is None else pytest.approx(after_s))
    assert wait_s(headers) == error.after_s


@pytest.mark.parametrize(
    ("answer", "whole_app"),
    [
        (httpx.Response(429, json={"error": "Too many requests"}), False),
        (httpx.Response(429, text="<html>429</html>"), True),
    ],
)
def test_who_is_counted_is_known_the_token_or_all_that_we_send(
    answer: httpx.Response, whole_app: bool
) -> None:
    error = refusal(answer)

    assert isinstance(error, TryLater)
    assert (error.throttled, error.whole_app) == (True, whole_app)
