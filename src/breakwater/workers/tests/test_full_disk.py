"""A disk that fills up under the workers: nothing leaves unrecorded, nothing is lost or sent twice."""

import logging
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest
from django.db import connection
from pytest_django import Settings
from tests.disks import Disk
from tests.harbours import Served, public, served

from breakwater.channels.models import Channel
from breakwater.channels.services import connect_with_fields
from breakwater.core import clock
from breakwater.delivery.models import Attempt, Delivery, Worker
from breakwater.domain.guarantees import Guarantee
from breakwater.workers.tests.conftest import Bench

pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(
        connection.vendor != "sqlite", reason="PostgreSQL's files are not this process's"
    ),
]


@pytest.fixture
def home(tmp_path: Path) -> Path:
    return tmp_path / "harbour"


@pytest.fixture
def harbour(home: Path, settings: Settings) -> Iterator[Served]:
    """On a socket: its disk is not ours."""
    with served(home) as running:
        settings.ALLOWED_ORIGINS = frozenset({running.origin})
        yield running


@pytest.fixture
def disk() -> Iterator[Disk]:
    made = Disk()
    yield made
    made.make_room()


def _connected(bench: Bench, harbour: Served) -> Channel:
    """To a network that has no keys: a second call would be a second post."""
    return connect_with_fields(
        workspace_id=bench.workspace.pk,
        network="sandbox",
        origin=harbour.origin,
        fields={"name": "quay", "class": Guarantee.NONE.value},
        by=bench.person.pk,
        now=clock.now(),
    )


def _outcomes(row: Delivery) -> list[str]:
    found = Attempt.objects.filter(delivery=row, step="commit").order_by("id")
    return list(found.values_list("outcome", flat=True))


def _arrived(row: Delivery, state: str) -> bool:
    row.refresh_from_db()
    return row.state == state


def test_what_is_due_waits_for_room_and_leaves_once(
    bench: Bench, home: Path, harbour: Served, disk: Disk, caplog: pytest.LogCaptureFixture
) -> None:
    channel = _connected(bench, harbour)
    row = bench.order(channel, due_at=clock.now() + timedelta(seconds=1))
    out_while_full: list[str] = []

    def overdue() -> bool:
        """The disk is full from the worker's start until the post is late and was refused."""
        if Worker.objects.exists():
            disk.fill()
        out_while_full.extend(public(home, channel.remote_id))
        late = clock.now() > row.due_at + timedelta(seconds=0.5)
        return late and "deliver.database_away" in caplog.text

    def done() -> bool:
        if "full" in stages and overdue():
            stages.remove("full")
            disk.make_room()
        return "full" not in stages and _arrived(row, "verified")

    stages = {"full"}
    with caplog.at_level(logging.WARNING):
        bench.run_until(done)

    assert out_while_full == []
    assert public(home, channel.remote_id) == ["Fog on the pier."]
    assert _outcomes(row) == ["begun", "accepted"]


def test_an_answer_that_finds_no_room_is_kept_until_there_is_some(
    bench: Bench, home: Path, harbour: Served, disk: Disk, caplog: pytest.LogCaptureFixture
) -> None:
    channel = _connected(bench, harbour)
    row = bench.order(channel)
    harbour.freeze()

    def done() -> bool:
        if "frozen" in stages and _arrived(row, "sending"):
            stages.remove("frozen")
            disk.fill()
            harbour.thaw()
        if "full" in stages and "spool.not_written" in caplog.text:
            stages.remove("full")
            assert _arrived(row, "sending")
            disk.make_room()
        return not stages and _arrived(row, "verified")

    stages = {"frozen", "full"}
    with caplog.at_level(logging.WARNING):
        bench.run_until(done)

    assert public(home, channel.remote_id) == ["Fog on the pier."]
    assert _outcomes(row) == ["begun", "accepted"]


def test_what_breaks_while_it_is_prepared_is_not_the_networks_refusal(bench: Bench) -> None:
    """The row is tried again: a database that failed us once is no reason to give a post up."""
    channel = bench.channel(Guarantee.HANDLE)
    row = bench.order(channel)
    with connection.cursor() as cursor:
        cursor.execute(
            "CREATE TRIGGER refuse BEFORE UPDATE ON delivery_delivery"
            " WHEN NEW.state = 'prepared' AND NEW.tries = 0"
            " BEGIN SELECT RAISE(ABORT, 'no room'); END"
        )

    try:
        bench.run_to(row, "retry_wait", "failed")
    finally:
        with connection.cursor() as cursor:
            cursor.execute("DROP TRIGGER refuse")

    assert (row.state, row.commit_calls) == ("retry_wait", 0)
    assert bench.live(channel) == ()
