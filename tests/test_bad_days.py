"""Bad days, with the real product in processes of its own: killed, stopped, cut from its database.

The demo brand sends three posts at once; the harbour answers one byte a second, so that they
are `sending` when the day turns bad. Afterwards each is public exactly once.
"""

import contextlib
import signal
import sqlite3
import subprocess
from collections.abc import Callable, Iterator
from pathlib import Path

import psycopg
import pytest

from breakwater.networks.base import Fault
from breakwater.networks.sandbox.harbour import Harbour
from tests.cluster import Cluster
from tests.live import BREAKWATER, Live, wait_for

pytestmark = pytest.mark.slow

MakeLive = Callable[..., Live]
SENT_AT_ONCE = 3
SCALE = "10"  # the commit deadline is six seconds, a takeover comes after twelve
ACCOUNTS = "SELECT remote_id FROM channels_channel"
STATES = "SELECT state FROM delivery_delivery WHERE commit_calls > 0 OR due_at <= state_at"


def _column(live: Live, query: str) -> list[str]:
    if url := live.environment.get("DATABASE_URL"):
        with psycopg.connect(url) as link:
            rows = link.execute(query).fetchall()
    else:
        with sqlite3.connect(live.data / "app.db", timeout=20) as file:
            rows = file.execute(query).fetchall()
    return sorted(value for (value,) in rows)


def _states(live: Live) -> list[str]:
    """The states of all deliveries that are not waiting for another day."""
    return _column(live, STATES)


def _harbour(live: Live) -> Harbour:
    return Harbour(Path(live.data) / "networks" / "sandbox")


def _fill(live: Live, fault: str) -> None:
    """The demo brand, three posts due, and a harbour that will answer like that."""
    live.migrate()
    filled = live.command("demo")
    assert filled.returncode == 0, filled.stderr
    harbour = _harbour(live)
    for account in _column(live, ACCOUNTS):
        harbour.plan(account, Fault(fault))
    harbour.close()


@contextlib.contextmanager
def _working(live: Live) -> Iterator[subprocess.Popen[bytes]]:
    """`breakwater work` in a process of its own, killed at the end if it still is."""
    with live.log.open("ab") as log:
        child = subprocess.Popen([BREAKWATER, "work"], env=live.environment, stdout=log, stderr=log)
    try:
        yield child
    finally:
        child.kill()
        child.wait()


def _wait_until_sending(live: Live) -> None:
    wait_for(lambda: "sending" in _states(live), 30, lambda: f"{_states(live)} {_log(live)}")


def _log(live: Live) -> str:
    return live.log.read_text(errors="replace")[-3000:]


def _public(live: Live) -> list[str]:
    harbour = _harbour(live)
    accounts = _column(live, ACCOUNTS)
    texts = sorted(str(post["text"]) for account in accounts for post in harbour.posts(account))
    harbour.close()
    return texts


def _once_each(live: Live) -> None:
    # A post that the network had not taken when the worker died is sent again once it is settled
    # that it is absent: Timings.takeover and second_look, 12 and 180 s at this scale.
    wait_for(
        lambda: set(_states(live)) == {"verified"}, 240, lambda: f"{_states(live)} {_log(live)}"
    )
    texts = _public(live)
    assert len(texts) == len(_states(live)) == SENT_AT_ONCE
    assert sum(text.startswith("We are open.") for text in texts) == 2
    assert sum(text.startswith("Soup of the day") for text in texts) == 1
    verified = live.command("audit", "verify")
    assert verified.returncode == 0, verified.stderr


def test_a_kill_while_sending_loses_nothing_and_doubles_nothing(installation: MakeLive) -> None:
    live = installation(BREAKWATER_TIME_SCALE=SCALE)
    _fill(live, "trickle")
    with _working(live) as worker:
        _wait_until_sending(live)
        worker.kill()
        worker.wait()
    assert "sending" in _states(live)

    with _working(live):
        _once_each(live)


def test_a_polite_stop_while_sending_waits_for_the_answer(installation: MakeLive) -> None:
    live = installation(BREAKWATER_TIME_SCALE=SCALE)
    _fill(live, "trickle")
    with _working(live) as worker:
        _wait_until_sending(live)
        worker.send_signal(signal.SIGTERM)

        assert worker.wait(30) == 0

    assert set(_states(live)) <= {"accepted", "unknown", "verified"}
    assert len(_public(live)) == SENT_AT_ONCE


def test_a_database_that_stops_and_comes_back_is_waited_for(
    installation: MakeLive, postgresql_cluster: Cluster
) -> None:
    live = installation(DATABASE_URL=postgresql_cluster.url, BREAKWATER_TIME_SCALE=SCALE)
    _fill(live, "trickle")
    with _working(live) as worker:
        _wait_until_sending(live)

        postgresql_cluster.stop("immediate")
        postgresql_cluster.start()

        _once_each(live)
        assert worker.poll() is None
