"""The real loop at accounts that publish in pieces, after moderation, or with keys that nobody keeps."""

import pytest

from breakwater.channels.models import Channel
from breakwater.channels.services import connect_with_fields
from breakwater.core import clock
from breakwater.delivery.models import Attempt, Delivery
from breakwater.domain.guarantees import Guarantee
from breakwater.workers.tests.conftest import Bench

VARIANTS = ["resumable", "publish_id", "key_ignored"]
MODERATION_S = 1.0

pytestmark = pytest.mark.slow


def _channel(bench: Bench, kind: str) -> Channel:
    channel = connect_with_fields(
        workspace_id=bench.workspace.pk,
        network="sandbox",
        origin="",
        fields={"name": f"quay-{kind}", "class": kind},
        by=bench.person.pk,
        now=clock.now(),
    )
    wish = {"class": kind, "moderation_s": MODERATION_S}
    bench.ask(channel, lambda practice: practice._control("PUT", "/control/class", wish))
    return channel


def _outcomes(row: Delivery, step: str) -> list[str]:
    found = Attempt.objects.filter(delivery=row, step=step).order_by("id")
    return list(found.values_list("outcome", flat=True))


@pytest.mark.parametrize("kind", VARIANTS)
def test_a_post_leaves_once_and_is_known_by_its_own_id(bench: Bench, kind: str) -> None:
    channel = _channel(bench, kind)
    row = bench.order(channel)

    bench.run_to(row, "verified")

    (post,) = bench.live(channel)
    assert (post.text, post.remote_id) == ("Fog on the pier.", row.remote_id)
    assert _outcomes(row, "commit") == ["begun", "accepted"]
    assert _outcomes(row, "look") == []


@pytest.mark.parametrize("fault", ["dropped_after", "error_accepted", "no_id", "half_body"])
@pytest.mark.parametrize("kind", VARIANTS)
def test_a_lost_answer_is_found_by_looking(bench: Bench, kind: str, fault: str) -> None:
    channel = _channel(bench, kind)
    bench.plan(channel, fault)
    row = bench.order(channel)

    bench.run_to(row, "verified")

    (post,) = bench.live(channel)
    assert post.remote_id == row.remote_id
    assert row.commit_calls == 1
    assert _outcomes(row, "look")[-1] == "found"


@pytest.mark.parametrize("fault", ["reset_before", "error_refused"])
@pytest.mark.parametrize("kind", VARIANTS)
def test_what_never_arrived_leaves_by_the_same_handle(bench: Bench, kind: str, fault: str) -> None:
    channel = _channel(bench, kind)
    bench.plan(channel, fault)
    row = bench.order(channel)

    bench.run_to(row, "verified")

    (post,) = bench.live(channel)
    assert post.remote_id == row.remote_id
    assert row.commit_calls == 2


@pytest.mark.parametrize("kind", ["resumable", "publish_id", "handle"])
def test_a_first_step_that_fails_is_gone_on_with_and_not_begun_again(
    bench: Bench, kind: str
) -> None:
    channel = _channel(bench, kind)
    for fault in ("dropped_after", "reset_before", "unauthorised"):
        bench.plan(channel, fault, call="prepare")
    row = bench.order(channel)

    bench.run_to(row, "verified")

    (post,) = bench.live(channel)
    assert (post.remote_id, row.commit_calls) == (row.remote_id, 1)


def test_what_moderation_refuses_is_told_to_a_person(bench: Bench) -> None:
    channel = _channel(bench, "publish_id")
    bench.plan(channel, "processing_fails")
    row = bench.order(channel)

    bench.run_to(row, "needs_human")

    assert row.reason == "vanished"
    assert bench.live(channel) == ()


def test_published_as_we_know_not_what_is_found_by_its_words_and_never_as_the_latest(
    bench: Bench,
) -> None:
    channel = _channel(bench, Guarantee.HANDLE)
    bench.plan(channel, "dropped_after")
    bench.plan(channel, "id_withheld")
    row = bench.order(channel)
    other = bench.order(channel, "Sun on the pier.")

    bench.run_to(other, "verified")
    bench.run_to(row, "verified", "needs_human")

    first = next(post for post in bench.live(channel) if post.text == "Fog on the pier.")
    assert (row.remote_id, row.commit_calls) == (first.remote_id, 1)
