"""What a person wants done at once is refused while nobody knows what time it is."""

from collections.abc import Callable
from datetime import datetime, timedelta

import pytest

from breakwater.channels.models import Channel
from breakwater.delivery.models import ClockMark, Delivery
from breakwater.delivery.services import it_is_not_out, raise_wall, release
from breakwater.domain.errors import StaleState
from breakwater.people.models import Person
from breakwater.publishing import services
from breakwater.publishing.models import Post
from breakwater.publishing.tests.conftest import out

HOURS = timedelta(hours=2)
Deed = Callable[[Post, Person, datetime], object]


def _moved(**values: object) -> Delivery:
    Delivery.objects.update(**values)
    return Delivery.objects.get()


def _doubt(right: datetime, ahead: timedelta, reason: str = "jump") -> None:
    ClockMark.objects.create(
        boot="boot 1", host="quay", baseline_us=0, seen_us=0, boot_us=0, seen_at=right,
        held_since=right, reason=reason, ahead_s=ahead.total_seconds(),
    )  # fmt: skip


def _release(post: Post, bob: Person, now: datetime) -> object:
    hold, _ = raise_wall(post.workspace_id, why="Storm.", by=bob.pk, now=now)
    return release(hold, by=bob.pk, now=now)


DEEDS: dict[str, Deed] = {
    "send now": lambda post, bob, now: services.send_now(post, by=bob.pk, now=now),
    "send late": lambda _, bob, now: services.send_late(_moved(state="missed"), by=bob.pk, now=now),
    "not out": lambda _, bob, now: it_is_not_out(_moved(state="needs_human"), by=bob.pk, now=now),
    "release": _release,
}


@pytest.mark.parametrize("ahead", [HOURS, -HOURS])
@pytest.mark.parametrize("deed", DEEDS)
def test_nothing_is_made_due_by_a_clock_that_jumped(
    scheduled: Post, bob: Person, now: datetime, deed: str, ahead: timedelta
) -> None:
    before = Delivery.objects.get()
    _doubt(now, ahead)

    with pytest.raises(StaleState) as refused:
        DEEDS[deed](scheduled, bob, now + ahead)

    assert refused.value.code == "clock_doubted"
    row = Delivery.objects.get()
    assert (row.due_at, row.not_before) == (before.due_at, before.not_before)


def test_nothing_is_taken_down_by_it_either(
    scheduled: Post, quay: Channel, bob: Person, now: datetime
) -> None:
    out(Delivery.objects.get(), now=now)
    _doubt(now, HOURS)

    with pytest.raises(StaleState):
        services.take_down(Delivery.objects.get(), by=bob.pk, now=now + HOURS)

    assert Delivery.objects.count() == 1


@pytest.mark.parametrize("deed", DEEDS)
def test_a_machine_that_is_off_and_two_clocks_that_differ_refuse_nothing(
    scheduled: Post, bob: Person, now: datetime, deed: str
) -> None:
    _doubt(now - HOURS, timedelta(minutes=1))
    ClockMark.objects.create(
        boot="boot 2", host="pier", baseline_us=0, seen_us=0, boot_us=0, seen_at=now,
        held_since=now, reason="skew", ahead_s=6,
    )  # fmt: skip

    DEEDS[deed](scheduled, bob, now)
