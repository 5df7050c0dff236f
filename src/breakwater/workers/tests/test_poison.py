"""A row that breaks whatever touches it costs itself alone, and ends with a person."""

from datetime import timedelta
from typing import Any

import pytest

from breakwater.channels import vault
from breakwater.channels.models import Channel, Credential
from breakwater.core import clock
from breakwater.delivery.lifecycle import ASKS
from breakwater.delivery.models import Circuit, Delivery
from breakwater.domain.guarantees import Guarantee
from breakwater.domain.parcels import digest_of
from breakwater.workers import alarms
from breakwater.workers.tests.conftest import Bench

GOOD: dict[str, Any] = {"text": "Fog.", "language": "en", "media": [], "options": {}}
BUOYS = [f"Buoy {number}." for number in range(5)]
BROKEN: dict[str, Any] = {
    "nothing": {},
    "no text": {**GOOD, "text": None},
    "a number for a text": {**GOOD, "text": 5},
    "no pictures": {key: value for key, value in GOOD.items() if key != "media"},
    "half a picture": {**GOOD, "media": [{"sha256": "x"}]},
    "a picture that is gone": {
        **GOOD,
        "media": [{"sha256": "0" * 64, "mime": "image/png", "size": 1, "width": 1, "height": 1}],
    },
    "no object": ["Fog."],
}


def _others_leave(bench: Bench, channel: Channel, poison: Delivery) -> Delivery:
    """Five good rows behind it are out; the poison as it is when a person is asked."""
    good = [bench.order(channel, text=text) for text in BUOYS]
    bench.run_until(lambda: _verified(good) == 5 and _asks(poison), within=30)
    poison.refresh_from_db()
    return poison


def _verified(rows: list[Delivery]) -> int:
    return Delivery.objects.filter(pk__in=[row.pk for row in rows], state="verified").count()


def _asks(row: Delivery) -> bool:
    """Its pause after each break is over at once here."""
    Delivery.objects.filter(pk=row.pk, state="retry_wait").update(not_before=row.due_at)
    return Delivery.objects.filter(pk=row.pk, state__in=ASKS, to_tell=True).exists()


@pytest.mark.slow
@pytest.mark.parametrize("broken", list(BROKEN))
def test_a_broken_payload_stops_nobody_else_and_asks_a_person(bench: Bench, broken: str) -> None:
    channel = bench.channel(Guarantee.HOUR_KEY)
    poison = bench.order(channel)
    digest = digest_of("publish", channel.pk, BROKEN[broken])
    Delivery.objects.filter(pk=poison.pk).update(payload=BROKEN[broken], digest=digest)

    poison = _others_leave(bench, channel, poison)

    assert sorted(post.text for post in bench.live(channel)) == BUOYS
    assert not Circuit.objects.exists()
    assert alarms.tell(bench.timings, clock_now=clock.now) >= 1
    poison.refresh_from_db()
    assert not poison.to_tell


@pytest.mark.slow
def test_a_connector_that_explodes_stops_nobody_else_and_asks_a_person(bench: Bench) -> None:
    channel, exploding = bench.channel(Guarantee.HOUR_KEY), bench.channel(Guarantee.NONE, "reef")
    Credential.objects.filter(channel=exploding).update(
        sealed=vault.seal_secrets(exploding.pk, {"class": "unheard of", "token": "x"})
    )
    poison = bench.order(exploding, missed_after=timedelta(hours=1))

    poison = _others_leave(bench, channel, poison)

    assert (poison.commit_calls, poison.reason) == (0, "internal")
    assert not Circuit.objects.exists()
