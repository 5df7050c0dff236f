"""The watching loop against the practice harbour: what nobody here sent is an alarm in seconds."""

import asyncio
from datetime import timedelta

import pytest
from tests.people import make_member, make_person

from breakwater.channels.models import Arrival, Channel, Portrait, Reading
from breakwater.channels.services import hooks
from breakwater.core import clock
from breakwater.delivery.models import Delivery
from breakwater.domain.guarantees import Guarantee
from breakwater.notices.models import Notice
from breakwater.people.roles import Role
from breakwater.strays.models import Alarm, Sighting, Watched
from breakwater.workers.tests.conftest import FAST, Bench, _run
from breakwater.workers.watch import WatchLoop

pytestmark = pytest.mark.slow


@pytest.fixture
def quay(bench: Bench) -> Channel:
    """Read once, and so watched; mia may respond."""
    make_member(bench.workspace, make_person("mia"), Role.MANAGER)
    channel = bench.channel(Guarantee.HOUR_KEY)
    read(bench, channel)
    watch_until(lambda: Watched.objects.filter(began_at__isnull=False).exists())
    return channel


def read(bench: Bench, channel: Channel) -> None:
    """All sources of the channel are read, once more."""
    before = clock.now()
    channel.cursors.update(next_at=before)
    bench.read_until(
        lambda: channel.cursors.filter(source="own_posts", read_at__gte=before).exists()
    )


def carry(bench: Bench, channel: Channel) -> None:
    """The harbour's push is carried to our hook, as a network would do it."""
    headers, body = bench.ask(channel, lambda harbour: harbour.push())
    hooks.pushed(channel.network, headers, body, now=clock.now())


def watch_until(done: object, *, within: float = 20.0) -> None:
    loop = WatchLoop(timings=FAST)
    asyncio.run(_run(loop, done, within))  # type: ignore[arg-type]


def channel_is_watched(channel: Channel) -> bool:
    return Watched.objects.filter(channel=channel, began_at__isnull=False).exists()


def test_a_pushed_stray_is_told_within_five_seconds_and_was_confirmed(
    bench: Bench, quay: Channel
) -> None:
    theirs = bench.ask(quay, lambda harbour: harbour.intrude("We were sold to the other side"))
    begun = clock.now()
    carry(bench, quay)

    watch_until(lambda: Notice.objects.filter(code="alarm").exists())

    assert clock.now() - begun < timedelta(seconds=5)
    (stray,) = Sighting.objects.all()
    assert (stray.ref, stray.state, stray.confirmed) == (theirs, "stray", True)
    assert Alarm.objects.get().told_at is not None


def test_where_nothing_is_pushed_the_next_look_finds_it(bench: Bench, quay: Channel) -> None:
    bench.ask(quay, lambda harbour: harbour.intrude("We were sold", key="beat-1"))

    read(bench, quay)
    watch_until(lambda: Sighting.objects.filter(state="stray").exists())

    assert Notice.objects.filter(code="alarm").count() > 0


def test_a_backdated_stray_is_seen_like_any_other(bench: Bench, quay: Channel) -> None:
    long_ago = clock.now() - timedelta(days=700)
    bench.ask(quay, lambda harbour: harbour.intrude("An old view of ours", at=long_ago))

    carry(bench, quay)
    watch_until(lambda: Alarm.objects.exists())

    assert Arrival.objects.get(own=True).at == long_ago


@pytest.mark.parametrize("kind", [Guarantee.HOUR_KEY, Guarantee.LASTING_KEY, Guarantee.NONE])
def test_what_left_from_here_is_no_alarm_whatever_came_first(
    kind: Guarantee, bench: Bench, quay: Channel
) -> None:
    channel = bench.channel(kind, "pier")
    read(bench, channel)
    watch_until(lambda: channel_is_watched(channel))
    row = bench.run_to(bench.order(channel, "Fog on the pier."), "verified")
    Delivery.objects.filter(pk=row.pk).update(state="unknown", remote_id="", accepted_at=None)

    carry(bench, channel)
    watch_until(lambda: Sighting.objects.filter(state="waits").exists() or kind == "lasting_key")
    Delivery.objects.filter(pk=row.pk).update(state="verified", remote_id=row.remote_id)
    watch_until(lambda: not Sighting.objects.filter(state__in=("waits", "seen")).exists())

    assert set(Sighting.objects.values_list("state", flat=True)) <= {"explained"}
    assert not Alarm.objects.exists()


def test_a_post_that_somebody_changed_is_told_once_it_was_read(bench: Bench, quay: Channel) -> None:
    row = bench.run_to(bench.order(quay, "Fog on the pier."), "verified")
    carry(bench, quay)
    watch_until(lambda: Arrival.objects.filter(own=True).exists())
    bench.ask(quay, lambda harbour: harbour.tamper(row.remote_id, "Buy my coins"))

    carry(bench, quay)
    watch_until(lambda: Sighting.objects.filter(state="told").exists())

    assert Sighting.objects.get().kind == "altered"
    assert Notice.objects.filter(code="altered_by_others").exists()


def test_profile_and_figures_are_kept_from_the_day_of_connecting(
    bench: Bench, quay: Channel
) -> None:
    bench.read_until(
        lambda: Portrait.objects.exists() and Reading.objects.filter(metric="followers").exists()
    )
    bench.ask(quay, lambda harbour: harbour.set_profile(name="Other Brand"))
    quay.cursors.filter(source="profile").update(next_at=clock.now())

    bench.read_until(lambda: Portrait.objects.count() == 2)
    watch_until(lambda: Notice.objects.filter(code="profile_changed").exists())

    assert Sighting.objects.get(kind="profile").data == {"fields": ["name"]}
