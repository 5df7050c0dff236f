"""When a network is left in peace, and for how long."""

from dataclasses import replace
from datetime import timedelta

import pytest

from breakwater.domain.circuit import Tally, Verdict, counts, pause, trips, verdict
from breakwater.domain.guarantees import Outcome
from breakwater.domain.kinds import DELETE, PUBLISH
from breakwater.domain.timings import Timings


@pytest.mark.parametrize(
    ("outcome", "step", "code", "counted"),
    [
        (Outcome.UNKNOWN, "commit", "outcome_unknown", True),
        (Outcome.UNKNOWN, "commit", "deadline", True),
        (Outcome.NOT_SENT, "commit", "try_later", True),
        (Outcome.NOT_SENT, "prepare", "try_later", True),
        (Outcome.NOT_SENT, "prepare", "no_credential", False),
        (Outcome.NOT_SENT, "commit", "not_ready", False),
        (Outcome.UNKNOWN, "commit", "internal", False),
        (Outcome.UNKNOWN, "commit", "duplicate", False),
        (Outcome.REFUSED, "commit", "not_accepted", False),
        (Outcome.TOKEN, "commit", "reconnect", False),
        (Outcome.THROTTLED, "commit", "try_later", False),
        (Outcome.ACCEPTED, "commit", "", False),
        (Outcome.UNREADABLE, "look", "try_later", False),
    ],
)
def test_only_what_the_network_did_counts(
    outcome: Outcome, step: str, code: str, counted: bool
) -> None:
    assert counts(outcome, step=step, code=code, kind=PUBLISH) is counted
    assert counts(outcome, step=step, code=code, kind=DELETE) is False


@pytest.mark.parametrize(
    ("unknown", "failures", "reason"),
    [(0, 0, ""), (2, 4, ""), (3, 3, "unknown"), (0, 5, "failures"), (2, 5, "failures")],
)
def test_three_in_doubt_or_five_failed_open_it(unknown: int, failures: int, reason: str) -> None:
    assert trips(Tally(unknown, failures)) == reason


def test_each_failed_probe_doubles_the_pause_up_to_a_cap() -> None:
    pauses = [pause(again, Timings()) for again in (0, 1, 2, 3, 4, 1000)]

    assert pauses == [timedelta(minutes=m) for m in (1, 2, 4, 8, 10, 10)]


def test_an_answer_is_an_answer_even_a_no() -> None:
    assert verdict("", counted=False) is Verdict.WELL
    assert verdict("not_accepted", counted=False) is Verdict.WELL
    assert verdict("outcome_unknown", counted=True) is Verdict.ILL
    assert verdict("internal", counted=False) is Verdict.NOTHING


def test_what_clocks_may_differ_by_is_not_scaled() -> None:
    fast = Timings().scaled(100)

    assert fast == replace(fast, clock_jump=timedelta(seconds=30), clock_skew=timedelta(seconds=5))
    assert fast.circuit_window == timedelta(seconds=6)
