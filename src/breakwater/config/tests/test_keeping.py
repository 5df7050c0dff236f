"""`breakwater run`: what dies is started again, what is told to stop stops."""

import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

import pytest
from tests.live import Live, free_port, wait_for

from breakwater.config.cli import EX_CONFIG
from breakwater.config.commands.run import FIRST_PAUSE_S, LAST_PAUSE_S, STEADY_S, Part


def _ended(part: Part, now: float) -> int | None:
    assert part.process is not None
    part.process.wait()
    return part.ended(now)


def test_each_early_end_doubles_the_pause_up_to_its_limit() -> None:
    part = Part("short", ["/bin/false"])

    pauses = []
    for _ in range(9):
        part.start(100.0)
        assert _ended(part, 101.0) == 1
        pauses.append(part.start_at - 101.0)

    assert pauses[:4] == [FIRST_PAUSE_S, 1.0, 2.0, 4.0]
    assert pauses[-1] == LAST_PAUSE_S


def test_a_part_that_lived_long_starts_again_soon() -> None:
    part = Part("steady", ["/bin/true"], pause=LAST_PAUSE_S)

    part.start(100.0)

    assert _ended(part, 100.0 + STEADY_S) == 0
    assert part.start_at == 100.0 + STEADY_S + FIRST_PAUSE_S


def test_a_part_that_runs_has_not_ended() -> None:
    part = Part("long", [sys.executable, "-c", "input()"])
    part.process = subprocess.Popen(part.command, stdin=subprocess.PIPE)

    assert part.ended(0.0) is None

    part.process.communicate(b"\n")


@pytest.mark.slow
def test_a_dead_part_is_started_again(live: Live) -> None:
    serving = _child(live, "serve")

    os.kill(serving, signal.SIGKILL)

    wait_for(lambda: _child(live, "serve") not in (0, serving), 20)
    wait_for(lambda: _healthy(live), 20)
    assert live.stop() == 0


@pytest.mark.slow
def test_it_stops_soon_and_leaves_nobody_behind(live: Live) -> None:
    serving = _child(live, "serve")
    began = time.monotonic()

    assert live.stop() == 0

    assert time.monotonic() - began < 15
    assert not Path(f"/proc/{serving}").exists()


@pytest.mark.slow
def test_when_the_supervisor_is_killed_its_parts_end_too(live: Live) -> None:
    serving = _child(live, "serve")
    assert live.process is not None

    live.process.kill()

    wait_for(lambda: _gone(serving), 20)


@pytest.mark.slow
def test_a_taken_port_is_said_with_its_mend(installation: Callable[..., Live]) -> None:
    first = installation().start()
    address = first.environment["BREAKWATER_LISTEN"]
    second = installation(BREAKWATER_LISTEN=address)
    second.migrate()

    said = second.command("run")

    assert said.returncode == EX_CONFIG
    assert f"Port {address.rpartition(':')[2]} is taken by another program." in said.stderr


@pytest.mark.slow
def test_an_empty_database_is_said_with_its_mend(installation: Callable[..., Live]) -> None:
    said = installation().command("serve")

    assert said.returncode == EX_CONFIG
    assert said.stderr.strip().endswith("Run: breakwater migrate")


@pytest.mark.slow
def test_a_database_that_is_away_is_said_with_its_mend(installation: Callable[..., Live]) -> None:
    away = f"postgresql://desk:canary7f3a91@127.0.0.1:{free_port()}/desk"

    said = installation(DATABASE_URL=away).command("serve")

    assert said.returncode == EX_CONFIG
    assert said.stderr.startswith("PostgreSQL cannot be reached:")
    assert "canary7f3a91" not in said.stderr


def _child(live: Live, name: str) -> int:
    """The pid of the part; 0 when there is none."""
    assert live.process is not None
    for folder in Path("/proc").glob("[0-9]*"):
        try:
            parent = (folder / "stat").read_text().rpartition(")")[2].split()[1]
            words = (folder / "cmdline").read_bytes().split(b"\0")
        except OSError:
            continue
        if int(parent) == live.process.pid and name.encode() in words:
            return int(folder.name)
    return 0


def _gone(pid: int) -> bool:
    """Ended, or only waiting for its parent to ask."""
    try:
        return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0] == "Z"
    except OSError:
        return True


def _healthy(live: Live) -> bool:
    try:
        return live.get("/healthz")[0] == 200
    except OSError:
        return False
