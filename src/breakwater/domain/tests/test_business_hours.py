"""Minutes of work pass by day, not by night, at week-ends or on closing days."""

from datetime import UTC, date, datetime, time, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from breakwater.domain.business_hours import Hours, after, parse, span_of, worked
from breakwater.domain.errors import Invalid

PARIS = "Europe/Paris"
NINE_TO_SIX = ((time(9), time(18)),)
WEEK = Hours(PARIS, dict.fromkeys(range(5), NINE_TO_SIX))
MOMENTS = st.datetimes(datetime(2024, 1, 1), datetime(2030, 1, 1), timezones=st.just(UTC))  # noqa: DTZ001
CLOCKS = st.times().map(lambda one: one.replace(second=0, microsecond=0))
SPANS = st.tuples(CLOCKS, CLOCKS).filter(lambda two: two[0] < two[1] or two[1] == time(0))
ZONES = st.sampled_from([PARIS, "America/New_York", "Australia/Lord_Howe", "Asia/Kathmandu", "UTC"])
HOURS = st.builds(
    Hours,
    ZONES,
    st.dictionaries(st.integers(0, 6), st.lists(SPANS, max_size=3), max_size=7),
    st.frozensets(st.dates(date(2024, 1, 1), date(2030, 1, 1)), max_size=5),
)


def utc(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=UTC)


@pytest.mark.parametrize(
    ("start", "minutes", "end"),
    [
        ("2026-11-30T09:00", 60, "2026-11-30T10:00"),
        ("2026-11-30T05:00", 60, "2026-11-30T09:00"),  # before work begins at 08:00 UTC
        ("2026-11-30T16:30", 60, "2026-12-01T08:30"),  # over a night
        ("2026-11-27T16:30", 60, "2026-11-30T08:30"),  # over a week-end
        ("2026-11-30T16:00", 60, "2026-11-30T17:00"),  # the last minute counts
        ("2026-10-23T15:30", 60, "2026-10-26T08:30"),  # and the clocks went back
        ("2026-11-30T09:00", 0, "2026-11-30T09:00"),
    ],
)
def test_minutes_of_work_pass_while_people_work(start: str, minutes: int, end: str) -> None:
    assert after(utc(start), minutes, WEEK) == utc(end)


def test_nothing_passes_on_a_closing_day() -> None:
    closed = Hours(PARIS, WEEK.week, frozenset({date(2026, 12, 25)}))

    assert after(utc("2026-12-24T16:30"), 60, closed) == utc("2026-12-28T08:30")


def test_without_any_hours_work_never_stops_but_on_closing_days() -> None:
    always = Hours("UTC")
    but_friday = Hours("UTC", closed=frozenset({date(2026, 12, 25)}))

    assert after(utc("2026-12-24T23:30"), 60, always) == utc("2026-12-25T00:30")
    assert after(utc("2026-12-24T23:30"), 60, but_friday) == utc("2026-12-26T00:30")


def test_an_hour_that_the_clocks_leave_out_is_no_work() -> None:
    night = Hours(PARIS, {6: ((time(1), time(4)),)})

    assert after(utc("2027-03-28T00:00"), 120, night) == utc("2027-03-28T02:00")
    assert worked(utc("2027-03-27T00:00"), utc("2027-03-29T00:00"), night) == timedelta(hours=2)


def test_spans_that_overlap_count_once() -> None:
    double = Hours("UTC", {0: ((time(9), time(12)), (time(10), time(13)))})

    assert worked(utc("2026-11-30T00:00"), utc("2026-12-01T00:00"), double) == timedelta(hours=4)


def test_a_year_of_closing_days_gives_no_end() -> None:
    closed = frozenset(date(2026, 1, 1) + timedelta(days=n) for n in range(800))

    assert after(utc("2026-11-30T09:00"), 60, Hours("UTC", closed=closed)) is None


@given(start=MOMENTS, minutes=st.integers(0, 5000), hours=HOURS)
def test_exactly_so_many_minutes_of_work_lie_before_the_end(
    start: datetime, minutes: int, hours: Hours
) -> None:
    end = after(start, minutes, hours)

    if end is not None:
        assert end >= start
        assert worked(start, end, hours) == timedelta(minutes=minutes)


@given(start=MOMENTS, one=st.integers(0, 2000), other=st.integers(0, 2000), hours=HOURS)
def test_more_minutes_never_end_earlier(
    start: datetime, one: int, other: int, hours: Hours
) -> None:
    ends = [after(start, minutes, hours) for minutes in sorted((one, other))]

    if ends[1] is not None:
        assert ends[0] is not None
        assert ends[0] <= ends[1]


def test_hours_are_read_as_they_are_stored_and_nonsense_is_refused() -> None:
    hours = parse({"0": [["09:00", "18:00"]], "4": [["22:00", "00:00"]]}, ["2026-12-25"], PARIS)

    assert hours.week == {0: [(time(9), time(18))], 4: [(time(22), time(0))]}
    assert hours.closed == {date(2026, 12, 25)}
    for begin, end in (("18:00", "09:00"), ("9", "18:00"), ("09:00", "24:00")):
        with pytest.raises(Invalid, match="bad_hours"):
            span_of(begin, end)
    with pytest.raises(Invalid, match="bad_day"):
        parse({}, ["Christmas"], PARIS)
