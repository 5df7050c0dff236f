"""A person confirms a time that went back: what is in doubt is not sent a second time for it."""

from datetime import datetime, timedelta

import pytest
from tests.deliveries import MakeDelivery

from breakwater.channels.models import Channel
from breakwater.delivery.models import Circuit, ClockMark, Delivery
from breakwater.delivery.services import clocks
from breakwater.delivery.services.outcomes import story
from breakwater.domain.guarantees import Guarantee, Outcome
from breakwater.domain.resolution import after_look
from breakwater.domain.timings import Timings
from breakwater.people.models import Person

T = Timings()
HOURS, MINUTE = timedelta(hours=2), timedelta(minutes=1)


def _held(by: timedelta, now: datetime, reason: str = "jump", boot: str = "boot 1") -> None:
    """This machine's clock, `now` by the old time, moved by `by`."""
    ClockMark.objects.create(
        boot=boot, host="quay", baseline_us=0, seen_us=by // timedelta(microseconds=1), boot_us=0,
        seen_at=now if reason == "jump" else now + by, held_since=now, reason=reason,
    )  # fmt: skip


def _unknown(row: Delivery, sent: datetime, since: datetime) -> Delivery:
    Delivery.objects.filter(pk=row.pk).update(
        state="unknown", doubtful=True, state_at=since, first_sent_at=sent, last_sent_at=sent,
        not_before=since + T.settle, tries=1, commit_calls=1,
    )  # fmt: skip
    row.refresh_from_db()
    return row


def _absent(row: Delivery, now: datetime) -> str:
    row.refresh_from_db()
    kept = story(row, Guarantee.HOUR_KEY)
    return after_look(Outcome.ABSENT, kept, now=now, timings=T).state


@pytest.mark.parametrize("back", [HOURS, 40 * MINUTE])
def test_a_key_that_the_network_has_forgotten_is_not_trusted_because_the_clock_went_back(
    queued: MakeDelivery, ann: Person, now: datetime, back: timedelta
) -> None:
    row = _unknown(queued(), now - MINUTE, now)
    _held(-back, now)
    new = now - back

    clocks.confirm(by=ann.pk, now=new)

    row.refresh_from_db()
    assert row.first_sent_at == new - MINUTE
    assert (row.state_at, row.not_before) == (new, new)
    assert _absent(row, new + T.settle - MINUTE) == "unknown"
    assert _absent(row, new + T.settle) == "retry_wait"
    assert _absent(row, new + T.probe_within + MINUTE) == "needs_human"


def test_after_a_boot_in_the_past_only_a_person_sends_again_what_is_in_doubt(
    queued: MakeDelivery, ann: Person, now: datetime
) -> None:
    row = _unknown(queued(), now - MINUTE, now)
    ClockMark.objects.create(
        boot="boot 0", host="quay", baseline_us=0, seen_us=0, boot_us=0, seen_at=now
    )
    _held(-HOURS, now, "behind")
    new = now - HOURS + MINUTE

    clocks.confirm(by=ann.pk, now=new)

    assert _absent(row, new + T.settle) == "needs_human"


def test_a_clock_that_went_forward_does_not_shorten_the_settling(
    queued: MakeDelivery, ann: Person, now: datetime
) -> None:
    row = _unknown(queued(), now - MINUTE, now)
    _held(20 * MINUTE, now)
    new = now + 20 * MINUTE

    clocks.confirm(by=ann.pk, now=new)

    assert _absent(row, new + MINUTE) == "unknown"
    assert _absent(row, new + T.settle) == "retry_wait"


def test_nothing_waits_two_hours_more_because_the_clock_went_back(
    queued: MakeDelivery, channel: Channel, ann: Person, now: datetime
) -> None:
    row = queued()
    Delivery.objects.filter(pk=row.pk).update(state="retry_wait", not_before=now + MINUTE)
    planned = queued(due_at=now + MINUTE)
    Channel.objects.filter(pk=channel.pk).update(quiet_until=now + MINUTE)
    Circuit.objects.create(origin=channel.origin, opened_at=now, probe_at=now + MINUTE)
    _held(-HOURS, now)
    new = now - HOURS

    clocks.confirm(by=ann.pk, now=new)

    row.refresh_from_db()
    channel.refresh_from_db()
    planned.refresh_from_db()
    assert row.not_before == channel.quiet_until == new + MINUTE
    assert Circuit.objects.get().probe_at == new + MINUTE
    assert planned.not_before == now + MINUTE
