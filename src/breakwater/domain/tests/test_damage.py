"""Before and after an incident, from figures that were counted by hand."""

from datetime import UTC, datetime, timedelta

from breakwater.domain.damage import Counted, usual_of, volume

BEGAN = datetime(2026, 11, 30, 9, 20, tzinfo=UTC)
HOUR, DAY = timedelta(hours=1), timedelta(days=1)
NINE = BEGAN.replace(minute=0)


def _quiet(days: int, each: int = 2) -> list[Counted]:
    """So many days before it with `each` messages an hour, one of ten displeased."""
    hours = range(1, 24 * days + 1)
    return [Counted(NINE - n * HOUR, each, each * 5, each // 2) for n in hours]


def _storm(*totals: int) -> list[Counted]:
    return [Counted(NINE + n * HOUR, total, total, total // 2) for n, total in enumerate(totals)]


def test_a_storm_is_held_against_the_same_hours_before() -> None:
    hours = [*_quiet(28), *_storm(50, 100, 30)]

    found = volume(
        hours, began_at=BEGAN, until=NINE + 24 * HOUR, now=NINE + 30 * HOUR,
        known_since=NINE - 90 * DAY,
    )  # fmt: skip

    assert (found.days, found.total, found.expected, found.excess) == (28, 180, 48.0, 132)
    assert (found.times, found.peak, found.peak_at) == (3.8, 100, NINE + HOUR)
    assert (found.negative, found.negative_before) == (0.5, 0.1)
    assert found.since == NINE


def test_it_is_calm_when_a_whole_day_is_as_usual_again() -> None:
    hours = [*_quiet(28), *_storm(50, 100, 30, *[2] * 60)]
    asked = {"began_at": BEGAN, "known_since": NINE - 90 * DAY}

    early = volume(hours, until=NINE + DAY, now=NINE + 26 * HOUR, **asked)
    later = volume(hours, until=NINE + DAY, now=NINE + 28 * HOUR, **asked)

    assert early.calm_at is None
    assert later.calm_at == NINE + 3 * HOUR


def test_with_less_than_a_week_of_before_nothing_is_compared() -> None:
    hours = [*_quiet(6), *_storm(50)]

    found = volume(
        hours, began_at=BEGAN, until=NINE + DAY, now=NINE + 90 * HOUR, known_since=NINE - 6 * DAY
    )

    assert (found.enough, found.days) == (False, 6)
    assert (found.total, found.peak, found.negative) == (50, 50, 0.5)
    assert (found.expected, found.excess, found.times, found.calm_at) == (None,) * 4
    assert found.negative_before is None


def test_hours_of_which_nothing_is_kept_had_nothing_once_the_channel_was_there() -> None:
    found = volume(
        _storm(10), began_at=BEGAN, until=NINE + HOUR, now=NINE + 2 * HOUR,
        known_since=NINE - 8 * DAY,
    )  # fmt: skip

    assert (found.days, found.expected, found.excess, found.times) == (8, 0.0, 10, None)


def test_nothing_said_is_nothing_lost() -> None:
    found = volume(
        [], began_at=BEGAN, until=NINE + HOUR, now=NINE + 2 * HOUR, known_since=NINE - 30 * DAY
    )

    assert (found.total, found.peak, found.peak_at, found.negative, found.excess) == (
        0, 0, None, None, 0,
    )  # fmt: skip


def test_an_hour_late_in_a_long_window_is_held_against_before_the_beginning_alone() -> None:
    counts = {one.at: float(one.total) for one in [*_quiet(14), *_storm(*[90] * 200)]}

    assert usual_of(counts, NINE + 9 * DAY, began_at=BEGAN, known_since=NINE - 14 * DAY) == 2.0
