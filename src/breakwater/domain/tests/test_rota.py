"""A rota says who answers at an instant, across midnight, changes of clocks and zones."""

from datetime import UTC, datetime, time
from uuid import UUID

import pytest

from breakwater.domain.rota import Turn, coming, on

ADA, MIA = UUID(int=1), UUID(int=2)
PARIS = "Europe/Paris"
DAY = Turn(ADA, 0, time(9), time(18))
NIGHT = Turn(MIA, 0, time(22), time(6))


def utc(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=UTC)


@pytest.mark.parametrize(
    ("at", "who"),
    [
        ("2026-11-30T07:59", []),  # Monday 08:59 in Paris
        ("2026-11-30T08:00", [ADA]),
        ("2026-11-30T16:59", [ADA]),
        ("2026-11-30T17:00", []),
        ("2026-11-30T21:00", [MIA]),
        ("2026-12-01T04:59", [MIA]),  # Tuesday morning: the night of Monday
        ("2026-12-01T05:00", []),
        ("2026-12-01T08:00", []),  # Tuesday is nobody's
    ],
)
def test_a_turn_has_a_beginning_and_an_end_and_may_pass_midnight(at: str, who: list[UUID]) -> None:
    assert [turn.person for turn in on([DAY, NIGHT], utc(at), PARIS)] == who


@pytest.mark.parametrize(
    ("at", "is_on"),
    [
        ("2027-03-28T01:30", True),  # the clocks go forward at 01:00 UTC: 03:30, not 02:30
        ("2027-03-28T03:59", True),
        ("2027-03-28T04:00", False),  # 06:00 in summer time
        ("2026-10-25T04:59", True),  # the night is an hour longer in October
        ("2026-10-25T05:00", False),
    ],
)
def test_a_night_in_which_the_clocks_change_ends_by_the_wall(at: str, is_on: bool) -> None:
    saturday = Turn(MIA, 5, time(22), time(6))

    assert bool(on([saturday], utc(at), PARIS)) is is_on


def test_the_zone_is_the_workspaces() -> None:
    at = utc("2026-11-30T08:00")

    assert on([DAY], at, PARIS) == [DAY]
    assert on([DAY], at, "America/New_York") == []


def test_a_turn_of_a_whole_day_ends_where_it_began() -> None:
    all_day = Turn(ADA, 0, time(9), time(9))

    assert on([all_day], utc("2026-12-01T07:59"), PARIS) == [all_day]
    assert on([all_day], utc("2026-12-01T08:00"), PARIS) == []


def test_when_nobody_is_on_whoever_begins_next_is_coming() -> None:
    tuesday = Turn(MIA, 1, time(9), time(12))

    assert coming([DAY, tuesday], utc("2026-11-30T09:00"), PARIS) == [DAY]
    assert coming([DAY, tuesday], utc("2026-11-30T19:00"), PARIS) == [tuesday]
    assert coming([DAY, tuesday], utc("2026-12-01T12:00"), PARIS) == [DAY]
    assert coming([DAY], utc("2026-11-30T19:00"), PARIS) == [DAY]
    assert coming([], utc("2026-11-30T19:00"), PARIS) == []


def test_a_turn_without_languages_speaks_any_and_an_unknown_one_is_anybodys() -> None:
    french = Turn(ADA, 0, time(9), time(18), frozenset({"fr"}))

    assert [french.speaks(one) for one in ("fr", "en", "")] == [True, False, True]
    assert DAY.speaks("en")
