"""The real loop and the practice harbour: what leaves, once, and what happens when it goes wrong."""

from datetime import timedelta

import pytest

from breakwater.channels.models import Channel
from breakwater.core import clock
from breakwater.delivery.models import Attempt, Delivery
from breakwater.domain.guarantees import Guarantee
from breakwater.workers.tests.conftest import Bench

ALL = list(Guarantee)
STRONG = [Guarantee.LASTING_KEY, Guarantee.HANDLE, Guarantee.HOUR_KEY]
ACCEPTED_BUT = ["dropped_after", "error_accepted", "half_body", "wrong_json", "html", "no_id"]
NOT_ACCEPTED = ["reset_before", "error_refused"]

pytestmark = pytest.mark.slow


def _outcomes(row: Delivery, step: str = "commit") -> list[str]:
    found = Attempt.objects.filter(delivery=row, step=step).order_by("id")
    return list(found.values_list("outcome", flat=True))


@pytest.mark.parametrize("guarantee", ALL)
def test_a_post_leaves_once_and_is_proved(bench: Bench, guarantee: Guarantee) -> None:
    channel = bench.channel(guarantee)
    row = bench.order(channel)

    bench.run_to(row, "verified")

    (post,) = bench.live(channel)
    assert (post.text, post.remote_id) == ("Fog on the pier.", row.remote_id)
    assert _outcomes(row) == ["begun", "accepted"]
    assert _outcomes(row, "verify")[-1] == "found"


@pytest.mark.parametrize("fault", ACCEPTED_BUT)
@pytest.mark.parametrize("guarantee", ALL)
def test_an_answer_that_was_lost_is_found_and_never_sent_again_blindly(
    bench: Bench, guarantee: Guarantee, fault: str
) -> None:
    channel = bench.channel(guarantee)
    bench.plan(channel, fault)
    row = bench.order(channel)

    bench.run_to(row, "verified")

    assert len(bench.live(channel)) == 1
    assert row.commit_calls == 1
    assert _outcomes(row) == ["begun", "unknown"]
    assert "found" in _outcomes(row, "look")


@pytest.mark.parametrize("fault", NOT_ACCEPTED)
@pytest.mark.parametrize("guarantee", STRONG)
def test_what_never_arrived_leaves_with_the_same_key(
    bench: Bench, guarantee: Guarantee, fault: str
) -> None:
    channel = bench.channel(guarantee)
    bench.plan(channel, fault)
    row = bench.order(channel)

    bench.run_to(row, "verified")

    assert len(bench.live(channel)) == 1
    assert row.commit_calls == 2


@pytest.mark.parametrize("fault", NOT_ACCEPTED)
def test_without_any_key_a_person_is_asked_instead(bench: Bench, fault: str) -> None:
    channel = bench.channel(Guarantee.NONE)
    bench.plan(channel, fault)
    row = bench.order(channel)

    bench.run_to(row, "needs_human")

    assert (row.reason, row.commit_calls, row.to_tell) == ("not_found", 1, True)
    assert bench.live(channel) == ()


@pytest.mark.parametrize(
    ("fault", "reason"), [("forbidden", "not_allowed"), ("unprocessable", "not_accepted")]
)
def test_a_refusal_says_why_and_is_not_repeated(bench: Bench, fault: str, reason: str) -> None:
    channel = bench.channel(Guarantee.HOUR_KEY)
    bench.plan(channel, fault)
    row = bench.order(channel)

    bench.run_to(row, "failed")

    assert (row.reason, row.commit_calls) == (reason, 1)
    assert bench.live(channel) == ()


def test_a_token_that_ran_out_is_renewed_once_and_the_post_leaves(bench: Bench) -> None:
    channel = bench.channel(Guarantee.HOUR_KEY)
    bench.plan(channel, "unauthorised")
    row = bench.order(channel)

    bench.run_to(row, "verified")

    assert len(bench.live(channel)) == 1
    assert _outcomes(row) == ["begun", "token", "begun", "accepted"]


def test_a_throttled_channel_is_left_in_peace_and_the_post_leaves_later(bench: Bench) -> None:
    channel = bench.channel(Guarantee.HOUR_KEY)
    bench.plan(channel, "throttled", detail={"retry_after": "1"})
    row = bench.order(channel)

    bench.run_to(row, "verified")

    assert _outcomes(row) == ["begun", "throttled", "begun", "accepted"]
    assert Channel.objects.get(pk=channel.pk).quiet_until is not None


def test_a_text_that_the_network_altered_is_shown_to_a_person(bench: Bench) -> None:
    channel = bench.channel(Guarantee.LASTING_KEY)
    bench.plan(channel, "altered")
    row = bench.order(channel)

    bench.run_to(row, "needs_human")

    assert row.reason == "altered"
    assert row.seen[0]["remote_id"] == row.remote_id


def test_a_delete_is_proved_by_absence(bench: Bench) -> None:
    channel = bench.channel(Guarantee.HOUR_KEY)
    post = bench.run_to(bench.order(channel), "verified")
    gone = {"remote_id": post.remote_id, "remote_url": post.remote_url}
    row = bench.order(channel, kind="delete", source=post.pk, payload=gone)

    bench.run_to(row, "verified")

    assert bench.live(channel) == ()


def test_a_network_that_only_says_deleted_is_found_out(bench: Bench) -> None:
    channel = bench.channel(Guarantee.HOUR_KEY)
    post = bench.run_to(bench.order(channel), "verified")
    bench.plan(channel, "keeps_deleted", sticky=True)
    gone = {"remote_id": post.remote_id, "remote_url": post.remote_url}
    row = bench.order(channel, kind="delete", source=post.pk, payload=gone)

    bench.run_to(row, "needs_human")

    assert row.reason == "still_there"
    assert len(bench.live(channel)) == 1


def test_a_late_acceptance_on_a_network_without_keys_is_never_doubled(bench: Bench) -> None:
    channel = bench.channel(Guarantee.NONE)
    bench.plan(channel, "late", detail={"minutes": "0.02"})
    row = bench.order(channel)

    bench.run_to(row, "verified", "needs_human")

    assert row.state == "verified"
    assert len(bench.live(channel)) == 1


def test_a_shut_harbour_leaves_a_missed_post_and_not_a_late_one(bench: Bench) -> None:
    channel = bench.channel(Guarantee.HOUR_KEY)
    row = bench.order(channel, due_at=clock.now() - timedelta(hours=1))

    bench.run_to(row, "missed")

    assert (row.commit_calls, row.to_tell) == (0, True)
    assert bench.live(channel) == ()


def test_fifty_posts_of_four_channels_leave_once_each(bench: Bench) -> None:
    channels = [bench.channel(guarantee) for guarantee in ALL]
    rows = [
        bench.order(channel, text=f"Buoy {number}.") for channel in channels for number in range(10)
    ]

    def done() -> bool:
        return Delivery.objects.filter(state="verified").count() == len(rows)

    bench.run_until(done, within=30)

    for channel in channels:
        assert sorted(post.text for post in bench.live(channel)) == sorted(
            f"Buoy {number}." for number in range(10)
        )
