"""Nothing is told twice, nothing is lost."""

from datetime import UTC, datetime, timedelta

from breakwater.networks.arrivals import Arrived, Author, What
from breakwater.networks.cursors import MOST, newer

NOON = datetime(2026, 11, 28, 12, tzinfo=UTC)


def _arrived(name: str, after_s: int = 0) -> Arrived:
    return Arrived(What.COMMENT, name, NOON + timedelta(seconds=after_s), Author("1"))


def _names(found: tuple[Arrived, ...]) -> list[str]:
    return [one.remote_id for one in found]


def test_what_came_in_the_same_second_later_is_told_once() -> None:
    first = newer([_arrived("b"), _arrived("a")], "")
    second = newer([_arrived("b"), _arrived("a"), _arrived("c")], first.cursor)
    third = newer([_arrived("c"), _arrived("d", 5)], second.cursor)

    assert _names(first.arrived) == ["a", "b"]
    assert _names(second.arrived) == ["c"]
    assert _names(third.arrived) == ["d"]
    assert newer([], third.cursor).cursor == third.cursor
    assert newer([], "").cursor == ""


def test_an_older_one_that_shows_late_is_left_out() -> None:
    cursor = newer([_arrived("a", 10)], "").cursor

    assert newer([_arrived("late", 5)], cursor).arrived == ()


def test_a_cursor_is_never_too_long() -> None:
    many = [_arrived(f"comment:{n:020}") for n in range(200)]

    batch = newer(many, "")

    assert len(batch.arrived) == 200
    assert len(batch.cursor) <= MOST
