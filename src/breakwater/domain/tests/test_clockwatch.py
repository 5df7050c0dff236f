"""Whether a clock can be believed."""

from datetime import UTC, datetime, timedelta

import pytest

from breakwater.domain.clockwatch import Doubt, Reading, ahead, believed, doubt, followed
from breakwater.domain.timings import Timings

NOON = datetime(2026, 11, 22, 12, tzinfo=UTC)
UP = 3_600_000_000
BASELINE = Reading(NOON, NOON, UP, 0).offset_us


def _reading(moved: float = 0, apart: float = 0, later: float = 0, spread_us: int = 0) -> Reading:
    """Seconds: moved by hand; apart: this machine's clock from the database's; later: passed."""
    decides = NOON + timedelta(seconds=later + moved)
    here = decides + timedelta(seconds=apart)
    return Reading(decides, here, UP + round(later * 1_000_000), spread_us)


def _doubt(reading: Reading, last_record: datetime | None = None) -> Doubt | None:
    return doubt(reading, BASELINE, last_record=last_record, timings=Timings())


@pytest.mark.parametrize(
    ("moved", "verdict"),
    [(0, None), (30, None), (-30, None), (31, Doubt.JUMP), (-31, Doubt.JUMP), (7200, Doubt.JUMP)],
)
def test_more_than_thirty_seconds_is_a_jump(moved: float, verdict: Doubt | None) -> None:
    assert _doubt(_reading(moved)) is verdict


def test_a_suspended_machine_has_not_jumped() -> None:
    assert _doubt(_reading(later=10 * 3600)) is None


@pytest.mark.parametrize(("apart", "verdict"), [(5, None), (-5, None), (6, Doubt.SKEW)])
def test_two_machines_may_differ_by_five_seconds(apart: float, verdict: Doubt | None) -> None:
    assert _doubt(_reading(apart=apart)) is verdict


def test_a_slow_reading_proves_nothing() -> None:
    assert _doubt(_reading(moved=33, spread_us=4_000_000)) is None
    assert _doubt(_reading(moved=35, spread_us=4_000_000)) is Doubt.JUMP
    assert _doubt(_reading(apart=8, spread_us=4_000_000)) is None


def test_a_time_before_the_last_record_is_not_believed() -> None:
    assert _doubt(_reading(), NOON + timedelta(seconds=31)) is Doubt.BEHIND
    assert _doubt(_reading(), NOON + timedelta(seconds=30)) is None


def test_the_right_time_is_known_while_the_clock_is_wrong() -> None:
    jumped = _reading(moved=7200, later=60)

    assert believed(jumped.boot_us, BASELINE) == NOON + timedelta(seconds=60)
    assert ahead(jumped, BASELINE) == timedelta(hours=2)


def test_the_baseline_follows_a_drift_and_not_a_jump() -> None:
    day = 24 * 3600
    drifted = _reading(moved=4, later=day)
    jumped = _reading(moved=-7200, later=10)

    assert followed(BASELINE, drifted, since_us=day * 1_000_000) == BASELINE + 4_000_000
    assert followed(BASELINE, jumped, since_us=10_000_000) == BASELINE - 10_000
    assert followed(BASELINE, jumped, since_us=-5) == BASELINE
