"""Slots after a pause: the laws of pacing."""

from datetime import UTC, date, datetime, timedelta
from itertools import pairwise
from uuid import UUID

from hypothesis import given
from hypothesis import strategies as st

from breakwater.domain.pacing import CLOSES, LEAST_GAP, OPENS, Waiting, propose, usual_gap
from breakwater.domain.walltime import local

PARIS = "Europe/Paris"
NOW = datetime(2026, 11, 28, 14, 0, tzinfo=UTC)
ONE, TWO = UUID(int=1), UUID(int=2)


def item(number: int, minutes: int = 0, *channels: UUID) -> Waiting:
    own = frozenset(channels or (ONE,))
    return Waiting(
        UUID(int=100 + number), own, NOW - timedelta(hours=9) + timedelta(minutes=minutes)
    )


def test_what_was_held_does_not_leave_in_a_burst() -> None:
    found = propose(
        [item(2, 20), item(1, 10)], start=NOW, zone=PARIS, gaps={ONE: timedelta(hours=2)}, taken={}
    )

    assert [(one.id.int, one.to_at) for one in found] == [
        (101, NOW), (102, NOW + timedelta(hours=2)),
    ]  # fmt: skip


def test_the_evening_ends_at_eight_and_a_free_day_stays_free() -> None:
    late = datetime(2026, 11, 28, 19, 30, tzinfo=UTC)  # 20:30 in Paris

    (found,) = propose(
        [item(1)], start=late, zone=PARIS, gaps={}, taken={},
        free=lambda day: day == date(2026, 11, 29),
    )  # fmt: skip

    assert local(found.to_at, PARIS).isoformat() == "2026-11-30T08:00:00"


def test_what_is_planned_already_keeps_its_distance() -> None:
    (found,) = propose(
        [item(1)], start=NOW, zone=PARIS, gaps={}, taken={ONE: [NOW + timedelta(minutes=10)]}
    )

    assert found.to_at == NOW + timedelta(minutes=40)


def test_where_every_day_is_free_nothing_is_proposed() -> None:
    assert propose([item(1)], start=NOW, zone=PARIS, gaps={}, taken={}, free=lambda _: True) == []


def test_the_usual_gap_is_the_median_within_bounds() -> None:
    hours = [NOW + timedelta(hours=hour) for hour in (0, 3, 6, 20)]

    assert usual_gap(hours) == timedelta(hours=3)
    assert usual_gap([NOW]) == LEAST_GAP
    assert usual_gap([NOW, NOW + timedelta(minutes=1)]) == LEAST_GAP
    assert usual_gap([NOW, NOW + timedelta(days=9)]) == timedelta(days=1)


@given(
    minutes=st.lists(st.tuples(st.integers(0, 3000), st.sampled_from([1, 2, 3])), max_size=25),
    gap=st.integers(1, 400),
    planned=st.lists(st.integers(0, 5000), max_size=8),
    begin=st.integers(0, 20_000),
    free=st.sets(st.integers(0, 6), max_size=6),
)
def test_the_laws_hold_for_all(
    minutes: list[tuple[int, int]], gap: int, planned: list[int], begin: int, free: set[int]
) -> None:
    channels = {1: [ONE], 2: [TWO], 3: [ONE, TWO]}
    items = [item(at, when, *channels[which]) for at, (when, which) in enumerate(minutes)]
    start = NOW + timedelta(minutes=begin)
    taken = [start + timedelta(minutes=one) for one in planned]
    apart = max(timedelta(minutes=gap), LEAST_GAP)

    found = propose(
        items, start=start, zone=PARIS, gaps={ONE: apart, TWO: apart}, taken={ONE: taken},
        free=lambda day: day.weekday() in free,
    )  # fmt: skip

    by_id = {one.id: one for one in items}
    assert {one.id for one in found} == set(by_id)
    assert all(one.to_at >= start for one in found)
    for one in found:
        wall = local(one.to_at, PARIS)
        assert OPENS <= wall.time() < CLOSES
        assert wall.weekday() not in free
    for channel in (ONE, TWO):
        own = [one for one in found if channel in by_id[one.id].channels]
        assert all(b.to_at - a.to_at >= apart for a, b in pairwise(own))
        assert all(a.was_at <= b.was_at for a, b in pairwise(own))
    for one in found:
        if ONE in by_id[one.id].channels:
            assert all(abs(one.to_at - other) >= apart for other in taken)
