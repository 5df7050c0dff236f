"""Celery workers on a broker of their own, with accounts at the harbour and tasks in the queue."""

import contextlib
import json
import os
import sqlite3
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from time import monotonic

from breakwater.config.bench.processes import environment
from breakwater.networks.sandbox.harbour import Harbour
from tests.load.broker import Broker
from tests.load.places import KINDS, PORT, ROOT, Quay, rest

CHANNELS = 500
WORKERS, THREADS = 2, 32
_IDLE = "idle"
_PATIENCE_S = 600.0
_STILL_S = 20.0


@dataclass
class Fleet:
    """Workers that wait for the queue to open. count: how many tasks are in it."""

    home: Path
    quay: Quay
    broker: Broker
    count: int
    workers: list[subprocess.Popen[bytes]] = field(default_factory=list)

    def hire(self, queue: str = "posts") -> None:
        with (self.home / "celery.log").open("ab") as log:
            self.workers.append(
                subprocess.Popen(
                    [
                        sys.executable, "-m", "celery", "--app", "tests.load.naive", "worker",
                        "--pool", "threads", "--concurrency", str(THREADS), "--queues", queue,
                        "--loglevel", "warning", "--without-mingle", "--without-gossip",
                        "--hostname", f"{len(self.workers)}-{monotonic()}@bench",
                    ],
                    cwd=ROOT, env=self.environment, stdout=log, stderr=log,
                )
            )  # fmt: skip

    def kill(self, number: int) -> None:
        """`kill -9` of one worker, and another in its place."""
        gone = self.workers.pop(number)
        gone.kill()
        gone.wait(timeout=30)
        self.hire()

    def dismiss(self) -> None:
        for one in self.workers:
            one.kill()
            one.wait(timeout=30)

    def go(self) -> datetime:
        """The queue is open, since then."""
        return datetime.fromisoformat(self._run("go", str(WORKERS)))

    def fill(self, tasks: list[list[str]]) -> None:
        path = self.home / "tasks.jsonl"
        path.write_text("".join(json.dumps(one) + "\n" for one in tasks), encoding="utf-8")
        self._run(str(path))

    def _run(self, *words: str) -> str:
        done = subprocess.run(
            [sys.executable, "-m", "tests.load.naive", *words], cwd=ROOT, env=self.environment,
            capture_output=True, check=False, text=True,
        )  # fmt: skip
        if done.returncode:
            raise RuntimeError(f"naive {words} failed:\n{done.stderr[-3000:]}")
        return done.stdout

    def wait(self) -> datetime:
        """Returns when all is public, or nothing new was for a while: when the last one was."""
        end, seen, since = monotonic() + _PATIENCE_S, -1, monotonic()
        while seen < self.count and monotonic() - since < _STILL_S and monotonic() < end:
            rest(0.5)
            found = len(self.quay.public())
            seen, since = (found, monotonic()) if found != seen else (seen, since)
        if not seen:
            raise RuntimeError(
                f"celery sent nothing:\n{(self.home / 'celery.log').read_text()[-3000:]}"
            )
        rest(2)  # what comes twice comes now: the broker gives again at once
        return self._last()

    def _last(self) -> datetime:
        with contextlib.closing(sqlite3.connect(self.quay.home / "harbour.db", timeout=30)) as db:
            (at,) = db.execute("SELECT max(at) FROM posts").fetchone()
        return datetime.fromisoformat(at) if at else datetime.now(UTC)

    @property
    def environment(self) -> dict[str, str]:
        return {
            **environment(self.home, PORT),
            "NAIVE_ORIGIN": self.quay.origin,
            "NAIVE_BROKER": self.broker.url,
            "PYTHONPATH": os.environ.get("PYTHONPATH", ""),
        }


@contextlib.contextmanager
def fleet(deliveries: int) -> Iterator[Fleet]:
    """So many tasks are in the queue; the workers are there and wait for it to open."""
    with contextlib.ExitStack() as stack:
        home = Path(stack.enter_context(tempfile.TemporaryDirectory(prefix="breakwater-load-")))
        broker = Broker()
        stack.callback(broker.close)
        quay = Quay(home / "quay", pause_s=0.05)
        stack.callback(quay.close)
        made = Fleet(home, quay, broker, deliveries)
        stack.callback(made.dismiss)
        made.fill(_tasks(quay, deliveries))
        for _ in range(WORKERS):
            made.hire(_IDLE)
        yield made


def _tasks(quay: Quay, deliveries: int) -> list[list[str]]:
    """[class, token, text] each, over new accounts of all classes; equal texts on none."""
    harbour = Harbour(quay.home)
    kinds = [KINDS[number % len(KINDS)] for number in range(min(CHANNELS, deliveries))]
    tokens = [harbour.connect(f"bench-{n}", kind)["token"] for n, kind in enumerate(kinds)]
    harbour.close()
    return [
        [kinds[number % len(kinds)], tokens[number % len(kinds)], f"Buoy {number} is lit."]
        for number in range(deliveries)
    ]
