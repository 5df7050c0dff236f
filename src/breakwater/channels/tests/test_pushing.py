"""Pushes are asked for, renewed before they end, and believed in only while they come."""

from datetime import UTC, datetime, timedelta

import pytest
from pytest_django import Settings

from breakwater.channels.listening import Told, listening
from breakwater.channels.models import Channel, Cursor
from breakwater.channels.services import pushing, reading
from breakwater.channels.services.arrivals import take_push
from breakwater.channels.tests.test_arrivals import comment
from breakwater.core.outside import reachable
from breakwater.networks.base import Batch, Pushed, Source
from breakwater.people.models import Workspace

pytestmark = pytest.mark.django_db
NOW = datetime(2026, 11, 28, 9, 0, tzinfo=UTC)
MINUTE, HOUR, DAY = timedelta(minutes=1), timedelta(hours=1), timedelta(days=1)
EVERY = timedelta(minutes=15)  # how often comments are looked for at X


@pytest.fixture
def quay(harbour_workspace: Workspace, settings: Settings) -> Channel:
    """At X, which pushes; this installation can be reached from outside."""
    settings.PUBLIC_URL = "https://desk.example"
    return Channel.objects.create(
        workspace=harbour_workspace, network="x", origin="https://api.x.com", remote_id="1",
        handle="@quay", state="connected", state_at=NOW, created_at=NOW,
    )  # fmt: skip


def at(channel: Channel, source: str) -> Cursor:
    return Cursor.objects.get(channel=channel, source=source)


def leased(channel: Channel, source: str, now: datetime) -> Cursor:
    rows = {row.source: row for row in reading.lease(limit=9, now=now)}
    return rows[source]


def promise(channel: Channel, until: datetime | None, now: datetime = NOW) -> None:
    Cursor.objects.filter(channel=channel, source="push").update(next_at=now, lease_until=None)
    pushing.subscribed(leased(channel, "push", now), until, now=now)


def push(now: datetime, *look: Source) -> None:
    arrived = () if look else (comment(f"c{now:%H%M%S}"),)
    take_push("x", [Pushed("1", arrived, look)], now=now)


def looked(channel: Channel, now: datetime, *remote_ids: str) -> timedelta:
    """After a look that found these: until the next one."""
    Cursor.objects.filter(channel=channel, source="comments").update(next_at=now, lease_until=None)
    row = leased(channel, "comments", now)
    reading.read(row, Batch(tuple(comment(one) for one in remote_ids), ""), now=now)
    after = at(channel, "comments").next_at
    assert after is not None
    return after - now


@pytest.mark.parametrize(
    ("url", "origin", "there"),
    [
        ("https://desk.example", "", True),
        ("http://desk.example", "", False),
        ("https://127.0.0.1", "", False),
        ("https://localhost", "", False),
        ("http://127.0.0.1:8000", "http://127.0.0.1:9", True),
    ],
)
def test_who_can_reach_us(settings: Settings, url: str, origin: str, there: bool) -> None:
    settings.PUBLIC_URL, settings.ALLOWED_ORIGINS = url, frozenset({"http://127.0.0.1:9"})

    assert reachable(origin) is there


def test_pushes_are_asked_for_where_they_can_arrive(quay: Channel, settings: Settings) -> None:
    settings.PUBLIC_URL = "http://127.0.0.1:8000"
    reading.ensure_cursors(now=NOW)
    alone = listening(quay, now=NOW).pushes.told
    settings.PUBLIC_URL = "https://desk.example"

    assert reading.ensure_cursors(now=NOW) == 1

    assert at(quay, "push").next_at == NOW
    assert (alone, listening(quay, now=NOW).pushes.told) == (Told.UNREACHABLE, Told.SOON)


def test_a_sign_in_that_is_not_good_for_it_is_not_asked_for_pushes(quay: Channel) -> None:
    Channel.objects.update(scopes=["tweet.read"])
    quay.refresh_from_db()

    reading.ensure_cursors(now=NOW)

    assert not Cursor.objects.filter(source="push").exists()
    assert listening(quay, now=NOW).pushes.told is Told.NEVER


@pytest.mark.parametrize(
    ("lasts", "again"), [(5 * DAY, 4 * DAY), (DAY, DAY / 2), (None, DAY), (HOUR, HOUR / 2)]
)
def test_a_promise_is_renewed_before_it_ends(
    quay: Channel, lasts: timedelta | None, again: timedelta
) -> None:
    reading.ensure_cursors(now=NOW)

    promise(quay, NOW + lasts if lasts else None)

    row = at(quay, "push")
    assert row.next_at == NOW + again
    assert listening(quay, now=NOW).pushes.told is Told.COMES


def test_while_pushes_come_it_is_looked_at_seldom(quay: Channel) -> None:
    reading.ensure_cursors(now=NOW)
    promise(quay, None)
    before = looked(quay, NOW + MINUTE)
    push(NOW + 2 * MINUTE)

    after = looked(quay, NOW + 3 * MINUTE)

    assert (before, after) == (EVERY, HOUR)
    there = listening(quay, now=NOW + 3 * MINUTE)
    assert there.pushes.last == NOW + 2 * MINUTE
    assert {one.source for one in there.readings if one.pushed} == {"comments"}


def test_a_look_that_finds_what_no_push_brought_ends_the_trust(quay: Channel) -> None:
    reading.ensure_cursors(now=NOW)
    promise(quay, None)
    push(NOW + MINUTE)
    looked(quay, NOW + 2 * MINUTE)

    assert looked(quay, NOW + HOUR, "missed") == EVERY
    assert looked(quay, NOW + 2 * HOUR) == EVERY
    push(NOW + 2 * HOUR + MINUTE)
    assert looked(quay, NOW + 3 * HOUR) == HOUR


def test_what_a_push_only_hinted_at_is_no_gap(quay: Channel) -> None:
    reading.ensure_cursors(now=NOW)
    promise(quay, None)
    looked(quay, NOW + MINUTE)
    push(NOW + 2 * MINUTE, Source.COMMENTS)

    assert at(quay, "comments").next_at == NOW + 2 * MINUTE
    assert looked(quay, NOW + 2 * MINUTE, "c-new") == HOUR


def test_after_a_gap_everything_that_is_pushed_is_looked_at_at_once(quay: Channel) -> None:
    reading.ensure_cursors(now=NOW)
    promise(quay, NOW + HOUR)
    later = NOW + 2 * HOUR
    Cursor.objects.exclude(source="push").update(next_at=later + HOUR)
    Cursor.objects.filter(source="messages").update(trouble="over_cap")

    promise(quay, None, now=later)

    waiting = Cursor.objects.filter(next_at__gt=later).exclude(source="push")
    assert set(waiting.values_list("source", flat=True)) == {"messages", "profile"}


def test_a_renewal_in_time_changes_nothing_else(quay: Channel) -> None:
    reading.ensure_cursors(now=NOW)
    promise(quay, NOW + DAY)
    Cursor.objects.exclude(source="push").update(next_at=NOW + DAY)

    promise(quay, NOW + 2 * DAY, now=NOW + HOUR)

    assert not Cursor.objects.filter(next_at__lte=NOW + HOUR).exists()


def test_in_vain_it_is_asked_at_rising_pauses_and_looked_at_as_ever(quay: Channel) -> None:
    reading.ensure_cursors(now=NOW)
    push(NOW)
    pauses, now = [], NOW
    for _ in range(12):
        row = leased(quay, "push", now)
        reading.failed(row, "hook_unreachable", now=now)
        ends = at(quay, "push").next_at
        assert ends is not None
        pauses.append(ends - now)
        Cursor.objects.exclude(source="push").update(next_at=ends + DAY, lease_until=None)
        now = ends

    assert pauses[:3] == [MINUTE / 2, MINUTE, 2 * MINUTE]
    assert pauses[-1] == 6 * HOUR
    assert listening(quay, now=now).pushes.told is Told.FAILING
    assert looked(quay, now + MINUTE) == EVERY


def test_pushes_that_are_set_up_over_there_are_believed_for_a_day(quay: Channel) -> None:
    reading.ensure_cursors(now=NOW)
    reading.never_again(leased(quay, "push", NOW), "unsupported")
    quiet = listening(quay, now=NOW).pushes.told
    push(NOW + MINUTE)

    assert (quiet, listening(quay, now=NOW + MINUTE).pushes.told) == (Told.NEVER, Told.COMES)
    assert looked(quay, NOW + 5 * MINUTE) == HOUR
    assert looked(quay, NOW + 2 * DAY) == EVERY


def test_a_reconnect_asks_for_pushes_anew(quay: Channel) -> None:
    reading.ensure_cursors(now=NOW)
    promise(quay, None)
    Cursor.objects.filter(source="mentions").update(next_at=None, trouble="unsupported")

    reading.begin_anew(quay, now=NOW + HOUR)

    assert {at(quay, one).next_at for one in ("push", "mentions")} == {NOW + HOUR}
