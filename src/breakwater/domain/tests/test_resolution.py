"""What happens next: each line of docs/delivery.md, section 2, as a row."""

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from breakwater.domain.guarantees import Guarantee, Outcome
from breakwater.domain.kinds import ACT, DELETE, PUBLISH
from breakwater.domain.resolution import (
    COMMIT_CALLS_FOR_LIFE,
    Next,
    Story,
    after_call,
    after_look,
    after_token,
    after_verify,
    backoff,
)
from breakwater.domain.timings import Timings

T = Timings()
START = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)
STRONG = [Guarantee.LASTING_KEY, Guarantee.HANDLE]
WEAK = [Guarantee.HOUR_KEY, Guarantee.DUPLICATE_REFUSED, Guarantee.NONE]


def _story(guarantee: Guarantee = Guarantee.NONE, **values: object) -> Story:
    fixed: dict[str, object] = {
        "calls": 1,
        "looks": 0,
        "probes": 0,
        "doubtful": True,
        "kind": PUBLISH,
        "first_sent_at": START,
        "last_sent_at": START,
        "accepted_at": None,
        "missed_at": START + T.missed_window,
    }
    return Story(guarantee=guarantee, **{**fixed, **values})  # type: ignore[arg-type]


def _call(outcome: Outcome, story: Story, after_s: float | None = None, reason: str = "") -> Next:
    return after_call(
        outcome, story, now=START, after_s=after_s, reason=reason, chance=0.5, timings=T
    )


def _look(outcome: Outcome, story: Story, minutes: float) -> Next:
    return after_look(outcome, story, now=START + timedelta(minutes=minutes), timings=T)


def test_an_unknown_outcome_is_never_sent_again_without_a_look() -> None:
    for guarantee in Guarantee:
        assert _call(Outcome.UNKNOWN, _story(guarantee)).state == "unknown"


@pytest.mark.parametrize("outcome", [Outcome.ABSENT, Outcome.UNPROVABLE])
@pytest.mark.parametrize("guarantee", list(Guarantee))
def test_a_report_is_never_made_twice_by_itself(outcome: Outcome, guarantee: Guarantee) -> None:
    """A network counts each of them: six against one person would be an assault."""
    lost = _story(Guarantee.NONE, kind=ACT, deed="report", doubtful=True, first_sent_at=START)
    like = _story(guarantee, kind=ACT, deed="like", doubtful=True, first_sent_at=START)

    states = {_look(outcome, lost, minutes).state for minutes in (1, 20, 50, 100)}

    assert states <= {"unknown", "needs_human"}
    assert _look(Outcome.ABSENT, like, 1).state == "retry_wait"


def test_a_definite_refusal_fails_only_when_no_call_before_it_was_doubtful() -> None:
    clean = _call(Outcome.REFUSED, _story(doubtful=False), reason="text_too_long")
    doubt = _call(Outcome.REFUSED, _story(doubtful=True), reason="text_too_long")

    assert clean == Next("failed", START, "text_too_long")
    assert doubt == Next("needs_human", START, "text_too_long")


def test_a_refused_duplicate_is_looked_for_and_not_believed() -> None:
    ended = _call(Outcome.REFUSED, _story(doubtful=False), reason="duplicate")

    assert ended == Next("unknown", START, "duplicate")


def test_what_did_not_leave_waits_and_leaves_again() -> None:
    ended = _call(Outcome.NOT_SENT, _story(doubtful=False))

    assert ended == Next("retry_wait", START + timedelta(seconds=2.5), "not_reached")


def test_a_throttle_is_obeyed_and_one_beyond_the_window_asks_a_person() -> None:
    patient = _call(Outcome.THROTTLED, _story(doubtful=False), after_s=300)
    ten_days = _call(Outcome.THROTTLED, _story(doubtful=False), after_s=864_000)

    assert patient == Next("retry_wait", START + timedelta(minutes=5), "throttled")
    assert ten_days == Next("needs_human", START, "throttled_too_long")


def test_calls_for_life_end_in_a_question() -> None:
    story = _story(calls=COMMIT_CALLS_FOR_LIFE, doubtful=False)

    assert _call(Outcome.THROTTLED, story).state == "needs_human"
    assert _call(Outcome.NOT_SENT, story).state == "retry_wait"  # no byte left: not counted
    assert _look(Outcome.ABSENT, _story(Guarantee.LASTING_KEY, calls=6), 1).state == "needs_human"


@pytest.mark.parametrize("guarantee", STRONG)
def test_a_key_that_lasts_is_sent_again_as_soon_as_the_look_is_empty(guarantee: Guarantee) -> None:
    assert _look(Outcome.ABSENT, _story(guarantee), 0.1).state == "retry_wait"
    assert _look(Outcome.ABSENT, _story(guarantee), 60).state == "retry_wait"


@pytest.mark.parametrize("guarantee", STRONG)
def test_repeats_that_need_no_settling_wait_longer_each_time(guarantee: Guarantee) -> None:
    at = START + timedelta(minutes=1)

    waits = [
        (_look(Outcome.ABSENT, _story(guarantee, calls=calls), minutes=1).at - at).total_seconds()
        for calls in range(1, COMMIT_CALLS_FOR_LIFE)
    ]

    assert waits == [0, 15, 45, 135, 300]


def test_a_delete_that_is_not_answered_waits_longer_each_time_too() -> None:
    found = _look(Outcome.ABSENT, _story(kind=DELETE, calls=3), minutes=1)

    assert found == Next("retry_wait", START + timedelta(minutes=1, seconds=45), "same_again")


@pytest.mark.parametrize("guarantee", list(Guarantee))
def test_hours_after_its_time_nothing_leaves_by_itself_whatever_its_key(
    guarantee: Guarantee,
) -> None:
    following = _look(Outcome.ABSENT, _story(guarantee), 61)

    assert (following.state, following.reason) == ("needs_human", "not_found")


def test_what_never_gets_as_far_as_its_call_is_asked_less_and_less_often() -> None:
    story = _story(calls=0, doubtful=False, due_at=START - timedelta(minutes=8))

    assert _call(Outcome.NOT_SENT, story).at - START == timedelta(minutes=2)


@pytest.mark.parametrize("guarantee", WEAK)
def test_the_others_settle_for_a_quarter_of_an_hour_first(guarantee: Guarantee) -> None:
    early = _look(Outcome.ABSENT, _story(guarantee), 5)

    assert early == Next("unknown", START + timedelta(minutes=15), "unknown")


def test_an_hour_key_is_used_again_only_while_a_late_request_still_meets_it() -> None:
    story = _story(Guarantee.HOUR_KEY)

    assert _look(Outcome.ABSENT, story, 15).state == "retry_wait"
    assert _look(Outcome.ABSENT, story, 46).state == "retry_wait"  # a third try, settled thrice
    assert _look(Outcome.ABSENT, story, 51) == Next(
        "needs_human", START + timedelta(minutes=51), "not_found"
    )


def test_settling_begins_when_the_call_has_ended_however_long_its_worker_slept() -> None:
    slept = _story(Guarantee.HOUR_KEY, unknown_since=START + timedelta(minutes=10))

    early = _look(Outcome.ABSENT, slept, 20)

    assert early == Next("unknown", START + timedelta(minutes=25), "unknown")
    assert _look(Outcome.ABSENT, slept, 25).state == "retry_wait"


def test_a_renewed_sign_in_is_given_some_seconds_and_then_a_person_is_asked() -> None:
    pauses = [after_token(refused, T) for refused in range(4)]

    assert pauses == [timedelta(0), timedelta(seconds=15), timedelta(seconds=45), None]


def test_the_wait_after_a_renewed_sign_in_is_kept() -> None:
    ended = _call(Outcome.TOKEN, _story(doubtful=False), after_s=15.0)

    assert ended == Next("retry_wait", START + timedelta(seconds=15), "reconnect")


def test_a_network_that_refuses_duplicates_gets_one_probe() -> None:
    first = _look(Outcome.ABSENT, _story(Guarantee.DUPLICATE_REFUSED), 15)
    second = _look(Outcome.ABSENT, _story(Guarantee.DUPLICATE_REFUSED, probes=1), 15)

    assert (first.state, first.probe) == ("retry_wait", True)
    assert (second.state, second.reason) == ("needs_human", "not_found")


def test_a_network_with_nothing_is_looked_at_twice_and_then_a_person_is_asked() -> None:
    story = _story(Guarantee.NONE)

    assert _look(Outcome.ABSENT, story, 15) == Next(
        "unknown", START + timedelta(minutes=45), "unknown"
    )
    assert _look(Outcome.ABSENT, story, 45).state == "needs_human"


@given(
    guarantee=st.sampled_from(list(Guarantee)),
    minutes=st.floats(0, 3000),
    calls=st.integers(1, 6),
    probes=st.integers(0, 1),
)
def test_nothing_without_a_key_is_ever_sent_again_by_itself(
    guarantee: Guarantee, minutes: float, calls: int, probes: int
) -> None:
    ended = _look(Outcome.ABSENT, _story(guarantee, calls=calls, probes=probes), minutes)

    if guarantee is Guarantee.NONE:
        assert ended.state != "retry_wait"
    if ended.state == "retry_wait":
        assert calls < COMMIT_CALLS_FOR_LIFE


@given(st.sampled_from(list(Guarantee)), st.floats(0, 3000))
def test_a_look_that_saw_nothing_decides_nothing(guarantee: Guarantee, minutes: float) -> None:
    ended = _look(Outcome.UNREADABLE, _story(guarantee), minutes)

    assert ended.state in ("unknown", "needs_human")
    assert (ended.state == "needs_human") == (minutes >= 24 * 60)


def test_a_found_post_is_accepted_and_two_are_a_question() -> None:
    assert _look(Outcome.FOUND, _story(), 1).state == "accepted"
    assert _look(Outcome.SEVERAL, _story(), 1).reason == "several"


def _verify(outcome: Outcome, seconds: float, *, kind: str = PUBLISH) -> Next:
    story = _story(accepted_at=START, kind=kind)
    return after_verify(outcome, story, now=START + timedelta(seconds=seconds), timings=T)


def test_success_is_believed_after_a_read_back_only() -> None:
    assert _verify(Outcome.FOUND, 2).state == "verified"
    assert _verify(Outcome.ALTERED, 2) == Next(
        "needs_human", START + timedelta(seconds=2), "altered"
    )
    assert _verify(Outcome.ABSENT, 10).state == "accepted"
    assert _verify(Outcome.ABSENT, 60).reason == "vanished"


def test_a_delete_is_proved_by_absence() -> None:
    assert _verify(Outcome.FOUND, 2, kind=DELETE).state == "verified"
    assert _verify(Outcome.ABSENT, 61, kind=DELETE).reason == "still_there"


def test_a_delete_may_be_sent_again_at_once() -> None:
    assert _look(Outcome.ABSENT, _story(Guarantee.NONE, kind=DELETE), 0.1).state == "retry_wait"


@given(st.integers(1, 50), st.floats(0, 0.999))
def test_the_back_off_is_never_longer_than_its_cap(tries: int, chance: float) -> None:
    assert timedelta(0) <= backoff(tries, chance, T) <= T.backoff_cap


def test_scaled_timings_keep_the_polls() -> None:
    fast = T.scaled(100)

    assert fast.settle == timedelta(seconds=9)
    assert (fast.poll, fast.takeover) == (T.poll, timedelta(seconds=1.2))


@pytest.mark.parametrize("guarantee", [Guarantee.HANDLE, Guarantee.LASTING_KEY])
def test_what_is_said_to_be_out_and_not_seen_is_never_sent_again(guarantee: Guarantee) -> None:
    def looked(minutes: float) -> Next:
        now = START + timedelta(minutes=minutes)
        story = _story(guarantee=guarantee, unknown_since=START)
        return after_look(Outcome.ABSENT, story, now=now, timings=T, exact=False)

    assert looked(0) == Next("unknown", START + T.verify_after, "unknown")
    assert looked(14) == Next("unknown", START + timedelta(minutes=15), "unknown")
    assert looked(15) == Next("needs_human", START + timedelta(minutes=15), "not_found")
