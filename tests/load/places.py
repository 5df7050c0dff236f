"""What a measurement runs on: an installation in a folder of its own, its harbour, its workers."""

import contextlib
import os
import signal
import sqlite3
import subprocess
import sys
import tempfile
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from threading import Event
from time import monotonic

import httpx

from breakwater.config.bench import processes
from tests import cluster, migrated

ROOT = Path(__file__).parents[2]
SLOTS = 64
DATABASES = ("sqlite", "postgresql")
KINDS = ("hour_key", "lasting_key", "handle", "duplicate_refused", "none")
"""Classes of the practice harbour, in turn."""
PORT = 8000  # named in settings; nothing listens here
_pause = Event()


def rest(seconds: float) -> None:
    _pause.wait(seconds)


class Quay:
    """The practice harbour in a process of its own; its truth is read from its file."""

    def __init__(self, home: Path, *, pause_s: float, commit_s: float | None = None) -> None:
        self.home = home
        longer = ["--commit", str(commit_s)] if commit_s is not None else []
        self._process = subprocess.Popen(
            [sys.executable, "-m", "tests.load.quay", "--home", str(home),
             "--pause", str(pause_s), *longer],
            cwd=ROOT, env=processes.environment(home, PORT), stdout=subprocess.PIPE, text=True,
        )  # fmt: skip
        assert self._process.stdout
        self.origin = self._process.stdout.readline().strip()

    def close(self) -> None:
        self._process.send_signal(signal.SIGTERM)
        self._process.communicate(timeout=30)

    def public(self) -> Counter[str]:
        """Text -> how often it is public, on any account."""
        with contextlib.closing(sqlite3.connect(self.home / "harbour.db", timeout=30)) as db:
            rows = db.execute("SELECT text, account FROM posts").fetchall()
        return Counter(f"{text} on {account}" for text, account in rows)


@dataclass
class Place:
    """One installation. url: of its PostgreSQL database, None for SQLite.

    scale: by which all periods of delivery are divided. more: settings besides.
    """

    home: Path
    quay: Quay
    url: str | None
    slots: int = SLOTS
    scale: float = 1.0
    workers: list[subprocess.Popen[bytes]] = field(default_factory=list)
    more: dict[str, str] = field(default_factory=dict)

    @property
    def environment(self) -> dict[str, str]:
        whole = {
            **processes.environment(self.home, PORT),
            "BREAKWATER_ALLOWED_ORIGINS": self.quay.origin,
            "BREAKWATER_SEND_SLOTS": str(self.slots),
            "BREAKWATER_TIME_SCALE": str(self.scale),
            "DATABASE_URL": self.url or "",
            **self.more,
        }
        return {name: value for name, value in whole.items() if value}

    def inside(self, part: str, *words: object) -> str:
        """What a part of tests.load.fill or tests.load.pausing gives, run with these settings.

        Raises: RuntimeError with the end of what it complained.
        """
        return self._python("-m", "tests.load.inside", part, *map(str, words))

    def migrate(self) -> None:
        """The database is up to date; a new one is a copy of one that is."""
        empty = self.url is not None and migrated.fill(self.url)
        if self.url is None:
            migrated.copy(self.home / "app.db")
        self._python("-m", "breakwater", "migrate")
        if self.url is not None and empty:
            migrated.keep(self.url)

    def hire(self) -> None:
        """One more `breakwater work`; its log: <home>/work.log."""
        with (self.home / "work.log").open("ab") as log:
            self.workers.append(
                subprocess.Popen(
                    [sys.executable, "-m", "breakwater", "work"], cwd=ROOT, env=self.environment,
                    stdout=log, stderr=log,
                )
            )  # fmt: skip

    @contextlib.contextmanager
    def served(self) -> Iterator[str]:
        """The pages and the API answer at this origin."""
        port = processes.free_port()
        self.more |= {
            "BREAKWATER_LISTEN": f"127.0.0.1:{port}",
            "BREAKWATER_PUBLIC_URL": f"http://127.0.0.1:{port}",
        }
        with (self.home / "serve.log").open("ab") as log:
            child = subprocess.Popen(
                [sys.executable, "-m", "breakwater", "serve"], cwd=ROOT, env=self.environment,
                stdout=log, stderr=log,
            )  # fmt: skip
        try:
            _until_answers(port)
            yield f"http://127.0.0.1:{port}"
        finally:
            child.send_signal(signal.SIGTERM)
            child.wait(timeout=60)

    def kill(self, number: int) -> None:
        """`kill -9` of one worker, and another in its place."""
        gone = self.workers.pop(number)
        gone.kill()
        gone.wait(timeout=30)
        self.hire()

    def dismiss(self) -> None:
        """All workers have gone as they should."""
        for one in self.workers:
            one.send_signal(signal.SIGTERM)
        for one in self.workers:
            try:
                one.wait(timeout=60)
            except subprocess.TimeoutExpired:
                one.kill()
        self.workers.clear()

    def _python(self, *words: str) -> str:
        done = subprocess.run(
            [sys.executable, *words], cwd=ROOT, env=self.environment, capture_output=True,
            check=False, text=True,
        )  # fmt: skip
        if done.returncode:
            raise RuntimeError(f"{' '.join(words)} failed:\n{done.stderr[-3000:]}")
        return done.stdout.strip()


@contextlib.contextmanager
def place(
    database: str, *, slots: int = SLOTS, scale: float = 1.0, pause_s: float = 0.05,
    commit_s: float | None = None,
) -> Iterator[Place]:  # fmt: skip
    """A new installation with its tables, on a database of its own; all of it goes afterwards."""
    with contextlib.ExitStack() as stack:
        home = Path(stack.enter_context(tempfile.TemporaryDirectory(prefix="breakwater-load-")))
        quay = Quay(home / "quay", pause_s=pause_s, commit_s=commit_s)
        stack.callback(quay.close)
        url = None
        if database == "postgresql":
            server = cluster.cluster()
            stack.callback(server.close)
            url = server.url
        made = Place(home, quay, url, slots=slots, scale=scale)
        made.migrate()
        stack.callback(made.dismiss)
        yield made


def _until_answers(port: int) -> None:
    """Raises: TimeoutError."""
    end = monotonic() + processes.START_S
    while monotonic() < end:
        with contextlib.suppress(httpx.HTTPError):
            if httpx.get(f"http://127.0.0.1:{port}/healthz").is_success:
                return
        rest(0.1)
    raise TimeoutError(f"nothing answers on {port}")


def load_of_machine() -> str:
    """What the machine did beside us, so that a figure taken on a busy one is known as such."""
    return f"load {os.getloadavg()[0]:.1f}"
