"""Later is this afternoon, tomorrow or Monday, by the clock on the workspace's wall."""

from datetime import UTC, datetime

from breakwater.domain.later import moments


def utc(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=UTC)


def test_in_the_morning_all_three_are_ahead() -> None:
    assert moments(utc("2026-11-25T09:00"), "Europe/Paris") == {
        "afternoon": utc("2026-11-25T14:00"),
        "tomorrow": utc("2026-11-26T08:00"),
        "monday": utc("2026-11-30T08:00"),
    }


def test_an_afternoon_that_has_begun_is_not_offered() -> None:
    assert list(moments(utc("2026-11-25T13:30"), "Europe/Paris")) == ["tomorrow", "monday"]


def test_on_a_monday_monday_is_the_next_one() -> None:
    assert moments(utc("2026-11-30T06:00"), "Europe/Paris")["monday"] == utc("2026-12-07T08:00")
