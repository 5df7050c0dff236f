"""What comes from networks is stored once, in whatever order and however often it is brought."""

import json
from dataclasses import replace
from datetime import UTC, datetime, timedelta, timezone

import pytest
from hypothesis import given
from hypothesis import settings as how
from hypothesis import strategies as st
from hypothesis.extra.django import TestCase

from breakwater.channels.models import Arrival, Channel, Cursor
from breakwater.channels.services import reading
from breakwater.channels.services.arrivals import arrivals_after, record_arrivals, take_push
from breakwater.core.ids import new_id
from breakwater.networks.base import Arrived, Author, Batch, Pushed, Source, What
from breakwater.people.models import Workspace

NOW = datetime(2026, 11, 28, 9, 0, tzinfo=UTC)
EVE = Author("42", "@eve", "Eve")


def comment(remote_id: str = "c1", text: str = "Is it open?", **facts: object) -> Arrived:
    made = Arrived(What.COMMENT, remote_id, NOW - timedelta(minutes=5), EVE, text, about="p1")
    return replace(made, **facts)  # type: ignore[arg-type]


def quay_of(workspace: Workspace, remote_id: str = "1", network: str = "sandbox") -> Channel:
    return Channel.objects.create(
        workspace=workspace, network=network, origin="http://harbour.internal",
        remote_id=remote_id, handle="@quay", state="connected", state_at=NOW, created_at=NOW,
    )  # fmt: skip


@pytest.fixture
def quay(harbour_workspace: Workspace) -> Channel:
    return quay_of(harbour_workspace)


def test_seen_twice_is_stored_once(quay: Channel) -> None:
    first = record_arrivals(quay, [comment(), comment("c2")], now=NOW)
    again = record_arrivals(quay, [comment("c2"), comment()], now=NOW + timedelta(minutes=1))

    assert [row.remote_id for row in first] == ["c1", "c2"]
    assert again == []
    row = Arrival.objects.get(remote_id="c1")
    assert (row.text, row.author["handle"], row.about) == ("Is it open?", "@eve", "p1")
    assert (row.arrived_at, row.changed_at, row.gone_at) == (NOW, None, None)


def test_other_words_replace_the_old_ones_and_gone_is_marked(quay: Channel) -> None:
    record_arrivals(quay, [comment()], now=NOW)
    later = NOW + timedelta(hours=1)

    record_arrivals(quay, [comment(text="Is it closed?")], now=later)
    record_arrivals(quay, [comment(what=What.GONE)], now=later)

    row = Arrival.objects.get()
    assert (row.text, row.changed_at, row.gone_at) == ("Is it closed?", later, later)


def test_what_is_gone_before_it_was_seen_is_left_out(quay: Channel) -> None:
    record_arrivals(quay, [comment(what=What.GONE)], now=NOW)

    assert not Arrival.objects.exists()


def test_what_came_and_went_in_one_go_is_gone(quay: Channel) -> None:
    record_arrivals(quay, [comment(), comment(what=What.GONE)], now=NOW)

    assert Arrival.objects.get().gone_at == NOW


@pytest.mark.parametrize(
    "odd",
    [
        comment(raw={"x": float("nan"), "y": float("inf"), "z": 1e300}),
        comment(raw={"n": 10**400}),
        comment(raw=json.loads('{"a":' * 900 + "1" + "}" * 900)),
        comment(at=datetime(1, 1, 1, tzinfo=timezone(timedelta(hours=14)))),
        comment(rating=10**9),
        comment(rating=-1),
    ],
    ids=["not numbers", "huge", "deep", "before all time", "many stars", "fewer than none"],
)
def test_one_odd_thing_never_stops_a_source(quay: Channel, odd: Arrived) -> None:
    """Stored in one go with all that came beside it: refused, it would come back for ever."""
    record_arrivals(quay, [odd, comment("c2")], now=NOW)

    rows = Arrival.objects.order_by("id")
    assert [(row.remote_id, row.rating) for row in rows] == [("c1", None), ("c2", None)]


def test_hostile_words_are_kept_as_far_as_a_database_can(quay: Channel) -> None:
    odd = comment(
        "c\x00" + "x" * 900, "\ud800 zalgo\x00", author=Author("4\x002", "@" + "e" * 9000),
        raw={"deep\x00": ["\ud83d", {"x": 1.5}]},
    )  # fmt: skip

    (row,) = record_arrivals(quay, [odd], now=NOW)

    row.refresh_from_db()
    assert len(row.remote_id) == 500
    assert "\x00" not in row.text + row.author_id
    assert row.raw == {"deep\ufffd": ["\ufffd", {"x": 1.5}]}


def test_a_push_reaches_every_channel_of_the_account_and_no_other(
    harbour_workspace: Workspace, quay: Channel
) -> None:
    other = quay_of(harbour_workspace, "2")
    now = NOW + timedelta(minutes=10)
    later = now + timedelta(minutes=9)
    Cursor.objects.create(channel=quay, source="mentions", next_at=later, created_at=NOW)
    pushed = [
        Pushed("1", (comment(),), (Source.MENTIONS,)),
        Pushed("unknown", (comment("c9"),)),
    ]

    assert take_push("sandbox", pushed, now=now) == 1
    assert take_push("sandbox", pushed, now=now) == 0

    assert set(Arrival.objects.values_list("channel_id", "remote_id")) == {(quay.pk, "c1")}
    assert Cursor.objects.get().next_at == now
    assert not Arrival.objects.filter(channel=other).exists()


def test_what_arrived_is_read_in_order_from_where_one_stopped(quay: Channel) -> None:
    first, second = record_arrivals(quay, [comment("a"), comment("b")], now=NOW)

    assert [row.pk for row in arrivals_after(quay.workspace_id)] == [first.pk, second.pk]
    assert [row.pk for row in arrivals_after(quay.workspace_id, first.pk)] == [second.pk]
    assert arrivals_after(new_id()) == []


@pytest.fixture
def cursor(quay: Channel) -> Cursor:
    return Cursor.objects.create(channel=quay, source="comments", next_at=NOW, created_at=NOW)


def test_a_source_is_one_readers_at_a_time(cursor: Cursor) -> None:
    (mine,) = reading.lease(limit=5, now=NOW)

    assert mine.pk == cursor.pk
    assert reading.lease(limit=5, now=NOW + timedelta(minutes=2)) == []
    (theirs,) = reading.lease(limit=5, now=NOW + timedelta(minutes=4))
    reading.read(mine, Batch((comment(),), "old"), now=NOW + timedelta(minutes=5))
    cursor.refresh_from_db()
    assert (theirs.pk, cursor.cursor) == (cursor.pk, "")
    assert Arrival.objects.count() == 1


def test_reading_stores_and_goes_on_behind_it(cursor: Cursor) -> None:
    (row,) = reading.lease(limit=5, now=NOW)

    reading.read(row, Batch((comment(),), "after-c1", more=True), now=NOW)

    cursor.refresh_from_db()
    assert (cursor.cursor, cursor.next_at, cursor.lease_until) == ("after-c1", NOW, None)


def test_a_source_that_fails_is_asked_more_and_more_seldom(cursor: Cursor) -> None:
    pauses = []
    now = NOW
    for _ in range(9):
        (row,) = reading.lease(limit=5, now=now)
        reading.failed(row, "not_reached", now=now)
        cursor.refresh_from_db()
        assert cursor.next_at is not None
        pauses.append((cursor.next_at - now).total_seconds())
        now = cursor.next_at

    assert pauses == [30, 60, 120, 240, 480, 960, 1920, 3600, 3600]
    assert (cursor.failures, cursor.trouble) == (9, "not_reached")


def test_what_a_network_does_not_have_is_not_asked_again_before_a_reconnect(
    quay: Channel, cursor: Cursor
) -> None:
    (row,) = reading.lease(limit=5, now=NOW)
    reading.never_again(row, "unsupported")

    assert reading.lease(limit=5, now=NOW + timedelta(days=9)) == []
    reading.begin_anew(quay, now=NOW + timedelta(days=10))
    assert len(reading.lease(limit=5, now=NOW + timedelta(days=10))) == 1


def test_what_was_not_read_after_all_is_free_at_once(cursor: Cursor) -> None:
    (row,) = reading.lease(limit=5, now=NOW)

    reading.let_go([row])

    (again,) = reading.lease(limit=5, now=NOW + timedelta(seconds=1))
    assert again.pk == cursor.pk


class Shuffled(TestCase):
    """A fifth repeated, in any order and in any pieces: the same rows are stored."""

    @how(max_examples=25, deadline=None)
    @given(
        st.lists(st.integers(0, 30), max_size=60), st.integers(1, 7),
    )  # fmt: skip
    def test_any_order_and_any_pieces_store_the_same(self, numbers: list[int], size: int) -> None:
        workspace = Workspace.objects.create(
            name="W", slug=f"w{new_id().hex}", zone="UTC", language="en", created_at=NOW
        )
        channel = quay_of(workspace)
        brought = [comment(f"c{number}", f"Text {number}") for number in numbers]

        for at in range(0, len(brought), size):
            record_arrivals(channel, brought[at : at + size], now=NOW)

        stored = Arrival.objects.filter(channel=channel).values_list("remote_id", "text")
        assert sorted(stored) == sorted({(f"c{n}", f"Text {n}") for n in numbers})


def test_streams_take_no_place_of_what_is_polled(quay: Channel) -> None:
    """They last for ever: sixteen of them, and no review was read any more."""
    sources = [reading.STREAM, Source.REVIEWS]
    Cursor.objects.bulk_create(
        Cursor(channel=quay, source=source, next_at=NOW, created_at=NOW) for source in sources
    )

    polled = reading.lease(limit=1, now=NOW)
    heard = reading.lease(limit=1, now=NOW, streams=True)

    assert [row.source for row in (*polled, *heard)] == [Source.REVIEWS, reading.STREAM]
