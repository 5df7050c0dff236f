"""The real product on a free port: `breakwater run` in a process of its own."""

import contextlib
import json
import os
import signal
import socket
import subprocess
import sys
import threading
import urllib.error
import urllib.request
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from tests.migrated import copy, fill, keep

BREAKWATER = str(Path(sys.executable).with_name("breakwater"))
START_S = 60
STOP_S = 20


class Live:
    """One installation with its own data. url: where it answers, no slash at the end."""

    def __init__(self, home: Path, environment: dict[str, str]) -> None:
        port = free_port()
        self.url = f"http://127.0.0.1:{port}"
        self.data = home / "data"
        self.log = home / "run.log"
        self.environment = {
            **{k: v for k, v in os.environ.items() if not _ours(k)},
            "BREAKWATER_DATA": str(self.data),
            "BREAKWATER_LISTEN": f"127.0.0.1:{port}",
            "BREAKWATER_PUBLIC_URL": self.url,
            **environment,
        }
        self.process: subprocess.Popen[bytes] | None = None

    def start(self) -> "Live":
        """Serving, on a database that is up to date. Raises with the log when it does not."""
        self.migrate()
        with self.log.open("ab") as log:
            self.process = subprocess.Popen(
                [BREAKWATER, "run"], env=self.environment, stdin=subprocess.DEVNULL,
                stdout=log, stderr=log, start_new_session=True,
            )  # fmt: skip
        wait_for(self._answers, START_S, self._trouble)
        return self

    def migrate(self) -> None:
        """The database is up to date; a new one is a copy of one that is."""
        url = self.environment.get("DATABASE_URL", "")
        empty = bool(url) and fill(url)
        if not url:
            copy(self.data / "app.db")
        migrated = self.command("migrate")
        assert migrated.returncode == 0, migrated.stderr
        if empty:
            keep(url)

    def stop(self) -> int:
        """Stopped politely; the exit status."""
        if self.process is None:
            return 0
        self.process.send_signal(signal.SIGTERM)
        try:
            status = self.process.wait(STOP_S)
        except subprocess.TimeoutExpired:
            self.kill()
            raise
        self.process = None
        return status

    def kill(self) -> None:
        """Every process of it is gone at once, as when the power fails."""
        if self.process is not None:
            with contextlib.suppress(ProcessLookupError):
                os.killpg(self.process.pid, signal.SIGKILL)
            self.process.wait()
            self.process = None

    def command(self, *arguments: str, stdin: str = "") -> subprocess.CompletedProcess[str]:
        """`breakwater …` on this installation's data."""
        return subprocess.run(
            [BREAKWATER, *arguments], env=self.environment, input=stdin, capture_output=True,
            text=True, check=False, timeout=120,
        )  # fmt: skip

    def get(self, path: str) -> tuple[int, str]:
        """Status and body, redirects followed."""
        try:
            with urllib.request.urlopen(f"{self.url}{path}", timeout=10) as answer:  # noqa: S310
                return answer.status, answer.read().decode()
        except urllib.error.HTTPError as answer:
            return answer.code, answer.read().decode()

    def json(self, path: str) -> object:
        return json.loads(self.get(path)[1])

    def _answers(self) -> bool:
        if self.process is not None and self.process.poll() is not None:
            raise AssertionError(f"breakwater run ended at once:\n{self._trouble()}")
        try:
            return self.get("/healthz")[0] == 200
        except OSError:
            return False

    def _trouble(self) -> str:
        return self.log.read_text(errors="replace")[-5000:]


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


def wait_for(
    true: Callable[[], bool], seconds: float, trouble: Callable[[], str] = lambda: ""
) -> None:
    """Returns as soon as `true()`; AssertionError with `trouble()` after `seconds`."""
    pause = threading.Event()
    for _ in range(int(seconds * 10)):
        if true():
            return
        pause.wait(0.1)
    raise AssertionError(f"not so after {seconds} s\n{trouble()}")


@pytest.fixture
def installation(tmp_path: Path) -> Iterator[Callable[..., Live]]:
    """Makes installations, not started: `installation(BREAKWATER_TIME_SCALE="100")`."""
    made: list[Live] = []

    def make(**environment: str) -> Live:
        home = tmp_path / f"live-{len(made)}"
        home.mkdir()
        made.append(Live(home, environment))
        return made[-1]

    yield make
    for one in made:
        one.kill()


@pytest.fixture
def live(installation: Callable[..., Live]) -> Live:
    """A fresh installation that is serving, with its workers, on SQLite."""
    return installation().start()


def _ours(name: str) -> bool:
    return name.startswith("BREAKWATER_") or name in ("DATABASE_URL", "DJANGO_SETTINGS_MODULE")
