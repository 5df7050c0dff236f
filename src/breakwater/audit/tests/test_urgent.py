"""Whoever presses a button is not kept waiting behind writers that are busy all the time."""

import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from threading import Event, Thread
from time import monotonic, sleep

import pytest
from django.db import OperationalError, connection

from breakwater.audit.models import Head
from breakwater.core.ids import new_id
from breakwater.core.urgent import urgent

pytestmark = pytest.mark.django_db(transaction=True)
of_sqlite = pytest.mark.skipif("connection.vendor != 'sqlite'", reason="PostgreSQL has a queue")


@contextmanager
def _busy(*, held_s: float, rest_s: float) -> Iterator[None]:
    """Another process's writer that has the lock nearly all the time."""
    over, has = Event(), Event()

    def write() -> None:
        name = connection.settings_dict["NAME"]
        with closing(sqlite3.connect(name, timeout=20, isolation_level=None, uri=True)) as other:
            while not over.is_set():
                other.execute("BEGIN IMMEDIATE")
                has.set()
                over.wait(held_s)
                other.execute("COMMIT")
                sleep(rest_s)

    writer = Thread(target=write)
    writer.start()
    has.wait(10)
    try:
        yield
    finally:
        over.set()
        writer.join(20)


@of_sqlite
def test_it_begins_in_a_gap_of_a_busy_writer() -> None:
    with _busy(held_s=0.3, rest_s=0.01):
        begun = monotonic()
        with urgent():
            Head.objects.create(workspace_id=new_id())
        took = monotonic() - begun

    assert took < 3
    assert Head.objects.count() == 1


@of_sqlite
def test_others_wait_as_long_as_before() -> None:
    with connection.cursor() as cursor:
        before = cursor.execute("PRAGMA busy_timeout").fetchone()
        with urgent():
            pass
        after = cursor.execute("PRAGMA busy_timeout").fetchone()

    assert before == after
    assert before[0] > 0


@of_sqlite
def test_it_gives_up_after_as_long_as_others_would_and_leaves_nothing() -> None:
    with connection.cursor() as cursor:
        cursor.execute("PRAGMA busy_timeout = 200")
        with _busy(held_s=5, rest_s=0), pytest.raises(OperationalError, match="locked"), urgent():
            Head.objects.create(workspace_id=new_id())
        left = cursor.execute("PRAGMA busy_timeout").fetchone()
        cursor.execute("PRAGMA busy_timeout = 20000")

    assert left == (200,)
    assert not Head.objects.exists()


def test_what_breaks_in_it_is_undone() -> None:
    def deed() -> None:
        with urgent():
            Head.objects.create(workspace_id=new_id())
            raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        deed()

    assert not Head.objects.exists()
    assert not connection.in_atomic_block
