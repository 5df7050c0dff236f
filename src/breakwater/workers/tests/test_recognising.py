"""The real loop looks for its own post among equal ones: by a link of its own, by its pictures."""

from datetime import timedelta
from pathlib import Path

import pytest
from pytest_django import Settings
from tests.drawn import picture

from breakwater.channels.models import Channel
from breakwater.core import blobs, clock
from breakwater.core.ids import new_id
from breakwater.delivery.models import Attempt, Delivery
from breakwater.domain.guarantees import Guarantee
from breakwater.domain.tid import tid
from breakwater.networks.base import Medium, Parcel
from breakwater.workers.tests.conftest import Bench

pytestmark = pytest.mark.slow


@pytest.fixture(autouse=True)
def _own_blobs(tmp_path: Path, settings: Settings) -> None:
    settings.BLOBS = tmp_path / "blobs"


def _unknown(bench: Bench, channel: Channel, text: str, *media: Medium) -> Delivery:
    """Sent a minute ago; the answer got lost."""
    payload = {
        "text": text, "language": "en", "media": [vars(one) for one in media], "options": {},
    }  # fmt: skip
    row = bench.order(channel, payload=payload)
    sent = clock.now() - timedelta(minutes=1)
    Delivery.objects.filter(pk=row.pk).update(
        state="unknown", doubtful=True, tries=1, commit_calls=1, first_sent_at=sent,
        last_sent_at=sent, not_before=sent,
    )  # fmt: skip
    return row


def _public(bench: Bench, channel: Channel, text: str, *media: Medium) -> str:
    """A post of the account, whoever made it; its id."""
    now = clock.now()
    parcel = Parcel(new_id().hex, tid(now, 1), now, text, media)

    async def keep(_handle: object) -> None:
        return None

    async def publish(connector: object) -> str:
        handle = await connector.prepare(parcel, {}, keep)  # type: ignore[attr-defined]
        sent = await connector.commit(parcel, handle)  # type: ignore[attr-defined]
        return str(sent.remote_id)

    return bench.ask(channel, publish)


def test_a_link_of_its_own_finds_it_in_altered_words_and_a_person_sees_both(bench: Bench) -> None:
    channel = bench.channel(Guarantee.NONE)
    row = _unknown(bench, channel, "Fog: https://a.example/42?utm=1")
    remote_id = _public(bench, channel, "Fog… (http://A.example/42/?utm=1)")
    _public(bench, channel, "Fog: https://a.example/43?utm=1")

    bench.run_to(row, "needs_human")

    row.refresh_from_db()
    assert (row.reason, row.remote_id, row.commit_calls) == ("altered", remote_id, 1)


def test_a_link_that_another_delivery_carries_too_identifies_nothing(bench: Bench) -> None:
    channel = bench.channel(Guarantee.NONE)
    bench.order(channel, "Again: https://a.example/42", due_at=clock.now() + timedelta(days=1))
    row = _unknown(bench, channel, "Fog: https://a.example/42")
    _public(bench, channel, "Sun: https://a.example/42")

    bench.run_to(row, "needs_human")

    row.refresh_from_db()
    assert (row.reason, row.remote_id) == ("not_found", "")


def test_of_two_equal_texts_each_delivery_finds_the_one_with_itspicture(bench: Bench) -> None:
    channel = bench.channel(Guarantee.NONE)
    first = _unknown(bench, channel, "Fog.", picture(1))
    second = _unknown(bench, channel, "Fog.", picture(2))
    other = _public(bench, channel, "Fog.", picture(2, "JPEG"))
    ours = _public(bench, channel, "Fog.", picture(1, "JPEG"))

    bench.run_to(first, "verified")
    bench.run_to(second, "verified")

    first.refresh_from_db()
    second.refresh_from_db()
    assert (first.remote_id, second.remote_id) == (ours, other)


@pytest.mark.parametrize("guarantee", [Guarantee.NONE, Guarantee.HOUR_KEY])
def test_equal_words_under_another_picture_are_not_adopted_and_nothing_is_sent_again(
    bench: Bench, guarantee: Guarantee
) -> None:
    channel = bench.channel(guarantee)
    row = _unknown(bench, channel, "Fog.", picture(1))
    theirs = _public(bench, channel, "Fog.", picture(2))

    bench.run_to(row, "needs_human")

    row.refresh_from_db()
    assert (row.reason, row.remote_id, row.commit_calls) == ("several", "", 1)
    assert [one["remote_id"] for one in row.seen] == [theirs]
    assert len(bench.live(channel)) == 1


@pytest.mark.parametrize("fault", ["altered", "truncated"])
def test_words_that_the_network_changed_are_compared_before_anything_is_sent_again(
    bench: Bench, fault: str
) -> None:
    channel = bench.channel(Guarantee.HOUR_KEY)
    row = _unknown(bench, channel, "Fog on the pier: the ferry leaves at ten.")
    bench.plan(channel, fault)
    shown = _public(bench, channel, "Fog on the pier: the ferry leaves at ten.")

    bench.run_to(row, "needs_human")

    row.refresh_from_db()
    assert (row.reason, row.remote_id, row.commit_calls) == ("several", "", 1)
    assert [one["remote_id"] for one in row.seen] == [shown]
    assert len(bench.live(channel)) == 1


def test_a_picture_of_ours_that_is_lost_decides_nothing(bench: Bench) -> None:
    channel = bench.channel(Guarantee.NONE)
    row = _unknown(bench, channel, "Fog.", picture(1))
    remote_id = _public(bench, channel, "Fog.", picture(2))
    blobs.path(row.payload["media"][0]["sha256"]).unlink()

    bench.run_to(row, "verified")

    row.refresh_from_db()
    assert row.remote_id == remote_id
    assert Attempt.objects.filter(delivery=row, step="look", outcome="found").count() == 1
