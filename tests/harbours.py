"""The practice harbour in a process of its own, on a real socket of 127.0.0.1."""

import signal
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from breakwater.networks.sandbox.harbour import Harbour


class Served:
    """A harbour that is serving. origin: where it answers."""

    def __init__(self, process: "subprocess.Popen[str]", origin: str) -> None:
        self._process = process
        self.origin = origin

    def freeze(self) -> None:
        """It takes calls, and answers none of them until `thaw`."""
        self._process.send_signal(signal.SIGSTOP)

    def thaw(self) -> None:
        self._process.send_signal(signal.SIGCONT)


@contextmanager
def served(home: Path, port: int = 0) -> Iterator[Served]:
    """Serving until the block is left. home: its folder; port 0: a free one."""
    command = [sys.executable, "-m", "breakwater.networks.sandbox", "--home", str(home)]
    process = subprocess.Popen([*command, "--port", str(port)], stdout=subprocess.PIPE, text=True)
    try:
        assert process.stdout is not None
        yield Served(process, process.stdout.readline().strip())
    finally:
        process.send_signal(signal.SIGCONT)
        process.terminate()
        process.communicate(timeout=10)


def public(home: Path, account: str) -> list[str]:
    """The texts that the harbour's public sees, whatever its socket does."""
    harbour = Harbour(home)
    texts = sorted(str(post["text"]) for post in harbour.posts(account))
    harbour.close()
    return texts
