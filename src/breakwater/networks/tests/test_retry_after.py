"""When a network says to come back, in every form that was seen, and in some that nobody should send."""

import pytest

from breakwater.networks.wire import retry_after

NOW = "Mon, 02 Mar 2026 12:00:00 GMT"


@pytest.mark.parametrize(
    ("said", "seconds"),
    [
        ("", None),
        ("0", 0),
        ("30", 30),
        (" 30 ", 30),
        ("1.5", 1.5),
        ("864000", 864_000),
        ("Mon, 02 Mar 2026 12:00:30 GMT", 30),
        ("Mon, 02 Mar 2026 11:00:00 GMT", 0),
        ("Mon, 02 Mar 2026 13:00:30 +0100", 30),
        ("-30", None),
        ("+30", None),
        ("1e3", None),
        ("inf", None),
        ("nan", None),
        ("²", None),
        ("٣", None),
        ("30, 60", None),
        ("9" * 400, None),
        ("after the tide", None),
        ("Mon, 99 Foo 2026 12:00:30 GMT", None),
        ("Mon, 02 Mar 2026 12:00:30 +99999999999999999999", None),
    ],
)
def test_retry_after_says(said: str, seconds: float | None) -> None:
    assert retry_after({"retry-after": said, "date": NOW}) == seconds


@pytest.mark.parametrize(
    ("said", "seconds"),
    [
        ("2026-03-02T12:00:30.000000Z", 30),
        ("2026-03-02T13:00:30+01:00", 30),
        ("2026-03-02T11:00:00Z", 0),
        ("soon", None),
    ],
)
def test_a_reset_date_says(said: str, seconds: float | None) -> None:
    assert retry_after({"x-ratelimit-reset": said, "date": NOW}) == seconds


def test_retry_after_goes_before_a_reset_date() -> None:
    headers = {"retry-after": "5", "x-ratelimit-reset": "2026-03-02T12:00:30Z", "date": NOW}

    assert retry_after(headers) == 5


@pytest.mark.parametrize("date", ["", "yesterday"])
def test_a_date_without_their_clock_says_nothing_unless_we_have_one(date: str) -> None:
    headers = {"retry-after": "Mon, 02 Mar 2026 12:00:30 GMT", "date": date}

    assert retry_after(headers) is None
    assert retry_after(headers, now_s=1_772_452_800.0) == 30
