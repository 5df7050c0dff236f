"""People are told of what waits for them, once, and of what should have left by now."""

from datetime import datetime, timedelta

import pytest
from django.conf import settings
from tests.deliveries import MakeDelivery, all_approved

from breakwater.channels.models import Channel, Credential
from breakwater.delivery.lifecycle import ASKS, DELIVERY, IN_HAND
from breakwater.delivery.models import Circuit, ClockMark, Delivery, Worker
from breakwater.delivery.services import budget, cancel, circuits, claims, release_missed
from breakwater.domain.timings import Timings
from breakwater.notices.models import Notice
from breakwater.people.models import Membership, Person, Workspace
from breakwater.people.roles import Role
from breakwater.workers import alarms
from breakwater.workers.health import tell_of_health
from breakwater.workers.tend import ROUND_S

T = Timings()


def _told() -> list[tuple[str, str]]:
    return sorted(Notice.objects.values_list("person__name", "code"))


def _tell(now: datetime) -> int:
    return alarms.tell(T, clock_now=lambda: now)


@pytest.mark.parametrize(
    ("state", "reason", "code"),
    [
        ("failed", "not_allowed", "failed"),
        ("needs_human", "not_found", "unknown"),
        ("needs_human", "altered", "altered"),
        ("missed", "late", "missed"),
        ("held", "not_approved", "held"),
    ],
)
def test_those_who_can_act_are_told_once(
    queued: MakeDelivery,
    now: datetime,
    state: str,
    reason: str,
    code: str,
) -> None:
    row = queued()
    Delivery.objects.filter(pk=row.pk).update(state=state, reason=reason, to_tell=True)

    assert _tell(now) == 1
    assert _tell(now + timedelta(minutes=5)) == 0

    assert _told() == [("Ann", code), ("Bob", code)]
    notice = Notice.objects.first()
    assert notice is not None
    assert notice.path == f"/w/harbour/deliveries/{row.pk}/"
    assert notice.data["post"] == "Fog on the pier."


def test_what_is_missed_a_second_time_is_told_a_second_time(
    queued: MakeDelivery, ann: Person, now: datetime
) -> None:
    row = queued()
    for late in (now + timedelta(minutes=16), now + timedelta(minutes=40)):
        claims.sweep_missed(now=late)
        assert _tell(late) == 1
        row.refresh_from_db()
        row = release_missed(row, by=ann.pk, now=late)

    assert _told() == [("Ann", "missed"), ("Ann", "missed"), ("Bob", "missed"), ("Bob", "missed")]


def test_what_was_cancelled_before_anybody_was_told_stops_no_other_news(
    queued: MakeDelivery, ann: Person, now: datetime
) -> None:
    gone, asking = queued("Gone."), queued("Asking.")
    late = now + timedelta(minutes=16)
    claims.sweep_missed(now=late)
    gone.refresh_from_db()

    assert [row.to_tell for row in cancel([gone], by=ann.pk, now=late)] == [False]
    Delivery.objects.filter(pk=gone.pk).update(to_tell=True)

    assert _tell(late) == 1
    assert set(Notice.objects.values_list("path", flat=True)) == {
        f"/w/harbour/deliveries/{asking.pk}/"
    }


def test_a_viewer_is_not_told(
    queued: MakeDelivery,
    harbour_workspace: Workspace,
    eve: Person,
    now: datetime,
) -> None:
    Membership.objects.create(
        workspace=harbour_workspace, person=eve, role=Role.VIEWER, created_at=now
    )
    row = queued()
    Delivery.objects.filter(pk=row.pk).update(state="missed", to_tell=True)

    _tell(now)

    assert _told() == [("Ann", "missed"), ("Bob", "missed")]


@pytest.mark.parametrize("state", sorted(DELIVERY.states - DELIVERY.terminal))
def test_whatever_state_it_stands_still_in_is_told_within_two_minutes(
    queued: MakeDelivery, worker: Worker, now: datetime, state: str
) -> None:
    row = queued()
    in_hand = {"worker": worker} if state in IN_HAND else {}
    asks = {"to_tell": True} if state in ASKS else {}
    Delivery.objects.filter(pk=row.pk).update(state=state, not_before=now, **in_hand, **asks)

    _tell(now + timedelta(seconds=120 - 2 * ROUND_S))

    codes = {"failed": "failed", "missed": "missed", "held": "held", "needs_human": "unknown"}
    code = codes.get(state, "stuck")
    assert _told() == [("Ann", code), ("Bob", code)]


def test_many_that_stand_still_are_one_notice_and_none_is_left_out(
    queued: MakeDelivery, now: datetime
) -> None:
    for number in range(6):
        queued(f"Number {number}.")

    assert _tell(now + timedelta(seconds=110)) == 6
    assert _tell(now + timedelta(seconds=112)) == 0

    assert _told() == [("Ann", "stuck_many"), ("Bob", "stuck_many")]
    notice = Notice.objects.first()
    assert notice is not None
    assert (notice.data, notice.path) == ({"count": 6}, "/w/harbour/status/")
    assert Delivery.objects.filter(stuck_told=True).count() == 6


def test_almost_two_minutes_past_its_time_is_an_alarm_and_only_one(
    queued: MakeDelivery,
    worker: Worker,
    now: datetime,
) -> None:
    queued()
    claims.claim(worker, limit=1, approved=all_approved, now=now)

    assert _tell(now + timedelta(seconds=109)) == 0
    assert _tell(now + timedelta(seconds=110)) == 1
    assert _tell(now + timedelta(seconds=180)) == 0

    assert _told() == [("Ann", "stuck"), ("Bob", "stuck")]


def test_what_settles_has_a_reason_and_is_no_alarm(
    queued: MakeDelivery,
    now: datetime,
) -> None:
    row = queued()
    settled = now + timedelta(minutes=15)
    Delivery.objects.filter(pk=row.pk).update(state="unknown", not_before=settled)

    assert _tell(now + timedelta(minutes=10)) == 0


@pytest.mark.parametrize("state", ["unknown", "accepted"])
def test_what_nobody_looks_at_two_minutes_after_its_look_was_due_is_an_alarm(
    queued: MakeDelivery, now: datetime, state: str
) -> None:
    row = queued()
    Delivery.objects.filter(pk=row.pk).update(state=state)

    assert _tell(now + timedelta(seconds=109)) == 0
    assert _tell(now + timedelta(seconds=110)) == 1

    assert _told() == [("Ann", "stuck"), ("Bob", "stuck")]


@pytest.mark.parametrize("door", ["circuit", "app", "channel"])
def test_what_waits_behind_a_shut_door_is_an_alarm_like_anything_late(
    queued: MakeDelivery, channel: Channel, worker: Worker, now: datetime, door: str
) -> None:
    row, later = queued(), now + timedelta(minutes=2)
    far = now + timedelta(hours=1)
    if door == "circuit":
        Circuit.objects.create(origin=channel.origin, opened_at=now, probe_at=far)
    elif door == "app":
        circuits.quiet(channel.origin, far)
    else:
        Channel.objects.update(quiet_until=far)
    assert claims.claim(worker, limit=1, approved=all_approved, now=later).taken == ()

    assert _tell(later) == 1

    row.refresh_from_db()
    assert (row.state, row.stuck_told) == ("queued", True)
    assert _told() == [("Ann", "stuck"), ("Bob", "stuck")]


def test_a_network_in_trouble_is_told_once_to_those_who_plan_for_it(
    channel: Channel, now: datetime
) -> None:
    Circuit.objects.create(
        origin=channel.origin, opened_at=now, probe_at=now, reason="unknown", to_tell=True
    )

    assert _tell(now) == 1
    assert _tell(now + timedelta(minutes=5)) == 0

    assert _told() == [("Ann", "circuit_open"), ("Bob", "circuit_open")]
    notice = Notice.objects.first()
    assert notice is not None
    assert notice.data == {"network": "harbour.internal"}


@pytest.mark.parametrize(
    ("reason", "code"),
    [("jump", "clock_jumped"), ("behind", "clock_jumped"), ("skew", "clocks_apart")],
)
def test_a_clock_that_is_not_believed_is_told_once_to_those_who_run_the_place(
    owner: Person, now: datetime, reason: str, code: str
) -> None:
    ClockMark.objects.create(
        boot="b", host="quay", baseline_us=0, seen_us=0, boot_us=0, seen_at=now,
        held_since=now, reason=reason, to_tell=True,
    )  # fmt: skip

    assert _tell(now) == 1
    assert _tell(now + timedelta(minutes=5)) == 0

    assert _told() == [("Eve", code)]


@pytest.fixture
def owner(harbour_workspace: Workspace, eve: Person, now: datetime) -> Person:
    Membership.objects.create(
        workspace=harbour_workspace, person=eve, role=Role.OWNER, created_at=now
    )
    return eve


def test_a_dying_credential_is_told_a_week_ahead_to_those_who_connect(
    channel: Channel,
    owner: Person,
    now: datetime,
) -> None:
    Credential.objects.create(
        channel=channel, sealed=b"x", created_at=now, replaced_at=now,
        expires_at=now + settings.TIMINGS.token_warning,
    )  # fmt: skip

    tell_of_health(now - timedelta(seconds=1))
    assert _told() == []
    tell_of_health(now)
    tell_of_health(now + timedelta(hours=1))

    assert _told() == [("Eve", "token_dying")]


def test_a_shut_channel_is_told_once_each_time_it_shuts(
    channel: Channel,
    owner: Person,
    now: datetime,
) -> None:
    Channel.objects.filter(pk=channel.pk).update(state="reconnect", state_at=now)
    tell_of_health(now)
    tell_of_health(now + timedelta(hours=1))
    assert _told() == [("Eve", "reconnect")]

    Channel.objects.filter(pk=channel.pk).update(state_at=now + timedelta(days=1))
    tell_of_health(now + timedelta(days=1))

    assert _told() == [("Eve", "reconnect"), ("Eve", "reconnect")]


def test_a_channel_that_posts_too_often_is_told_once_to_those_who_plan_for_it(
    channel: Channel, now: datetime
) -> None:
    channel.limits = {"posts_per_hour": 3}
    channel.save(update_fields=["limits"])
    budget.hold([channel, channel], now=now)
    budget.hold([channel], now=now)

    assert _tell(now) == 1
    assert _tell(now + timedelta(minutes=5)) == 0

    assert _told() == [("Ann", "over_budget"), ("Bob", "over_budget")]
    notice = Notice.objects.first()
    assert notice is not None
    assert notice.data == {"channel": "@harbour", "count": 3}
