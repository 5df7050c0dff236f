"""A wall time stands for one instant; what the clocks do to it is said."""

from collections.abc import Callable
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from breakwater.domain.errors import Invalid
from breakwater.domain.walltime import Shift, end_of, instant, local, plan, zone

ZONES = [
    "Europe/Paris",
    "Europe/London",
    "America/New_York",
    "America/St_Johns",
    "Australia/Lord_Howe",
    "Africa/Cairo",
    "Asia/Kathmandu",
    "Pacific/Apia",
    "UTC",
]
WALLS = st.datetimes(datetime(2000, 1, 1), datetime(2037, 12, 31))  # noqa: DTZ001 - wall times


def wall(text: str) -> datetime:
    return datetime.fromisoformat(text)


def utc(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=UTC)


@pytest.mark.parametrize(
    ("asked", "zone_name", "effective", "instant", "shift"),
    [
        ("2026-03-02T10:00", "Europe/Paris", "2026-03-02T10:00", "2026-03-02T09:00", Shift.NONE),
        ("2027-03-28T02:30", "Europe/Paris", "2027-03-28T03:30", "2027-03-28T01:30", Shift.GAP),
        ("2027-03-28T01:59", "Europe/Paris", "2027-03-28T01:59", "2027-03-28T00:59", Shift.NONE),
        ("2027-03-28T02:00", "Europe/Paris", "2027-03-28T03:00", "2027-03-28T01:00", Shift.GAP),
        ("2027-03-28T03:00", "Europe/Paris", "2027-03-28T03:00", "2027-03-28T01:00", Shift.NONE),
        ("2026-10-25T02:30", "Europe/Paris", "2026-10-25T02:30", "2026-10-25T00:30", Shift.OVERLAP),
        ("2026-10-25T03:00", "Europe/Paris", "2026-10-25T03:00", "2026-10-25T02:00", Shift.NONE),
        # a gap of half an hour, and a whole day that was not
        (
            "2026-10-04T02:10",
            "Australia/Lord_Howe",
            "2026-10-04T02:40",
            "2026-10-03T15:40",
            Shift.GAP,
        ),
        ("2011-12-30T12:00", "Pacific/Apia", "2011-12-31T12:00", "2011-12-30T22:00", Shift.GAP),
        # midnight itself is skipped in Cairo
        ("2026-04-24T00:00", "Africa/Cairo", "2026-04-24T01:00", "2026-04-23T22:00", Shift.GAP),
    ],
)
def test_a_wall_time_and_its_instant(
    asked: str, zone_name: str, effective: str, instant: str, shift: Shift
) -> None:
    planned = plan(wall(asked), zone_name)

    assert planned.wall == wall(asked)
    assert planned.effective == wall(effective)
    assert planned.instant == utc(instant)
    assert planned.shift is shift


@given(WALLS, st.sampled_from(ZONES))
def test_what_the_clock_will_show_is_as_asked_unless_it_is_a_gap(
    asked: datetime, name: str
) -> None:
    planned = plan(asked, name)

    assert local(planned.instant, name) == planned.effective
    assert (planned.effective == asked) is (planned.shift is not Shift.GAP)


@given(WALLS, st.sampled_from(ZONES))
def test_a_gap_moves_forward_and_an_overlap_takes_the_first(asked: datetime, name: str) -> None:
    planned = plan(asked, name)
    same = {asked.replace(tzinfo=ZoneInfo(name), fold=fold).astimezone(UTC) for fold in (0, 1)}

    if planned.shift is Shift.GAP:
        assert planned.effective > asked
    if planned.shift is Shift.OVERLAP:
        assert planned.instant == min(same)
        assert len(same) == 2


@given(WALLS, st.sampled_from(ZONES), st.timedeltas(timedelta(), timedelta(days=3)))
def test_outside_of_overlaps_a_later_wall_is_not_an_earlier_instant(
    asked: datetime, name: str, more: timedelta
) -> None:
    one, other = plan(asked, name), plan(asked + more, name)

    if Shift.GAP not in (one.shift, other.shift):
        assert one.instant <= other.instant


@pytest.mark.parametrize("name", ["", "Paris", "../../etc/passwd", "Europe", "a" * 300, "\x00"])
def test_an_unknown_zone_is_refused(name: str) -> None:
    with pytest.raises(Invalid) as refused:
        zone(name)

    assert refused.value.code == "unknown_zone"
    assert refused.value.field == "zone"


def test_days_begin_and_end_on_the_wall_even_where_midnight_is_skipped() -> None:
    day = date(2026, 4, 24)

    assert instant(day, time(9), "Africa/Cairo") == utc("2026-04-24T06:00")
    assert instant(day, time.min, "Africa/Cairo") == utc("2026-04-23T22:00")
    assert end_of(date(2026, 4, 23), "Africa/Cairo") == utc("2026-04-23T22:00")
    assert end_of(day, "Africa/Cairo") == utc("2026-04-24T21:00")
    assert end_of(day, "Africa/Cairo").tzinfo is UTC


@pytest.mark.parametrize(
    "ask",
    [
        lambda: instant(date.min, time.min, "Europe/Paris"),
        lambda: instant(date.max, time(23), "America/New_York"),
        lambda: end_of(date.max, "UTC"),
    ],
)
def test_where_the_calendar_ends_a_time_is_refused(ask: Callable[[], datetime]) -> None:
    with pytest.raises(Invalid) as refused:
        ask()

    assert refused.value.code == "not_a_time"


def test_a_wall_time_is_naive() -> None:
    with pytest.raises(TypeError, match="naive"):
        plan(utc("2026-03-02T09:00"), "UTC")
